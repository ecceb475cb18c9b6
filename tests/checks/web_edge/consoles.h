// Web consoles, and what a check finds on them, for the tests of rules that judge settings.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/facts.h"

namespace compliance::test {

using Settings = std::vector<std::pair<std::string, std::string>>;

inline Container with_settings(Container container, const Settings& settings) {
  for (const auto& [name, value] : settings) {
    set_variable(container, name, value);
  }
  return container;
}

// A console of a release that reads every setting of the console.
inline Container console_with(const Settings& settings) {
  Container console = with_settings(hardened_service(Component::web), settings);
  console.release = parse_release("v0.1.0");
  return console;
}

// The last release before v2026.06.25-rc.1.
inline Container old_console_with(const Settings& settings) {
  Container console = console_with(settings);
  console.release = parse_release("v2026.06.22-rc.1");
  console.image.origin = at(Source::compose, 6, 5);
  return console;
}

inline Container unreleased_console_with(const Settings& settings) {
  Container console = console_with(settings);
  console.release.reset();
  return console;
}

inline Container with_unseen_variables(Container container) {
  container.environment.incomplete =
      Fault{.reason = UnknownReason::missing_object, .message = "web.env does not exist"};
  return container;
}

// The findings that are not passes, as their messages.
inline std::vector<std::string> messages_of(const CheckResult& result) {
  std::vector<std::string> messages;
  for (const Finding& finding : result.findings) {
    if (finding.outcome == Outcome::fail || finding.outcome == Outcome::unknown) {
      messages.push_back(finding.message);
    }
  }
  return messages;
}

// The finding that counts most.
inline Finding first_finding(std::string_view id, const Container& container) {
  const CheckResult result = result_of(id, compose_installation({container}));
  return result.findings.empty() ? Finding{} : result.findings.front();
}

}  // namespace compliance::test

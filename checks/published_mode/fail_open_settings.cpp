// Whether a setting makes a service fail open. Published mode refuses them at start (FACTS.md 2.2),
// so a running service in published mode has none; a development one may.
#include "checks/caracal/settings.h"
#include "checks/check.h"

namespace compliance::published_mode {
namespace {

// Any variable of that ending, for products beside Caracal in the same project too.
bool is_fail_open(std::string_view name) {
  constexpr std::string_view ending = "_FAIL_OPEN";
  return name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending;
}

// Read by all services with a mode (FACTS.md 2.2).
bool is_insecure_switch(std::string_view name) {
  return name == "INSECURE_STS" || name == "INSECURE_HTTP";
}

// The product knows only JTI_FAIL_OPEN: how it would read another one is not known, so every form
// of true counts.
bool is_on(std::string_view name, std::string_view text) {
  if (is_insecure_switch(name)) {
    return truthy_for_services(text);
  }
  return truthy_for_go(text) || (name != "JTI_FAIL_OPEN" && truthy_for_web(text));
}

Verdicts evaluate_fail_open_settings(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Variable& variable : container.environment.variables) {
    if (!is_insecure_switch(variable.name) && !is_fail_open(variable.name)) {
      continue;
    }
    const Fact<std::string> text = variable_text(container, variable.name);
    if (text.fault) {
      verdicts.push_back(unknown(*text.fault, text.origin));
    } else if (is_on(variable.name, *text.value)) {
      verdicts.push_back(
          with_expected_observed(fail(variable.name + " is on", text.origin), "not set", "on"));
    }
  }
  if (const auto unseen = unseen_variables(container)) {
    verdicts.push_back(unknown(*unseen, container.origin));
  }
  return verdicts.empty() ? Verdicts{pass()} : verdicts;
}

}  // namespace

extern constinit const Check fail_open_settings{
    .id = "published-mode-fail-open-settings",
    .title = "No setting makes a service fail open",
    .area = Area::published_mode,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes,
    .why = "With such a setting, a service accepts requests that it cannot verify.",
    .remediation = "Remove INSECURE_STS, INSECURE_HTTP, JTI_FAIL_OPEN and other *_FAIL_OPEN.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_fail_open_settings,
};
}  // namespace compliance::published_mode

// Compose files as texts for the tests: an imaginary project directory with imaginary files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/observe/compose/compose.h"

namespace compliance::test {

using FilesByPath = std::map<std::string, std::string>;

// A ReadText that knows these files and calls every other one missing.
inline ReadText reading(FilesByPath files) {
  return [files = std::move(files)](const std::filesystem::path& path) -> ReadResult<std::string> {
    const auto found = files.find(path.string());
    if (found == files.end()) {
      return Fault{.reason = UnknownReason::missing_object,
                   .message = path.string() + " is missing"};
    }
    return found->second;
  };
}

// Files named compose.yaml, compose.1.yaml, ... in /project.
inline compose::ComposeInput project(const std::vector<std::string>& texts,
                                     FilesByPath further = {}) {
  compose::ComposeInput input;
  for (const std::string& text : texts) {
    const std::string number = input.files.empty() ? "" : "." + std::to_string(input.files.size());
    input.files.push_back({.path = "compose" + number + ".yaml", .text = text});
  }
  input.project_directory = "/project";
  input.read = reading(std::move(further));
  return input;
}

inline void add_failure(const LocatedFault& fault) {
  ADD_FAILURE() << fault.origin.place.text() << ":" << fault.origin.line << ":"
                << fault.origin.column << ": " << fault.fault.message;
}

// The facts, where some services may be unreadable.
inline compose::ComposeResult partial_facts_of(const compose::ComposeInput& input) {
  auto facts = compose::parse_compose(input);
  if (!facts) {
    add_failure(facts.error());
    return {};
  }
  return std::move(facts).value();
}

inline compose::ComposeResult facts_of(const compose::ComposeInput& input) {
  auto facts = partial_facts_of(input);
  for (const LocatedFault& fault : facts.unreadable) {
    add_failure(fault);
  }
  return facts;
}

// The fault of the source, or the first of its services that is unreadable.
inline LocatedFault fault_of(const compose::ComposeInput& input) {
  const auto facts = compose::parse_compose(input);
  if (!facts) {
    return facts.error();
  }
  if (facts.value().unreadable.empty()) {
    ADD_FAILURE() << "the files were accepted";
    return {};
  }
  return facts.value().unreadable.front();
}

inline Container container_named(const compose::ComposeResult& facts, const std::string& name) {
  for (const Container& container : facts.containers) {
    if (container.name == name) {
      return container;
    }
  }
  ADD_FAILURE() << "no container " << name;
  return {};
}

// A file whose only service, `app`, holds these lines; they begin in line 4.
inline std::string app_with(const std::string& lines) {
  std::string text = "services:\n  app:\n    image: example/app:1.0\n";
  std::size_t start = 0;
  while (start < lines.size()) {
    const std::size_t end = std::min(lines.find('\n', start), lines.size());
    text += "    " + lines.substr(start, end - start) + "\n";
    start = end + 1;
  }
  return text;
}

inline Container app(const std::string& lines) {
  return container_named(facts_of(project({app_with(lines)})), "app");
}

inline LocatedFault app_fault(const std::string& lines) {
  return fault_of(project({app_with(lines)}));
}

inline Origin in_file(std::uint32_t line, std::uint32_t column,
                      const std::string& file = "compose.yaml") {
  return {.source = Source::compose, .place = Location{file}, .line = line, .column = column};
}

inline Fault unset(const std::string& name) {
  return {.reason = UnknownReason::unresolved_reference,
          .message = "the variable " + name + " is not set"};
}

}  // namespace compliance::test

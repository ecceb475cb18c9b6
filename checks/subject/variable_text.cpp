// The text of a plain setting of a container: set, absent, or not to be known from here.
#include "checks/subject/variable_text.h"

#include <algorithm>
#include <cctype>

namespace compliance {
namespace {

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

Fault without_text(const Variable& variable) {
  if (variable.fault) {
    return *variable.fault;
  }
  const bool secret = variable.from == ValueFrom::secret_reference;
  return {.reason = UnknownReason::not_observable,
          .message = variable.name + (secret ? " comes from a Secret" : " is set by the cluster") +
                     ": its value is not visible"};
}

}  // namespace

std::optional<Fault> unseen_variables(const Container& container) {
  const EnvironmentFacts& environment = container.environment;
  if (environment.incomplete) {
    return environment.incomplete;
  }
  if (environment.secret_references.empty()) {
    return std::nullopt;
  }
  return Fault{.reason = UnknownReason::not_observable,
               .message = "envFrom takes the whole Secret " +
                          environment.secret_references.front().value +
                          ": any variable may come from it"};
}

Fact<std::string> variable_text(const Container& container, std::string_view name) {
  const Variable* variable = container.environment.find(name);
  if (variable == nullptr) {
    return {.origin = container.origin, .fault = unseen_variables(container)};
  }
  if (variable->value) {
    return {.value = variable->value, .origin = variable->origin};
  }
  return {.origin = variable->origin, .fault = without_text(*variable)};
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

std::string lower_case(std::string_view text) {
  std::string lower{text};
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

}  // namespace compliance

// Settings of a container as the product reads its variables.
#include "checks/caracal/settings.h"

#include <algorithm>
#include <array>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// Why a variable that is set has no visible text.
Fault without_text(const Variable& variable) {
  if (variable.fault) {
    return *variable.fault;
  }
  // The Secret is named, never read.
  const bool secret = variable.from == ValueFrom::secret_reference;
  return {.reason = UnknownReason::not_observable,
          .message = variable.name + (secret ? " comes from a Secret" : " is set by the cluster") +
                     ": its value is not visible"};
}

// A variable that is there but carries nothing counts as unset.
bool is_empty(const Variable& variable) {
  return !variable.fault && variable.value && variable.value->empty();
}

// The form of a variable that counts, read as NAME; NAME_FILE is told apart by the caller.
Setting from_variable(const Variable& variable) {
  if (variable.fault && !variable.value) {
    return {.form = SettingForm::undecidable, .variable = &variable};
  }
  if (variable.from == ValueFrom::secret_reference) {
    return {.form = SettingForm::reference, .variable = &variable};
  }
  return {.form = SettingForm::inline_value, .variable = &variable};
}

}  // namespace

std::optional<Fault> unseen_variables(const Container& container) {
  const EnvironmentFacts& environment = container.environment;
  if (environment.incomplete) {
    return environment.incomplete;
  }
  // A Secret that is taken whole may hold any key as a variable.
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

Setting setting_in_effect(const EnvironmentFacts& environment, std::string_view name) {
  const Variable* direct = environment.find(name);
  if (direct != nullptr && !is_empty(*direct)) {
    return from_variable(*direct);
  }
  const Variable* file = environment.find(std::string{name} + "_FILE");
  if (file != nullptr && !is_empty(*file)) {
    Setting setting = from_variable(*file);
    if (setting.form == SettingForm::inline_value) {
      setting.form = SettingForm::file;
    }
    return setting;
  }
  // NAME might be set from what could not be read. A stated empty NAME overrides that.
  if (environment.incomplete && direct == nullptr) {
    return {.form = SettingForm::undecidable};
  }
  return {};
}

bool truthy_for_services(std::string_view text) {
  const std::string value = lower_case(trimmed(text));
  return value == "true" || value == "1" || value == "yes";
}

bool truthy_for_go(std::string_view text) {
  constexpr auto forms = std::to_array<std::string_view>({"1", "t", "T", "TRUE", "true", "True"});
  return std::find(forms.begin(), forms.end(), trimmed(text)) != forms.end();
}

bool truthy_for_web(std::string_view text) {
  const std::string value = lower_case(trimmed(text));
  return value == "1" || value == "true" || value == "yes" || value == "on";
}

}  // namespace compliance

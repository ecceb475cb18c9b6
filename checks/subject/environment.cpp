// How the product reads its variables.
#include "checks/subject/environment.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace compliance {
namespace {

std::string trimmed_lower(std::string_view text) {
  const auto is_space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  while (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  std::string lower{text};
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

// A variable that is there but carries nothing counts as unset.
bool is_empty(const Variable& variable) {
  return !variable.fault && variable.value && variable.value->empty();
}

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

const Variable* EnvironmentFacts::find(std::string_view name) const {
  const auto found = std::lower_bound(
      variables.begin(), variables.end(), name,
      [](const Variable& variable, std::string_view wanted) { return variable.name < wanted; });
  return found != variables.end() && found->name == name ? &*found : nullptr;
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
  if (environment.incomplete && direct == nullptr) {
    return {.form = SettingForm::undecidable};
  }
  return {};
}

bool truthy_for_services(std::string_view text) {
  const std::string value = trimmed_lower(text);
  return value == "true" || value == "1" || value == "yes";
}

bool truthy_for_go(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  constexpr auto forms = std::to_array<std::string_view>({"1", "t", "T", "TRUE", "true", "True"});
  return std::find(forms.begin(), forms.end(), text) != forms.end();
}

bool truthy_for_web(std::string_view text) {
  const std::string value = trimmed_lower(text);
  return value == "1" || value == "true" || value == "yes" || value == "on";
}

}  // namespace compliance

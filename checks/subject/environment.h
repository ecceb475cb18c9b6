// Environment variables of a container, after everything that composes them has been applied.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/subject/fact.h"

namespace compliance {

// Where the value of a variable comes from.
enum class ValueFrom : std::uint8_t {
  literal,           // the text is in the files: environment, env_file, interpolation, value
  config_map,        // Kubernetes configMapKeyRef or envFrom.configMapRef; text known if resolved
  secret_reference,  // Kubernetes secretKeyRef or envFrom.secretRef; never a text
  field,             // Kubernetes fieldRef, resourceFieldRef; no text
};

struct Variable {
  std::string name{};
  ValueFrom from = ValueFrom::literal;
  bool interpolated = false;  // Compose: the text came through ${...}
  // The effective text. It may be a secret: rules never put it into a verdict, but for values of
  // a closed list. No value: unresolved (`fault` says why) or not text (references, fields).
  std::optional<std::string> value{};
  std::optional<Fault> fault{};
  // Name of the Secret or ConfigMap and the key in it, for references.
  std::string reference_name{};
  std::string reference_key{};
  Origin origin{};

  bool operator==(const Variable&) const = default;
};

// The effective variables of one container: at most one of each name, in order of name.
// A Compose `NAME:` without value that nothing resolves is left out: the variable is not set.
struct EnvironmentFacts {
  std::vector<Variable> variables{};
  // An envFrom or env_file whose content is not known: any variable may come from it.
  std::optional<Fault> incomplete{};
  // Secrets taken whole by envFrom.secretRef.
  std::vector<Located<std::string>> secret_references{};

  // The variable, or null when it is not set.
  const Variable* find(std::string_view name) const;

  bool operator==(const EnvironmentFacts&) const = default;
};

// How one setting is in effect, by the product's rule for NAME and NAME_FILE pairs: a non-empty
// NAME wins; an empty one counts as unset; NAME_FILE is looked at only then.
enum class SettingForm : std::uint8_t { unset, inline_value, file, reference, undecidable };

struct Setting {
  SettingForm form = SettingForm::unset;
  const Variable* variable = nullptr;  // the one in effect; null when unset
};

// The setting NAME of a container (facts 3.1). `undecidable` when the variable in question has a
// fault, or when it is not set and the environment is incomplete.
Setting setting_in_effect(const EnvironmentFacts& environment, std::string_view name);

// Booleans as the product reads them (facts 2.2, 2.3). Each ignores surrounding white space.
bool truthy_for_services(std::string_view text);  // true 1 yes, any case: INSECURE_*
bool truthy_for_go(std::string_view text);        // strconv.ParseBool: JTI_FAIL_OPEN, switches
bool truthy_for_web(std::string_view text);       // 1 true yes on, any case

}  // namespace compliance

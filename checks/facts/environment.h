// Environment variables of a container, after everything that composes them has been applied.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/fact.h"

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

}  // namespace compliance

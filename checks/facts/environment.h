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

// One environment variable. A `Setting` of checks/caracal tells which of NAME and NAME_FILE counts.
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

  // Compares texts that may be secret: never print what differs.
  bool operator==(const Variable&) const = default;
};

// The effective variables of one container: at most one of each name, in order of name, which
// find() relies on. A Compose `NAME:` without value that nothing resolves is left out: the variable
// is not set.
struct EnvironmentFacts {
  std::vector<Variable> variables{};
  // An envFrom or env_file whose content is not known: any variable may come from it.
  std::optional<Fault> incomplete{};
  // Secrets taken whole by envFrom.secretRef.
  std::vector<Located<std::string>> secret_references{};

  // The variable of that exact name, or null when it is not set. Null proves nothing while
  // `incomplete` or `secret_references` leave a way for it to be set. Takes logarithmic time.
  const Variable* find(std::string_view name) const;

  // The order of variables is fixed by name, so files that list them differently compare equal.
  bool operator==(const EnvironmentFacts&) const = default;
};

}  // namespace compliance

// env and envFrom of a container, references not yet followed.
#include "exporter/observe/kubernetes/parse/read_environment.h"

#include <string>
#include <utility>

namespace compliance::kubernetes {
namespace {

// A secretKeyRef or configMapKeyRef.
void read_reference(ManifestReader& reader, const Node& reference, UnresolvedVariable& open) {
  open.variable.reference_name = reader.text(reference, "name");
  open.variable.reference_key = reader.text(reference, "key");
  open.variable.origin = reader.origin_of(reference);
  open.optional = reader.flag(reference, "optional");
}

void read_value_source(ManifestReader& reader, const Node& source, UnresolvedVariable& open) {
  open.variable.origin = reader.origin_of(source);
  open.variable.from = ValueFrom::field;
  if (const Node secret = reader.mapping(source, "secretKeyRef")) {
    open.variable.from = ValueFrom::secret_reference;
    read_reference(reader, secret, open);
  } else if (const Node config_map = reader.mapping(source, "configMapKeyRef")) {
    open.variable.from = ValueFrom::config_map;
    read_reference(reader, config_map, open);
  }
}

void read_literal(ManifestReader& reader, const Node& entry, const Node& value,
                  Variable& variable) {
  variable.origin = reader.origin_of(value.is_null() ? entry : value);
  if (value.is_null()) {
    variable.value = std::string{};
  } else if (is_text(value)) {
    variable.value = std::string{value.text()};
  } else {
    variable.fault = Fault{.reason = UnknownReason::unparsable,
                           .message = "the value of " + variable.name + " is not a text"};
  }
}

UnresolvedVariable read_variable(ManifestReader& reader, const Node& entry) {
  UnresolvedVariable open{.variable = {.name = reader.text(entry, "name")}};
  const Node value = entry["value"];
  const Node source = reader.mapping(entry, "valueFrom");
  if (open.variable.name.empty()) {
    reader.refuse(entry, "an entry of 'env' has no name");
  } else if (source && (value.is_null() || (value.is_scalar() && value.text().empty()))) {
    read_value_source(reader, source, open);
  } else {
    read_literal(reader, entry, value, open.variable);
  }
  return open;
}

EnvironmentSource read_source(ManifestReader& reader, const Node& entry) {
  const Node secret = reader.mapping(entry, "secretRef");
  const Node reference = secret ? secret : reader.mapping(entry, "configMapRef");
  if (!reference) {
    reader.refuse(entry, "an entry of 'envFrom' names no ConfigMap and no Secret");
  }
  return {.secret = static_cast<bool>(secret),
          .name = reader.text(reference, "name"),
          .prefix = reader.text(entry, "prefix"),
          .optional = reader.flag(reference, "optional"),
          .origin = reader.origin_of(reference)};
}

}  // namespace

void read_environment(ManifestReader& reader, const Node& container, UnresolvedContainer& into) {
  const Node variables = reader.list(container, "env");
  into.variables.reserve(variables.size());
  for (std::size_t index = 0; index < variables.size(); ++index) {
    into.variables.push_back(read_variable(reader, variables.at(index)));
  }
  const Node sources = reader.list(container, "envFrom");
  for (std::size_t index = 0; index < sources.size(); ++index) {
    into.sources.push_back(read_source(reader, sources.at(index)));
  }
}

}  // namespace compliance::kubernetes

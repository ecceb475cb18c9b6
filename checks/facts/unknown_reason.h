// The closed list of reasons why something could not be evaluated. Their names are label values, so
// the list has to stay short and its names stable.
#pragma once

#include <cstdint>
#include <string_view>

namespace compliance {

enum class UnknownReason : std::uint8_t {
  // The operator configured no such evidence.
  not_configured,
  // Evidence on this machine: files and what they contain.
  unreadable,
  permission_denied,
  unparsable,
  limit_exceeded,
  // References within the evidence: to an object that is not there, or a variable without value.
  missing_object,
  unresolved_reference,
  // Probes: from the name to the answer.
  dns_failure,
  unreachable,
  timeout,
  tls_failure,
  protocol_error,
  unexpected_response,
  // Nothing that the exporter may look at shows it, such as a value in a Secret (FACTS.md 17).
  not_observable,
  // Will be known later, or was known and is too old to count.
  pending,
  stale,
  // A fault of the exporter itself.
  internal_error,
};

// The value of the label `reason`, such as "not_configured".
std::string_view name_of(UnknownReason reason);

}  // namespace compliance

// The closed list of reasons why something could not be judged.
#pragma once

#include <cstdint>
#include <string_view>

namespace compliance {

enum class UnknownReason : std::uint8_t {
  not_configured,
  unreadable,
  permission_denied,
  unparsable,
  limit_exceeded,
  missing_object,
  unresolved_reference,
  dns_failure,
  unreachable,
  timeout,
  tls_failure,
  protocol_error,
  unexpected_response,
  not_observable,
  pending,
  stale,
  internal_error,
};

// The value of the label `reason`, such as "not_configured".
std::string_view name_of(UnknownReason reason);

}  // namespace compliance

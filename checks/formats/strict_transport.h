// Strict-Transport-Security. Source: RFC 6797, 6.1 and 8.1.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace compliance {

// What a valid header asks of a browser. max-age 0 makes it forget the host.
struct StrictTransport {
  std::chrono::seconds max_age{0};  // the largest there is where the number is larger
  bool include_subdomains = false;

  // `preload` and unknown directives do not count.
  bool operator==(const StrictTransport&) const = default;
};

// Reads one header; of several, browsers read the first alone. Nothing for a text that breaks the
// grammar, names a directive twice, lacks max-age, or gives includeSubDomains a value: browsers
// ignore it whole. Unknown directives are skipped.
std::optional<StrictTransport> read_strict_transport(std::string_view text);

}  // namespace compliance

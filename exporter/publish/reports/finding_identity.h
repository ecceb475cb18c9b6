// Tells when findings of different runs are the same one: all but the line must be equal.
#pragma once

#include <string>
#include <string_view>

#include "exporter/evaluate/evaluate.h"

namespace compliance {

// What makes a finding the one it is. Lines are left out, so that an edit elsewhere in the
// file makes no new finding. Expected and observed values are left out too.
struct IdentityParts {
  std::string_view installation{};
  std::string_view check{};
  std::string_view status{};  // empty where the finding stays the same when its status changes
  std::string_view component{};
  std::string_view object{};
  std::string_view place{};  // file or endpoint
  std::string_view message{};
};

// Equal for equal parts, whatever line numbers the message holds. Bytes that are no UTF-8
// count as the JSON report writes them, so that a finding read from a baseline equals the
// one in memory.
std::string identity_of(const IdentityParts& parts);

// The parts of a finding, without installation and check. Refers to the finding.
IdentityParts parts_of(const Finding& finding);

}  // namespace compliance

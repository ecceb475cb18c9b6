// When two findings of different runs are the same one: all but where in the file it stands.
#pragma once

#include <string>
#include <string_view>

#include "exporter/evaluate/evaluate.h"

namespace compliance {

// What makes a finding the one it is.
struct IdentityParts {
  std::string_view installation{};
  std::string_view check{};
  std::string_view status{};  // empty where the finding stays the same when its status changes
  std::string_view component{};
  std::string_view object{};
  std::string_view place{};  // file or endpoint
  std::string_view message{};
};

// Equal for equal parts, whatever line numbers the message holds; bytes that are no UTF-8 count as
// the JSON report writes them.
std::string identity_of(const IdentityParts& parts);

// The parts of a finding, without installation and check.
IdentityParts parts_of(const Finding& finding);

}  // namespace compliance

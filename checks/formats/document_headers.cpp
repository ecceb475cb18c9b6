// Headers that tell a browser how to treat the console's documents.
#include "checks/formats/document_headers.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "checks/formats/ascii.h"
#include "checks/formats/header_list.h"

namespace compliance {
namespace {

// Referrer Policy, 3: all tokens but the empty one. Browsers skip unknown tokens, which lets
// servers list a newer policy behind an older one.
constexpr auto referrer_policies = std::to_array<std::string_view>(
    {"no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin",
     "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url"});

}  // namespace

FrameOptions frame_options(const HttpAnswer& answer) {
  std::vector<std::string> values = list_values(answer, "x-frame-options");
  // An empty header says nothing to browsers.
  std::erase(values, "");
  if (values.empty()) {
    return FrameOptions::unset;
  }
  std::transform(values.begin(), values.end(), values.begin(), &lower_case);
  if (std::any_of(values.begin(), values.end(),
                  [&values](const std::string& value) { return value != values.front(); })) {
    return FrameOptions::conflicting;
  }
  if (values.front() == "deny") {
    return FrameOptions::deny;
  }
  return values.front() == "sameorigin" ? FrameOptions::same_origin : FrameOptions::other;
}

bool has_nosniff(const HttpAnswer& answer) {
  const auto values = list_values(answer, "x-content-type-options");
  return !values.empty() && lower_case(values.front()) == "nosniff";
}

std::string referrer_policy(const HttpAnswer& answer) {
  std::string effective;
  for (const std::string& value : list_values(answer, "referrer-policy")) {
    std::string token = lower_case(value);
    if (std::find(referrer_policies.begin(), referrer_policies.end(), token) !=
        referrer_policies.end()) {
      effective = std::move(token);
    }
  }
  return effective;
}

}  // namespace compliance

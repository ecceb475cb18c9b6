// Release tags of Caracal and their order. Source: FACTS.md 0.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace compliance {

// Calendar tags (2026.06.22, 2026.06.22-rc.1) come before 0.1.0, that before 1.0.0 and later ones.
// Within one number a release candidate comes before the release.
struct Release {
  int era = 0;  // 0 calendar, 1 semantic
  int major = 0;
  int minor = 0;
  int patch = 0;
  int candidate = 0;  // number of the release candidate; a release has the largest value

  // By age, oldest first: member order is era, numbers, candidate.
  auto operator<=>(const Release&) const = default;  // NOLINT(modernize-use-nullptr): none there
};

// Reads "v2026.06.25-rc.1", "0.1.0" and the like, with or without the leading v.
// Anything else, suffixes such as -dev.sha1 included, is no release.
std::optional<Release> parse_release(std::string_view tag);

// True before v2026.06.25-rc.1: sign-up is open to whoever reaches the console, localhost is
// trusted in production, and percent-encoded paths are not refused (FACTS.md 0, 6.4, 6.6).
bool is_before_v2026_06_25(const Release& release);

// True from v0.1.0 on: SECRET_STORE_KEK instead of ZONE_KEK, IDEMPOTENCY_HMAC_KEY, the bearer on
// all services of the chart (FACTS.md 0).
bool is_from_v0_1_0_on(const Release& release);

}  // namespace compliance

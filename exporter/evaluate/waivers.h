// Waivers: a failure that somebody has accepted until a date. A fact beside the verdict, which it
// never changes. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/evaluate/evaluate.h"

namespace compliance {

// One valid entry of the waivers file. Identified by `id`, which is unique in the file.
struct Waiver {
  std::string id{};
  std::string check{};
  std::string installation{};
  std::optional<Component> component{};  // absent: every one
  std::string object{};                  // as findings name it; empty: every one
  std::string reason{};
  std::string approved_by{};
  std::chrono::sys_seconds expires{};  // from this moment on it counts no more

  // The id counts: entries that agree in everything else are two waivers.
  bool operator==(const Waiver&) const = default;
};

// Each waiver is in one state, the first that applies.
enum class WaiverState : std::uint8_t {
  expired,
  unused,    // nothing that fails is under it
  expiring,  // within expiring_within
  active,
};

// The alert WaiverExpiring in deploy/prometheus/rules.yaml uses the same time.
inline constexpr std::chrono::days expiring_within{14};

// The value of the label `state`.
std::string_view name_of(WaiverState state);

// Writes the id of an active waiver into each failing finding that one covers: of several the one
// that lasts longest.
void apply_waivers(InstallationResult& result, const std::vector<Waiver>& waivers,
                   std::chrono::sys_seconds now);

// True when the check fails and every failing finding is under an active waiver.
bool is_waived(const CheckResult& result);

// The state of each waiver, in their order, by the results that apply_waivers() was given.
std::vector<WaiverState> states_of(const std::vector<Waiver>& waivers,
                                   const std::vector<const InstallationResult*>& results,
                                   std::chrono::sys_seconds now);

}  // namespace compliance

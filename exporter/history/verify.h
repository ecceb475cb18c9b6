// Verifies the event hash chain of a store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace compliance {

// The result of walking a chain, in words for an operator.
struct Verification {
  enum class Outcome : std::uint8_t {
    intact,      // no kept row was changed, removed or inserted, and both ends fit
    broken,      // the message names the first row that does not fit
    unreadable,  // no store, or none that can be read
  };

  Outcome outcome = Outcome::unreadable;
  // Intact: how many events, of which time, and the head's hash. Otherwise what does not fit, or
  // why there is nothing to read.
  std::string message{};

  bool operator==(const Verification&) const = default;
};

// Changes nothing and works beside a daemon that writes. What retention removed is proven by the
// anchor alone: the oldest kept row has to follow it. Links are followed; a missing, empty or
// foreign file is unreadable.
Verification verify_history(const std::filesystem::path& path);

}  // namespace compliance

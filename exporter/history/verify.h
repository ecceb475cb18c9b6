// Verifies the event hash chain of a store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace compliance {

struct Verification {
  enum class Outcome : std::uint8_t {
    intact,      // no kept row was changed, removed or inserted, and both ends fit
    broken,      // the message names the first row that does not fit
    unreadable,  // no store, or none that can be read
  };

  Outcome outcome = Outcome::unreadable;
  std::string message{};

  bool operator==(const Verification&) const = default;
};

// Changes nothing and works beside a daemon that writes. What retention removed is proven by the
// anchor alone: the oldest kept row has to follow it.
Verification verify_history(const std::filesystem::path& path);

}  // namespace compliance

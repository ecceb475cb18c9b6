// Release tags of Caracal and their order.
#include "checks/facts/release.h"

#include <array>
#include <charconv>
#include <climits>

namespace compliance {
namespace {

// Reads a decimal number from the front of `text` and moves behind it.
std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number < 0) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

// Removes `prefix` from the front of `text`; false, and nothing removed, when it is not there.
bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) {
    return false;
  }
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::optional<Release> parse_release(std::string_view tag) {
  take(tag, "v");
  std::array<int, 3> numbers{};
  for (std::size_t index = 0; index < numbers.size(); ++index) {
    if (index > 0 && !take(tag, ".")) {
      return std::nullopt;
    }
    const auto number = take_number(tag);
    if (!number) {
      return std::nullopt;
    }
    numbers.at(index) = *number;
  }
  // No semantic major version comes near 2000, so the first number tells the era. A release
  // without candidate comes after all of its candidates.
  Release release{.era = numbers[0] >= 2000 ? 0 : 1,
                  .major = numbers[0],
                  .minor = numbers[1],
                  .patch = numbers[2],
                  .candidate = INT_MAX};
  if (take(tag, "-rc.")) {
    const auto candidate = take_number(tag);
    if (!candidate) {
      return std::nullopt;
    }
    release.candidate = *candidate;
  }
  // A suffix means a build that no release describes.
  return tag.empty() ? std::optional{release} : std::nullopt;
}

bool is_before_v2026_06_25(const Release& release) {
  return release < Release{.era = 0, .major = 2026, .minor = 6, .patch = 25, .candidate = 1};
}

bool is_from_v0_1_0_on(const Release& release) {
  return release >= Release{.era = 1, .major = 0, .minor = 1, .patch = 0, .candidate = 0};
}

}  // namespace compliance

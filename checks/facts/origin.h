// Where a fact was read: every finding can say it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "checks/facts/source.h"

namespace compliance {

// A file path or an endpoint that many facts share: copies are cheap, comparison is by text.
class Location {
 public:
  Location() = default;
  explicit Location(std::string text)
      : text_(std::make_shared<const std::string>(std::move(text))) {}

  // Empty when nothing is known.
  std::string_view text() const { return text_ ? std::string_view{*text_} : std::string_view{}; }

  bool operator==(const Location& other) const { return text() == other.text(); }

 private:
  std::shared_ptr<const std::string> text_;
};

// A position in a file, or an endpoint. Line and column count from 1; 0 means the whole place.
struct Origin {
  Source source = Source::compose;
  Location place{};
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  bool operator==(const Origin&) const = default;
};

}  // namespace compliance

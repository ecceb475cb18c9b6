// Where a fact was read, so that every finding can say it. SARIF and the pages show it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "checks/facts/source.h"

namespace compliance {

// A file path or an endpoint that many facts share: copies are cheap, comparison is by text. The
// text never changes, so threads may share it.
class Location {
 public:
  // Nothing known: text() is empty.
  Location() = default;
  explicit Location(std::string text)
      : text_(std::make_shared<const std::string>(std::move(text))) {}

  // Empty when nothing is known. Valid as long as any copy of this location.
  std::string_view text() const { return text_ ? std::string_view{*text_} : std::string_view{}; }

  bool operator==(const Location& other) const { return text() == other.text(); }

 private:
  std::shared_ptr<const std::string> text_;
};

// A position in a file, or an endpoint. Line and column count from 1; 0 means the whole place.
// Columns of YAML count characters, as libyaml does, not bytes.
struct Origin {
  Source source = Source::compose;
  Location place{};
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  // Line and column count: the same text one line further down has another origin.
  bool operator==(const Origin&) const = default;
};

}  // namespace compliance

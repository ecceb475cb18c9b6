// The part of the strength estimate that texts and key bytes share.
#pragma once

#include <cstddef>
#include <string_view>

namespace compliance {

// How many characters of `text` count: its length after cutting to the smallest period (when the
// text holds at least two periods), with each run of three or more equal, ascending or descending
// characters counted as 2.
std::size_t counted_length(std::string_view text);

}  // namespace compliance

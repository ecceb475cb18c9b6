// Foreign text made safe for outputs: valid UTF-8, one line, nothing that a terminal obeys.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace compliance {

// The text with every byte that is no part of valid UTF-8 (RFC 3629: no surrogates, nothing
// overlong) replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

// The text as one line that a terminal shows and does not obey: valid UTF-8, with control
// characters as \xNN and invisible ones that reorder or break lines as \uNNNN. Not reversible: a
// backslash stays one.
std::string printable(std::string_view text);

// The text as a JSON string in quotes, all control characters escaped, valid UTF-8.
std::string json_string(std::string_view text);

// Columns that valid UTF-8 takes, one for each character: wide and combining ones count as one too.
std::size_t column_count(std::string_view text);

}  // namespace compliance

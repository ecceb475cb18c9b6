// The members of small JSON objects, as services answer with them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace compliance {

enum class JsonKind : std::uint8_t { string, number, boolean, null, object, array };

struct JsonMember {
  std::string name{};
  JsonKind kind = JsonKind::null;
  std::string text{};  // of strings without escapes, of other scalars as written; else empty

  bool operator==(const JsonMember&) const = default;
};

using JsonMembers = std::vector<JsonMember>;

// The members of the object that the whole text is, in order; nothing when it is anything else or
// no JSON (RFC 8259), or nests more than 32 deep. What objects and arrays within hold is read but
// not kept. Escaped characters beyond ASCII stay escaped.
std::optional<JsonMembers> read_json_object(std::string_view text);

// The member of that name, the last one where there are several, as most readers have it; or null.
const JsonMember* find_member(const JsonMembers& members, std::string_view name);

// True when the text is an object that has the string `value` under that name.
bool says(std::string_view text, std::string_view name, std::string_view value);

}  // namespace compliance

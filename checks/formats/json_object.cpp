// Reads JSON strictly, and keeps the members of the outermost object alone.
#include "checks/formats/json_object.h"

#include <algorithm>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

constexpr unsigned most_depth = 32;

// The character that a short escape stands for; nothing for other letters.
std::optional<char> short_escape(char letter) {
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
  const std::size_t index = letters.find(letter);
  return index == std::string_view::npos ? std::nullopt : std::optional{meant.at(index)};
}

// `digits` are the four after \u.
std::string long_escape(std::string_view digits) {
  const auto code = std::stoul(std::string{digits}, nullptr, 16);
  return code < 0x80 ? std::string(1, static_cast<char>(code)) : "\\u" + std::string{digits};
}

// The number of digits at the beginning.
std::size_t digits_in(std::string_view text) {
  const auto* const end = std::find_if_not(text.begin(), text.end(), &is_digit);
  return static_cast<std::size_t>(end - text.begin());
}

// The length of the number at the beginning; 0 when none is there.
std::size_t number_length(std::string_view text) {
  std::size_t length = text.substr(0, 1) == "-" ? 1 : 0;
  const std::size_t whole = digits_in(text.substr(length));
  if (whole == 0 || (whole > 1 && text.at(length) == '0')) {
    return 0;
  }
  length += whole;
  if (text.substr(length, 1) == ".") {
    const std::size_t fraction = digits_in(text.substr(length + 1));
    if (fraction == 0) {
      return length;  // the dot that is left stands for nothing
    }
    length += 1 + fraction;
  }
  if (text.substr(length, 1) == "e" || text.substr(length, 1) == "E") {
    const std::string_view sign = text.substr(length + 1, 1);
    length += sign == "+" || sign == "-" ? 2 : 1;
    const std::size_t exponent = digits_in(text.substr(length));
    return exponent == 0 ? 0 : length + exponent;
  }
  return length;
}

class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : rest_(text) {}

  std::optional<JsonMembers> whole_object() {
    if (next() != '{') {
      return std::nullopt;
    }
    auto members = object(1);
    return members && next() == '\0' && rest_.empty() ? members : std::nullopt;
  }

 private:
  // The next character that is no white space, which stays; zero at the end.
  char next() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
    return rest_.empty() ? '\0' : rest_.front();
  }

  bool take(char wanted) {
    if (next() != wanted || rest_.empty()) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<JsonMembers> object(unsigned depth) {
    JsonMembers members;
    take('{');
    if (take('}')) {
      return members;
    }
    do {
      auto name = string();
      if (!name || !take(':')) {
        return std::nullopt;
      }
      auto member = value(depth);
      if (!member) {
        return std::nullopt;
      }
      member->name = std::move(*name);
      members.push_back(std::move(*member));
    } while (take(','));
    return take('}') ? std::optional{std::move(members)} : std::nullopt;
  }

  bool array(unsigned depth) {
    take('[');
    if (take(']')) {
      return true;
    }
    do {
      if (!value(depth)) {
        return false;
      }
    } while (take(','));
    return take(']');
  }

  // A value within something that is `depth` deep.
  std::optional<JsonMember> value(unsigned depth) {
    switch (next()) {
      case '{':
        return depth < most_depth && object(depth + 1)
                   ? std::optional{JsonMember{.kind = JsonKind::object}}
                   : std::nullopt;
      case '[':
        return depth < most_depth && array(depth + 1)
                   ? std::optional{JsonMember{.kind = JsonKind::array}}
                   : std::nullopt;
      case '"': {
        auto text = string();
        return text ? std::optional{JsonMember{.kind = JsonKind::string, .text = std::move(*text)}}
                    : std::nullopt;
      }
      default:
        return scalar();
    }
  }

  std::optional<JsonMember> scalar() {
    for (const std::string_view word : {"true", "false", "null"}) {
      if (rest_.substr(0, word.size()) == word) {
        return cut(word == "null" ? JsonKind::null : JsonKind::boolean, word.size());
      }
    }
    const std::size_t length = number_length(rest_);
    return length == 0 ? std::nullopt : std::optional{cut(JsonKind::number, length)};
  }

  JsonMember cut(JsonKind kind, std::size_t length) {
    JsonMember member{.kind = kind, .text = std::string{rest_.substr(0, length)}};
    rest_.remove_prefix(length);
    return member;
  }

  std::optional<std::string> string() {
    if (!take('"')) {
      return std::nullopt;
    }
    std::string text;
    while (!rest_.empty() && static_cast<unsigned char>(rest_.front()) >= 0x20) {
      if (rest_.front() == '"') {
        rest_.remove_prefix(1);
        return text;
      }
      const auto piece = rest_.front() == '\\' ? escape() : plain();
      if (!piece) {
        return std::nullopt;
      }
      text += *piece;
    }
    return std::nullopt;
  }

  std::optional<std::string> plain() {
    std::string piece(1, rest_.front());
    rest_.remove_prefix(1);
    return piece;
  }

  std::optional<std::string> escape() {
    const std::string_view letter = rest_.substr(1, 1);
    if (letter == "u") {
      const std::string_view digits = rest_.substr(2, 4);
      if (digits.size() < 4 || !std::all_of(digits.begin(), digits.end(), &is_hex_digit)) {
        return std::nullopt;
      }
      rest_.remove_prefix(6);
      return long_escape(digits);
    }
    const auto meant = letter.empty() ? std::nullopt : short_escape(letter.front());
    if (!meant) {
      return std::nullopt;
    }
    rest_.remove_prefix(2);
    return std::string(1, *meant);
  }

  std::string_view rest_;
};

}  // namespace

std::optional<JsonMembers> read_json_object(std::string_view text) {
  return JsonReader{text}.whole_object();
}

const JsonMember* find_member(const JsonMembers& members, std::string_view name) {
  const auto found = std::find_if(members.rbegin(), members.rend(),
                                  [name](const JsonMember& member) { return member.name == name; });
  return found == members.rend() ? nullptr : &*found;
}

bool says(std::string_view text, std::string_view name, std::string_view value) {
  const auto members = read_json_object(text);
  const JsonMember* member = members ? find_member(*members, name) : nullptr;
  return member != nullptr && member->kind == JsonKind::string && member->text == value;
}

}  // namespace compliance

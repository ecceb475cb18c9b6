// Reads Strict-Transport-Security headers.
#include "checks/formats/strict_transport.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// One directive; without value where no equals sign follows its name.
struct Directive {
  std::string name{};  // in lower case
  std::optional<std::string> value{};
};

// RFC 9110, 5.6.2; RFC 6797 has the same characters.
bool is_token_character(char character) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return is_letter(character) || is_digit(character) ||
         others.find(character) != std::string_view::npos;
}

// Reads from the front of the text; each step moves behind what it has read.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) { skip_space(); }

  bool at_end() const { return rest_.empty(); }

  // Moves behind the character and the white space after it, if it is next.
  bool take(char character) {
    if (rest_.empty() || rest_.front() != character) {
      return false;
    }
    rest_.remove_prefix(1);
    skip_space();
    return true;
  }

  // Empty where no token begins.
  std::string token() {
    const auto* const end = std::find_if_not(rest_.begin(), rest_.end(), &is_token_character);
    std::string text{rest_.begin(), end};
    rest_.remove_prefix(text.size());
    skip_space();
    return text;
  }

  // What stands in quotes, without them and their escapes; nothing where they are not closed.
  std::optional<std::string> quoted() {
    std::string text;
    for (std::size_t index = 1; index < rest_.size(); ++index) {
      if (rest_[index] == '"') {
        rest_.remove_prefix(index + 1);
        skip_space();
        return text;
      }
      if (rest_[index] == '\\' && ++index == rest_.size()) {
        break;
      }
      text += rest_[index];
    }
    return std::nullopt;
  }

  // A token or a quoted string; nothing where neither stands.
  std::optional<std::string> value() {
    if (!rest_.empty() && rest_.front() == '"') {
      return quoted();
    }
    std::string text = token();
    return text.empty() ? std::nullopt : std::optional{std::move(text)};
  }

  // A name, with a value after an equals sign; nothing where either is missing.
  std::optional<Directive> directive() {
    Directive read{.name = lower_case(token())};
    if (read.name.empty()) {
      return std::nullopt;
    }
    if (take('=')) {
      read.value = value();
      if (!read.value) {
        return std::nullopt;
      }
    }
    return read;
  }

 private:
  void skip_space() {
    const std::size_t begin = rest_.find_first_not_of(" \t");
    rest_.remove_prefix(std::min(begin, rest_.size()));
  }

  std::string_view rest_;
};

// None where the grammar is broken.
std::vector<Directive> read_directives(std::string_view text) {
  Reader reader{text};
  std::vector<Directive> directives;
  while (!reader.at_end()) {
    // Empty directives are allowed: the grammar makes them optional.
    if (reader.take(';')) {
      continue;
    }
    auto directive = reader.directive();
    if (!directive || (!reader.at_end() && !reader.take(';'))) {
      return {};
    }
    directives.push_back(*std::move(directive));
  }
  return directives;
}

// RFC 6797, 6.1: a directive must not appear twice.
bool names_one_twice(const std::vector<Directive>& directives) {
  std::set<std::string_view> names;
  return !std::all_of(directives.begin(), directives.end(), [&names](const Directive& directive) {
    return names.insert(directive.name).second;
  });
}

// Digits alone, any number of them; more than fits is the largest value.
std::optional<std::chrono::seconds> read_seconds(const std::string& text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  constexpr auto max_seconds = std::chrono::seconds::max().count();
  std::chrono::seconds::rep number = 0;
  for (const char digit : text) {
    const int value = digit - '0';
    if (number > (max_seconds - value) / 10) {
      return std::chrono::seconds::max();
    }
    number = number * 10 + value;
  }
  return std::chrono::seconds{number};
}

}  // namespace

std::optional<StrictTransport> read_strict_transport(std::string_view text) {
  const auto directives = read_directives(text);
  if (names_one_twice(directives)) {
    return std::nullopt;
  }
  std::optional<std::chrono::seconds> max_age;
  bool include_subdomains = false;
  for (const Directive& directive : directives) {
    const bool is_flag = directive.name == "includesubdomains";
    if (is_flag && directive.value) {
      return std::nullopt;
    }
    include_subdomains = include_subdomains || is_flag;
    // A quoted number is as good as a bare one (RFC 6797, 6.1.1).
    if (directive.name == "max-age") {
      max_age = read_seconds(directive.value.value_or(""));
    }
  }
  if (!max_age) {
    return std::nullopt;
  }
  return StrictTransport{.max_age = *max_age, .include_subdomains = include_subdomains};
}

}  // namespace compliance

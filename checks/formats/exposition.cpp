// Recognises the text format of metrics by its lines.
#include "checks/formats/exposition.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// A single line such as "error 404" has the form of a sample.
constexpr std::size_t min_samples = 2;

// A `remark` is a comment or an empty line, a `description` a HELP or TYPE line.
enum class LineKind : std::uint8_t { remark, description, sample, other };

// Metric names: [a-zA-Z_:][a-zA-Z0-9_:]*.
bool begins_name(char c) { return is_letter(c) || c == '_' || c == ':'; }

bool continues_name(char c) { return begins_name(c) || is_digit(c); }

// The length of the metric's name at the beginning; 0 when none is there.
std::size_t name_length(std::string_view text) {
  if (text.empty() || !begins_name(text.front())) {
    return 0;
  }
  const auto* const end = std::find_if_not(text.begin(), text.end(), &continues_name);
  return static_cast<std::size_t>(end - text.begin());
}

// The length of the labels at the beginning, braces included; 0 when none are there or they have no
// end. Braces within quotes are text.
std::size_t labels_length(std::string_view text) {
  if (text.substr(0, 1) != "{") {
    return 0;
  }
  bool quoted = false;
  for (std::size_t index = 1; index < text.size(); ++index) {
    if (quoted && text[index] == '\\') {
      ++index;
    } else if (text[index] == '"') {
      quoted = !quoted;
    } else if (text[index] == '}' && !quoted) {
      return index + 1;
    }
  }
  return 0;
}

// The first word of what is left, which is taken from it.
std::string_view next_word(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
  rest.remove_prefix(word.size());
  return word;
}

// A floating-point number as Go's ParseFloat takes it, without hexadecimal and underscores.
bool is_number(std::string_view word) {
  constexpr auto words = std::to_array<std::string_view>({"NaN", "+Inf", "-Inf", "Inf"});
  if (std::find(words.begin(), words.end(), word) != words.end()) {
    return true;
  }
  if (word.empty() || word.find_first_not_of("0123456789.eE+-") != std::string_view::npos) {
    return false;
  }
  if (word.front() == '+') {
    word.remove_prefix(1);
  }
  double number = 0;
  const auto [end, error] = std::from_chars(word.begin(), word.end(), number);
  // A number out of range is a number all the same.
  return error != std::errc::invalid_argument && end == word.end();
}

// NAME, labels or none, a value, and perhaps a time or an exemplar.
bool is_sample(std::string_view line) {
  const std::size_t name = name_length(line);
  if (name == 0) {
    return false;
  }
  std::string_view rest = line.substr(name);
  rest.remove_prefix(labels_length(rest));
  if (rest.find_first_of(" \t") != 0 || !is_number(next_word(rest))) {
    return false;
  }
  const std::string_view time = next_word(rest);
  // Exemplars stand behind a number sign.
  return time.empty() || time == "#" || is_number(time);
}

// HELP and TYPE describe only with a valid name behind them; prose may begin with those words.
LineKind kind_of_remark(std::string_view line) {
  std::string_view rest = line.substr(1);
  const std::string_view keyword = next_word(rest);
  const std::string_view name = next_word(rest);
  const bool describes =
      (keyword == "HELP" || keyword == "TYPE") && !name.empty() && name_length(name) == name.size();
  return describes ? LineKind::description : LineKind::remark;
}

LineKind kind_of(std::string_view line) {
  line = trimmed(line);
  if (line.empty()) {
    return LineKind::remark;
  }
  if (line.front() == '#') {
    return kind_of_remark(line);
  }
  return is_sample(line) ? LineKind::sample : LineKind::other;
}

}  // namespace

// A cut last line is the only one that may be anything else.
bool is_exposition(std::string_view text) {
  std::size_t descriptions = 0;
  std::size_t samples = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const LineKind kind = kind_of(text.substr(0, end));
    if (kind == LineKind::other && end != std::string_view::npos) {
      return false;
    }
    descriptions += kind == LineKind::description ? 1 : 0;
    samples += kind == LineKind::sample ? 1 : 0;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return descriptions > 0 || samples >= min_samples;
}

}  // namespace compliance

// Estimates the strength of texts and key bytes.
#include "checks/formats/secret_strength.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "checks/formats/ascii.h"
#include "checks/formats/secret_properties.h"

namespace compliance {
namespace {

// Alphabets of the estimate, from 10 (digits) to 94 (printable ASCII).
constexpr bool is_lower_or_digit(char c) { return is_lower(c) || is_digit(c); }
constexpr bool is_upper_or_digit(char c) { return is_upper(c) || is_digit(c); }
constexpr bool is_alphanumeric(char c) { return is_lower(c) || is_upper_or_digit(c); }
constexpr bool is_base64(char c) {
  return is_alphanumeric(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '=';
}

// The smallest alphabet of the estimate that holds all characters of `text`.
int alphabet_of(std::string_view text) {
  const auto all = [text](bool (*test)(char)) {
    return std::all_of(text.begin(), text.end(), test);
  };
  if (all(&is_digit)) {
    return 10;
  }
  if (all(&is_hex_digit)) {
    return 16;
  }
  if (all(&is_lower_or_digit) || all(&is_upper_or_digit)) {
    return 36;
  }
  if (all(&is_alphanumeric)) {
    return 62;
  }
  return all(&is_base64) ? 64 : 94;
}

// Length of the shortest prefix that, repeated, gives `text`; the last repetition may be cut. A
// text that does not hold it twice is its own period: its end matching its start proves nothing.
std::size_t smallest_period(std::string_view text) {
  // borders[i]: length of the longest proper prefix of the first i characters that ends them too.
  std::vector<std::size_t> borders(text.size() + 1, 0);
  std::size_t matched = 0;
  for (std::size_t index = 1; index < text.size(); ++index) {
    while (matched > 0 && text[index] != text[matched]) {
      matched = borders[matched];
    }
    if (text[index] == text[matched]) {
      ++matched;
    }
    borders[index + 1] = matched;
  }
  const std::size_t period = text.size() - borders[text.size()];
  return 2 * period <= text.size() ? period : text.size();
}

// The distance to the next character; `index` must not be the last.
int step_at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index + 1]) - static_cast<unsigned char>(text[index]);
}

// Length of the run of equal or consecutive characters that begins at `start`.
std::size_t run_at(std::string_view text, std::size_t start) {
  if (start + 1 == text.size()) {
    return 1;
  }
  const int step = step_at(text, start);
  if (std::abs(step) > 1) {
    return 1;
  }
  std::size_t last = start + 1;
  while (last + 1 < text.size() && step_at(text, last) == step) {
    ++last;
  }
  return last - start + 1;
}

}  // namespace

std::size_t counted_length(std::string_view text) {
  text = text.substr(0, smallest_period(text));
  std::size_t counted = 0;
  std::size_t index = 0;
  while (index < text.size()) {
    const std::size_t run = run_at(text, index);
    const bool shortened = run > 2;
    counted += shortened ? 2 : 1;
    index += shortened ? run : 1;
  }
  return counted;
}

double estimated_bits(std::string_view text) {
  return static_cast<double>(counted_length(text)) * std::log2(alphabet_of(text));
}

}  // namespace compliance

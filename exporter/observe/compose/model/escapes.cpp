// Backslash escapes in the double quotes of env files, and words in commands.
#include "exporter/observe/compose/model/escapes.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace compliance::compose {
namespace {

// Each letter behind a backslash stands for the character at the same place of the second text.
constexpr std::string_view escape_letters = "abfnrtv\\\"";
constexpr std::string_view escape_meanings = "\a\b\f\n\r\t\v\\\"";

bool is_octal(char c) { return c >= '0' && c <= '7'; }

// The character of \0ddd, as UTF-8; empty when three octal digits do not follow or it is too big.
std::string octal_character(std::string_view digits) {
  if (digits.size() < 3 || !std::all_of(digits.begin(), digits.begin() + 3, is_octal)) {
    return {};
  }
  const unsigned value = (static_cast<unsigned>(digits[0] - '0') << 6U) |
                         (static_cast<unsigned>(digits[1] - '0') << 3U) |
                         static_cast<unsigned>(digits[2] - '0');
  if (value > 0xFFU) {
    return {};
  }
  if (value < 0x80U) {
    return {static_cast<char>(value)};
  }
  return {static_cast<char>(0xC0U | (value >> 6U)), static_cast<char>(0x80U | (value & 0x3FU))};
}

// Splits a text into words. `add` sees each character once; the state says what it is part of.
class WordSplitter {
 public:
  // False when the command ends before `c`.
  bool add(char c);
  void finish();
  // False while a quote or a backslash waits for more.
  bool complete() const { return quote_ == '\0' && !escaped_; }
  const std::vector<std::string>& words() const { return words_; }

 private:
  // Inside quotes a backslash counts in double ones only.
  void add_quoted(char c);
  bool add_bare(char c);

  std::vector<std::string> words_;
  std::string word_;
  // True for an empty word too: '' is an argument.
  bool in_word_ = false;
  bool escaped_ = false;
  char quote_ = '\0';
};

bool WordSplitter::add(char c) {
  if (escaped_) {
    word_ += c;
    escaped_ = false;
    in_word_ = true;
    return true;
  }
  if (quote_ != '\0') {
    add_quoted(c);
    return true;
  }
  return add_bare(c);
}

void WordSplitter::add_quoted(char c) {
  if (c == quote_) {
    quote_ = '\0';
  } else if (c == '\\' && quote_ == '"') {
    escaped_ = true;
  } else {
    word_ += c;
  }
}

bool WordSplitter::add_bare(char c) {
  if (c == '\\') {
    escaped_ = true;
  } else if (c == '"' || c == '\'') {
    quote_ = c;
    in_word_ = true;
  } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
    finish();
  } else if (std::string_view{";&|<>"}.find(c) != std::string_view::npos) {
    return false;
  } else {
    word_ += c;
    in_word_ = true;
  }
  return true;
}

// Ends the word in work, if there is one.
void WordSplitter::finish() {
  if (in_word_) {
    words_.push_back(word_);
  }
  word_.clear();
  in_word_ = false;
}

}  // namespace

std::string expand_escapes(std::string_view text) {
  std::string result;
  for (std::size_t index = 0; index < text.size(); ++index) {
    // What stands behind a backslash; a null character, which has no meaning, elsewhere.
    const char next = text[index] == '\\' && index + 1 < text.size() ? text[index + 1] : '\0';
    const std::size_t letter = escape_letters.find(next);
    if (next == '$') {
      // Written so, the interpolation that follows makes one plain dollar sign of it.
      result += "$$";
      ++index;
    } else if (next == '0' && !octal_character(text.substr(index + 2)).empty()) {
      result += octal_character(text.substr(index + 2));
      index += 4;
    } else if (letter != std::string_view::npos) {
      result += escape_meanings[letter];
      ++index;
    } else {
      // A backslash at the end stays, as any that stands in front of no known letter.
      result += text[index];
    }
  }
  return result;
}

std::optional<std::vector<std::string>> split_command(std::string_view text) {
  WordSplitter splitter;
  for (const char c : text) {
    if (!splitter.add(c)) {
      break;
    }
  }
  splitter.finish();
  return splitter.complete() ? std::optional{splitter.words()} : std::nullopt;
}

}  // namespace compliance::compose

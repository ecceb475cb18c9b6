// Texts put together: joined lists, wrapped paragraphs, positions in files, percent-encoding.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "checks/facts/origin.h"

namespace compliance {

// The texts of a list with `separator` between them; `last` stands before the last one.
template <class Texts>
std::string joined(const Texts& texts, std::string_view separator, std::string_view last) {
  std::string list;
  std::size_t left = texts.size();
  for (const auto& text : texts) {
    list += left == texts.size() ? std::string_view{} : left == 1 ? last : separator;
    list += text;
    --left;
  }
  return list;
}

template <class Texts>
std::string joined(const Texts& texts, std::string_view separator = ", ") {
  return joined(texts, separator, separator);
}

// How a paragraph is laid out, in columns.
struct Wrapping {
  std::size_t width = 80;
  std::size_t indent = 0;  // of every line but the first
  std::size_t used = 0;    // taken already in the first line
};

// The words of one line of valid UTF-8 in lines no wider than `width`, unless a single word is.
// There is no newline at the end.
std::string wrapped(std::string_view text, const Wrapping& wrapping);

// file:line:column as editors and terminals understand it; the endpoint; or nothing.
std::string format_location(const Origin& origin);

// The text for a URI (RFC 3986, 2.1): every byte is percent-encoded that is neither unreserved nor
// among the `kept` ones.
std::string percent_encoded(std::string_view text, std::string_view kept = {});

}  // namespace compliance

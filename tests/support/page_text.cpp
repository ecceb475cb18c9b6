// What a reader sees of a page.
#include "tests/support/page_text.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

namespace compliance::test {
namespace {

// The document with the style sheet's text taken out.
std::string without_style(std::string_view document) {
  const auto begin = document.find("<style>");
  const auto end = document.find("</style>");
  if (begin == std::string_view::npos || end == std::string_view::npos) {
    return std::string{document};
  }
  return std::string{document.substr(0, begin + 7)} + std::string{document.substr(end)};
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

bool ends_with_space(const std::string& text) { return text.empty() || text.back() == ' '; }

// Where the tag that begins at `begin` ends: brackets within quotes are none.
std::size_t end_of_tag(std::string_view document, std::size_t begin) {
  bool quoted = false;
  for (std::size_t at = begin; at < document.size(); ++at) {
    quoted = document[at] == '"' ? !quoted : quoted;
    if (document[at] == '>' && !quoted) {
      return at;
    }
  }
  return std::string_view::npos;
}

bool is_void(std::string_view tag) {
  static const std::set<std::string_view> names{"meta", "link", "input", "br", "!DOCTYPE"};
  return names.contains(tag);
}

// Takes a tag, without its brackets, to or from those that are open; what is wrong with it.
std::string take_tag(std::string_view tag, std::vector<std::string_view>& open) {
  if (tag.find('<') != std::string_view::npos) {
    return "a bracket within <" + std::string{tag};
  }
  if (tag.starts_with('/')) {
    if (open.empty() || open.back() != tag.substr(1)) {
      return "<" + std::string{tag} + "> ends what is not open";
    }
    open.pop_back();
    return "";
  }
  const auto name = tag.substr(0, tag.find(' '));
  if (!is_void(name)) {
    open.push_back(name);
  }
  return "";
}

}  // namespace

std::string words_of(std::string_view document) {
  const std::string text = without_style(document);
  std::string words;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool is_space = c == '<' || c == '\n' || c == ' ';
    at = c == '<' ? std::min(end_of_tag(text, at), text.size()) : at;
    if (!is_space) {
      words += c;
    } else if (!ends_with_space(words)) {
      words += ' ';
    }
  }
  constexpr auto entities = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}});
  for (const auto& [entity, character] : entities) {
    replace_all(words, entity, character);
  }
  return words;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

std::string fault_of(std::string_view document) {
  const std::string text = without_style(document);
  std::vector<std::string_view> open;
  for (auto at = text.find_first_of("<>"); at != std::string::npos;
       at = text.find_first_of("<>", at + 1)) {
    const auto end = text[at] == '<' ? end_of_tag(text, at) : std::string::npos;
    if (end == std::string::npos) {
      return "a bracket alone";
    }
    if (auto fault = take_tag(std::string_view{text}.substr(at + 1, end - at - 1), open);
        !fault.empty()) {
      return fault;
    }
    at = end;
  }
  return open.empty() ? "" : "<" + std::string{open.back()} + "> never ends";
}

}  // namespace compliance::test

// Foreign text made safe for documents.
#include "exporter/base/markup.h"

#include "exporter/base/escape.h"
#include "exporter/base/text.h"

namespace compliance {
namespace {

constexpr std::string_view replacement_text = "\xEF\xBF\xBD";

// How a byte of valid UTF-8 stands in XML; empty when it stands for itself.
std::string_view xml_reference(char byte) {
  switch (byte) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&apos;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    default:
      return static_cast<unsigned char>(byte) < 0x20U ? replacement_text : std::string_view{};
  }
}

// U+FFFE and U+FFFF, which are valid UTF-8 and no characters of XML.
bool begins_with_noncharacter(std::string_view text) {
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
}

}  // namespace

std::string xml_text(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string escaped;
  escaped.reserve(valid.size());
  for (std::string_view rest = valid; !rest.empty();) {
    const bool forbidden = begins_with_noncharacter(rest);
    const std::string_view reference = forbidden ? replacement_text : xml_reference(rest.front());
    const std::size_t length = forbidden ? replacement_text.size() : 1;
    escaped += reference.empty() ? rest.substr(0, length) : reference;
    rest.remove_prefix(length);
  }
  return escaped;
}

std::string markdown_text(std::string_view text) {
  // All of these are ASCII punctuation, which a backslash may precede everywhere (CommonMark 0.31,
  // 2.4).
  constexpr std::string_view markup = R"(\`*_{}[]<>#|~^$&@)";
  // These begin lists and headings, at the beginning only.
  constexpr std::string_view leading = "-+=";
  std::string escaped;
  for (const char byte : printable(text)) {
    if (markup.find(byte) != std::string_view::npos ||
        (escaped.empty() && leading.find(byte) != std::string_view::npos)) {
      escaped.push_back('\\');
    }
    escaped.push_back(byte);
  }
  return escaped;
}

std::string file_uri(std::string_view path) {
  while (path.starts_with("./")) {
    path.remove_prefix(2);
  }
  return (path.starts_with('/') ? "file://" : "") + percent_encoded(path, "/");
}

}  // namespace compliance

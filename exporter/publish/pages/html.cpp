// Html, Link and id_of(): everything that is not a constant is escaped.
#include "exporter/publish/pages/html.h"

#include <algorithm>
#include <array>

#include "exporter/base/escape.h"
#include "exporter/base/text.h"

namespace compliance::pages {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Appends a byte of a name to an id: as it stands, or as an underscore and two hexadecimal digits.
void append_to_id(std::string& id, char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  if (is_letter_or_digit(byte) || byte == '-') {
    id += byte;
    return;
  }
  const auto value = static_cast<unsigned char>(byte);
  id += '_';
  id += digits[value >> 4U];
  id += digits[value & 0xFU];
}

// Both quotes are escaped, so text fits in attributes as well. Empty for characters that
// stay.
std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

// One line without control characters first: foreign text must not hide or reorder what is
// shown.
void append_escaped(std::string& document, std::string_view text) {
  for (const char c : printable(text)) {
    const std::string_view entity = entity_of(c);
    if (entity.empty()) {
      document += c;
    } else {
      document += entity;
    }
  }
}

// Elements after which a line ends, so that the source can be read.
bool ends_line(std::string_view tag) {
  static constexpr std::array<std::string_view, 17> blocks{
      "title", "head", "header", "nav", "main", "section", "article", "footer", "aside",
      "h1",    "h2",   "h3",     "p",   "ul",   "li",      "tr",      "details"};
  return std::find(blocks.begin(), blocks.end(), tag) != blocks.end();
}

// A space or a control character could end an address early for one reader and not for
// another.
bool is_visible_ascii(char c) { return c > ' ' && c < '\x7f'; }

}  // namespace

void attribute_needs_a_function_of_its_own() {}

std::optional<Link> Link::to_site(std::string_view address) {
  const bool is_web = address.starts_with("https://") || address.starts_with("http://");
  if (!is_web || !std::all_of(address.begin(), address.end(), &is_visible_ascii)) {
    return std::nullopt;
  }
  return Link{std::string{address}};
}

Link Link::to_page(Constant path, std::string_view segment) {
  return Link{std::string{path.text()} + percent_encoded(segment)};
}

Link Link::to_place(std::string_view id) { return Link{"#" + percent_encoded(id)}; }

Link Link::with(Constant parameter, std::string_view value) const {
  // Links are values: the shorter one may be used again.
  Link longer = *this;
  longer.address_ += has_parameters_ ? "&" : "?";
  longer.address_ += std::string{parameter.text()} + "=" + percent_encoded(value);
  longer.has_parameters_ = true;
  return longer;
}

std::string id_of(std::initializer_list<std::string_view> names) {
  std::string id;
  for (const std::string_view name : names) {
    id += id.empty() ? "" : ".";
    for (const char byte : name) {
      append_to_id(id, byte);
    }
  }
  return id;
}

Html::Element::~Element() { html_.end(tag_); }

Html::Element Html::open(Constant tag, Attributes attributes) {
  begin(tag, attributes);
  return Element{*this, tag};
}

Html::Element Html::open_link(const Link& link, Attributes attributes) {
  begin_with_address("a", "href", link, attributes);
  return Element{*this, "a"};
}

Html::Element Html::open_form(const Link& page, Attributes attributes) {
  begin_with_address("form", "action", page, attributes);
  return Element{*this, "form"};
}

void Html::text(std::string_view text) { append_escaped(document_, text); }

void Html::add(Constant tag, Attributes attributes, std::string_view text) {
  begin(tag, attributes);
  append_escaped(document_, text);
  end(tag);
}

void Html::add_link(const Link& link, std::string_view text, Attributes attributes) {
  const Element element = open_link(link, attributes);
  append_escaped(document_, text);
}

void Html::add_void(Constant tag, Attributes attributes) { begin(tag, attributes); }

void Html::add_policy(std::string_view policy) {
  document_ += "<meta http-equiv=\"Content-Security-Policy\"";
  add_attribute("content", policy);
  document_ += '>';
}

void Html::begin(Constant tag, Attributes attributes) {
  document_ += '<';
  document_ += tag.text();
  for (const Attribute& attribute : attributes) {
    add_attribute(attribute.name.text(), attribute.value);
  }
  document_ += '>';
}

void Html::begin_with_address(Constant tag, Constant name, const Link& link,
                              Attributes attributes) {
  document_ += '<';
  document_ += tag.text();
  add_attribute(name.text(), link.address());
  for (const Attribute& attribute : attributes) {
    add_attribute(attribute.name.text(), attribute.value);
  }
  document_ += '>';
}

void Html::add_attribute(std::string_view name, std::string_view value) {
  document_ += ' ';
  document_ += name;
  document_ += "=\"";
  append_escaped(document_, value);
  document_ += '"';
}

void Html::end(Constant tag) {
  document_ += "</";
  document_ += tag.text();
  document_ += '>';
  // Only behind blocks: between words of a line a break would be a space.
  if (ends_line(tag.text())) {
    document_ += '\n';
  }
}

}  // namespace compliance::pages

// HTML that is escaped by construction: names of elements and attributes are constants of the
// source, everything else is text.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace compliance::pages {

// Never called at run time. Not constexpr on purpose: a constant whose evaluation would
// call it stops the compilation.
void attribute_needs_a_function_of_its_own();

// Text that stands in the source: the constructor runs in the compiler alone, so no text of
// a run can become one.
class Constant {
 public:
  consteval Constant(const char* text) : text_(text) {}
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// The name of an attribute whose value is plain text. Names whose values are addresses,
// scripts or styles do not compile: those values need more than escaping.
class AttributeName {
 public:
  consteval AttributeName(const char* name) : text_(name) {
    for (const std::string_view refused : {"href", "src", "srcset", "srcdoc", "style", "action",
                                           "formaction", "data", "http-equiv", "content"}) {
      if (text_ == refused) {
        attribute_needs_a_function_of_its_own();
      }
    }
    if (text_.starts_with("on")) {
      attribute_needs_a_function_of_its_own();
    }
  }
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// A name and its value, which is foreign text and gets escaped. Both are only borrowed.
struct Attribute {
  AttributeName name;
  std::string_view value = {};
};
// Borrowed texts: only for arguments of a call.
using Attributes = std::initializer_list<Attribute>;

// Where a link leads: to a site over http or https, or to a place of these pages.
class Link {
 public:
  // A link to another site. Nothing for other schemes, relative addresses, and characters
  // beyond visible ASCII.
  static std::optional<Link> to_site(std::string_view address);
  // A link to a page of this program: `path` followed by `segment`, which is
  // percent-encoded.
  static Link to_page(Constant path, std::string_view segment = {});
  // A link to the element of that id in the same document.
  static Link to_place(std::string_view id);

  // The link with one more parameter, encoded.
  Link with(Constant parameter, std::string_view value) const;

  // Fit for an attribute once it is escaped for HTML.
  const std::string& address() const { return address_; }

 private:
  explicit Link(std::string address) : address_(std::move(address)) {}

  std::string address_;
  bool has_parameters_ = false;
};

// The id of an element, made of names: letters, digits, hyphens, dots and underscores
// alone, and never the same for different names. Other bytes become an underscore and two
// hexadecimal digits.
std::string id_of(std::initializer_list<std::string_view> names);

// A document as it is written, from top to bottom. Everything that is not a Constant is
// escaped. Used by one thread.
class Html {
 public:
  // An open element; its destructor writes the end tag. Elements end in the reverse order
  // of their beginnings, as scopes do.
  class [[nodiscard]] Element {
   public:
    Element(Html& html, Constant tag) : html_(html), tag_(tag) {}
    // Writes the end tag.
    ~Element();
    // No copies: an element ends once.
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;
    // Not moved: the scope that opened it ends it.
    Element(Element&&) = delete;
    Element& operator=(Element&&) = delete;

   private:
    Html& html_;
    Constant tag_;
  };

  // Begins an element that ends with the returned object.
  Element open(Constant tag, Attributes attributes = {});
  // Begins a link.
  Element open_link(const Link& link, Attributes attributes = {});

  // Foreign text: one line, shown and never obeyed.
  void text(std::string_view text);
  // An element that holds text alone.
  void add(Constant tag, std::string_view text) { add(tag, {}, text); }
  // The same with attributes.
  void add(Constant tag, Attributes attributes, std::string_view text);
  // A link that holds text alone.
  void add_link(const Link& link, std::string_view text, Attributes attributes = {});
  // An element without an end, such as input.
  void add_void(Constant tag, Attributes attributes);
  // A form that asks for `page`.
  Element open_form(const Link& page, Attributes attributes = {});
  // A Content-Security-Policy as a meta element, for a document that comes without headers.
  void add_policy(std::string_view policy);
  // Markup of the source, as it is, without escaping.
  void add_constant(Constant markup) { document_ += markup.text(); }

  // The document; nothing is left to write to.
  std::string take() { return std::move(document_); }

 private:
  // Writes the start tag.
  void begin(Constant tag, Attributes attributes);
  // The same with an address first: `name` is href or action.
  void begin_with_address(Constant tag, Constant name, const Link& link, Attributes attributes);
  // The value is escaped; the name must come from a constant.
  void add_attribute(std::string_view name, std::string_view value);
  void end(Constant tag);

  std::string document_;
};

}  // namespace compliance::pages

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

// Not constexpr on purpose: a constant that would need it stops the compilation.
void attribute_needs_a_function_of_its_own();

// Text that stands in the source: no text of a run can become one.
class Constant {
 public:
  consteval Constant(const char* text) : text_(text) {}
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// An attribute whose value is plain text: none that is an address, a script or a style.
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

struct Attribute {
  AttributeName name;
  std::string_view value = {};
};
using Attributes = std::initializer_list<Attribute>;

// Where a link leads: to a site over http or https, or to a place of these pages.
class Link {
 public:
  // Nothing for other schemes, and for what is no absolute address.
  static std::optional<Link> to_site(std::string_view address);
  // `path` followed by `segment`, which is encoded.
  static Link to_page(Constant path, std::string_view segment = {});
  // An element of the same document.
  static Link to_place(std::string_view id);

  // The link with one more parameter, encoded.
  Link with(Constant parameter, std::string_view value) const;

  const std::string& address() const { return address_; }

 private:
  explicit Link(std::string address) : address_(std::move(address)) {}

  std::string address_;
  bool has_parameters_ = false;
};

// The id of an element, made of names: letters, digits, hyphens and dots alone, and never the same
// for different names.
std::string id_of(std::initializer_list<std::string_view> names);

// A document as it is written, from top to bottom.
class Html {
 public:
  // Open as long as it lives: elements end in the reverse order of their beginnings.
  class [[nodiscard]] Element {
   public:
    Element(Html& html, Constant tag) : html_(html), tag_(tag) {}
    ~Element();
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;
    Element(Element&&) = delete;
    Element& operator=(Element&&) = delete;

   private:
    Html& html_;
    Constant tag_;
  };

  Element open(Constant tag, Attributes attributes = {});
  Element open_link(const Link& link, Attributes attributes = {});

  // Foreign text: one line, shown and never obeyed.
  void text(std::string_view text);
  // An element that holds text alone.
  void add(Constant tag, std::string_view text) { add(tag, {}, text); }
  void add(Constant tag, Attributes attributes, std::string_view text);
  void add_link(const Link& link, std::string_view text, Attributes attributes = {});
  // An element without an end, such as input.
  void add_void(Constant tag, Attributes attributes);
  // A form that asks for `page`.
  Element open_form(const Link& page, Attributes attributes = {});
  // The policy of a document that comes without headers.
  void add_policy(std::string_view policy);
  // Markup of the source, as it is.
  void add_constant(Constant markup) { document_ += markup.text(); }

  std::string take() { return std::move(document_); }

 private:
  void begin(Constant tag, Attributes attributes);
  void begin_with_address(Constant tag, Constant name, const Link& link, Attributes attributes);
  void add_attribute(std::string_view name, std::string_view value);
  void end(Constant tag);

  std::string document_;
};

}  // namespace compliance::pages

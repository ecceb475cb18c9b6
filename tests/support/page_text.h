// What a reader sees of a page.
#pragma once

#include <string>
#include <string_view>

namespace compliance::test {

// The mark that makes what follows run from right to left.
inline const std::string override_mark{'\xE2', '\x80', '\xAE'};

// The document without its style sheet and its markup, white space folded, entities as characters.
std::string words_of(std::string_view document);

// How often `part` is in `text`.
std::size_t count_of(std::string_view text, std::string_view part);

// Why the document is not well-formed: an element that ends elsewhere than where it began, or a
// bracket that is none of its markup; empty when it is.
std::string fault_of(std::string_view document);

}  // namespace compliance::test

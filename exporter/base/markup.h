// Foreign text made safe for documents: XML, Markdown and the paths of URIs.
#pragma once

#include <string>
#include <string_view>

namespace compliance {

// The text as XML 1.0 character data, fit for elements and for attributes in double quotes: markup
// characters, line ends and tabs as references; what XML forbids (other control characters, U+FFFE,
// U+FFFF, invalid UTF-8) as U+FFFD.
std::string xml_text(std::string_view text);

// The text as one line of Markdown that shows it as it is: printable, with every character that
// could begin markup, HTML among it, behind a backslash.
std::string markdown_text(std::string_view text);

// The path of a file as a URI reference (RFC 3986): file:///... where it is absolute, else relative
// and without a leading "./"; every byte that is neither unreserved nor "/" is percent-encoded.
std::string file_uri(std::string_view path);

}  // namespace compliance

// A small GET as bytes, and the parsed answer: enough to identify what listens on a port.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/formats/http.h"

namespace compliance::probes {

// A GET of `target` in HTTP/1.1 without credentials. `host` is HOST:PORT. Asks the peer to
// close the connection afterwards.
std::string get_request(std::string_view target, std::string_view host);

// True if the text holds the whole answer by its Content-Length; without that field the end of the
// connection is the end of the answer.
bool is_whole_answer(std::string_view text);

// The answer whose head is complete in the text; its body is what follows, as sent. Nothing for a
// text that is not an answer of HTTP/1.0 or 1.1. Source: RFC 9112, 4 and 5.
std::optional<HttpAnswer> parse_answer(std::string_view text);

}  // namespace compliance::probes

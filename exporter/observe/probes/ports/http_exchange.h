// One small GET as bytes, and the answer read from bytes: enough to tell who answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/formats/http.h"

namespace compliance::probes {

// `host` is HOST:PORT. Asks the peer to close afterwards.
std::string get_request(std::string_view target, std::string_view host);

// Whether the text holds all of the answer that its Content-Length promises; without one only the
// end of the connection tells.
bool is_whole_answer(std::string_view text);

// The answer whose head is complete in the text; its body is what follows, as it was sent. Nothing
// for what is no HTTP/1 answer. Source: RFC 9112, 4 and 5.
std::optional<HttpAnswer> parse_answer(std::string_view text);

}  // namespace compliance::probes

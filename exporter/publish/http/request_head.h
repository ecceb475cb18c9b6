// Bytes of a request's line and headers -> HttpRequest, or the status that refuses them. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "exporter/publish/http/http_server.h"

namespace compliance {

// More headers than this are refused with 431.
inline constexpr std::size_t max_headers = 64;

// Collects the head of one request as its bytes come in. Strict: lines end in CR LF, names are
// tokens, nothing is folded, Authorization comes at most once (RFC 9112, without its leniencies).
class RequestHead {
 public:
  explicit RequestHead(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // Takes the next bytes; what follows the head is ignored. True when the head is complete or is
  // refused, so that no more bytes are needed.
  bool add(std::string_view bytes);

  // Why the request is refused (400, 413, 414, 431, 505); nothing while it is acceptable.
  std::optional<int> refusal() const { return refusal_; }

  // What was asked, as far as it was read; the peer's address is left empty.
  const HttpRequest& request() const { return request_; }

 private:
  bool take_byte(char byte);
  bool take_line();
  bool take_request_line();
  bool take_header();
  bool take_field(std::string_view name, std::string_view value);
  bool refuse(int status);

  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  std::size_t headers_ = 0;
  bool request_line_seen_ = false;
  bool authorization_seen_ = false;
  std::string line_;
  HttpRequest request_;
  std::optional<int> refusal_;
};

}  // namespace compliance

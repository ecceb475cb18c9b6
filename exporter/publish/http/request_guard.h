// The guard before the HTTP library: validates the raw head of a request and bounds it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace compliance {

// Longer request lines are refused with 414: the library may match paths by recursion.
inline constexpr std::size_t max_request_line_bytes = 1024;
// Longer lines of headers are refused with 431; the library takes no longer ones.
inline constexpr std::size_t max_header_line_bytes = 8192;
// More headers than this are refused with 431.
inline constexpr std::size_t max_headers = 64;

// Collects the head of one request as its bytes come in. Strict: lines end in CR LF, names are
// tokens, nothing is folded, Authorization and Host come at most once (RFC 9112, without its
// leniencies). Bodies are refused with 413, ranges with 416, methods that RFC 9110 and RFC 5789 do
// not define with 501. The library is given what passed, byte for byte.
class RequestGuard {
 public:
  explicit RequestGuard(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // Takes the next bytes; what follows the head is dropped. True when the head is complete or is
  // refused, so that no more bytes are needed.
  bool add(std::string_view bytes);

  // Status that refuses the request; nothing while it is acceptable.
  std::optional<int> refusal() const { return refusal_; }

  // What came in so far, at most up to the end of the head.
  const std::string& head() const { return head_; }

  // The value of Authorization as it was received; nothing where there is no such header.
  const std::optional<std::string>& authorization() const { return authorization_; }

 private:
  // These return true when no more bytes are needed, as add() does.
  bool take_byte(char byte);
  bool take_line();
  bool take_request_line(std::string_view line);
  bool take_header(std::string_view line);
  bool take_field(std::string_view name, std::string_view value);
  bool take_length(std::string_view value);
  bool refuse(int status);

  std::size_t max_bytes_;
  std::string head_;
  std::size_t line_start_ = 0;  // in head_
  std::size_t headers_ = 0;
  bool in_headers_ = false;
  bool known_method_ = false;
  bool host_seen_ = false;
  std::optional<std::string> authorization_;
  std::optional<int> refusal_;
};

}  // namespace compliance

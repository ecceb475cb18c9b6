// Writes a small GET and parses the answer, which is enough to identify a peer.
#include "exporter/observe/probes/ports/http_exchange.h"

#include <charconv>
#include <utility>

#include "exporter/base/version.h"
#include "exporter/observe/probes/net/response_head.h"

namespace compliance::probes {
namespace {

constexpr std::string_view head_end = "\r\n\r\n";

// The status of a line of HTTP/1.0 or HTTP/1.1.
std::optional<int> status_in(std::string_view line) {
  const auto parsed = parse_status_line(line);
  const bool known = parsed && (parsed->version == "1.1" || parsed->version == "1.0");
  return known ? std::optional{parsed->status} : std::nullopt;
}

}  // namespace

std::string get_request(std::string_view target, std::string_view host) {
  std::string request{"GET "};
  request.append(target).append(" HTTP/1.1\r\nHost: ").append(host);
  request.append("\r\nUser-Agent: caracal-compliance-exporter/").append(version());
  request.append("\r\nAccept: */*\r\nConnection: close\r\n\r\n");
  return request;
}

bool is_whole_answer(std::string_view text) {
  const auto answer = parse_answer(text);
  const auto lengths =
      answer ? header_values(*answer, "content-length") : std::vector<std::string_view>{};
  // Several lengths may contradict each other: then the end of the connection decides.
  if (lengths.size() != 1) {
    return false;
  }
  std::size_t length = 0;
  const auto* const end = lengths[0].data() + lengths[0].size();
  const auto read = std::from_chars(lengths[0].data(), end, length);
  return read.ec == std::errc{} && read.ptr == end && answer->body.size() >= length;
}

std::optional<HttpAnswer> parse_answer(std::string_view text) {
  const auto end = text.find(head_end);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view head = text.substr(0, end + 2);
  const auto status = status_in(head.substr(0, head.find("\r\n")));
  if (!status) {
    return std::nullopt;
  }
  HttpAnswer answer{.status = *status, .body = std::string{text.substr(end + head_end.size())}};
  head.remove_prefix(head.find("\r\n") + 2);
  while (!head.empty()) {
    const auto line_end = head.find("\r\n");
    auto header = parse_field_line(head.substr(0, line_end));
    if (!header) {
      return std::nullopt;
    }
    answer.headers.push_back(std::move(*header));
    head.remove_prefix(line_end + 2);
  }
  return answer;
}

}  // namespace compliance::probes

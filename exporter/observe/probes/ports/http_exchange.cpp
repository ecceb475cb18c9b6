// One small GET as bytes, and the answer read from bytes: enough to tell who answers.
#include "exporter/observe/probes/ports/http_exchange.h"

#include <algorithm>
#include <charconv>

#include "checks/formats/ascii.h"
#include "exporter/base/version.h"

namespace compliance::probes {
namespace {

constexpr std::string_view head_end = "\r\n\r\n";

// HTTP/1.1 200 OK
std::optional<int> status_in(std::string_view line) {
  constexpr std::size_t status_at = 9;
  const bool has_version = line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.0 ");
  const auto digits = has_version ? line.substr(status_at, 3) : "";
  const auto behind = has_version ? line.substr(std::min(line.size(), status_at + 3)) : "";
  if (digits.size() != 3 || !std::all_of(digits.begin(), digits.end(), &is_digit) ||
      !(behind.empty() || behind.starts_with(' '))) {
    return std::nullopt;
  }
  int status = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), status);
  return status;
}

std::optional<HttpHeader> header_in(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 ||
      line.substr(0, colon).find_first_of(" \t") != std::string_view::npos) {
    return std::nullopt;
  }
  return HttpHeader{.name = lower_case(line.substr(0, colon)),
                    .value = std::string{trimmed(line.substr(colon + 1))}};
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
    auto header = header_in(head.substr(0, line_end));
    if (!header) {
      return std::nullopt;
    }
    answer.headers.push_back(std::move(*header));
    head.remove_prefix(line_end + 2);
  }
  return answer;
}

}  // namespace compliance::probes

// Reads the head of a proxy's answer to CONNECT.
#include "exporter/observe/probes/net/proxy_answer.h"

#include <string_view>

#include "exporter/observe/probes/net/response_head.h"

namespace compliance::probes {
namespace {

// The minor version is looked at when the head is complete.
constexpr std::string_view start = "HTTP/1.";

// The status of an answer of HTTP/1.0 or HTTP/1.1; 0 for any other head.
int status_of(std::string_view head) {
  constexpr int min_status = 100;
  const auto line = parse_status_line(head.substr(0, head.find('\r')));
  const bool valid =
      line && (line->version == "1.0" || line->version == "1.1") && line->status >= min_status;
  return valid ? line->status : 0;
}

}  // namespace

// Lines end with CR LF only; the tab is the only control character allowed.
bool ProxyAnswer::fits(char byte) const {
  constexpr unsigned char first_printable = 0x20;
  if (head_.size() < start.size()) {
    return byte == start[head_.size()];
  }
  const bool behind_return = head_.back() == '\r';
  if (byte == '\n' || behind_return) {
    return byte == '\n' && behind_return;
  }
  return byte == '\r' || byte == '\t' || static_cast<unsigned char>(byte) >= first_printable;
}

ProxyAnswer::State ProxyAnswer::feed(char byte) {
  constexpr std::string_view end = "\r\n\r\n";
  if (head_.size() == max_bytes || !fits(byte)) {
    return State::broken;
  }
  head_.push_back(byte);
  if (!head_.ends_with(end)) {
    return State::unfinished;
  }
  status_ = status_of(head_);
  return status_ == 0 ? State::broken : State::complete;
}

}  // namespace compliance::probes

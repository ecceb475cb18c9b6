// The head of an answer to CONNECT.
#include "exporter/observe/probes/net/proxy_answer.h"

#include <algorithm>
#include <string_view>

#include "checks/formats/ascii.h"

namespace compliance::probes {
namespace {

constexpr std::string_view version = "HTTP/1.";

// The status of "HTTP/1.1 200 whatever" (RFC 9112, 4), or 0.
int status_of(std::string_view head) {
  constexpr std::size_t minor = version.size();
  constexpr std::size_t first = minor + 2;
  constexpr std::size_t behind = first + 3;
  if (head[minor] != '0' && head[minor] != '1') {
    return 0;
  }
  const std::string_view digits = head.substr(first, 3);
  if (head[minor + 1] != ' ' || digits.front() == '0' ||
      !std::all_of(digits.begin(), digits.end(), is_digit) ||
      (head[behind] != ' ' && head[behind] != '\r')) {
    return 0;
  }
  constexpr int base = 10;
  int status = 0;
  for (const char digit : digits) {
    status = status * base + (digit - '0');
  }
  return status;
}

}  // namespace

// Lines end with CR LF and with nothing else; there is no other control character but the tab.
bool ProxyAnswer::fits(char byte) const {
  constexpr unsigned char first_printable = 0x20;
  if (head_.size() < version.size()) {
    return byte == version[head_.size()];
  }
  const bool behind_return = head_.back() == '\r';
  if (byte == '\n' || behind_return) {
    return byte == '\n' && behind_return;
  }
  return byte == '\r' || byte == '\t' || static_cast<unsigned char>(byte) >= first_printable;
}

ProxyAnswer::State ProxyAnswer::feed(char byte) {
  constexpr std::string_view end = "\r\n\r\n";
  constexpr std::size_t shortest = std::string_view{"HTTP/1.1 200\r\n\r\n"}.size();
  if (head_.size() == longest || !fits(byte)) {
    return State::broken;
  }
  head_.push_back(byte);
  if (!head_.ends_with(end)) {
    return State::unfinished;
  }
  status_ = head_.size() < shortest ? 0 : status_of(head_);
  return status_ == 0 ? State::broken : State::complete;
}

}  // namespace compliance::probes

// Reads the answer of Redis to PING.
#include "exporter/observe/probes/ports/redis_answer.h"

#include <algorithm>
#include <array>

namespace compliance::probes {
namespace {

// Longer lines are no answer to PING; the one of protected mode has about 900 bytes.
constexpr std::size_t max_line_bytes = 2048;

// Errors that a Redis may give to PING. Only these words get into messages.
constexpr std::array<std::string_view, 8> other_errors{
    "BUSY", "CLUSTERDOWN", "ERR", "LOADING", "MASTERDOWN", "MISCONF", "NOPERM", "READONLY"};

// Printable ASCII: anything else is no line of Redis.
bool is_text(std::string_view line) {
  return std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// Behind the hyphen that begins an error.
std::string_view first_word(std::string_view error) {
  const auto word = error.substr(1);
  return word.substr(0, word.find(' '));
}

// An error for another reason does not tell whether a password is wanted.
PingAnswer read_error(std::string_view line) {
  const auto word = first_word(line);
  if (word == "NOAUTH") {
    return PingAnswer::no_auth;
  }
  if (word == "DENIED") {
    return PingAnswer::denied;
  }
  const bool known =
      std::find(other_errors.begin(), other_errors.end(), word) != other_errors.end();
  return known ? PingAnswer::other_error : PingAnswer::foreign;
}

}  // namespace

PingAnswer read_ping_answer(std::string_view text) {
  const auto end = text.find("\r\n");
  const auto line = text.substr(0, end);
  if (line.size() > max_line_bytes || !(line.empty() || line[0] == '+' || line[0] == '-')) {
    return PingAnswer::foreign;
  }
  if (end == std::string_view::npos) {
    return PingAnswer::incomplete;
  }
  if (line == "+PONG") {
    return PingAnswer::pong;
  }
  return line.starts_with('-') && is_text(line) ? read_error(line) : PingAnswer::foreign;
}

std::string known_error_word(std::string_view text) {
  const bool known = read_ping_answer(text) == PingAnswer::other_error;
  return known ? std::string{first_word(text.substr(0, text.find("\r\n")))} : std::string{};
}

}  // namespace compliance::probes

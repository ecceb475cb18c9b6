// Reads records, alerts and the ServerHello (RFC 6101, 5246, 8446).
#include "exporter/observe/probes/tls/server_hello.h"

#include <algorithm>
#include <optional>
#include <set>

namespace compliance::probes {
namespace {

constexpr std::uint8_t alert_record = 21;
constexpr std::uint8_t handshake_record = 22;
constexpr std::size_t record_header = 5;
// Plaintext of a record has at most 2^14 bytes (RFC 8446, 5.1).
constexpr std::size_t max_record_bytes = 1U << 14U;
constexpr std::size_t handshake_header = 4;
// No hello needs more; the length field would allow 16 MiB.
constexpr std::size_t max_hello_bytes = 1U << 14U;

// In network byte order.
std::size_t number(std::string_view bytes) {
  std::size_t result = 0;
  for (const char byte : bytes) {
    result = (result << 8U) | static_cast<unsigned char>(byte);
  }
  return result;
}

// Takes parts off the front of a message; nothing any more once one was missing.
class Parts {
 public:
  explicit Parts(std::string_view bytes) : rest_(bytes) {}

  std::optional<std::string_view> take(std::size_t count) {
    failed_ = failed_ || count > rest_.size();
    if (failed_) {
      return std::nullopt;
    }
    const std::string_view part = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return part;
  }

  std::optional<std::size_t> take_number(std::size_t width) {
    const auto part = take(width);
    return part ? std::optional{number(*part)} : std::nullopt;
  }

  // A vector behind its length of `width` bytes.
  std::optional<std::string_view> take_vector(std::size_t width) {
    const auto length = take_number(width);
    return length ? take(*length) : std::nullopt;
  }

  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

// The version that the extension supported_versions chooses; 0 without it. Nothing where an
// extension is broken or there twice (RFC 8446, 4.2).
std::optional<std::uint16_t> chosen_version(std::string_view extensions) {
  constexpr std::size_t supported_versions = 43;
  std::uint16_t version = 0;
  std::set<std::size_t> seen;
  Parts parts{extensions};
  while (!parts.done()) {
    const auto type = parts.take_number(2);
    const auto content = parts.take_vector(2);
    if (!type || !content || !seen.insert(*type).second) {
      return std::nullopt;
    }
    if (*type != supported_versions) {
      continue;
    }
    if (content->size() != 2) {
      return std::nullopt;
    }
    version = static_cast<std::uint16_t>(number(*content));
  }
  return version;
}

constexpr std::uint16_t tls1_2 = 0x0303;
constexpr std::uint16_t tls1_3 = 0x0304;

// In the old field, where TLS 1.3 stands as 1.2.
bool is_version(std::size_t version) {
  constexpr std::uint16_t ssl3 = 0x0300;
  return version >= ssl3 && version <= tls1_2;
}

// Nothing for a body that is no ServerHello in every part.
std::optional<ServerHello> read_hello(std::string_view body) {
  constexpr std::size_t random_length = 32;
  constexpr std::size_t max_session_id_bytes = 32;
  Parts parts{body};
  const auto version = parts.take_number(2);
  parts.take(random_length);
  const auto session_id = parts.take_vector(1);
  const auto suite = parts.take_number(2);
  const auto compression = parts.take_number(1);
  if (!compression || *compression != 0 || !is_version(*version) ||
      session_id->size() > max_session_id_bytes) {
    return std::nullopt;
  }
  const auto extensions = parts.done() ? std::string_view{} : parts.take_vector(2);
  const auto chosen = extensions && parts.done() ? chosen_version(*extensions) : std::nullopt;
  if (!chosen || (*chosen != 0 && (*chosen != tls1_3 || *version != tls1_2))) {
    return std::nullopt;
  }
  return ServerHello{.version = *chosen == 0 ? static_cast<std::uint16_t>(*version) : *chosen,
                     .suite = static_cast<std::uint16_t>(*suite)};
}

}  // namespace

ServerHelloReader::State ServerHelloReader::feed(std::string_view bytes) {
  for (const char byte : bytes) {
    if (state_ != State::unfinished) {
      break;
    }
    if (left_ == 0) {
      read_record_header(byte);
    } else {
      read_content(byte);
    }
  }
  return state_;
}

void ServerHelloReader::read_record_header(char byte) {
  constexpr std::size_t major_place = 1;
  constexpr std::uint8_t major = 3;
  constexpr std::uint8_t highest_minor = 4;
  const auto value = static_cast<unsigned char>(byte);
  const std::size_t place = header_.size();
  header_.push_back(byte);
  if ((place == 0 && value != alert_record && value != handshake_record) ||
      (place == major_place && value != major) ||
      (place == major_place + 1 && value > highest_minor)) {
    state_ = State::foreign;
  }
  if (header_.size() == record_header) {
    left_ = number(std::string_view{header_}.substr(major_place + 2));
    // An empty record carries nothing on: an endless row of them is an attack.
    state_ = left_ == 0 || left_ > max_record_bytes ? State::foreign : state_;
  }
}

void ServerHelloReader::read_content(char byte) {
  if (header_.front() == static_cast<char>(alert_record)) {
    alert_.push_back(byte);
    read_alert();
  } else {
    handshake_.push_back(byte);
    read_handshake();
  }
  if (--left_ == 0) {
    header_.clear();
  }
}

void ServerHelloReader::read_alert() {
  constexpr unsigned char warning = 1;
  constexpr unsigned char fatal = 2;
  constexpr char close_notify = 0;
  constexpr std::size_t max_warnings = 8;
  const auto level = static_cast<unsigned char>(alert_.front());
  if (level != warning && level != fatal) {
    state_ = State::foreign;
    return;
  }
  if (alert_.size() < 2) {
    return;
  }
  // Servers warn of an unknown name and go on all the same (RFC 6066, 3).
  const bool ends = level == fatal || alert_.back() == close_notify;
  alert_.clear();
  if (ends || ++warnings_ > max_warnings) {
    state_ = State::refused;
  }
}

// Waits for the whole message: its parts depend on lengths within.
void ServerHelloReader::read_handshake() {
  constexpr char server_hello = 2;
  if (handshake_.front() != server_hello) {
    state_ = State::foreign;
    return;
  }
  if (handshake_.size() < handshake_header) {
    return;
  }
  const std::string_view message{handshake_};
  const std::size_t length = number(message.substr(1, handshake_header - 1));
  if (length > max_hello_bytes) {
    state_ = State::foreign;
    return;
  }
  if (handshake_.size() < handshake_header + length) {
    return;
  }
  const auto hello = read_hello(message.substr(handshake_header));
  state_ = hello ? State::chosen : State::foreign;
  hello_ = hello.value_or(ServerHello{});
}

}  // namespace compliance::probes

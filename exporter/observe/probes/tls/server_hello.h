// ServerHelloReader: reads a TLS server's answer to a ClientHello strictly, and no further
// than its choice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace compliance::probes {

// What the server chose.
struct ServerHello {
  std::uint16_t version = 0;  // as it travels
  std::uint16_t suite = 0;

  // Both members.
  bool operator==(const ServerHello&) const = default;
};

// Reads the answer to one hello. Holds no more than one record and one message of it. Used
// by one thread at a time.
class ServerHelloReader {
 public:
  enum class State : std::uint8_t {
    unfinished,
    chosen,   // hello() says what
    refused,  // an alert ends the handshake
    foreign,  // this is no TLS, or nothing that may stand here
  };

  // Takes the next bytes, split as they may be. What follows the end of the reading is
  // dropped. A server that goes on after a limit of warnings has refused.
  State feed(std::string_view bytes);

  State state() const { return state_; }
  const ServerHello& hello() const { return hello_; }

 private:
  // The next byte of type, version and length of a record.
  void read_record_header(char byte);
  // The next byte of an alert or a handshake message, which may span records.
  void read_content(char byte);
  void read_alert();
  void read_handshake();

  State state_ = State::unfinished;
  ServerHello hello_{};
  std::string header_{};      // of the current record
  std::size_t left_ = 0;      // bytes of its content that have not come
  std::string alert_{};       // the first byte of one, perhaps
  std::string handshake_{};   // the first message so far
  std::size_t warnings_ = 0;  // alerts that end nothing
};

}  // namespace compliance::probes

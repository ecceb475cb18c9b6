// What a TLS server answers to a ClientHello, read strictly and no further than it chooses.
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

  bool operator==(const ServerHello&) const = default;
};

// Holds no more than one record and one message of the answer.
class ServerHelloReader {
 public:
  enum class State : std::uint8_t {
    unfinished,
    chosen,   // hello() says what
    refused,  // an alert ends the handshake
    foreign,  // this is no TLS, or nothing that may stand here
  };

  // Takes the next bytes, split as they may be; what follows the end of the reading is dropped.
  State feed(std::string_view bytes);

  State state() const { return state_; }
  const ServerHello& hello() const { return hello_; }

 private:
  void read_record_header(char byte);
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

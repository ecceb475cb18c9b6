// An HTTP server on loopback that answers whatever a test says, over TLS too, and remembers what it
// was asked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/formats/http.h"
#include "tests/support/certificates.h"
#include "tests/support/scripted_peer.h"

namespace compliance::test {

struct ReceivedRequest {
  std::string method{};
  std::string target{};
  std::vector<HttpHeader> headers{};  // names in lower case
  std::string body{};

  // The value of its only header of that name; several are joined by " | "; empty without.
  std::string header(std::string_view name) const;
  // "GET /path"
  std::string line() const { return method + " " + target; }
};

// One connection, after the TLS handshake where there is one.
class HttpConversation {
 public:
  // Nothing when the client closes, or when the server ends.
  virtual std::optional<ReceivedRequest> receive() = 0;
  // False when the client takes no more.
  virtual bool send(std::string_view bytes) = 0;
  // Says nothing until the client closes or the server ends.
  virtual void hold() = 0;
  // Ends the connection with RST.
  virtual void reset() = 0;

  HttpConversation() = default;
  HttpConversation(const HttpConversation&) = delete;
  HttpConversation& operator=(const HttpConversation&) = delete;
  HttpConversation(HttpConversation&&) = delete;
  HttpConversation& operator=(HttpConversation&&) = delete;
  virtual ~HttpConversation() = default;
};

class HttpPeer {
 public:
  using Script = std::function<void(HttpConversation&)>;
  using Answers = std::function<std::string(const ReceivedRequest&)>;

  // Plays the script on each connection, over TLS where there is a certificate.
  explicit HttpPeer(Script script, std::optional<MadeCertificate> certificate = std::nullopt,
                    const std::string& address = "127.0.0.1");

  std::uint16_t port() const { return peer_->port(); }
  // "127.0.0.1:PORT"
  std::string address() const { return address_ + ":" + std::to_string(port()); }
  // Those that were begun so far.
  std::size_t connections() const;
  // Those that were received whole so far.
  std::vector<ReceivedRequest> requests() const;
  // Their lines: "GET /path".
  std::vector<std::string> lines() const;
  // Bytes of requests and others that came, decrypted.
  std::size_t bytes() const;

 private:
  struct Memory;

  std::shared_ptr<Memory> memory_;
  std::string address_;
  std::unique_ptr<ScriptedPeer> peer_;
};

// A script that answers one request after the other on a connection that stays open.
HttpPeer::Script answering(HttpPeer::Answers answers);

// An answer of HTTP/1.1 with its Content-Length; `headers` are lines with their line breaks.
std::string http_answer(int status, std::string_view body, std::string_view headers = {});

// A self-signed certificate of a test that names 127.0.0.1, ::1, localhost and console.test; valid
// now.
MadeCertificate loopback_certificate();

}  // namespace compliance::test

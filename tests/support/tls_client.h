// TLS peers for tests: certificates made on the spot, and a client on raw OpenSSL.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tests/support/socket_client.h"

namespace compliance::test {

// A key and a certificate, as PEM text.
struct Certificate {
  std::string pem{};
  std::string key_pem{};
};

// A new certificate for `name`, signed by `issuer`, or by itself (a CA) when there is none.
Certificate make_certificate(const std::string& name, const Certificate* issuer = nullptr);

struct TlsClientOptions {
  const Certificate* certificate = nullptr;  // none: the client shows none
  int max_version = 0;                       // as OpenSSL numbers them; 0: the newest
  int min_version = 0;
};

// What a TLS connection showed.
struct TlsAnswer {
  bool handshake = false;
  std::string protocol{};       // as OpenSSL names it
  std::string server_name{};    // common name of the server's certificate
  bool session_ticket = false;  // the server sent one
  HttpAnswer answer{};
};

// Connects to 127.0.0.1, makes the handshake, sends `request`, reads the answer.
TlsAnswer tls_exchange(std::uint16_t port, const std::string& request,
                       const TlsClientOptions& options = {});

}  // namespace compliance::test

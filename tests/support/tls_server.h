// A TLS server on raw OpenSSL, over memory and over loopback. Everything that OpenSSL still has is
// allowed: old protocols, weak keys, anonymous suites.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

#include "tests/support/scripted_peer.h"

namespace compliance::test {

struct TlsServerOptions {
  std::string chain_pem{};  // the server's own certificate first
  std::string key_pem{};
  int min_version = 0;  // as OpenSSL numbers them; 0: whatever there is
  int max_version = 0;
  std::string suites = "ALL:COMPLEMENTOFALL";  // up to TLS 1.2
  std::string groups{};                        // empty: the usual ones
  bool demands_certificate = false;            // of the client
};

using TlsServerContext = std::shared_ptr<SSL_CTX>;
TlsServerContext make_tls_server(const TlsServerOptions& options);

// What the server answers to the first bytes of a client.
std::string tls_answer(const TlsServerContext& server, std::string_view hello);

// Makes the handshake with a client, then waits until it closes.
void serve_tls(PeerSocket& socket, const TlsServerContext& server);

}  // namespace compliance::test

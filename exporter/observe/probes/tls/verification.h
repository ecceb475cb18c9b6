// Verifies a server's chain and name during a handshake, and keeps what was seen where that
// fails.
#pragma once

#include <string>
#include <vector>

#include <openssl/ssl.h>

#include "checks/facts/tls.h"

namespace compliance::probes {

// What the verification of one handshake found. Of no meaning before `done`.
struct Verification {
  bool done = false;  // a certificate was shown
  TrustFault trust = TrustFault::other;
  std::string words{};  // the library's for `other`
  std::vector<Certificate> path{};
};

// Makes the handshake of `ssl` verify against `server_name` (an address, or a name: alternative
// names alone count, wildcards for a whole label only) and go on whatever comes of it; `result`
// has to outlive the handshake. False for a text that can be no name.
bool verify_into(SSL* ssl, const std::string& server_name, Verification& result);

}  // namespace compliance::probes

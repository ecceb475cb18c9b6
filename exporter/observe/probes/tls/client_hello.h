// Writes ClientHellos by hand: libraries no longer offer what old servers still take.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "checks/facts/tls.h"

namespace compliance::probes {

// The version as it travels: 0x0300 for SSL 3.0, 0x0301 for TLS 1.0 and so on.
std::uint16_t wire_version(TlsProtocol protocol);

// What differs from one hello to the next.
struct HelloSeed {
  std::string server_name{};  // sent as SNI; empty: none
  std::array<std::uint8_t, 32> random{};
  std::array<std::uint8_t, 32> session_id{};  // of TLS 1.3, where it means nothing
  std::array<std::uint8_t, 32> x25519{};      // the public value; nobody knows its key
};

// One hello, and what it offers, which the answer is compared with.
struct ClientHello {
  std::string bytes{};  // one record
  std::uint16_t version = 0;
  std::vector<std::uint16_t> suites{};
};

// Offers one protocol alone, with whatever suites, groups and signatures a server may have for it:
// who refuses it refuses the protocol. At most 128 suites, and no length from 256 to 511 where
// extensions can avoid it: old servers and load balancers choke on others.
ClientHello offer_protocol(TlsProtocol protocol, const HelloSeed& seed);

// Offers all weak suites and nothing else, for `highest` and what lies below it. EXPORT and DES
// ended with TLS 1.0 and 1.1 (RFC 4346, 5246): a server that knows newer protocols too takes them
// only when those are not offered.
ClientHello offer_weak_suites(TlsProtocol highest, const HelloSeed& seed);

}  // namespace compliance::probes

// The bytes of a ClientHello. Source: RFC 6101, 5246 and 8446, and IANA's TLS registries.
#include "exporter/observe/probes/tls/client_hello.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "exporter/observe/probes/tls/weak_suites.h"

namespace compliance::probes {
namespace {

// CBC with SHA-1: all that there was before TLS 1.2, and is still in it.
constexpr auto older_suites = std::to_array<std::uint16_t>(
    {0xc014, 0xc00a, 0xc013, 0xc009,                          // ECDHE, AES
     0x0039, 0x0038, 0x0033, 0x0032, 0x0035, 0x002f,          // DHE and RSA, AES
     0x0088, 0x0087, 0x0045, 0x0044, 0x0084, 0x0041,          // Camellia
     0x009a, 0x0099, 0x0096, 0x0007,                          // SEED, IDEA
     0xc00f, 0xc005, 0xc00e, 0xc004, 0x0037, 0x0036, 0x0031,  // fixed (EC)DH, AES
     0x0030, 0x0081, 0x0080});                                // GOST

// Suites of TLS 1.2 that are not weak. Rare ones are among them, so that a refusal means
// the protocol and not the suites.
constexpr auto newer_suites = std::to_array<std::uint16_t>(
    {0xc02c, 0xc030, 0xc02b, 0xc02f, 0xcca9, 0xcca8,                  // ECDHE, AEAD
     0xc0ad, 0xc0ac, 0xc0af, 0xc0ae, 0xc024, 0xc028, 0xc023, 0xc027,  // ECDHE, CCM and CBC
     0x009f, 0x00a3, 0x009e, 0x00a2, 0xccaa, 0xc09f, 0xc09e,          // DHE, AEAD
     0x006b, 0x006a, 0x0067, 0x0040,                                  // DHE, CBC
     0x009d, 0x009c, 0xc09d, 0xc09c, 0xc0a1, 0xc0a0, 0x003d, 0x003c,  // RSA
     0xc05d, 0xc061, 0xc05c, 0xc060, 0xc053, 0xc052,                  // ARIA
     0xc073, 0xc077, 0xc072, 0xc076, 0x00c4, 0x00be, 0x00c0, 0x00ba,  // Camellia
     0xc032, 0xc02e, 0xc031, 0xc102});                                // fixed ECDH, GOST

// All of TLS 1.3 (RFC 8446, B.4). The weak suites do not exist there.
constexpr auto tls1_3_suites =
    std::to_array<std::uint16_t>({0x1301, 0x1302, 0x1303, 0x1304, 0x1305});

// "Secure renegotiation": some servers want to hear of it (RFC 5746).
constexpr std::uint16_t renegotiation_signal = 0x00ff;

// Groups up to TLS 1.2, those of weak curves included.
constexpr auto older_groups = std::to_array<std::uint16_t>(
    {0x001d, 0x0017, 0x0018, 0x0019, 0x001e,            // X25519, P-256, P-384, P-521, X448
     0x0016, 0x0015, 0x0013, 0x001a, 0x001b, 0x001c,    // other curves over prime fields
     0x000e, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104});  // a binary curve, finite fields

// The first two have key shares; for the others a server sends a HelloRetryRequest, which
// is an answer as well.
constexpr auto tls1_3_groups = std::to_array<std::uint16_t>(
    {0x001d, 0x0017, 0x0018, 0x0019, 0x001e,          // X25519, P-256, P-384, P-521, X448
     0x11ec, 0x11eb, 0x11ed, 0x001f, 0x0020, 0x0021,  // ML-KEM hybrids, Brainpool
     0x0100, 0x0101, 0x0102, 0x0103, 0x0104});        // finite fields

// Weak ones too: a server with an old certificate would refuse otherwise.
constexpr auto signatures = std::to_array<std::uint16_t>(
    {0x0403, 0x0503, 0x0603, 0x0807, 0x0808,          // ECDSA, Edwards
     0x081a, 0x081b, 0x081c,                          // ECDSA on Brainpool curves
     0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b,  // RSA-PSS
     0x0401, 0x0501, 0x0601, 0x0402, 0x0303, 0x0301,  // RSA, DSA, SHA-224
     0x0203, 0x0201});                                // SHA-1

// The generator of P-256: a point that every server has to accept.
constexpr std::string_view p256_point{
    "\x04\x6b\x17\xd1\xf2\xe1\x2c\x42\x47\xf8\xbc\xe6\xe5\x63\xa4\x40\xf2"
    "\x77\x03\x7d\x81\x2d\xeb\x33\xa0\xf4\xa1\x39\x45\xd8\x98\xc2\x96"
    "\x4f\xe3\x42\xe2\xfe\x1a\x7f\x9b\x8e\xe7\xeb\x4a\x7c\x0f\x9e\x16"
    "\x2b\xce\x33\x57\x6b\x31\x5e\xce\xcb\xb6\x40\x68\x37\xbf\x51\xf5",
    65};

// Numbers of IANA's registry of TLS extensions.
enum ExtensionType : std::uint16_t {
  server_name = 0,
  supported_groups = 10,
  point_formats = 11,
  signature_algorithms = 13,
  padding = 21,
  extended_master_secret = 23,
  supported_versions = 43,
  key_exchange_modes = 45,
  key_share = 51,
};

// Numbers in network byte order, of one to three bytes; higher bits are cut off.
std::string u8(std::size_t number) { return {static_cast<char>(number & 0xffU)}; }
std::string u16(std::size_t number) { return u8(number >> 8U) + u8(number); }
std::string u24(std::size_t number) { return u8(number >> 16U) + u16(number); }

// Content behind its length of one or two bytes (RFC 8446, 3.4).
std::string vector8(std::string_view content) { return u8(content.size()).append(content); }
std::string vector16(std::string_view content) { return u16(content.size()).append(content); }

// Suites, groups and signatures are lists of two-byte numbers.
template <class Numbers>
std::string list_of(const Numbers& numbers) {
  std::string bytes;
  for (const std::uint16_t number : numbers) {
    bytes += u16(number);
  }
  return bytes;
}

std::string text_of(const std::array<std::uint8_t, 32>& bytes) {
  return {bytes.begin(), bytes.end()};
}

std::string extension(ExtensionType type, std::string_view content) {
  return u16(type) + vector16(content);
}

// The type 0 is that of a host name (RFC 6066, 3). Empty without a name.
std::string name_extension(const std::string& name) {
  return name.empty() ? std::string{} : extension(server_name, vector16(u8(0) + vector16(name)));
}

// Extensions for TLS 1.0 to 1.2. Only 1.2 has signature_algorithms (RFC 5246, 7.4.1.4.1).
std::string extensions_of_old(TlsProtocol highest, const HelloSeed& seed) {
  std::string bytes = name_extension(seed.server_name) + extension(extended_master_secret, {}) +
                      extension(supported_groups, vector16(list_of(older_groups))) +
                      extension(point_formats, vector8(std::string_view{"\0\1\2", 3}));
  if (highest == TlsProtocol::tls1_2) {
    bytes += extension(signature_algorithms, vector16(list_of(signatures)));
  }
  return bytes;
}

// What a server may demand of a hello without a shared key (RFC 8446, 9.2).
std::string extensions_of_tls1_3(const HelloSeed& seed) {
  constexpr std::uint16_t x25519 = 0x001d;
  constexpr std::uint16_t p256 = 0x0017;
  const std::string shares =
      u16(x25519) + vector16(text_of(seed.x25519)) + u16(p256) + vector16(p256_point);
  return name_extension(seed.server_name) +
         extension(supported_groups, vector16(list_of(tls1_3_groups))) +
         extension(signature_algorithms, vector16(list_of(signatures))) +
         extension(supported_versions, vector8(u16(wire_version(TlsProtocol::tls1_3)))) +
         extension(key_exchange_modes, vector8(u8(1))) + extension(key_share, vector16(shares));
}

// SSL 3.0 has none.
std::string extensions_for(TlsProtocol highest, const HelloSeed& seed) {
  if (highest == TlsProtocol::ssl3) {
    return {};
  }
  return highest == TlsProtocol::tls1_3 ? extensions_of_tls1_3(seed)
                                        : extensions_of_old(highest, seed);
}

// Fills up a hello whose length some load balancers take for SSL 2.0. Source: RFC 7685.
std::string padding_for(std::size_t length) {
  constexpr std::size_t first_bad = 256;
  constexpr std::size_t first_good = 512;
  constexpr std::size_t own_header = 4;
  if (length < first_bad || length >= first_good) {
    return {};
  }
  const std::size_t missing = first_good - length;
  return extension(padding, std::string(missing > own_header ? missing - own_header : 1, '\0'));
}

// One record with one hello. TLS 1.3 calls itself 1.2 in the old field (RFC 8446, 4.1.2),
// and the record is at most of TLS 1.0, which old servers expect.
ClientHello make_hello(TlsProtocol highest, std::vector<std::uint16_t> suites,
                       const HelloSeed& seed) {
  constexpr std::size_t handshake_header = 4;
  constexpr std::size_t length_of_extensions = 2;
  const bool tls1_3 = highest == TlsProtocol::tls1_3;
  const std::uint16_t version = wire_version(tls1_3 ? TlsProtocol::tls1_2 : highest);
  std::string body = u16(version) + text_of(seed.random) +
                     vector8(tls1_3 ? text_of(seed.session_id) : std::string{}) +
                     vector16(list_of(suites)) + vector8(u8(0));
  std::string extensions = extensions_for(highest, seed);
  if (!extensions.empty()) {
    extensions +=
        padding_for(handshake_header + body.size() + length_of_extensions + extensions.size());
    body += vector16(extensions);
  }
  constexpr std::uint8_t handshake_record = 22;
  constexpr std::uint8_t client_hello = 1;
  const std::uint16_t record_version = std::min(version, wire_version(TlsProtocol::tls1_0));
  return {.bytes = u8(handshake_record) + u16(record_version) +
                   vector16(u8(client_hello) + u24(body.size()) + body),
          .version = wire_version(highest),
          .suites = std::move(suites)};
}

// Everything a server may have for the protocol. Rare weak suites are left out, which keeps the
// list within 128.
std::vector<std::uint16_t> suites_for(TlsProtocol protocol) {
  if (protocol == TlsProtocol::tls1_3) {
    return {tls1_3_suites.begin(), tls1_3_suites.end()};
  }
  std::vector<std::uint16_t> suites;
  if (protocol == TlsProtocol::tls1_2) {
    suites.assign(newer_suites.begin(), newer_suites.end());
  }
  suites.insert(suites.end(), older_suites.begin(), older_suites.end());
  for (const WeakSuite& weak : weak_suites()) {
    if (is_widespread(weak)) {
      suites.push_back(weak.number);
    }
  }
  suites.push_back(renegotiation_signal);
  return suites;
}

}  // namespace

std::uint16_t wire_version(TlsProtocol protocol) {
  constexpr std::uint16_t ssl3 = 0x0300;
  return static_cast<std::uint16_t>(ssl3 + static_cast<std::uint16_t>(protocol));
}

ClientHello offer_protocol(TlsProtocol protocol, const HelloSeed& seed) {
  return make_hello(protocol, suites_for(protocol), seed);
}

ClientHello offer_weak_suites(TlsProtocol highest, const HelloSeed& seed) {
  std::vector<std::uint16_t> suites;
  for (const WeakSuite& weak : weak_suites()) {
    suites.push_back(weak.number);
  }
  suites.push_back(renegotiation_signal);
  return make_hello(highest, std::move(suites), seed);
}

}  // namespace compliance::probes

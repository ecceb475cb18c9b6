// Cipher suites that protect nothing, or nothing any more, by IANA's numbers and names.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace compliance::probes {

// A suite as it travels and as IANA's registry names it.
struct WeakSuite {
  std::uint16_t number = 0;
  std::string_view name{};
};

// Every NULL, anonymous, EXPORT, RC4, DES and 3DES suite up to TLS 1.2, in ascending order.
std::span<const WeakSuite> weak_suites();

// False for those that hardly any server ever had: Kerberos, shared keys, passwords, drafts,
// certificates with fixed Diffie-Hellman keys, national ciphers.
bool is_widespread(const WeakSuite& suite);

// Empty for a suite that is none of them.
std::string_view weak_suite_name(std::uint16_t number);

}  // namespace compliance::probes

// Questions and answers of DNS as bytes (RFC 1035, 4), as much of them as a test server needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/formats/address.h"

namespace compliance::test {

inline constexpr std::uint16_t dns_type_a = 1;
inline constexpr std::uint16_t dns_type_cname = 5;
inline constexpr std::uint16_t dns_type_aaaa = 28;

struct DnsQuestion {
  std::uint16_t id = 0;
  std::string name{};  // in the letters that came, without the dot at the end
  std::uint16_t type = 0;
};

struct DnsRecord {
  std::string owner{};
  std::uint16_t type = 0;
  std::string data{};
};

std::optional<DnsQuestion> parse_question(std::string_view bytes);

DnsRecord address_record(const std::string& owner, const Address& address);
DnsRecord alias_record(const std::string& owner, const std::string& target);

// `code` is 0, or why there is no answer: 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED.
std::string answer_message(const DnsQuestion& question, std::uint8_t code,
                           const std::vector<DnsRecord>& records);
// The same without records and with the bit that sends clients to TCP.
std::string cut_message(const DnsQuestion& question);

}  // namespace compliance::test

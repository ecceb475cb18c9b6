// Questions and answers of DNS as bytes (RFC 1035, 4), as much of them as a test server needs.
#include "tests/support/dns_message.h"

#include <algorithm>

namespace compliance::test {
namespace {

constexpr std::size_t header_size = 12;

std::uint16_t number_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>((static_cast<unsigned char>(bytes[at]) << 8U) |
                                    static_cast<unsigned char>(bytes[at + 1]));
}

std::string two_bytes(std::size_t number) {
  return {static_cast<char>(number >> 8U), static_cast<char>(number & 0xffU)};
}

std::string labels(const std::string& name) {
  std::string bytes;
  std::size_t start = 0;
  while (start < name.size()) {
    const auto end = std::min(name.find('.', start), name.size());
    bytes += static_cast<char>(end - start);
    bytes.append(name, start, end - start);
    start = end + 1;
  }
  return bytes + '\0';
}

std::string message(const DnsQuestion& question, std::size_t flags,
                    const std::vector<DnsRecord>& records) {
  std::string bytes = two_bytes(question.id) + two_bytes(flags) + two_bytes(1) +
                      two_bytes(records.size()) + two_bytes(0) + two_bytes(0);
  bytes += labels(question.name) + two_bytes(question.type) + two_bytes(1);
  for (const auto& record : records) {
    bytes += labels(record.owner) + two_bytes(record.type) + two_bytes(1) + two_bytes(0) +
             two_bytes(60) + two_bytes(record.data.size()) + record.data;
  }
  return bytes;
}

}  // namespace

std::optional<DnsQuestion> parse_question(std::string_view bytes) {
  if (bytes.size() < header_size || number_at(bytes, 4) != 1) {
    return std::nullopt;
  }
  DnsQuestion question{.id = number_at(bytes, 0)};
  std::size_t at = header_size;
  while (at < bytes.size() && bytes[at] != '\0') {
    const auto length = static_cast<unsigned char>(bytes[at]);
    question.name += (question.name.empty() ? "" : ".") + std::string(bytes.substr(at + 1, length));
    at += length + 1U;
  }
  if (at + 5 > bytes.size()) {
    return std::nullopt;
  }
  question.type = number_at(bytes, at + 1);
  return question;
}

DnsRecord address_record(const std::string& owner, const Address& address) {
  const std::size_t size = address.v6 ? 16 : 4;
  return {.owner = owner,
          .type = address.v6 ? dns_type_aaaa : dns_type_a,
          .data = {address.bytes.begin(), address.bytes.begin() + static_cast<long>(size)}};
}

DnsRecord alias_record(const std::string& owner, const std::string& target) {
  return {.owner = owner, .type = dns_type_cname, .data = labels(target)};
}

std::string answer_message(const DnsQuestion& question, std::uint8_t code,
                           const std::vector<DnsRecord>& records) {
  return message(question, 0x8180U | code, records);
}

std::string cut_message(const DnsQuestion& question) { return message(question, 0x8380U, {}); }

}  // namespace compliance::test

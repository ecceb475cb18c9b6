// Addresses of IPv4 and IPv6, blocks of them, and the classes that matter for exposure.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace compliance {

// An IP address. IPv4 addresses lie in the first four bytes; the others are zero then.
struct Address {
  std::array<std::uint8_t, 16> bytes{};
  bool v6 = false;

  // NOLINTNEXTLINE(modernize-use-nullptr,readability-implicit-bool-conversion): none is written
  auto operator<=>(const Address&) const = default;
};

// All addresses of one family that begin with the first `prefix` bits of `first`, whose other bits
// are zero. `prefix` is at most address_bits(first).
struct AddressBlock {
  Address first{};
  unsigned prefix = 0;

  // By first address, then by prefix: an order for sets, of no other meaning.
  auto operator<=>(const AddressBlock&) const = default;
};

// Blocks for tables: the first bytes of the address and the length of the prefix.
constexpr AddressBlock block_v4(std::array<std::uint8_t, 16> bytes, unsigned prefix) {
  return {.first = {.bytes = bytes}, .prefix = prefix};
}

constexpr AddressBlock block_v6(std::array<std::uint8_t, 16> bytes, unsigned prefix) {
  return {.first = {.bytes = bytes, .v6 = true}, .prefix = prefix};
}

// A block without some blocks in it, as a NetworkPolicy's ipBlock has them.
struct AddressRange {
  AddressBlock block{};
  std::vector<AddressBlock> except{};

  // By form: ranges that hold the same addresses may differ.
  bool operator==(const AddressRange&) const = default;
};

// What an address is for, by its block. A closed list.
enum class AddressClass : std::uint8_t {
  other,              // none of these: public, or of no account here
  unspecified,        // 0.0.0.0/8 (RFC 791, 6890), :: (RFC 4291)
  loopback,           // 127.0.0.0/8 (RFC 1122), ::1 (RFC 4291)
  link_local,         // 169.254.0.0/16 (RFC 3927), fe80::/10 (RFC 4291); metadata of most clouds
  metadata,           // outside these: fd00:ec2::254 (AWS), 100.100.100.200 (Alibaba)
  private_use,        // 10/8, 172.16/12, 192.168/16 (RFC 1918), fc00::/7 (RFC 4193)
  carrier_grade_nat,  // 100.64.0.0/10 (RFC 6598)
  multicast,          // 224.0.0.0/4 (RFC 5771), ff00::/8 (RFC 4291)
};

// Reads dotted decimal of four numbers without leading zeros, or IPv6 text (RFC 4291, 2.2: :: for
// one group or more, dotted decimal as the last two groups). Brackets, zones, white space and
// other notations are refused.
std::optional<Address> parse_address(std::string_view text);

// Reads ADDRESS/PREFIX (RFC 4632, 4291), the prefix in decimal without leading zeros. Bits behind
// the prefix may be set, as Kubernetes lets them, and are cleared. An address alone is no block.
std::optional<AddressBlock> parse_block(std::string_view text);

// The block of that prefix in which the address lies; longer prefixes than the family has are cut.
AddressBlock block_of(const Address& address, unsigned prefix);

// 32 or 128.
unsigned address_bits(const Address& address);

// Families never contain one another: unwrap an IPv4-mapped address first where it should count.
bool contains(const AddressBlock& block, const Address& address);
// True when every address of `inner` lies in `outer`; a block contains itself.
bool contains(const AddressBlock& outer, const AddressBlock& inner);

// Canonical text (RFC 5952), IPv4-mapped addresses with dotted decimal at the end.
std::string text_of(const Address& address);
// Canonical text of the first address, with the prefix: "10.0.0.0/8".
std::string text_of(const AddressBlock& block);

// The IPv4 address that an IPv4-mapped (::ffff:0:0/96, RFC 4291) or NAT64 address (64:ff9b::/96,
// RFC 6052; 64:ff9b:1::/48, RFC 8215) leads to; any other address as it is. Below 64:ff9b:1::/48
// the site chooses the length of its prefix (RFC 6052, 2.2): the longest suffix of zeros decides.
Address unwrapped(const Address& address);

// The class of the address that unwrapped() gives.
AddressClass class_of(const Address& address);

// Words for an operator, such as "a loopback address".
std::string_view words_for(AddressClass address_class);

}  // namespace compliance

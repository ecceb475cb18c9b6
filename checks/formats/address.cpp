// Blocks and classes of addresses.
#include "checks/formats/address.h"

#include <algorithm>

namespace compliance {
namespace {

constexpr unsigned byte_bits = 8;

struct ClassBlock {
  AddressBlock block{};
  AddressClass address_class = AddressClass::other;
};

// The first that holds an address decides: single addresses stand before the blocks around them.
constexpr std::array class_blocks{
    ClassBlock{block_v4({100, 100, 100, 200}, 32), AddressClass::metadata},
    ClassBlock{block_v6({0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54}, 128),
               AddressClass::metadata},
    ClassBlock{block_v4({0}, 8), AddressClass::unspecified},
    ClassBlock{block_v4({10}, 8), AddressClass::private_use},
    ClassBlock{block_v4({100, 64}, 10), AddressClass::carrier_grade_nat},
    ClassBlock{block_v4({127}, 8), AddressClass::loopback},
    ClassBlock{block_v4({169, 254}, 16), AddressClass::link_local},
    ClassBlock{block_v4({172, 16}, 12), AddressClass::private_use},
    ClassBlock{block_v4({192, 168}, 16), AddressClass::private_use},
    ClassBlock{block_v4({224}, 4), AddressClass::multicast},
    ClassBlock{block_v6({}, 128), AddressClass::unspecified},
    ClassBlock{block_v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128),
               AddressClass::loopback},
    ClassBlock{block_v6({0xfc}, 7), AddressClass::private_use},
    ClassBlock{block_v6({0xfe, 0x80}, 10), AddressClass::link_local},
    ClassBlock{block_v6({0xff}, 8), AddressClass::multicast},
};

constexpr AddressBlock mapped_v4 = block_v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96);
constexpr AddressBlock well_known_nat64 = block_v6({0, 0x64, 0xff, 0x9b}, 96);
constexpr AddressBlock local_nat64 = block_v6({0, 0x64, 0xff, 0x9b, 0, 1}, 48);

Address embedded(const Address& address, const std::array<std::size_t, 4>& places) {
  Address inner;
  for (std::size_t index = 0; index < places.size(); ++index) {
    inner.bytes.at(index) = address.bytes.at(places.at(index));
  }
  return inner;
}

// Number of bytes up to the last one that is not zero.
std::size_t used_bytes(const Address& address) {
  std::size_t used = address.bytes.size();
  while (used > 0 && address.bytes.at(used - 1) == 0) {
    --used;
  }
  return used;
}

// Prefixes of 48, 56, 64 and 96 bits; byte 8 is always zero in the shorter ones.
Address from_local_nat64(const Address& address) {
  const std::size_t used = used_bytes(address);
  if (used <= 11) {
    return embedded(address, {6, 7, 9, 10});
  }
  if (used == 12) {
    return embedded(address, {7, 9, 10, 11});
  }
  return embedded(address, used == 13 ? std::array<std::size_t, 4>{9, 10, 11, 12}
                                      : std::array<std::size_t, 4>{12, 13, 14, 15});
}

}  // namespace

unsigned address_bits(const Address& address) { return address.v6 ? 128 : 32; }

AddressBlock block_of(const Address& address, unsigned prefix) {
  AddressBlock block{.first = address, .prefix = std::min(prefix, address_bits(address))};
  unsigned left = block.prefix;
  for (std::uint8_t& byte : block.first.bytes) {
    const unsigned kept = std::min(left, byte_bits);
    byte = static_cast<std::uint8_t>(byte & (0xff00U >> kept));
    left -= kept;
  }
  return block;
}

bool contains(const AddressBlock& block, const Address& address) {
  return block.first.v6 == address.v6 && block_of(address, block.prefix) == block;
}

bool contains(const AddressBlock& outer, const AddressBlock& inner) {
  return inner.prefix >= outer.prefix && contains(outer, inner.first);
}

Address unwrapped(const Address& address) {
  if (contains(mapped_v4, address) || contains(well_known_nat64, address)) {
    return embedded(address, {12, 13, 14, 15});
  }
  return contains(local_nat64, address) ? from_local_nat64(address) : address;
}

AddressClass class_of(const Address& address) {
  const Address inner = unwrapped(address);
  const auto* const found =
      std::find_if(class_blocks.begin(), class_blocks.end(),
                   [&inner](const ClassBlock& entry) { return contains(entry.block, inner); });
  return found == class_blocks.end() ? AddressClass::other : found->address_class;
}

std::string_view words_for(AddressClass address_class) {
  switch (address_class) {
    case AddressClass::other:
      return "a public address";
    case AddressClass::unspecified:
      return "an unspecified address";
    case AddressClass::loopback:
      return "a loopback address";
    case AddressClass::link_local:
      return "a link-local address, where clouds serve their metadata";
    case AddressClass::metadata:
      return "a cloud's metadata address";
    case AddressClass::private_use:
      return "a private address";
    case AddressClass::carrier_grade_nat:
      return "an address of carrier-grade NAT";
    case AddressClass::multicast:
      return "a multicast address";
  }
  return "an address";
}

}  // namespace compliance

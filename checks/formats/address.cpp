// Reads and writes addresses and blocks of IPv4 and IPv6, and tells their classes.
#include "checks/formats/address.h"

#include <algorithm>
#include <charconv>

namespace compliance {
namespace {

constexpr unsigned byte_bits = 8;

// A row of the table below.
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

// RFC 4291, 2.5.5.2; RFC 6052, 2.1; RFC 8215, 3.
constexpr AddressBlock mapped_v4 = block_v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96);
constexpr AddressBlock well_known_nat64 = block_v6({0, 0x64, 0xff, 0x9b}, 96);
constexpr AddressBlock local_nat64 = block_v6({0, 0x64, 0xff, 0x9b, 0, 1}, 48);

// The IPv4 address whose four bytes lie at these places of `address`.
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

// Prefixes of 48, 56, 64 and 96 bits, as RFC 6052, 2.2 lays them out; byte 8 is always zero in the
// shorter ones. Nothing in an address states the length, so the zeros at its end decide: an IPv4
// address that ends in zeros itself may be read by a shorter prefix.
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

constexpr std::size_t group_count = 8;

// A decimal number without sign or leading zeros, at most `largest`.
std::optional<unsigned> decimal(std::string_view text, unsigned largest) {
  unsigned number = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  const bool padded = text.size() > 1 && text.front() == '0';
  return error == std::errc{} && end == last && !padded && number <= largest ? std::optional{number}
                                                                             : std::nullopt;
}

// Four numbers. Leading zeros are refused, since C libraries take them for octal.
std::optional<Address> parse_dotted(std::string_view text) {
  constexpr std::size_t count = 4;
  Address address;
  for (std::size_t index = 0; index < count; ++index) {
    const std::size_t dot = text.find('.');
    const auto number = decimal(text.substr(0, dot), 255);
    if (!number || (index + 1 == count) != (dot == std::string_view::npos)) {
      return std::nullopt;
    }
    address.bytes.at(index) = static_cast<std::uint8_t>(*number);
    text.remove_prefix(dot == std::string_view::npos ? text.size() : dot + 1);
  }
  return address;
}

// Groups of 16 bits, read from the left.
struct Groups {
  std::array<std::uint16_t, group_count> values{};
  std::size_t count = 0;

  // False when there are eight groups already.
  bool add(unsigned value) {
    if (count == values.size()) {
      return false;
    }
    values.at(count) = static_cast<std::uint16_t>(value);
    ++count;
    return true;
  }
};

// One to four hexadecimal digits.
bool add_hex(Groups& groups, std::string_view text) {
  unsigned number = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number, 16);
  return error == std::errc{} && end == last && text.size() <= 4 && groups.add(number);
}

// The last 32 bits in dotted decimal, which are two groups.
bool add_dotted(Groups& groups, std::string_view text) {
  const auto address = parse_dotted(text);
  const auto pair = [&address](std::size_t first) {
    return (address->bytes.at(first) << 8U) | address->bytes.at(first + 1);
  };
  return address && groups.add(static_cast<unsigned>(pair(0))) &&
         groups.add(static_cast<unsigned>(pair(2)));
}

// Groups between colons; dotted decimal may stand at the very end. Empty text has none.
std::optional<Groups> parse_groups(std::string_view text, bool may_end_dotted) {
  Groups groups;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    const bool is_last = colon == std::string_view::npos;
    const bool dotted = is_last && may_end_dotted && group.find('.') != std::string_view::npos;
    // A colon at the very end has no group behind it.
    if (!(dotted ? add_dotted(groups, group) : add_hex(groups, group)) ||
        colon + 1 == text.size()) {
      return std::nullopt;
    }
    text.remove_prefix(is_last ? text.size() : colon + 1);
  }
  return groups;
}

// A second :: leaves an empty group behind the first, which add_hex() refuses.
std::optional<Address> parse_colons(std::string_view text) {
  const std::size_t gap = text.find("::");
  const auto head = parse_groups(text.substr(0, gap), gap == std::string_view::npos);
  const auto tail = gap == std::string_view::npos ? std::optional{Groups{}}
                                                  : parse_groups(text.substr(gap + 2), true);
  if (!head || !tail) {
    return std::nullopt;
  }
  const std::size_t stated = head->count + tail->count;
  // The gap stands for one group at least (RFC 4291, 2.2).
  if (gap == std::string_view::npos ? stated != group_count : stated >= group_count) {
    return std::nullopt;
  }
  Address address{.v6 = true};
  const auto put = [&address](std::size_t group, std::uint16_t value) {
    address.bytes.at(2 * group) = static_cast<std::uint8_t>(value >> 8U);
    address.bytes.at(2 * group + 1) = static_cast<std::uint8_t>(value & 0xffU);
  };
  for (std::size_t index = 0; index < head->count; ++index) {
    put(index, head->values.at(index));
  }
  for (std::size_t index = 0; index < tail->count; ++index) {
    put(group_count - tail->count + index, tail->values.at(index));
  }
  return address;
}

// Four bytes from `first` on.
std::string dotted_text(const Address& address, std::size_t first) {
  std::string text = std::to_string(address.bytes.at(first));
  for (std::size_t index = first + 1; index < first + 4; ++index) {
    text += '.' + std::to_string(address.bytes.at(index));
  }
  return text;
}

// Without leading zeros, in lower case (RFC 5952, 4.1 and 4.3).
std::string hex_group(const Address& address, std::size_t group) {
  const unsigned value =
      static_cast<unsigned>(address.bytes.at(2 * group) << 8U) | address.bytes.at(2 * group + 1);
  std::array<char, 4> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return error == std::errc{} ? std::string{digits.data(), end} : std::string{};
}

struct Run {
  std::size_t start = group_count;
  std::size_t length = 1;  // one zero group alone is written out
};

// The first of the longest runs of zero groups (RFC 5952, 4.2.3).
Run longest_zero_run(const Address& address) {
  Run best;
  Run current{.start = 0, .length = 0};
  for (std::size_t group = 0; group < group_count; ++group) {
    const bool zero = address.bytes.at(2 * group) == 0 && address.bytes.at(2 * group + 1) == 0;
    current = zero ? Run{.start = current.start, .length = current.length + 1}
                   : Run{.start = group + 1, .length = 0};
    if (current.length > best.length) {
      best = current;
    }
  }
  return best;
}

// IPv6 text with the longest run of zeros shortened.
std::string colon_text(const Address& address) {
  const Run run = longest_zero_run(address);
  std::string text;
  std::size_t group = 0;
  while (group < group_count) {
    if (group == run.start) {
      text += "::";
      group += run.length;
      continue;
    }
    if (!text.empty() && text.back() != ':') {
      text += ':';
    }
    text += hex_group(address, group);
    ++group;
  }
  return text;
}

}  // namespace

unsigned address_bits(const Address& address) { return address.v6 ? 128 : 32; }

// Clears the bits behind the prefix, byte by byte.
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

// Cutting the address to the block's prefix yields the block exactly when it lies in it.
bool contains(const AddressBlock& block, const Address& address) {
  return block.first.v6 == address.v6 && block_of(address, block.prefix) == block;
}

bool contains(const AddressBlock& outer, const AddressBlock& inner) {
  return inner.prefix >= outer.prefix && contains(outer, inner.first);
}

// Once is enough: what is wrapped is IPv4, which wraps nothing.
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

std::optional<Address> parse_address(std::string_view text) {
  return text.find(':') == std::string_view::npos ? parse_dotted(text) : parse_colons(text);
}

std::optional<AddressBlock> parse_block(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address || slash == std::string_view::npos) {
    return std::nullopt;
  }
  const auto prefix = decimal(text.substr(slash + 1), address_bits(*address));
  return prefix ? std::optional{block_of(*address, *prefix)} : std::nullopt;
}

// Of IPv4-mapped addresses the last 32 bits are in dotted decimal (RFC 5952, 5).
std::string text_of(const Address& address) {
  if (!address.v6) {
    return dotted_text(address, 0);
  }
  const bool mapped = address.bytes[10] == 0xff && address.bytes[11] == 0xff &&
                      std::all_of(address.bytes.begin(), address.bytes.begin() + 10,
                                  [](std::uint8_t byte) { return byte == 0; });
  return mapped ? "::ffff:" + dotted_text(address, 12) : colon_text(address);
}

std::string text_of(const AddressBlock& block) {
  return text_of(block.first) + '/' + std::to_string(block.prefix);
}

}  // namespace compliance

// Whether address ranges together hold all addresses of a kind.
#include "checks/formats/address_set.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace compliance {
namespace {

constexpr unsigned bits_of_a_byte = 8;

constexpr AddressBlock all_v4{};
constexpr AddressBlock all_v6{.first = {.v6 = true}};
constexpr std::array families{all_v4, all_v6};

// What the public internet does not hold, by the special-purpose registries of IANA (RFC 6890).
// Public IPv6 addresses are those of 2000::/3, but for what is kept for documentation (RFC 3849,
// RFC 9637).
constexpr std::array not_public{
    block_v4({0}, 8),
    block_v4({10}, 8),
    block_v4({100, 64}, 10),
    block_v4({127}, 8),
    block_v4({169, 254}, 16),
    block_v4({172, 16}, 12),
    block_v4({192, 0, 0}, 24),
    block_v4({192, 0, 2}, 24),
    block_v4({192, 88, 99}, 24),
    block_v4({192, 168}, 16),
    block_v4({198, 18}, 15),
    block_v4({198, 51, 100}, 24),
    block_v4({203, 0, 113}, 24),
    block_v4({224}, 4),
    block_v4({240}, 4),
    block_v6({0}, 3),
    block_v6({0x40}, 2),
    block_v6({0x80}, 1),
    block_v6({0x20, 0x01, 0x0d, 0xb8}, 32),
    block_v6({0x3f, 0xff}, 20),
};

// Blocks nest or are disjoint; they never overlap in part.
bool overlap(const AddressBlock& left, const AddressBlock& right) {
  return contains(left, right) || contains(right, left);
}

// The part of a range that bears on `block`; nothing of it when an exception takes all of that.
// Of hostile numbers of exceptions only those that matter further down are kept.
AddressRange within(const AddressRange& range, const AddressBlock& block) {
  AddressRange part{.block = range.block};
  std::copy_if(range.except.begin(), range.except.end(), std::back_inserter(part.except),
               [&block](const AddressBlock& except) { return overlap(except, block); });
  return part;
}

// An exception takes the whole block out of the range.
bool is_taken_away(const AddressRange& range, const AddressBlock& block) {
  return std::any_of(range.except.begin(), range.except.end(),
                     [&block](const AddressBlock& except) { return contains(except, block); });
}

// The ranges that have any address of `block`, with the exceptions that matter there.
std::vector<AddressRange> within(const std::vector<AddressRange>& ranges,
                                 const AddressBlock& block) {
  std::vector<AddressRange> parts;
  for (const AddressRange& range : ranges) {
    if (overlap(range.block, block) && !is_taken_away(range, block)) {
      parts.push_back(within(range, block));
    }
  }
  return parts;
}

// Both halves expect a prefix shorter than the address.
AddressBlock lower_half(const AddressBlock& block) {
  return {.first = block.first, .prefix = block.prefix + 1};
}

AddressBlock upper_half(const AddressBlock& block) {
  AddressBlock half = lower_half(block);
  std::uint8_t& byte = half.first.bytes.at(block.prefix / bits_of_a_byte);
  byte = static_cast<std::uint8_t>(byte | (0x80U >> block.prefix % bits_of_a_byte));
  return half;
}

// Adds what is not public, so that a list that leaves only that out covers all the same.
std::vector<AddressRange> with_reserved(std::vector<AddressRange> ranges) {
  for (const AddressBlock& block : not_public) {
    ranges.push_back({.block = block});
  }
  return ranges;
}

}  // namespace

// Halves the block until a range decides: at most as deep as an address has bits, and only along
// the borders of ranges and exceptions.
bool cover(const std::vector<AddressRange>& ranges, const AddressBlock& block) {
  const std::vector<AddressRange> parts = within(ranges, block);
  if (parts.empty()) {
    return false;
  }
  const bool decided = std::any_of(parts.begin(), parts.end(), [&block](const AddressRange& range) {
    return contains(range.block, block) && range.except.empty();
  });
  return decided || (cover(parts, lower_half(block)) && cover(parts, upper_half(block)));
}

bool cover_a_family(const std::vector<AddressRange>& ranges) {
  return std::any_of(families.begin(), families.end(),
                     [&ranges](const AddressBlock& family) { return cover(ranges, family); });
}

bool cover_public_internet(const std::vector<AddressRange>& ranges) {
  return std::any_of(families.begin(), families.end(), [&ranges](const AddressBlock& family) {
    // What is not public is put in only where there is something to put it into.
    return !within(ranges, family).empty() && cover(with_reserved(ranges), family);
  });
}

}  // namespace compliance

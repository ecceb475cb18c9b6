// The hash chain over the events: what a row's hash covers, and the record of its two ends. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "exporter/evaluate/check_history.h"

namespace compliance {

// Both ends of the chain. Nothing here is secret: the chain shows rows that were lost, damaged or
// edited, not an edit by somebody who computes every later hash and this record anew. Who wants to
// see that too writes down the head that `history verify` prints.
struct ChainRecord {
  std::int64_t created_at = 0;  // milliseconds since 1970
  std::string genesis{};        // 32 random bytes: the hash before the first row
  // The last row that retention removed: its number and hash; 0 and the genesis before the first.
  std::uint64_t anchor_sequence = 0;
  std::string anchor_hash{};
  // The last row of all.
  std::uint64_t head_sequence = 0;
  std::string head_hash{};
  std::string seal{};  // seal_of the rest

  // Equal records need no writing: Store::write() leaves the row alone then.
  bool operator==(const ChainRecord&) const = default;
};

// SHA-256 over the hash of the row before and every field of the event but its hash; each field has
// its length in front, so that no two events have the same bytes. 32 raw bytes. Times count in
// whole milliseconds, as they are stored.
std::string event_hash(const std::string& previous, const Event& event);

// SHA-256 over everything else in the record. It shows damage and careless edits, not forgery:
// whoever edits the record can compute it.
std::string seal_of(const ChainRecord& record);

// The record of a store that holds no event yet. A random genesis makes two stores of equal events
// differ in every hash.
ChainRecord new_chain(Instant now, std::string genesis);

// Whole milliseconds since 1970, rounded down: the resolution of the store.
std::int64_t milliseconds_of(Instant instant);
// The instant again. Beyond the range of the clock (year 2262) the result is meaningless.
Instant instant_of(std::int64_t milliseconds);

}  // namespace compliance

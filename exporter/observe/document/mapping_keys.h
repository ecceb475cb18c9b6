// The keys of one mapping while it is built: which are given twice, which are hidden by others.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "exporter/observe/document/node_record.h"

namespace compliance::document {

// The numbers of `entries` sorted by key; equal keys in the order of the text.
std::vector<std::uint32_t> order_by_key(std::span<const EntryRecord> entries);

// Two entries with the same key.
struct DuplicateKey {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};

// The first entry in the text whose key was given before. `order` comes from order_by_key; for up
// to largest_without_index entries it may be empty.
std::optional<DuplicateKey> find_duplicate(std::span<const EntryRecord> entries,
                                           std::span<const std::uint32_t> order);

// Keeps the first entry of each key and the order of the rest.
void drop_hidden(std::vector<EntryRecord>& entries);

}  // namespace compliance::document

// The keys of one mapping while it is built. Small mappings are compared pair by pair, which is
// faster than sorting them; large ones are sorted, so that no text makes the work quadratic.
#include "exporter/observe/document/mapping_keys.h"

#include <algorithm>
#include <numeric>

namespace compliance::document {
namespace {

bool same_key(const EntryRecord& left, const EntryRecord& right) {
  return text_of(left.key) == text_of(right.key);
}

std::optional<DuplicateKey> find_duplicate_pair(std::span<const EntryRecord> entries) {
  for (std::uint32_t second = 1; second < entries.size(); ++second) {
    for (std::uint32_t first = 0; first < second; ++first) {
      if (same_key(entries[first], entries[second])) {
        return DuplicateKey{first, second};
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::uint32_t> order_by_key(std::span<const EntryRecord> entries) {
  std::vector<std::uint32_t> order(entries.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    const int compared = text_of(entries[left].key).compare(text_of(entries[right].key));
    return compared != 0 ? compared < 0 : left < right;
  });
  return order;
}

std::optional<DuplicateKey> find_duplicate(std::span<const EntryRecord> entries,
                                           std::span<const std::uint32_t> order) {
  if (order.empty()) {
    return find_duplicate_pair(entries);
  }
  std::optional<DuplicateKey> found;
  for (std::size_t place = 1; place < order.size(); ++place) {
    const DuplicateKey pair{order[place - 1], order[place]};
    if (same_key(entries[pair.first], entries[pair.second]) &&
        (!found || pair.second < found->second)) {
      found = pair;
    }
  }
  return found;
}

void drop_hidden(std::vector<EntryRecord>& entries) {
  const auto order = order_by_key(entries);
  std::vector<bool> hidden(entries.size(), false);
  for (std::size_t place = 1; place < order.size(); ++place) {
    hidden[order[place]] = same_key(entries[order[place - 1]], entries[order[place]]);
  }
  std::size_t kept = 0;
  for (std::size_t number = 0; number < entries.size(); ++number) {
    if (!hidden[number]) {
      entries[kept++] = entries[number];
    }
  }
  entries.resize(kept);
}

}  // namespace compliance::document

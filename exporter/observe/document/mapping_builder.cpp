// Builds the entries of a mapping: rejects duplicate keys, follows merge keys. Small mappings are
// compared pair by pair, which is faster than sorting; large ones are sorted, so that no text makes
// the work quadratic.
#include "exporter/observe/document/mapping_builder.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "exporter/observe/document/node_record.h"

namespace compliance::document {
namespace {

// Two entries with the same key.
struct DuplicateKey {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};

// Keys are compared by their text: 1 and "1" are the same key, as in JSON, where all keys are
// texts.
bool same_key(const EntryRecord& left, const EntryRecord& right) {
  return text_of(left.key) == text_of(right.key);
}

// Quadratic, so only for mappings without index.
std::optional<DuplicateKey> find_duplicate_pair(std::span<const EntryRecord> entries) {
  for (std::uint32_t second = 1; second < entries.size(); ++second) {
    const auto earlier = entries.first(second);
    const auto first = std::find_if(earlier.begin(), earlier.end(), [&](const EntryRecord& entry) {
      return same_key(entry, entries[second]);
    });
    if (first != earlier.end()) {
      return DuplicateKey{static_cast<std::uint32_t>(first - earlier.begin()), second};
    }
  }
  return std::nullopt;
}

// Numbers of the entries by key; equal keys keep the order of the text, on which the rules below
// rely.
std::vector<std::uint32_t> order_by_key(std::span<const EntryRecord> entries) {
  std::vector<std::uint32_t> order(entries.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    const int compared = text_of(entries[left].key).compare(text_of(entries[right].key));
    return compared != 0 ? compared < 0 : left < right;
  });
  return order;
}

// The first entry in the text whose key was given before. `order` comes from order_by_key; for up
// to max_without_index entries it may be empty.
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

// Keeps the first entry of each key and the order of the rest.
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

// True for what looks like the name of a setting. Base64 with padding, URLs and texts with blanks
// do not.
bool may_be_shown(std::string_view key) {
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
  return !key.empty() && key.size() <= 64 &&
         key.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

bool MappingBuilder::build(NodeRecord& record, std::span<const NodeRecord> children,
                           std::size_t expanded) {
  merged_ = 0;
  expanded_ = expanded;
  if (!collect_entries(children)) {
    return false;
  }
  std::vector<std::uint32_t> order;
  if (entries_.size() > max_without_index) {
    order = order_by_key(entries_);
  }
  if (const auto duplicate = find_duplicate(entries_, order)) {
    return refuse_duplicate(entries_[duplicate->first].key, entries_[duplicate->second].key);
  }
  // One mapping has at most one merge key: a second one is a duplicate key.
  if (!merges_.empty()) {
    if (!add_merged(merges_.front().value)) {
      return false;
    }
    // Own entries stand in front of the merged ones, and earlier merged ones in front of later: the
    // first entry of each key is the one that the merge key's specification wants.
    if (!budget_.keep_hidden) {
      drop_hidden(entries_);
    }
    order =
        entries_.size() > max_without_index ? order_by_key(entries_) : std::vector<std::uint32_t>{};
  }
  store_entries(record, order);
  return true;
}

// Sorts the children into entries_ and merges_.
bool MappingBuilder::collect_entries(std::span<const NodeRecord> children) {
  entries_.clear();
  merges_.clear();
  for (std::size_t place = 0; place + 1 < children.size(); place += 2) {
    const EntryRecord entry{children[place], children[place + 1]};
    if (!entry.key.merge_key) {
      entries_.push_back(entry);
      continue;
    }
    if (!merges_.empty()) {
      return refuse_duplicate(merges_.front().key, entry.key);
    }
    merges_.push_back(entry);
  }
  return true;
}

// A list may hold the same mapping twice; that is no error.
bool MappingBuilder::add_merged(const NodeRecord& source) {
  if (source.kind == Kind::mapping) {
    return add_merged_entries(source);
  }
  if (source.kind != Kind::sequence) {
    return refuse(UnknownReason::unparsable, source,
                  "the value of a merge key (<<) is neither a mapping nor a list of mappings");
  }
  for (const NodeRecord& item : items_of(source)) {
    if (item.kind != Kind::mapping) {
      return refuse(UnknownReason::unparsable, item,
                    "the list of a merge key (<<) has an entry that is not a mapping");
    }
    const std::size_t before = entries_.size();
    if (!add_merged_entries(item)) {
      return false;
    }
    for (std::size_t number = before; number < entries_.size(); ++number) {
      entries_[number].key.from_merge_list = true;
    }
  }
  return true;
}

// Copying costs memory each time, so it is counted even where the values were counted before.
bool MappingBuilder::add_merged_entries(const NodeRecord& mapping) {
  const auto merged = entries_of(mapping);
  merged_ += merged.size();
  if (expanded_ + merged_ > budget_.max_expanded) {
    return refuse(UnknownReason::limit_exceeded, merges_.front().key,
                  "more than " + std::to_string(budget_.max_expanded) +
                      " values after aliases and merge keys are followed");
  }
  entries_.insert(entries_.end(), merged.begin(), merged.end());
  return true;
}

// Called last, so an index always belongs to the final entries.
void MappingBuilder::store_entries(NodeRecord& record, const std::vector<std::uint32_t>& order) {
  const EntryRecord* entries = arena_.copy(std::span<const EntryRecord>{entries_});
  record.size = static_cast<std::uint32_t>(entries_.size());
  record.content = entries;
  if (!order.empty()) {
    record.indexed = true;
    record.content =
        arena_.copy(IndexedEntries{entries, arena_.copy(std::span<const std::uint32_t>{order})});
  }
}

// A key may be shown only where it cannot be a secret that slipped into the wrong place.
bool MappingBuilder::refuse_duplicate(const NodeRecord& first, const NodeRecord& second) {
  std::string message = "a key";
  if (second.merge_key) {
    message = "the merge key <<";
  } else if (may_be_shown(text_of(second))) {
    message = "key '" + std::string{text_of(second)} + "'";
  }
  message += " is given twice, on lines " + std::to_string(first.line) + " and " +
             std::to_string(second.line);
  return refuse(UnknownReason::unparsable, second, std::move(message));
}

bool MappingBuilder::refuse(UnknownReason reason, const NodeRecord& where, std::string message) {
  error_ = {reason, where.line, where.column, std::move(message)};
  return false;
}

}  // namespace compliance::document

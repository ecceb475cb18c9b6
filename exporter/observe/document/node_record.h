// How the values of a document lie in its arena. Known to this folder only.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "exporter/observe/document/document.h"

namespace compliance::document {

// One value. An alias is a copy of the record that it stands for: both share their content.
struct NodeRecord {
  // Scalars: the first byte. Sequences: the first NodeRecord. Mappings: the first EntryRecord, or
  // an IndexedEntries when `indexed`. When `tagged`: a TaggedContent that holds one of these.
  const void* content = nullptr;
  std::uint32_t size = 0;  // bytes, items or entries
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  Kind kind = Kind::null;
  bool plain : 1 = false;
  bool tagged : 1 = false;
  bool indexed : 1 = false;
  bool merge_key : 1 = false;
  bool from_merge_list : 1 = false;  // a key that <<: [...] brought
};
// Documents have millions of them.
static_assert(sizeof(NodeRecord) <= 32);

// One key of a mapping with its value.
struct EntryRecord {
  NodeRecord key{};
  NodeRecord value{};
};

// Tags are rare, so a tag costs memory only where there is one.
struct TaggedContent {
  std::string_view tag{};
  const void* content = nullptr;
};

// Entries of a large mapping, with their numbers in the order of their keys.
struct IndexedEntries {
  const EntryRecord* entries = nullptr;
  // As many numbers as the mapping has entries.
  const std::uint32_t* by_key = nullptr;
};

// Mappings with more entries than this get an index. Comparing a few short keys is faster than
// searching an index, and most mappings are small.
inline constexpr std::size_t max_without_index = 16;

// The content, with a tag stripped off.
inline const void* content_of(const NodeRecord& record) {
  return record.tagged ? static_cast<const TaggedContent*>(record.content)->content
                       : record.content;
}

// For scalars only: no function here looks at the kind.
inline std::string_view text_of(const NodeRecord& record) {
  return {static_cast<const char*>(content_of(record)), record.size};
}

// For sequences only.
inline std::span<const NodeRecord> items_of(const NodeRecord& record) {
  return {static_cast<const NodeRecord*>(content_of(record)), record.size};
}

// For mappings only, in the order of the text.
inline std::span<const EntryRecord> entries_of(const NodeRecord& record) {
  const void* content = content_of(record);
  const auto* entries = record.indexed ? static_cast<const IndexedEntries*>(content)->entries
                                       : static_cast<const EntryRecord*>(content);
  return {entries, record.size};
}

}  // namespace compliance::document

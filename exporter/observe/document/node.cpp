// Reading values of the tree: absent nodes and wrong kinds give empty answers.
#include <algorithm>

#include "exporter/observe/document/node_record.h"

namespace compliance::document {
namespace {

// Keys are unique, so the first one is the only one.
const NodeRecord* find_small(std::span<const EntryRecord> entries, std::string_view key) {
  for (const EntryRecord& entry : entries) {
    if (text_of(entry.key) == key) {
      return &entry.value;
    }
  }
  return nullptr;
}

// By binary search over the numbers in the order of their keys.
const NodeRecord* find_indexed(const NodeRecord& mapping, std::string_view key) {
  const auto entries = entries_of(mapping);
  const auto* content = static_cast<const IndexedEntries*>(content_of(mapping));
  const std::span<const std::uint32_t> order{content->by_key, mapping.size};
  const auto place = std::lower_bound(order.begin(), order.end(), key,
                                      [&](std::uint32_t number, std::string_view wanted) {
                                        return text_of(entries[number].key) < wanted;
                                      });
  if (place == order.end() || text_of(entries[*place].key) != key) {
    return nullptr;
  }
  return &entries[*place].value;
}

}  // namespace

Kind Node::kind() const { return record_ == nullptr ? Kind::null : record_->kind; }

std::string_view Node::text() const { return is_scalar() ? text_of(*record_) : std::string_view{}; }

bool Node::is_plain() const { return is_scalar() && record_->plain; }

std::string_view Node::tag() const {
  if (record_ == nullptr || !record_->tagged) {
    return {};
  }
  return static_cast<const TaggedContent*>(record_->content)->tag;
}

bool Node::from_merge_list() const { return record_ != nullptr && record_->from_merge_list; }

std::uint32_t Node::line() const { return record_ == nullptr ? 0 : record_->line; }

std::uint32_t Node::column() const { return record_ == nullptr ? 0 : record_->column; }

std::size_t Node::size() const { return is_mapping() || is_sequence() ? record_->size : 0; }

Node Node::key(std::size_t index) const {
  if (!is_mapping() || index >= record_->size) {
    return {};
  }
  return Node{&entries_of(*record_)[index].key};
}

Node Node::at(std::size_t index) const {
  if (index >= size()) {
    return {};
  }
  return is_mapping() ? Node{&entries_of(*record_)[index].value} : Node{&items_of(*record_)[index]};
}

Node Node::operator[](std::string_view key) const {
  if (!is_mapping()) {
    return {};
  }
  return Node{record_->indexed ? find_indexed(*record_, key)
                               : find_small(entries_of(*record_), key)};
}

}  // namespace compliance::document

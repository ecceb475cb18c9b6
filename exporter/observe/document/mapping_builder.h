// Builds the entries of a mapping: rejects duplicate keys, follows merge keys. Internal to this
// folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "exporter/observe/document/node_record.h"
#include "exporter/observe/document/storage.h"

namespace compliance::document {

// One object builds mapping after mapping; `budget` and `arena` outlive it.
class MappingBuilder {
 public:
  MappingBuilder(const Budget& budget, Arena& arena) : budget_(budget), arena_(arena) {}

  // Gives `record` the entries that `children`, keys and values in turn, stand for. `expanded` is
  // what the text has used of the budget's max_expanded. False when the mapping is refused: error()
  // says why.
  bool build(NodeRecord& record, std::span<const NodeRecord> children, std::size_t expanded);
  // How many entries the merge keys of the last mapping copied.
  std::size_t merged() const { return merged_; }
  const DocumentError& error() const { return error_; }

 private:
  // The steps of build(). False: refused.
  bool collect_entries(std::span<const NodeRecord> children);
  // Adds what one merge key names: a mapping or a list of them.
  bool add_merged(const NodeRecord& source);
  bool add_merged_entries(const NodeRecord& mapping);
  // `order` is empty for a mapping without index.
  void store_entries(NodeRecord& record, const std::vector<std::uint32_t>& order);
  bool refuse_duplicate(const NodeRecord& first, const NodeRecord& second);
  bool refuse(UnknownReason reason, const NodeRecord& where, std::string message);

  const Budget& budget_;
  Arena& arena_;
  // Of the mapping in work; members only so that their memory is used again.
  std::vector<EntryRecord> entries_{};
  std::vector<EntryRecord> merges_{};  // the merge keys
  std::size_t expanded_ = 0;
  std::size_t merged_ = 0;
  DocumentError error_{};
};

}  // namespace compliance::document

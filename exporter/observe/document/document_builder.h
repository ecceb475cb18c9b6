// Builds the trees from events, within a budget. Known to this folder only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/observe/document/anchors.h"
#include "exporter/observe/document/event_reader.h"
#include "exporter/observe/document/mapping_builder.h"
#include "exporter/observe/document/storage.h"

namespace compliance::document {

// Takes events in libyaml's order. Uses no recursion: hostile texts choose the depth. One object
// builds the documents of one text.
class DocumentBuilder {
 public:
  // `text_size` in bytes is the guess by which memory is set aside.
  DocumentBuilder(const Budget& budget, std::size_t text_size);

  // False when the document is refused: error() says why. Takes no event after that.
  bool take(const Event& event);
  // Only for after take() has failed.
  const DocumentError& error() const { return error_; }

  // The finished trees; to be called once, after the last event.
  Document finish();

 private:
  // A collection whose end has not been seen.
  struct Frame {
    NodeRecord record{};
    std::string_view tag{};
    std::size_t first_child = 0;  // in pending_
    // The number of its anchor, if it has one.
    std::size_t anchor = Anchors::none;
    // The count when it began: what was added since is what an alias to it costs.
    std::size_t expanded_before = 0;
    // Of the collections inside it, itself included; the depth of an alias to it.
    std::size_t height = 1;
  };

  // The functions that take an event. False: refused.
  bool start_document(const Event& event);
  void end_document();
  bool add_scalar(const Event& event);
  bool add_alias(const Event& event);
  bool start_collection(const Event& event, Kind kind);
  bool end_collection();
  void add(const NodeRecord& record, std::size_t height);

  // Whether the next value is the key of an entry.
  bool expects_key() const;
  // Charges a value to the budget.
  bool count(std::size_t values, const yaml_mark_t& mark);
  bool check_key(const NodeRecord& record);
  std::size_t open_anchor(const unsigned char* name);
  bool check_tag(std::string_view tag, const NodeRecord& where);
  void set_tag(NodeRecord& record, std::string_view tag);
  // Always false, so that callers can return it.
  bool refuse(UnknownReason reason, const NodeRecord& where, std::string message);

  Budget budget_;
  std::unique_ptr<Document::Storage> storage_;
  MappingBuilder mapping_;
  Anchors anchors_{};
  std::vector<Frame> frames_{};
  std::vector<NodeRecord> pending_{};  // children of the open collections, innermost last
  // Of the document that is being built; null when it is empty.
  NodeRecord root_{};
  // All three count for the whole text, not for one document.
  std::size_t nodes_ = 0;
  std::size_t expanded_ = 0;
  std::size_t documents_ = 0;
  DocumentError error_{};
};

}  // namespace compliance::document

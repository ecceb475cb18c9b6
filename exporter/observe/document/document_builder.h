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

// Takes events in libyaml's order. Uses no recursion: hostile texts choose the depth.
class DocumentBuilder {
 public:
  DocumentBuilder(const Budget& budget, std::size_t text_size);

  // False when the document is refused: error() says why. Takes no event after that.
  bool take(const Event& event);
  const DocumentError& error() const { return error_; }

  // The finished trees; to be called once, after the last event.
  Document finish();

 private:
  // A collection whose end has not been seen.
  struct Frame {
    NodeRecord record{};
    std::string_view tag{};
    std::size_t first_child = 0;  // in pending_
    std::size_t anchor = Anchors::none;
    std::size_t expanded_before = 0;
    std::size_t height = 1;
  };

  bool start_document(const Event& event);
  void end_document();
  bool add_scalar(const Event& event);
  bool add_alias(const Event& event);
  bool start_collection(const Event& event, Kind kind);
  bool end_collection();
  void add(const NodeRecord& record, std::size_t height);

  bool expects_key() const;
  bool count(std::size_t values, const yaml_mark_t& mark);
  bool check_key(const NodeRecord& record);
  std::size_t open_anchor(const unsigned char* name);
  bool check_tag(std::string_view tag, const NodeRecord& where);
  void set_tag(NodeRecord& record, std::string_view tag);
  bool refuse(UnknownReason reason, const NodeRecord& where, std::string message);

  Budget budget_;
  std::unique_ptr<Document::Storage> storage_;
  MappingBuilder mapping_;
  Anchors anchors_{};
  std::vector<Frame> frames_{};
  std::vector<NodeRecord> pending_{};  // children of the open collections, innermost last
  NodeRecord root_{};
  std::size_t nodes_ = 0;
  std::size_t expanded_ = 0;
  std::size_t documents_ = 0;
  DocumentError error_{};
};

}  // namespace compliance::document

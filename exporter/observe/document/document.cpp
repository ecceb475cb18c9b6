// Runs libyaml's events over a text and gives them to the builder of its trees.
#include "exporter/observe/document/document.h"

#include <utility>

#include "exporter/observe/document/document_builder.h"
#include "exporter/observe/document/event_reader.h"
#include "exporter/observe/document/storage.h"

namespace compliance::document {

Document::Document(std::unique_ptr<Storage> storage) : storage_(std::move(storage)) {}
Document::Document(Document&& other) noexcept = default;
Document& Document::operator=(Document&& other) noexcept = default;
Document::~Document() = default;

const std::vector<Node>& Document::roots() const { return storage_->roots; }

Result<Document, DocumentError> parse_document(std::string_view text, const Budget& budget) {
  EventReader reader{text};
  DocumentBuilder builder{budget, text.size()};
  for (bool more = true; more;) {
    Event event;
    if (!reader.next(event)) {
      return reader.error();
    }
    if (!builder.take(event)) {
      return builder.error();
    }
    more = event.type() != YAML_STREAM_END_EVENT;
  }
  return builder.finish();
}

Origin origin_of(Source source, const Location& place, const Node& node) {
  return {.source = source, .place = place, .line = node.line(), .column = node.column()};
}

}  // namespace compliance::document

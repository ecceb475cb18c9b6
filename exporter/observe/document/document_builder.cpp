// Builds the trees from events, within a budget. Children wait in pending_ until their collection
// ends; then they move to the arena side by side, so a finished collection is one span.
#include "exporter/observe/document/document_builder.h"

#include <algorithm>
#include <array>
#include <utility>

namespace compliance::document {
namespace {

// The long forms of !!str, !!null and !!merge (YAML 1.2, chapter 10; the merge key is of YAML 1.1).
constexpr std::string_view string_tag = "tag:yaml.org,2002:str";
constexpr std::string_view null_tag = "tag:yaml.org,2002:null";
constexpr std::string_view merge_tag = "tag:yaml.org,2002:merge";
// The longest tag that Compose and Kubernetes know has some 30 bytes.
constexpr std::size_t max_tag_bytes = 256;
// A tag that says only "not resolved by its looks": a string.
constexpr std::string_view non_specific_tag = "!";

// libyaml's texts are unsigned and end with a zero byte; the length is given where it is known.
std::string_view view(const unsigned char* text) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes of a text
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

// A scalar may hold zero bytes, so its length is taken from libyaml.
std::string_view view(const unsigned char* text, std::size_t length) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes of a text
  return {reinterpret_cast<const char*>(text), length};
}

// libyaml counts from 0, operators count from 1.
NodeRecord at_mark(const yaml_mark_t& mark) {
  return {.line = static_cast<std::uint32_t>(mark.line + 1),
          .column = static_cast<std::uint32_t>(mark.column + 1)};
}

// The spellings of null in the core schema (YAML 1.2, 10.3.2).
bool looks_null(std::string_view text) {
  static constexpr std::array<std::string_view, 5> nulls{"", "~", "null", "Null", "NULL"};
  return std::find(nulls.begin(), nulls.end(), text) != nulls.end();
}

// A key is its text, whatever it looks like; only an empty one is null.
bool is_null(std::string_view text, std::string_view tag, bool plain, bool key) {
  if (tag == null_tag) {
    return true;
  }
  const bool resolvable = plain && tag != string_tag && tag != non_specific_tag;
  return resolvable && (key ? text.empty() : looks_null(text));
}

// "<<" in quotes is an ordinary key, as in the readers of kubectl and Compose.
bool is_merge_key(std::string_view text, std::string_view tag, bool plain) {
  return text == "<<" && (tag == merge_tag || (plain && tag.empty()));
}

}  // namespace

DocumentBuilder::DocumentBuilder(const Budget& budget, std::size_t text_size)
    : budget_(budget),
      storage_(std::make_unique<Document::Storage>(text_size)),
      mapping_(budget_, storage_->arena) {}

Document DocumentBuilder::finish() { return Document{std::move(storage_)}; }

bool DocumentBuilder::take(const Event& event) {
  switch (event.type()) {
    case YAML_DOCUMENT_START_EVENT:
      return start_document(event);
    case YAML_DOCUMENT_END_EVENT:
      end_document();
      return true;
    case YAML_ALIAS_EVENT:
      return add_alias(event);
    case YAML_SCALAR_EVENT:
      return add_scalar(event);
    case YAML_SEQUENCE_START_EVENT:
      return start_collection(event, Kind::sequence);
    case YAML_MAPPING_START_EVENT:
      return start_collection(event, Kind::mapping);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      return end_collection();
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
      return true;
  }
  return true;
}

bool DocumentBuilder::start_document(const Event& event) {
  anchors_.clear();
  root_ = {};
  if (++documents_ > budget_.max_documents) {
    return refuse(UnknownReason::limit_exceeded, at_mark(event.start()),
                  "more than " + std::to_string(budget_.max_documents) + " documents");
  }
  return true;
}

// An empty document has no root, but "!tag" alone has: the tag may mean something to the caller.
void DocumentBuilder::end_document() {
  if (root_.kind != Kind::null || root_.tagged) {
    storage_->roots.emplace_back(storage_->arena.copy(root_));
  }
}

// The text is copied only after the checks, so what is refused costs no memory.
bool DocumentBuilder::add_scalar(const Event& event) {
  const auto& scalar = event.scalar();
  const std::string_view text = view(scalar.value, scalar.length);
  const std::string_view tag = view(scalar.tag);
  const bool key = expects_key();
  NodeRecord record = at_mark(event.start());
  if (!count(1, event.start()) || !check_tag(tag, record)) {
    return false;
  }
  if (text.size() > budget_.max_scalar_bytes) {
    return refuse(UnknownReason::limit_exceeded, record,
                  "a text of more than " + std::to_string(budget_.max_scalar_bytes) + " bytes");
  }
  record.plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
  record.merge_key = key && is_merge_key(text, tag, record.plain);
  if (!is_null(text, tag, record.plain, key)) {
    record.kind = Kind::scalar;
    record.content = storage_->arena.copy(text).data();
    record.size = static_cast<std::uint32_t>(text.size());
  }
  if (key && !check_key(record)) {
    return false;
  }
  set_tag(record, storage_->arena.copy(tag));
  anchors_.complete(open_anchor(scalar.anchor), {.record = record, .expanded = 1});
  add(record, 0);
  return true;
}

bool DocumentBuilder::add_alias(const Event& event) {
  const NodeRecord here = at_mark(event.start());
  const Anchored* target = anchors_.find(view(event.alias().anchor));
  if (target == nullptr) {
    return refuse(UnknownReason::unparsable, here,
                  "an alias whose anchor is not defined before it");
  }
  if (!target->complete) {
    return refuse(UnknownReason::unparsable, here, "an alias to a value that contains the alias");
  }
  if (frames_.size() + target->height > budget_.max_depth) {
    return refuse(UnknownReason::limit_exceeded, here,
                  "more than " + std::to_string(budget_.max_depth) +
                      " levels of nesting after aliases are followed");
  }
  if (!count(target->expanded, event.start())) {
    return false;
  }
  NodeRecord record = target->record;
  record.merge_key = false;
  // A key keeps its own place: errors about it point to the line where it is used. Only scalars can
  // be keys.
  if (expects_key()) {
    if (record.kind != Kind::scalar) {
      return check_key(here);
    }
    record.line = here.line;
    record.column = here.column;
  }
  add(record, target->height);
  return true;
}

bool DocumentBuilder::start_collection(const Event& event, Kind kind) {
  Frame frame{.record = at_mark(event.start())};
  frame.record.kind = kind;
  if (expects_key()) {
    return check_key(frame.record);
  }
  if (frames_.size() >= budget_.max_depth) {
    return refuse(UnknownReason::limit_exceeded, frame.record,
                  "more than " + std::to_string(budget_.max_depth) + " levels of nesting");
  }
  const bool is_mapping = kind == Kind::mapping;
  // Both are names for the same memory of the union; only the one of the kind is looked at.
  const auto& mapping = event.mapping();
  const auto& sequence = event.sequence();
  frame.expanded_before = expanded_;
  const std::string_view tag = view(is_mapping ? mapping.tag : sequence.tag);
  if (!count(1, event.start()) || !check_tag(tag, frame.record)) {
    return false;
  }
  frame.tag = storage_->arena.copy(tag);  // the event's copy dies before the end comes
  frame.anchor = open_anchor(is_mapping ? mapping.anchor : sequence.anchor);
  frame.first_child = pending_.size();
  frames_.push_back(frame);
  return true;
}

bool DocumentBuilder::end_collection() {
  Frame frame = frames_.back();
  NodeRecord& record = frame.record;
  if (record.kind == Kind::mapping) {
    const auto children = std::span<const NodeRecord>{pending_}.subspan(frame.first_child);
    if (!mapping_.build(record, children, expanded_)) {
      error_ = mapping_.error();
      return false;
    }
    // Merged entries are copies: they were not counted when they were written.
    expanded_ += mapping_.merged();
  } else {
    const auto items = std::span<const NodeRecord>{pending_}.subspan(frame.first_child);
    record.size = static_cast<std::uint32_t>(items.size());
    record.content = storage_->arena.copy(items);
  }
  pending_.resize(frame.first_child);
  frames_.pop_back();
  set_tag(record, frame.tag);
  anchors_.complete(
      frame.anchor,
      {.record = record, .expanded = expanded_ - frame.expanded_before, .height = frame.height});
  add(record, frame.height);
  return true;
}

// The value is complete: it goes to the collection around it, or is the root.
void DocumentBuilder::add(const NodeRecord& record, std::size_t height) {
  if (frames_.empty()) {
    root_ = record;
    return;
  }
  frames_.back().height = std::max(frames_.back().height, height + 1);
  pending_.push_back(record);
}

// In a mapping keys and values come in turn, so an even number of children means a key is next.
bool DocumentBuilder::expects_key() const {
  return !frames_.empty() && frames_.back().record.kind == Kind::mapping &&
         (pending_.size() - frames_.back().first_child) % 2 == 0;
}

// Counts one value that is written here and stands for `values`.
bool DocumentBuilder::count(std::size_t values, const yaml_mark_t& mark) {
  if (++nodes_ > budget_.max_nodes) {
    return refuse(UnknownReason::limit_exceeded, at_mark(mark),
                  "more than " + std::to_string(budget_.max_nodes) + " values");
  }
  expanded_ += values;
  if (expanded_ > budget_.max_expanded) {
    return refuse(UnknownReason::limit_exceeded, at_mark(mark),
                  "more than " + std::to_string(budget_.max_expanded) +
                      " values after aliases and merge keys are followed");
  }
  return true;
}

bool DocumentBuilder::check_key(const NodeRecord& record) {
  return record.kind == Kind::scalar ||
         refuse(UnknownReason::unparsable, record,
                record.kind == Kind::null ? "a key that is empty or null"
                                          : "a key that is itself a list or a mapping");
}

// `name` is null for a value without an anchor.
std::size_t DocumentBuilder::open_anchor(const unsigned char* name) {
  return name == nullptr ? Anchors::none : anchors_.open(view(name));
}

// A %TAG line stretches every short tag after it, so long ones could fill the memory.
bool DocumentBuilder::check_tag(std::string_view tag, const NodeRecord& where) {
  return tag.size() <= max_tag_bytes ||
         refuse(UnknownReason::limit_exceeded, where,
                "a tag of more than " + std::to_string(max_tag_bytes) + " bytes");
}

// `tag` must lie in the arena.
void DocumentBuilder::set_tag(NodeRecord& record, std::string_view tag) {
  if (!tag.empty()) {
    record.content = storage_->arena.copy(TaggedContent{tag, record.content});
    record.tagged = true;
  }
}

bool DocumentBuilder::refuse(UnknownReason reason, const NodeRecord& where, std::string message) {
  error_ = {reason, where.line, where.column, std::move(message)};
  return false;
}

}  // namespace compliance::document

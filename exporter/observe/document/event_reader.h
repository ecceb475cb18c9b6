// libyaml's events, one after the other. Known to this folder only.
#pragma once

#include <string_view>

#include <yaml.h>

#include "exporter/observe/document/document.h"

namespace compliance::document {

// One event of libyaml; frees its memory when it dies. Its texts live as long as it does.
class Event {
 public:
  Event() = default;
  // libyaml's events cannot be copied: the texts in them are freed once.
  Event(const Event&) = delete;
  Event(Event&&) = delete;
  Event& operator=(const Event&) = delete;
  Event& operator=(Event&&) = delete;
  ~Event() { yaml_event_delete(&raw_); }

  // For libyaml to fill.
  yaml_event_t* raw() { return &raw_; }
  yaml_event_type_t type() const { return raw_.type; }
  // Line and column of its begin, from 0.
  const yaml_mark_t& start() const { return raw_.start_mark; }

  // libyaml's anonymous structs, to be named with `auto`; each only for events of its type.
  // NOLINTBEGIN(cppcoreguidelines-pro-type-union-access): libyaml's tagged union, type() tells
  const auto& alias() const { return raw_.data.alias; }
  const auto& scalar() const { return raw_.data.scalar; }
  const auto& sequence() const { return raw_.data.sequence_start; }
  const auto& mapping() const { return raw_.data.mapping_start; }
  // NOLINTEND(cppcoreguidelines-pro-type-union-access)

 private:
  yaml_event_t raw_{};
};

// Reads `text`, which must outlive it. Not safe to use from several threads.
class EventReader {
 public:
  // Detects UTF-8 and UTF-16 by a byte order mark; without one the text is UTF-8.
  explicit EventReader(std::string_view text);
  // The parser of libyaml points into itself, so it must stay where it is.
  EventReader(const EventReader&) = delete;
  EventReader(EventReader&&) = delete;
  EventReader& operator=(const EventReader&) = delete;
  EventReader& operator=(EventReader&&) = delete;
  // Frees the parser, if it could be made.
  ~EventReader();

  // Reads the next event into `event`, which must be fresh. False when the text is broken: error()
  // says how. Not to be called after that.
  bool next(Event& event);
  // internal_error when there is no memory, else unparsable.
  DocumentError error() const;

 private:
  DocumentError encoding_error() const;

  std::string_view text_;
  yaml_parser_t parser_{};
  // False when there was no memory for the parser.
  bool ready_ = false;
};

}  // namespace compliance::document

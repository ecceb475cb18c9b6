// libyaml's events, one after the other. Known to this folder only.
#pragma once

#include <string_view>

#include <yaml.h>

#include "exporter/observe/document/document.h"

namespace compliance::document {

// One event; gives its memory back when it dies.
class Event {
 public:
  Event() = default;
  Event(const Event&) = delete;
  Event(Event&&) = delete;
  Event& operator=(const Event&) = delete;
  Event& operator=(Event&&) = delete;
  ~Event() { yaml_event_delete(&raw_); }

  yaml_event_t* raw() { return &raw_; }
  yaml_event_type_t type() const { return raw_.type; }
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

// Reads `text`, which must outlive it.
class EventReader {
 public:
  explicit EventReader(std::string_view text);
  EventReader(const EventReader&) = delete;
  EventReader(EventReader&&) = delete;
  EventReader& operator=(const EventReader&) = delete;
  EventReader& operator=(EventReader&&) = delete;
  ~EventReader();

  // False when the text is broken: error() says how. Not to be called after that.
  bool next(Event& event);
  DocumentError error() const;

 private:
  DocumentError encoding_error() const;

  std::string_view text_;
  yaml_parser_t parser_{};
  bool ready_ = false;
};

}  // namespace compliance::document

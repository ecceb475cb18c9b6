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
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&raw_); }

  yaml_event_t* raw() { return &raw_; }
  const yaml_event_t* operator->() const { return &raw_; }

 private:
  yaml_event_t raw_{};
};

// Reads `text`, which must outlive it.
class EventReader {
 public:
  explicit EventReader(std::string_view text);
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;
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

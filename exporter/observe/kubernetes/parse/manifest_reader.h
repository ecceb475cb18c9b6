// Reads typed fields of manifests with their positions, and remembers what makes an object no
// evidence.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "checks/facts/fact.h"
#include "exporter/observe/document/document.h"
#include "exporter/observe/source_text.h"

namespace compliance::kubernetes {

using document::Node;

// Reads the objects of one file. A property that is a fact on its own is read by one of the *_fact
// functions: a wrong type is a fault of that fact. Everything else is structure: a wrong type there
// is refused, which makes the whole object a fault (the API server would not take it either).
// After a refusal the functions go on and give empty values, so readers need no test after each
// call.
class ManifestReader {
 public:
  explicit ManifestReader(Location place) : place_(std::move(place)) {}

  // The nodes that follow were read from a part of the file that begins behind so many lines, and
  // so many columns of its first line.
  void begin_part(std::uint32_t lines, std::uint32_t columns) {
    lines_before_ = lines;
    columns_before_ = columns;
  }

  // Where the node is in the file; the file alone when the node is absent.
  Origin origin_of(const Node& node) const { return origin_at(node.line(), node.column()); }
  // Where that line and column of the part are in the file; 0 and 0: the file alone.
  Origin origin_at(std::uint32_t line, std::uint32_t column) const;

  // The mapping at `key`; an absent node when it is missing or null. Another kind is refused.
  Node mapping(const Node& parent, std::string_view key);
  // The list at `key`, likewise.
  Node list(const Node& parent, std::string_view key);
  // The scalar at `key` whatever its type, empty when it is missing or null. For fields whose type
  // decides nothing, such as names.
  std::string text(const Node& parent, std::string_view key);
  // The boolean at `key`, false when it is missing or null.
  bool flag(const Node& parent, std::string_view key);
  // A mapping of texts, such as labels; null values are empty texts.
  std::map<std::string, std::string> texts(const Node& parent, std::string_view key);
  // The port number that the node holds, 1 to 65,535; anything else is refused, and 0 is the
  // result.
  std::uint16_t port(const Node& node, std::string_view field);

  // The value as a fact; `otherwise` is the origin when it is absent or null. `field` is for the
  // message of a fault.
  Fact<bool> bool_fact(const Node& value, std::string_view field, const Origin& otherwise) const;
  // A whole number within 64 bits.
  Fact<std::int64_t> int_fact(const Node& value, std::string_view field,
                              const Origin& otherwise) const;
  // A text by is_text(): numbers and booleans without quotes are faults.
  Fact<std::string> text_fact(const Node& value, std::string_view field,
                              const Origin& otherwise) const;

  // Refuses a mapping with another key than these. For mappings where a misspelt key means
  // something else than what was written: an API server drops it, or refuses the object.
  void only_keys(const Node& node, std::string_view field,
                 std::initializer_list<std::string_view> known);
  // The object is no evidence. Only the first refusal is kept.
  void refuse(const Node& node, std::string message);
  // Nothing while the object is evidence.
  const std::optional<LocatedFault>& refusal() const { return refusal_; }
  // The refusal, which is forgotten: another object may begin.
  std::optional<LocatedFault> take_refusal() { return std::exchange(refusal_, std::nullopt); }

 private:
  Location place_;
  std::uint32_t lines_before_ = 0;
  std::uint32_t columns_before_ = 0;
  std::optional<LocatedFault> refusal_{};
};

// True for scalars that are text to the API server: quoted ones, and plain ones that are neither
// null nor a boolean nor a number.
bool is_text(const Node& node);

// The first of the two that is there and not null.
Node stated(const Node& preferred, const Node& otherwise);

}  // namespace compliance::kubernetes

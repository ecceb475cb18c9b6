// Reads typed fields of manifests, with positions, and remembers what makes a file no evidence.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "checks/facts/fact.h"
#include "exporter/observe/document/document.h"
#include "exporter/observe/source_text.h"

namespace compliance::kubernetes {

using document::Node;

// A property that is a fact on its own is read by one of the *_fact functions: a wrong type is a
// fault of that fact. Everything else is structure: a wrong type there is refused, which makes the
// whole file a fault (the API server would not take the object either).
class ManifestReader {
 public:
  explicit ManifestReader(Location place) : place_(std::move(place)) {}

  Origin origin_of(const Node& node) const;

  // The mapping or list at `key`; an absent node when it is missing or null.
  Node mapping(const Node& parent, std::string_view key);
  Node list(const Node& parent, std::string_view key);
  // The scalar at `key` whatever its type, empty when it is missing or null.
  std::string text(const Node& parent, std::string_view key);
  // The boolean at `key`, false when it is missing or null.
  bool flag(const Node& parent, std::string_view key);
  // A mapping of texts; null values are empty texts.
  std::map<std::string, std::string> texts(const Node& parent, std::string_view key);
  // A port number.
  std::uint16_t port(const Node& node, std::string_view field);

  // The value as a fact; `otherwise` is the origin when it is absent or null. `field` is for the
  // message of a fault.
  Fact<bool> bool_fact(const Node& value, std::string_view field, const Origin& otherwise) const;
  Fact<std::int64_t> int_fact(const Node& value, std::string_view field,
                              const Origin& otherwise) const;
  Fact<std::string> text_fact(const Node& value, std::string_view field,
                              const Origin& otherwise) const;

  // The file is no evidence. Only the first refusal is kept.
  void refuse(const Node& node, std::string message);
  const std::optional<LocatedFault>& refusal() const { return refusal_; }

 private:
  Location place_;
  std::optional<LocatedFault> refusal_{};
};

// True for scalars that are text to the API server: quoted ones, and plain ones that are neither
// null nor a boolean nor a number.
bool is_text(const Node& node);

// The first of the two that is there and not null.
Node stated(const Node& preferred, const Node& otherwise);

}  // namespace compliance::kubernetes

// The tree that Compose's rules work on.
#include "exporter/observe/compose/model/value.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

#include "exporter/observe/compose/model/interpolate.h"
#include "exporter/observe/compose/model/tags.h"

namespace compliance::compose {
namespace {

using document::Node;

// Interpolates the text of a scalar.
std::optional<LocatedFault> fill_scalar(Value& value, const Node& node) {
  const auto result =
      interpolate(node.text(), [&value](std::string_view name) -> const VariableValue* {
        const auto found = value.scope->variables.find(name);
        return found == value.scope->variables.end() ? nullptr : &found->second;
      });
  if (!result) {
    return LocatedFault{.origin = value.origin, .fault = result.error()};
  }
  value.text = result.value().text;
  value.unset = result.value().unset;
  value.interpolated = result.value().substituted;
  return std::nullopt;
}

// Where in a document a value stands, as far as that counts: a service that cannot be read does not
// hide the others, and below !override other tags mean nothing.
enum class Level : std::uint8_t { root, services, other, replacing };

Level below(Level level, std::string_view key) {
  if (level == Level::replacing) {
    return level;
  }
  return level == Level::root && (key == "services" || key == "jobs") ? Level::services
                                                                      : Level::other;
}

ParseResult<Value> read_value(const Node& node, const ScopePointer& scope, const Location& place,
                              Level level);

// Copies the entries or items. Keys are not interpolated: Compose substitutes in values only. An
// entry under !reset hides nothing, so a merged one may stand in its place.
std::optional<LocatedFault> fill_items(Value& value, const Node& node, const Location& place,
                                       Level level) {
  value.items.reserve(node.size());
  std::set<std::string_view> present;
  for (std::size_t index = 0; index < node.size(); ++index) {
    if ((node.at(index).tag() == reset_tag && level != Level::replacing) ||
        (node.is_mapping() && !present.insert(node.key(index).text()).second)) {
      continue;
    }
    auto item =
        read_value(node.at(index), value.scope, place, below(level, node.key(index).text()));
    if (!item && level != Level::services) {
      return item.error();
    }
    if (node.is_mapping()) {
      const Node key = node.key(index);
      value.keys.push_back({.name = std::string{key.text()},
                            .origin = document::origin_of(Source::compose, place, key)});
    }
    value.items.push_back(item ? std::move(item).value() : broken_value(item.error()));
  }
  return std::nullopt;
}

// The depth of the recursion is bounded by the budget of the document.
ParseResult<Value> read_value(const Node& node, const ScopePointer& scope, const Location& place,
                              Level level) {
  Value value;
  value.kind = node.kind();
  value.origin = document::origin_of(Source::compose, place, node);
  value.scope = scope;
  const bool replaces = node.tag() == override_tag;
  // With a tag of its own, null is a text for Compose.
  if (node.is_null() && (replaces || node.tag() == reset_tag)) {
    value.kind = document::Kind::scalar;
    value.text = "null";
    return value;
  }
  const Level inside = replaces ? Level::replacing : level;
  const auto fault =
      node.is_scalar() ? fill_scalar(value, node) : fill_items(value, node, place, inside);
  if (fault) {
    return *fault;
  }
  return value;
}

}  // namespace

const Value* Value::find(std::string_view key) const {
  for (std::size_t index = 0; index < keys.size(); ++index) {
    if (keys[index].name == key) {
      return &items[index];
    }
  }
  return nullptr;
}

Value* Value::find(std::string_view key) {
  const Value* found = std::as_const(*this).find(key);
  return found == nullptr ? nullptr : &items[static_cast<std::size_t>(found - items.data())];
}

void Value::erase(std::string_view key) {
  for (std::size_t index = 0; index < keys.size(); ++index) {
    if (keys[index].name == key) {
      keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(index));
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
      return;
    }
  }
}

void Value::set(Key key, Value value) {
  if (Value* present = find(key.name)) {
    *present = std::move(value);
    return;
  }
  keys.push_back(std::move(key));
  items.push_back(std::move(value));
}

ParseResult<Value> document_value(const Node& root, const ScopePointer& scope,
                                  const Location& place) {
  return read_value(root, scope, place, Level::root);
}

Value broken_value(LocatedFault fault) {
  Value value;
  value.kind = document::Kind::mapping;
  value.origin = fault.origin;
  value.broken = std::make_shared<const LocatedFault>(std::move(fault));
  return value;
}

std::optional<Fault> unset_fault(const std::vector<Unset>& unset) {
  if (unset.empty()) {
    return std::nullopt;
  }
  // Each name once, in the order of use.
  std::vector<std::string> names;
  for (const Unset& use : unset) {
    if (std::find(names.begin(), names.end(), use.name) == names.end()) {
      names.push_back(use.name);
    }
  }
  std::string message = names.size() == 1 ? "the variable " : "the variables ";
  for (std::size_t index = 0; index < names.size(); ++index) {
    message += (index == 0 ? "" : index + 1 == names.size() ? " and " : ", ") + names[index];
  }
  message += names.size() == 1 ? " is not set" : " are not set";
  return Fault{.reason = UnknownReason::unresolved_reference, .message = std::move(message)};
}

std::optional<Fault> unset_fault(const Value& value) { return unset_fault(value.unset); }

LocatedFault refused(const Origin& origin, std::string message) {
  return {.origin = origin,
          .fault = {.reason = UnknownReason::unparsable, .message = std::move(message)}};
}

std::filesystem::path path_in(const std::filesystem::path& directory, const std::string& path) {
  // The home directory of who runs Compose is not known here: such a path stays as it is.
  if (path.empty() || path.front() == '~') {
    return path;
  }
  return (directory / path).lexically_normal();
}

// Without a scope, in values that no file states, a relative path stays relative.
std::filesystem::path path_of(const Value& value) {
  return path_in(value.scope ? value.scope->directory : std::filesystem::path{}, value.text);
}

std::string listed_path(const Value& value) {
  const bool own = !value.scope || value.scope->prefix.empty();
  return own ? value.text : path_in(value.scope->prefix, value.text).string();
}

std::string shown_path(const Value& value) {
  return value.interpolated ? "a path that variables give" : "'" + value.text + "'";
}

// Wider than YAML's booleans, since Compose casts texts after interpolation: "${X}" in quotes may
// be one.
std::optional<bool> boolean_of(std::string_view text) {
  constexpr auto yes = std::to_array<std::string_view>({"true", "y", "yes", "on"});
  constexpr auto no = std::to_array<std::string_view>({"false", "n", "no", "off"});
  std::string lower{text};
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (std::find(yes.begin(), yes.end(), lower) != yes.end()) {
    return true;
  }
  return std::find(no.begin(), no.end(), lower) != no.end() ? std::optional{false} : std::nullopt;
}

const std::vector<Value>& items_at(const Value& mapping, std::string_view key) {
  static const std::vector<Value> none;
  const Value* value = mapping.find(key);
  return value == nullptr ? none : value->items;
}

const Value* value_at(const Value& value, std::initializer_list<std::string_view> path) {
  const Value* found = &value;
  for (const std::string_view key : path) {
    found = found->find(key);
    if (found == nullptr) {
      return nullptr;
    }
  }
  return found;
}

}  // namespace compliance::compose

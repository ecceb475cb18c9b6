// The Compose specification's rules for merging files and extended services.
#include "exporter/observe/compose/model/merge.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <utility>

namespace compliance::compose {
namespace {

// How two values of one key become one.
enum class Rule : std::uint8_t {
  document,  // top level: sections by name
  services,  // each entry is a service
  service,   // each entry has its own rule
  generic,   // mappings merged, lists appended, scalars replaced
  replace,   // the later one counts
  entries,   // KEY=VALUE list or mapping
  list,      // one text or a list of them
  names,     // list of names or mapping by name
};

// The rule for one key of a service.
struct KeyRule {
  std::string_view key;
  Rule rule;
};

// The rules of the Compose specification ("Merge"), for the keys that facts are read from. Keys of
// a service whose values the facts do not use are replaced: they cannot conflict.
constexpr auto service_rules = std::to_array<KeyRule>({
    {"environment", Rule::entries}, {"sysctls", Rule::entries},
    {"env_file", Rule::list},       {"tmpfs", Rule::list},
    {"networks", Rule::names},      {"cap_add", Rule::generic},
    {"cap_drop", Rule::generic},    {"security_opt", Rule::generic},
    {"devices", Rule::generic},     {"device_cgroup_rules", Rule::generic},
    {"ports", Rule::generic},       {"expose", Rule::generic},
    {"volumes", Rule::generic},     {"volumes_from", Rule::generic},
    {"secrets", Rule::generic},     {"configs", Rule::generic},
    {"profiles", Rule::generic},    {"deploy", Rule::generic},
    {"image", Rule::generic},       {"privileged", Rule::generic},
    {"read_only", Rule::generic},   {"user", Rule::generic},
});

// Top-level sections that are merged by name; other top-level keys are replaced.
constexpr auto sections =
    std::to_array<std::string_view>({"services", "volumes", "networks", "secrets", "configs"});

// The rule for one key of a service; keys without one are replaced.
Rule rule_for_service_key(std::string_view key) {
  const auto* const found = std::find_if(service_rules.begin(), service_rules.end(),
                                         [key](const KeyRule& entry) { return entry.key == key; });
  return found == service_rules.end() ? Rule::replace : found->rule;
}

// The rule for what stands at `key` of a value that is merged by `parent`.
Rule rule_for_key(Rule parent, std::string_view key) {
  switch (parent) {
    case Rule::document:
      if (std::find(sections.begin(), sections.end(), key) == sections.end()) {
        return Rule::replace;
      }
      return key == "services" ? Rule::services : Rule::generic;
    case Rule::services:
      return Rule::service;
    case Rule::service:
      return rule_for_service_key(key);
    case Rule::entries:
    case Rule::replace:
      return Rule::replace;
    case Rule::generic:
    case Rule::list:
    case Rule::names:
      return Rule::generic;
  }
  return Rule::generic;
}

// A copy without keys and items, of the kind `kind`.
Value shell_of(const Value& value, document::Kind kind) {
  Value shell;
  shell.kind = kind;
  shell.text = value.text;
  shell.interpolated = value.interpolated;
  shell.tag = value.tag;
  shell.origin = value.origin;
  shell.scope = value.scope;
  shell.unset = value.unset;
  return shell;
}

// Builds a mapping entry by entry; the later of two entries with one key counts and takes the place
// of the earlier one.
class MappingBuilder {
 public:
  explicit MappingBuilder(Value mapping) : mapping_(std::move(mapping)) {}

  void add(Key key, Value value) {
    const auto [place, is_new] = places_.emplace(key.name, mapping_.items.size());
    if (is_new) {
      mapping_.keys.push_back(std::move(key));
      mapping_.items.push_back(std::move(value));
    } else {
      mapping_.items[place->second] = std::move(value);
    }
  }
  Value finish() { return std::move(mapping_); }

 private:
  Value mapping_;
  std::map<std::string, std::size_t> places_;
};

// `networks: [a, b]` means the same as a mapping of the names to null, and both forms may meet.
Value names_as_mapping(const Value& value) {
  if (!value.is_sequence()) {
    return value;
  }
  MappingBuilder mapping{shell_of(value, document::Kind::mapping)};
  for (const Value& item : value.items) {
    mapping.add({.name = item.text, .origin = item.origin, .undecided = !item.unset.empty()},
                shell_of(item, document::Kind::null));
  }
  return mapping.finish();
}

// One text and a list of one text mean the same.
Value as_list(const Value& value) {
  if (!value.is_scalar()) {
    return value;
  }
  Value list;
  list.kind = document::Kind::sequence;
  list.origin = value.origin;
  list.scope = value.scope;
  list.items.push_back(value);
  return list;
}

// A text that two values share when their content is the same. Lengths stand in front of texts and
// parts, so that these cannot run into each other. The order of keys does not count.
std::string content_of(const Value& value) {
  std::string text = std::to_string(static_cast<int>(value.kind)) + ':' +
                     std::to_string(value.text.size()) + ':' + value.text;
  for (const Unset& unset : value.unset) {
    text += '$' + std::to_string(unset.offset) + unset.name;
  }
  std::vector<std::string> parts;
  for (std::size_t index = 0; index < value.items.size(); ++index) {
    const std::string name = value.is_mapping() ? value.keys[index].name + '=' : "";
    parts.push_back(name + content_of(value.items[index]));
  }
  if (value.is_mapping()) {
    std::sort(parts.begin(), parts.end());
  }
  for (const std::string& part : parts) {
    text += '[' + std::to_string(part.size()) + ':' + part + ']';
  }
  return text;
}

// The list with the later items behind it, without repetitions, as Compose appends lists.
Value appended(Value base, const Value& later) {
  std::set<std::string> present;
  for (const Value& item : base.items) {
    present.insert(content_of(item));
  }
  for (const Value& item : later.items) {
    // An item under !reset adds nothing.
    if (item.tag != MergeTag::reset && present.insert(content_of(item)).second) {
      base.items.push_back(item);
    }
  }
  return base;
}

// The value of an entry KEY=VALUE whose equals sign is at `equals`; null when it has none.
Value value_of_entry(Value entry, std::size_t equals) {
  if (equals == std::string::npos) {
    entry.kind = document::Kind::null;
    entry.unset.clear();
    return entry;
  }
  const std::size_t begin = equals + 1;
  entry.text.erase(0, begin);
  // Offsets count from the begin of the value here, from the begin of the entry before.
  for (Unset& unset : entry.unset) {
    unset.offset = std::max(unset.offset, begin) - begin;
  }
  return entry;
}

ParseResult<Value> merge(Value base, const Value& later, Rule rule);

// Tags stay in the result: a value under !reset or !override stands where the earlier one was.
ParseResult<Value> merge_mappings(Value base, const Value& later, Rule rule) {
  std::map<std::string, std::size_t, std::less<>> places;
  for (std::size_t index = 0; index < base.keys.size(); ++index) {
    places.emplace(base.keys[index].name, index);
  }
  for (std::size_t index = 0; index < later.keys.size(); ++index) {
    const Key& key = later.keys[index];
    const Value& value = later.items[index];
    const auto place = places.find(key.name);
    // A key under !reset that no earlier file has is added too; without_tags() takes it out at the
    // end.
    if (place == places.end()) {
      base.keys.push_back(key);
      base.items.push_back(value);
      continue;
    }
    Value& target = base.items[place->second];
    const Rule own = value.tag == MergeTag::none ? rule_for_key(rule, key.name) : Rule::replace;
    auto merged = merge(std::move(target), value, own);
    if (!merged) {
      return merged;
    }
    target = std::move(merged).value();
  }
  return base;
}

// Null changes nothing. A scalar gives way to whatever comes later, of any kind.
ParseResult<Value> merge_generic(Value base, const Value& later, Rule rule) {
  if (later.is_null()) {
    return base;
  }
  if (base.is_null() || base.is_scalar()) {
    return later;
  }
  if (base.kind != later.kind) {
    return refused(later.origin, base.is_mapping() ? "a mapping was expected, as in the file before"
                                                   : "a list was expected, as in the file before");
  }
  return base.is_mapping() ? merge_mappings(std::move(base), later, rule)
                           : ParseResult<Value>{appended(std::move(base), later)};
}

// Brings both values into the form of the rule, then merges them.
ParseResult<Value> merge(Value base, const Value& later, Rule rule) {
  switch (rule) {
    case Rule::replace:
      return later;
    case Rule::entries:
      return merge_generic(entries_as_mapping(base), entries_as_mapping(later), rule);
    case Rule::list:
      return merge_generic(as_list(base), as_list(later), rule);
    case Rule::names:
      return merge_generic(names_as_mapping(base), names_as_mapping(later), rule);
    case Rule::document:
    case Rule::services:
    case Rule::service:
    case Rule::generic:
      break;
  }
  return merge_generic(std::move(base), later, rule);
}

}  // namespace

Value without_tags(const Value& value) {
  Value result = shell_of(value, value.kind);
  result.tag = MergeTag::none;
  for (std::size_t index = 0; index < value.items.size(); ++index) {
    if (value.items[index].tag == MergeTag::reset) {
      continue;
    }
    if (value.is_mapping()) {
      result.keys.push_back(value.keys[index]);
    }
    result.items.push_back(without_tags(value.items[index]));
  }
  return result;
}

Value entries_as_mapping(const Value& value) {
  if (!value.is_sequence()) {
    return value;
  }
  MappingBuilder mapping{shell_of(value, document::Kind::mapping)};
  for (const Value& item : value.items) {
    // The value may hold further equals signs.
    const std::size_t equals = item.text.find('=');
    Key key{.name = item.text.substr(0, equals), .origin = item.origin};
    // A variable in front of the equals sign, or right at its place, may change the name.
    key.undecided = !item.unset.empty() && item.unset.front().offset <= key.name.size();
    mapping.add(std::move(key), value_of_entry(item, equals));
  }
  return mapping.finish();
}

ParseResult<Value> merge_documents(Value base, const Value& later) {
  auto merged = merge(std::move(base), later, Rule::document);
  return merged ? ParseResult<Value>{without_tags(merged.value())} : merged;
}

ParseResult<Value> extend_service(Value extended, const Value& service) {
  return merge(std::move(extended), service, Rule::service);
}

ParseResult<Value> merge_included(Value included, const Value& document) {
  return merge(std::move(included), document, Rule::document);
}

}  // namespace compliance::compose

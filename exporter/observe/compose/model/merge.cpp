// The Compose specification's rules for merging files and extended services.
#include "exporter/observe/compose/model/merge.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

namespace compliance::compose {
namespace {

// How two values of one key become one.
enum class Rule : std::uint8_t {
  document,     // top level: sections by name
  services,     // each entry is a service or job
  service,      // each entry has its own rule
  resources,    // each entry is a volume, network, secret or config
  labelled,     // generic, with labels
  build,        // one text is the context
  logging,      // merged only when both are for one driver
  healthcheck,  // generic, but for the command
  limits,       // ulimits by name
  generic,      // mappings merged, lists appended, scalars replaced
  replace,      // the later one counts, null too
  limit,        // two mappings merged, else replaced
  entries,      // KEY=VALUE list or mapping
  list,         // one text or a list of them
  files,        // the same for paths
  mounts,       // a list that holds paths
  names,        // list of names or mapping by name
};

// The rule for what stands at `key` of a value that is merged by `parent`; an empty key is any.
struct KeyRule {
  Rule parent;
  std::string_view key;
  Rule rule;
};

// The rules of the Compose specification ("Merge") that are not the generic one.
constexpr auto key_rules = std::to_array<KeyRule>({
    {Rule::document, "services", Rule::services},
    {Rule::document, "jobs", Rule::services},
    {Rule::document, "volumes", Rule::resources},
    {Rule::document, "networks", Rule::resources},
    {Rule::document, "secrets", Rule::resources},
    {Rule::document, "configs", Rule::resources},
    {Rule::services, "", Rule::service},
    {Rule::resources, "", Rule::labelled},
    {Rule::labelled, "labels", Rule::entries},
    {Rule::service, "annotations", Rule::entries},
    {Rule::service, "build", Rule::build},
    {Rule::service, "command", Rule::replace},
    {Rule::service, "depends_on", Rule::names},
    {Rule::service, "deploy", Rule::labelled},
    {Rule::service, "dns", Rule::list},
    {Rule::service, "dns_opt", Rule::list},
    {Rule::service, "dns_search", Rule::list},
    {Rule::service, "entrypoint", Rule::replace},
    {Rule::service, "env_file", Rule::files},
    {Rule::service, "environment", Rule::entries},
    {Rule::service, "extra_hosts", Rule::list},
    {Rule::service, "healthcheck", Rule::healthcheck},
    {Rule::service, "label_file", Rule::files},
    {Rule::service, "labels", Rule::entries},
    {Rule::service, "logging", Rule::logging},
    {Rule::service, "models", Rule::names},
    {Rule::service, "networks", Rule::names},
    {Rule::service, "sysctls", Rule::entries},
    {Rule::service, "tmpfs", Rule::list},
    {Rule::service, "ulimits", Rule::limits},
    {Rule::service, "volumes", Rule::mounts},
    {Rule::build, "additional_contexts", Rule::entries},
    {Rule::build, "args", Rule::entries},
    {Rule::build, "extra_hosts", Rule::list},
    {Rule::build, "labels", Rule::entries},
    {Rule::healthcheck, "test", Rule::replace},
    {Rule::limits, "", Rule::limit},
    {Rule::entries, "", Rule::replace},
});

// The rule for what stands at `key` of a value that is merged by `parent`.
Rule rule_for_key(Rule parent, std::string_view key) {
  const auto* const found =
      std::find_if(key_rules.begin(), key_rules.end(), [parent, key](const KeyRule& entry) {
        return entry.parent == parent && (entry.key.empty() || entry.key == key);
      });
  return found == key_rules.end() ? Rule::generic : found->rule;
}

// A copy without keys and items, of the kind `kind`.
Value shell_of(const Value& value, document::Kind kind) {
  Value shell;
  shell.kind = kind;
  shell.text = value.text;
  shell.interpolated = value.interpolated;
  shell.listed = value.listed;
  shell.broken = value.broken;
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

// A text as `build` is the context of a build.
Value build_as_mapping(const Value& value) {
  if (!value.is_scalar()) {
    return value;
  }
  Value mapping;
  mapping.kind = document::Kind::mapping;
  mapping.origin = value.origin;
  mapping.scope = value.scope;
  mapping.set({.name = "context", .origin = value.origin}, value);
  return mapping;
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
// parts, so that these cannot run into each other. The order of keys does not count. With
// `holds_paths` the same text in files of two directories differs.
std::string content_of(const Value& value, bool holds_paths) {
  std::string text = std::to_string(static_cast<int>(value.kind)) + ':' +
                     std::to_string(value.text.size()) + ':' + value.text;
  if (holds_paths && value.scope && !value.scope->prefix.empty()) {
    text += '@' + value.scope->prefix.string();
  }
  for (const Unset& unset : value.unset) {
    text += '$' + std::to_string(unset.offset) + unset.name;
  }
  std::vector<std::string> parts;
  for (std::size_t index = 0; index < value.items.size(); ++index) {
    const std::string name = value.is_mapping() ? value.keys[index].name + '=' : "";
    parts.push_back(name + content_of(value.items[index], holds_paths));
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
Value appended(Value base, const Value& later, Rule rule) {
  // Of two mounts with one target the later one counts, so one that is repeated counts again.
  if (rule == Rule::mounts) {
    base.items.insert(base.items.end(), later.items.begin(), later.items.end());
    return base;
  }
  const bool holds_paths = rule == Rule::files;
  std::set<std::string> present;
  for (const Value& item : base.items) {
    present.insert(content_of(item, holds_paths));
  }
  for (const Value& item : later.items) {
    if (present.insert(content_of(item, holds_paths)).second) {
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

ParseResult<Value> merge_mappings(Value base, const Value& later, Rule rule) {
  std::map<std::string, std::size_t, std::less<>> places;
  for (std::size_t index = 0; index < base.keys.size(); ++index) {
    places.emplace(base.keys[index].name, index);
  }
  for (std::size_t index = 0; index < later.keys.size(); ++index) {
    const Key& key = later.keys[index];
    const auto place = places.find(key.name);
    if (place == places.end()) {
      base.keys.push_back(key);
      base.items.push_back(later.items[index]);
      continue;
    }
    Value& target = base.items[place->second];
    auto merged = merge(std::move(target), later.items[index], rule_for_key(rule, key.name));
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
                           : ParseResult<Value>{appended(std::move(base), later, rule)};
}

// Lists that are merged stay lists for Compose, whatever form the files gave them.
ParseResult<Value> merge_entries(const Value& base, const Value& later) {
  auto merged = merge_generic(entries_as_mapping(base), entries_as_mapping(later), Rule::entries);
  if (!merged) {
    return merged;
  }
  Value entries = std::move(merged).value();
  entries.listed = entries.is_mapping();
  return entries;
}

// A service that cannot be merged leaves the others alone.
Value merge_service(Value base, const Value& later) {
  if (base.broken || later.broken) {
    return base.broken ? base : later;
  }
  auto merged = merge_generic(std::move(base), later, Rule::service);
  return merged ? std::move(merged).value() : broken_value(merged.error());
}

// Options are for one driver: those of another one replace them.
bool is_for_another_driver(const Value& base, const Value& later) {
  const Value* before = base.find("driver");
  const Value* after = later.find("driver");
  return before != nullptr && after != nullptr && before->text != after->text;
}

// Brings both values into the form of the rule, then merges them.
ParseResult<Value> merge(Value base, const Value& later, Rule rule) {
  switch (rule) {
    case Rule::replace:
      return later;
    case Rule::limit:
      return base.is_mapping() && later.is_mapping() ? merge_generic(std::move(base), later, rule)
                                                     : ParseResult<Value>{later};
    case Rule::logging:
      return is_for_another_driver(base, later) ? ParseResult<Value>{later}
                                                : merge_generic(std::move(base), later, rule);
    case Rule::service:
      return merge_service(std::move(base), later);
    case Rule::entries:
      return merge_entries(base, later);
    case Rule::list:
    case Rule::files:
      return merge_generic(as_list(base), as_list(later), rule);
    case Rule::names:
      return merge_generic(names_as_mapping(base), names_as_mapping(later), rule);
    case Rule::build:
      return merge_generic(build_as_mapping(base), build_as_mapping(later), rule);
    default:
      return merge_generic(std::move(base), later, rule);
  }
}

}  // namespace

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
  return merge(std::move(base), later, Rule::document);
}

Value extend_service(Value extended, const Value& service) {
  return merge_service(std::move(extended), service);
}

ParseResult<Value> merge_included(Value included, const Value& document) {
  return merge(std::move(included), document, Rule::document);
}

}  // namespace compliance::compose

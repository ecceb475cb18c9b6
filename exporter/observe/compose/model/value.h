// The tree that Compose's rules work on: interpolated, mergeable, every value with its origin.
#pragma once

#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/observe/document/document.h"
#include "exporter/observe/source_text.h"

namespace compliance::compose {

// The text of a variable that interpolation can use.
struct VariableValue {
  std::string text{};
  std::vector<std::string> unset{};  // names of variables without value that took part
  // A variable took part in its text, so messages do not show it.
  bool interpolated = false;
  Origin origin{};  // line of the env file; no place for configured ones

  bool operator==(const VariableValue&) const = default;
};

// By name.
using Variables = std::map<std::string, VariableValue, std::less<>>;

// What a file's values are read against: relative paths and variables.
struct Scope {
  std::filesystem::path directory{};
  Variables variables{};
};

// Shared by all values that are read against it.
using ScopePointer = std::shared_ptr<const Scope>;

// A variable without value: an empty text stands for it at `offset` of the text.
struct Unset {
  std::string name{};
  std::size_t offset = 0;

  bool operator==(const Unset&) const = default;
};

// The tags by which a later file removes (!reset) or replaces (!override) what an earlier one says.
enum class MergeTag : std::uint8_t { none, reset, replace };

// A key of a mapping.
struct Key {
  std::string name{};
  Origin origin{};
  bool undecided = false;  // a variable without value takes part in the name
};

// One value with all that the rules of Compose need. A tree is copied freely while files are
// merged, so each value says itself where it comes from and which scope its paths are against.
struct Value {
  document::Kind kind = document::Kind::null;
  std::string text{};
  bool interpolated = false;
  MergeTag tag = MergeTag::none;
  Origin origin{};
  ScopePointer scope{};
  std::vector<Unset> unset{};
  std::vector<Key> keys{};     // of a mapping, one for each item
  std::vector<Value> items{};  // of a mapping or a sequence

  bool is_null() const { return kind == document::Kind::null; }
  bool is_scalar() const { return kind == document::Kind::scalar; }
  bool is_sequence() const { return kind == document::Kind::sequence; }
  bool is_mapping() const { return kind == document::Kind::mapping; }

  // The value of a key of a mapping; null when there is none, or when !reset removed it.
  const Value* find(std::string_view key) const;
  // The same for a value that may be changed. Invalid after set() or erase().
  Value* find(std::string_view key);
  // Removes the entry, tagged ones too; does nothing when there is none.
  void erase(std::string_view key);
  // Replaces the value of the key, or adds an entry at the end.
  void set(Key key, Value value);
};

// Copies `node` and interpolates its scalars. Fails, located, on an invalid ${...} and on a
// required variable that has no value.
ParseResult<Value> to_value(const document::Node& node, const ScopePointer& scope,
                            const Location& place);

// "the variable X is not set", for every variable that took part; nothing when there is none.
std::optional<Fault> unset_fault(const std::vector<Unset>& unset);
// Of the value's own text alone, not of what is in it.
std::optional<Fault> unset_fault(const Value& value);

// The fault of a file that Compose itself refuses, at the value that it refuses.
LocatedFault refused(const Origin& origin, std::string message);

// A path as the file states it, against the scope's directory and without "." and "..".
std::filesystem::path path_of(const Value& value);
// The same for a directory and a path. Empty paths and those below "~" stay as they are.
std::filesystem::path path_in(const std::filesystem::path& directory, const std::string& path);

// The path in quotes, or words for it where variables took part: their values are not shown.
std::string shown_path(const Value& value);

// Booleans as Compose casts them, quoted or not: true, yes, y, on and their opposites, any case.
std::optional<bool> boolean_of(std::string_view text);

// The value at the end of a path of keys; null when one of them is not there.
const Value* value_at(const Value& value, std::initializer_list<std::string_view> path);

}  // namespace compliance::compose

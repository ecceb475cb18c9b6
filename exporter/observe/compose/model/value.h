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
  // What Compose writes in front of relative paths of included and extended files before it
  // compares them; empty in the project's own files, whose paths stay as they are.
  std::filesystem::path prefix{};
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
  // A mapping that Compose holds as a list of KEY=VALUE: !reset and !override of later files do not
  // reach its entries.
  bool listed = false;
  Origin origin{};
  ScopePointer scope{};
  std::vector<Unset> unset{};
  // Of a service or job that cannot be read: why. The others are read all the same.
  std::shared_ptr<const LocatedFault> broken{};
  std::vector<Key> keys{};     // of a mapping, one for each item
  std::vector<Value> items{};  // of a mapping or a sequence

  bool is_null() const { return kind == document::Kind::null; }
  bool is_scalar() const { return kind == document::Kind::scalar; }
  bool is_sequence() const { return kind == document::Kind::sequence; }
  bool is_mapping() const { return kind == document::Kind::mapping; }

  // The value of a key of a mapping; null when there is none.
  const Value* find(std::string_view key) const;
  // The same for a value that may be changed. Invalid after set() or erase().
  Value* find(std::string_view key);
  // Removes the entry; does nothing when there is none.
  void erase(std::string_view key);
  // Replaces the value of the key, or adds an entry at the end.
  void set(Key key, Value value);
};

// Copies the document and interpolates its scalars. Leaves out what is under !reset and entries
// that others hide. An invalid ${...} and a required variable without value break the service or
// job that they stand in; elsewhere they are a fault of the document.
ParseResult<Value> document_value(const document::Node& root, const ScopePointer& scope,
                                  const Location& place);

// A service or job that cannot be read, an empty mapping.
Value broken_value(LocatedFault fault);

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

// A path as Compose compares it with others of one list.
std::string listed_path(const Value& value);

// The path in quotes, or words for it where variables took part: their values are not shown.
std::string shown_path(const Value& value);

// Booleans as Compose casts them, quoted or not: true, yes, y, on and their opposites, any case.
std::optional<bool> boolean_of(std::string_view text);

// What the list or mapping at the key holds; empty when there is none. Lives as long as `mapping`.
const std::vector<Value>& items_at(const Value& mapping, std::string_view key);

// The value at the end of a path of keys; null when one of them is not there.
const Value* value_at(const Value& value, std::initializer_list<std::string_view> path);

}  // namespace compliance::compose

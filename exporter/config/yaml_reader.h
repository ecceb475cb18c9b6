// Strict reader of the exporter's own YAML files; collects every error with its position.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/base/result.h"

namespace compliance {

// A value of a configuration file, copied out of yaml-cpp at load: nodes of that library share
// state even when they are const. Anchors and aliases are resolved into copies.
struct ConfigNode {
  enum class Kind { null, scalar, sequence, mapping };
  Kind kind = Kind::null;
  // Of a scalar, as it is written and without quotes; nothing is interpreted before a reader does.
  std::string text{};
  // "true" in quotes is a text and no boolean.
  bool quoted = false;
  std::size_t line = 0;                                      // from 1
  std::size_t column = 0;                                    // from 1
  std::vector<ConfigNode> items{};                           // of a sequence
  std::vector<std::pair<ConfigNode, ConfigNode>> entries{};  // of a mapping, in file order

  // The value of a key, or null. Valid as long as the node.
  const ConfigNode* find(std::string_view key) const;
};

// Problems of one file, in the order in which they were found. An empty path stands for the command
// line, whose messages have no position. For one thread.
class ConfigProblems {
 public:
  explicit ConfigProblems(std::string path) : path_(std::move(path)) {}

  // Adds "PATH:LINE:COLUMN: message".
  void add(const ConfigNode& where, const std::string& message);
  // The same for a position of which there is no node; counted from 1.
  void add(std::size_t line, std::size_t column, const std::string& message);

  bool empty() const { return lines_.empty(); }
  const std::vector<std::string>& lines() const { return lines_; }
  // All problems, one a line.
  Error error() const;

 private:
  std::string path_;
  std::vector<std::string> lines_;
};

// The path, relative to `directory` unless it is absolute; "-" stays "-".
std::string resolved_path(const std::string& directory, const std::string& path);

// The only document of `text` as a tree; nothing, with a problem, for a second document and for
// syntax errors. Duplicate keys, keys that are no scalars, aliases that contain themselves and too
// many or too deeply nested nodes are problems of a tree that lacks them. Empty text is a null
// node.
std::optional<ConfigNode> load_config_tree(const std::string& text, ConfigProblems& problems);

// What each key of a mapping does with its value. Keys that may occur are those that have a reader.
using KeyReaders = std::map<std::string, std::function<void(const ConfigNode&)>, std::less<>>;

// Calls the reader of each key, in file order. A key without reader is a problem that lists the
// allowed ones: a misspelt key must not be ignored. A node that is not a mapping is a problem too.
// `what` names the mapping in messages.
void read_mapping(const ConfigNode& node, const std::string& what, const KeyReaders& readers,
                  ConfigProblems& problems);

// The readers of values: each adds a problem and returns nothing (an empty one) when the node is
// something else. A text has at least one character; numbers and booleans are texts too.
std::optional<std::string> read_string(const ConfigNode& node, ConfigProblems& problems);
// true or false without quotes; not yes, on or 1.
std::optional<bool> read_boolean(const ConfigNode& node, ConfigProblems& problems);
// A whole number above zero with one of the units ms, s, m, h and d.
std::optional<std::chrono::milliseconds> read_duration(const ConfigNode& node,
                                                       ConfigProblems& problems);
// "16MiB", "512KiB", "1GiB", "4096": powers of 1024, or bytes. Above zero.
std::optional<std::size_t> read_bytes(const ConfigNode& node, ConfigProblems& problems);
// A whole number above zero, without quotes.
std::optional<std::size_t> read_count(const ConfigNode& node, ConfigProblems& problems);
// A list of non-empty texts, which may have none; items of other kinds are left out, with a
// problem.
std::vector<std::string> read_strings(const ConfigNode& node, ConfigProblems& problems);
// Port numbers from 1 to 65535. A list without items is a problem with the message `if_empty`.
std::vector<std::uint16_t> read_ports(const ConfigNode& node, const std::string& if_empty,
                                      ConfigProblems& problems);
// Values may be empty; nested ones are problems. Keys come in the order of their names.
std::map<std::string, std::string> read_string_map(const ConfigNode& node,
                                                   ConfigProblems& problems);
// One of a closed list, in exactly this spelling; the problem names all of them.
std::optional<std::string> read_choice(const ConfigNode& node,
                                       const std::vector<std::string_view>& choices,
                                       ConfigProblems& problems);

}  // namespace compliance

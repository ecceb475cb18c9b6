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

// A value of a configuration file, copied out of yaml-cpp at load.
struct ConfigNode {
  enum class Kind { null, scalar, sequence, mapping };
  Kind kind = Kind::null;
  std::string text{};
  bool quoted = false;
  std::size_t line = 0;                                      // from 1
  std::size_t column = 0;                                    // from 1
  std::vector<ConfigNode> items{};                           // of a sequence
  std::vector<std::pair<ConfigNode, ConfigNode>> entries{};  // of a mapping, in file order

  // The value of a key, or null.
  const ConfigNode* find(std::string_view key) const;
};

// Problems of one file, in the order in which they were found.
class ConfigProblems {
 public:
  explicit ConfigProblems(std::string path) : path_(std::move(path)) {}

  // Adds "PATH:LINE:COLUMN: message".
  void add(const ConfigNode& where, const std::string& message);
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

// The only document of `text` as a tree; duplicate keys, aliases that contain themselves, a
// second document, too many nodes and syntax errors are problems. Empty text is a null node.
std::optional<ConfigNode> load_config_tree(const std::string& text, ConfigProblems& problems);

// What each key of a mapping does with its value.
using KeyReaders = std::map<std::string, std::function<void(const ConfigNode&)>, std::less<>>;

// Calls the reader of each key. A key without reader is a problem that lists the allowed ones;
// a node that is not a mapping is one too. `what` names the mapping in messages.
void read_mapping(const ConfigNode& node, const std::string& what, const KeyReaders& readers,
                  ConfigProblems& problems);

// Values. Each adds a problem and returns nothing (an empty one) when the node is something else.
std::optional<std::string> read_string(const ConfigNode& node, ConfigProblems& problems);
std::optional<bool> read_boolean(const ConfigNode& node, ConfigProblems& problems);
std::optional<std::chrono::milliseconds> read_duration(const ConfigNode& node,
                                                       ConfigProblems& problems);
// "16MiB", "512KiB", "1GiB", "4096"
std::optional<std::size_t> read_bytes(const ConfigNode& node, ConfigProblems& problems);
std::optional<std::size_t> read_count(const ConfigNode& node, ConfigProblems& problems);
std::vector<std::string> read_strings(const ConfigNode& node, ConfigProblems& problems);
// Port numbers from 1 to 65535. A list without items is a problem with the message `if_empty`.
std::vector<std::uint16_t> read_ports(const ConfigNode& node, const std::string& if_empty,
                                      ConfigProblems& problems);
std::map<std::string, std::string> read_string_map(const ConfigNode& node,
                                                   ConfigProblems& problems);
// One of a closed list; the problem names all of them.
std::optional<std::string> read_choice(const ConfigNode& node,
                                       const std::vector<std::string_view>& choices,
                                       ConfigProblems& problems);

}  // namespace compliance

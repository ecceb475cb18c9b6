// Strict reader of the exporter's own YAML files; the only file that uses yaml-cpp.
#include "exporter/config/yaml_reader.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>
#include <utility>

#include <yaml-cpp/yaml.h>

#include "exporter/base/text.h"

namespace compliance {
namespace {

// Aliases are copied, so a short text can stand for a very large tree ("billion laughs"): visits
// bound the copy, and depth an alias that contains itself.
constexpr std::size_t max_depth = 32;
constexpr std::size_t max_visits = 100'000;

// A line or column from 1. yaml-cpp counts from 0, with -1 for none: that becomes the first.
std::size_t from_one(int index) { return static_cast<std::size_t>(std::max(index, 0)) + 1; }

// Copies a yaml-cpp tree, whose nodes are neither immutable nor safe to share.
class TreeCopy {
 public:
  explicit TreeCopy(ConfigProblems& problems) : problems_(problems) {}

  ConfigNode copy(const YAML::Node& node, std::size_t depth) {
    ConfigNode result;
    result.line = from_one(node.Mark().line);
    result.column = from_one(node.Mark().column);
    if (depth > max_depth || ++visits_ > max_visits) {
      reject_size(result);
      return result;
    }
    if (node.IsScalar()) {
      copy_scalar(node, result);
    } else if (node.IsSequence()) {
      result.kind = ConfigNode::Kind::sequence;
      for (const YAML::Node& item : node) {
        result.items.push_back(copy(item, depth + 1));
      }
    } else if (node.IsMap()) {
      copy_mapping(node, result, depth);
    }
    return result;
  }

 private:
  // Once: every further node would say the same.
  void reject_size(const ConfigNode& where) {
    if (!std::exchange(rejected_, true)) {
      problems_.add(where, "nested too deeply or too large for a configuration");
    }
  }

  static void copy_scalar(const YAML::Node& node, ConfigNode& result) {
    result.kind = ConfigNode::Kind::scalar;
    result.text = node.Scalar();
    // yaml-cpp gives quoted scalars the non-specific tag "!" (YAML 1.2, 6.9.1).
    result.quoted = node.Tag() == "!";
  }

  void copy_mapping(const YAML::Node& node, ConfigNode& result, std::size_t depth) {
    result.kind = ConfigNode::Kind::mapping;
    for (const auto& entry : node) {
      ConfigNode key = copy(entry.first, depth + 1);
      if (key.kind != ConfigNode::Kind::scalar) {
        problems_.add(key, "a key must be a plain scalar");
        continue;
      }
      if (result.find(key.text) != nullptr) {
        problems_.add(key, "duplicate key '" + key.text + "'");
        continue;
      }
      ConfigNode value = copy(entry.second, depth + 1);
      result.entries.emplace_back(std::move(key), std::move(value));
    }
  }

  ConfigProblems& problems_;
  std::size_t visits_ = 0;
  bool rejected_ = false;
};

// A whole number that is the whole text, no sign; nothing when it does not fit.
std::optional<std::size_t> number_in(std::string_view digits) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || digits.empty()) {
    return std::nullopt;
  }
  return number;
}

// "90d" with units {{"d", 86400000}, ...}: the number times the unit's factor, no more than a
// signed 64-bit count holds. The first unit that fits counts, so "ms" has to stand before "s".
std::optional<std::size_t> scaled(
    std::string_view text, const std::vector<std::pair<std::string_view, std::size_t>>& units) {
  for (const auto& [suffix, factor] : units) {
    if (text.size() <= suffix.size() || !text.ends_with(suffix)) {
      continue;
    }
    const auto number = number_in(text.substr(0, text.size() - suffix.size()));
    const bool fits = number && *number <= std::numeric_limits<std::int64_t>::max() / factor;
    return fits ? std::optional{*number * factor} : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

const ConfigNode* ConfigNode::find(std::string_view key) const {
  for (const auto& entry : entries) {
    if (entry.first.text == key) {
      return &entry.second;
    }
  }
  return nullptr;
}

void ConfigProblems::add(const ConfigNode& where, const std::string& message) {
  add(where.line, where.column, message);
}

void ConfigProblems::add(std::size_t line, std::size_t column, const std::string& message) {
  // Without a file there is no position: the text came from the command line.
  lines_.push_back(path_.empty() ? message
                                 : path_ + ":" + std::to_string(line) + ":" +
                                       std::to_string(column) + ": " + message);
}

Error ConfigProblems::error() const { return Error{joined(lines_, "\n")}; }

std::string resolved_path(const std::string& directory, const std::string& path) {
  return path == "-" ? path : (std::filesystem::path{directory} / path).lexically_normal().string();
}

std::optional<ConfigNode> load_config_tree(const std::string& text, ConfigProblems& problems) {
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(text);
    if (documents.size() > 1) {
      problems.add(from_one(documents[1].Mark().line), from_one(documents[1].Mark().column),
                   "a second document; a configuration has only one");
      return std::nullopt;
    }
    if (documents.empty()) {
      return ConfigNode{.line = 1, .column = 1};
    }
    return TreeCopy{problems}.copy(documents.front(), 0);
  } catch (const YAML::Exception& error) {
    problems.add(from_one(error.mark.line), from_one(error.mark.column), "not YAML: " + error.msg);
    return std::nullopt;
  }
}

void read_mapping(const ConfigNode& node, const std::string& what, const KeyReaders& readers,
                  ConfigProblems& problems) {
  std::vector<std::string_view> allowed;
  for (const auto& reader : readers) {
    allowed.emplace_back(reader.first);
  }
  if (node.kind != ConfigNode::Kind::mapping) {
    problems.add(node, what + " must be a mapping with keys of: " + joined(allowed));
    return;
  }
  for (const auto& [key, value] : node.entries) {
    const auto reader = readers.find(key.text);
    if (reader == readers.end()) {
      problems.add(key,
                   "unknown key '" + key.text + "' in " + what + "; allowed: " + joined(allowed));
    } else {
      reader->second(value);
    }
  }
}

std::optional<std::string> read_string(const ConfigNode& node, ConfigProblems& problems) {
  if (node.kind != ConfigNode::Kind::scalar || node.text.empty()) {
    problems.add(node, "must be a non-empty string");
    return std::nullopt;
  }
  return node.text;
}

std::optional<bool> read_boolean(const ConfigNode& node, ConfigProblems& problems) {
  if (node.kind == ConfigNode::Kind::scalar && !node.quoted) {
    if (node.text == "true") {
      return true;
    }
    if (node.text == "false") {
      return false;
    }
  }
  problems.add(node, "must be true or false");
  return std::nullopt;
}

std::optional<std::chrono::milliseconds> read_duration(const ConfigNode& node,
                                                       ConfigProblems& problems) {
  static const std::vector<std::pair<std::string_view, std::size_t>> units{
      {"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  const auto milliseconds = scaled(node.text, units);
  if (node.kind != ConfigNode::Kind::scalar || !milliseconds || *milliseconds == 0) {
    problems.add(node, "must be a duration above zero such as 500ms, 30s, 5m, 12h or 21d");
    return std::nullopt;
  }
  return std::chrono::milliseconds{*milliseconds};
}

std::optional<std::size_t> read_bytes(const ConfigNode& node, ConfigProblems& problems) {
  static const std::vector<std::pair<std::string_view, std::size_t>> units{
      {"KiB", 1ULL << 10U}, {"MiB", 1ULL << 20U}, {"GiB", 1ULL << 30U}};
  auto bytes = scaled(node.text, units);
  if (!bytes) {
    bytes = number_in(node.text);
  }
  if (node.kind != ConfigNode::Kind::scalar || !bytes || *bytes == 0) {
    problems.add(node, "must be a size above zero such as 4096, 512KiB, 16MiB or 1GiB");
    return std::nullopt;
  }
  return bytes;
}

std::optional<std::size_t> read_count(const ConfigNode& node, ConfigProblems& problems) {
  const auto count = number_in(node.text);
  if (node.kind != ConfigNode::Kind::scalar || node.quoted || !count || *count == 0) {
    problems.add(node, "must be a whole number above zero");
    return std::nullopt;
  }
  return count;
}

std::vector<std::string> read_strings(const ConfigNode& node, ConfigProblems& problems) {
  std::vector<std::string> strings;
  if (node.kind != ConfigNode::Kind::sequence) {
    problems.add(node, "must be a list of strings");
    return strings;
  }
  for (const ConfigNode& item : node.items) {
    if (auto text = read_string(item, problems)) {
      strings.push_back(*std::move(text));
    }
  }
  return strings;
}

std::vector<std::uint16_t> read_ports(const ConfigNode& node, const std::string& if_empty,
                                      ConfigProblems& problems) {
  std::vector<std::uint16_t> ports;
  if (node.kind != ConfigNode::Kind::sequence || node.items.empty()) {
    problems.add(node, if_empty);
  }
  for (const ConfigNode& item : node.items) {
    const auto number = read_count(item, problems);
    if (number && *number > std::numeric_limits<std::uint16_t>::max()) {
      problems.add(item, "must be a port number from 1 to 65535");
    } else if (number) {
      ports.push_back(static_cast<std::uint16_t>(*number));
    }
  }
  return ports;
}

std::map<std::string, std::string> read_string_map(const ConfigNode& node,
                                                   ConfigProblems& problems) {
  std::map<std::string, std::string> strings;
  if (node.kind != ConfigNode::Kind::mapping) {
    problems.add(node, "must be a mapping of names to strings");
    return strings;
  }
  for (const auto& [key, value] : node.entries) {
    if (value.kind != ConfigNode::Kind::scalar) {
      problems.add(value, "the value of '" + key.text + "' must be a string");
    } else {
      strings[key.text] = value.text;
    }
  }
  return strings;
}

std::optional<std::string> read_choice(const ConfigNode& node,
                                       const std::vector<std::string_view>& choices,
                                       ConfigProblems& problems) {
  const bool known = node.kind == ConfigNode::Kind::scalar &&
                     std::find(choices.begin(), choices.end(), node.text) != choices.end();
  if (!known) {
    problems.add(node, "must be one of: " + joined(choices));
    return std::nullopt;
  }
  return node.text;
}

}  // namespace compliance

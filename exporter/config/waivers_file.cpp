// waivers.yaml -> waivers.
#include "exporter/config/waivers_file.h"

#include <algorithm>
#include <set>

#include "checks/catalogue.h"
#include "exporter/base/timestamp.h"
#include "exporter/config/yaml_reader.h"

namespace compliance {
namespace {

// The id is a label value of two metric families.
constexpr std::size_t max_id_size = 64;

// Reads one entry; errors go to the problems.
// Reads one entry; errors go to the problems. What it returns beside problems is not to be used.
class WaiverReader {
 public:
  WaiverReader(const Config& config, ConfigProblems& problems)
      : config_(config), problems_(problems) {}

  Waiver read(const ConfigNode& node) {
    Waiver waiver;
    KeyReaders readers;
    readers["id"] = [&](const ConfigNode& value) { read_id(value, waiver); };
    readers["check"] = [&](const ConfigNode& value) { read_check(value, waiver); };
    readers["installation"] = [&](const ConfigNode& value) { read_installation(value, waiver); };
    readers["component"] = [&](const ConfigNode& value) { read_component(value, waiver); };
    readers["expires"] = [&](const ConfigNode& value) { read_expiry(value, waiver); };
    readers["object"] = reader_of(waiver.object);
    readers["reason"] = reader_of(waiver.reason);
    readers["approved_by"] = reader_of(waiver.approved_by);
    read_mapping(node, "a waiver", readers, problems_);
    for (const char* key : {"id", "check", "installation", "reason", "approved_by", "expires"}) {
      if (node.kind == ConfigNode::Kind::mapping && node.find(key) == nullptr) {
        problems_.add(node, std::string{"a waiver needs "} + key);
      }
    }
    return waiver;
  }

 private:
  // A reader of free text that must not be empty. Refers to `text`.
  std::function<void(const ConfigNode&)> reader_of(std::string& text) {
    return [this, &text](const ConfigNode& value) {
      text = read_string(value, problems_).value_or("");
    };
  }

  // Letters that need no escaping anywhere: in labels, URLs, reports and shells.
  void read_id(const ConfigNode& node, Waiver& waiver) {
    waiver.id = read_string(node, problems_).value_or("");
    const bool valid = waiver.id.size() <= max_id_size &&
                       std::all_of(waiver.id.begin(), waiver.id.end(), [](char c) {
                         return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
                       });
    if (!valid) {
      problems_.add(node, "an id must be 1 to 64 letters, digits, -, _ and .");
    }
  }

  // Of the catalogue, enabled or not: a waiver may be written before a check is switched on.
  void read_check(const ConfigNode& node, Waiver& waiver) {
    waiver.check = read_string(node, problems_).value_or("");
    if (!waiver.check.empty() && find_check(waiver.check) == nullptr) {
      problems_.add(node, "unknown check '" + waiver.check + "'; see `list`");
    }
  }

  // The exporter's own installation too: a failing posture can be accepted like any other.
  void read_installation(const ConfigNode& node, Waiver& waiver) {
    std::vector<std::string_view> names;
    for (const InstallationConfig& installation : config_.installations) {
      names.emplace_back(installation.name);
    }
    // Reserved, and no entry of `installations`.
    names.emplace_back(exporter_installation_name);
    waiver.installation = read_choice(node, names, problems_).value_or("");
  }

  void read_component(const ConfigNode& node, Waiver& waiver) {
    const std::string name = read_string(node, problems_).value_or("");
    waiver.component = component_named(name);
    if (!waiver.component && !name.empty()) {
      problems_.add(node, "'" + name + "' is not a component");
    }
  }

  void read_expiry(const ConfigNode& node, Waiver& waiver) {
    const auto text = read_string(node, problems_);
    const auto expiry = parse_expiry(text.value_or(""));
    waiver.expires = expiry.value_or(std::chrono::sys_seconds{});
    if (text && !expiry) {
      problems_.add(node,
                    "expires must be a date such as 2030-12-31 or an instant such as "
                    "2030-12-31T12:00:00Z");
    }
  }

  const Config& config_;
  ConfigProblems& problems_;
};

// Appends the problems of one entry.
void add_lines(const ConfigProblems& problems, WaiversFile& file) {
  file.problems.insert(file.problems.end(), problems.lines().begin(), problems.lines().end());
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_expiry(const std::string& text) {
  constexpr std::size_t length_of_date = 10;
  const auto instant = parse_rfc3339(text);
  // A date is valid until its end.
  return instant && text.size() == length_of_date ? std::optional{*instant + std::chrono::days{1}}
                                                  : instant;
}

WaiversFile parse_waivers(const std::string& path, const std::string& text, const Config& config) {
  WaiversFile file;
  ConfigProblems problems{path};
  const auto root = load_config_tree(text, problems);
  const bool empty = root && root->kind == ConfigNode::Kind::null;
  if (root && root->kind != ConfigNode::Kind::sequence && !empty) {
    problems.add(*root, "must be a list of waivers");
  }
  if (!problems.empty()) {
    add_lines(problems, file);
    file.invalid = 1;
    return file;
  }
  std::set<std::string> ids;
  for (const ConfigNode& item : root->items) {
    // Each entry has its own problems: one with any is left out, the others count.
    ConfigProblems of_entry{path};
    Waiver waiver = WaiverReader{config, of_entry}.read(item);
    // The first entry of an id counts, valid or not; the later ones are invalid.
    if (!waiver.id.empty() && !ids.insert(waiver.id).second) {
      of_entry.add(*item.find("id"), "duplicate id '" + waiver.id + "'");
    }
    if (of_entry.empty()) {
      file.waivers.push_back(std::move(waiver));
    } else {
      ++file.invalid;
      add_lines(of_entry, file);
    }
  }
  return file;
}

}  // namespace compliance

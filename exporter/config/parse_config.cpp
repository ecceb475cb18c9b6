// The configuration file -> Config.
#include "exporter/config/parse_config.h"

#include <filesystem>
#include <set>

#include "checks/catalogue.h"
#include "exporter/config/sections.h"

namespace compliance {
namespace {

// Reads the sections of the file into one Config. Each key is optional but `installations`; what it
// leaves out keeps the default of the struct.
class ConfigReader {
 public:
  ConfigReader(const std::string& path, ConfigProblems& problems)
      : directory_(std::filesystem::path{path}.parent_path().string()), problems_(problems) {}

  Config read(const ConfigNode& root) {
    read_mapping(root, "the configuration",
                 {{"interval",
                   [&](const ConfigNode& node) {
                     config_.interval = read_duration(node, problems_).value_or(config_.interval);
                   }},
                  {"probe_interval",
                   [&](const ConfigNode& node) {
                     config_.probing.interval =
                         read_duration(node, problems_).value_or(config_.probing.interval);
                   }},
                  {"installations", [&](const ConfigNode& node) { read_installations(node); }},
                  {"policy", [&](const ConfigNode& node) { read_policy(node); }},
                  {"checks", [&](const ConfigNode& node) { read_checks(node); }},
                  {"waivers_file",
                   [&](const ConfigNode& node) {
                     const std::string path = read_string(node, problems_).value_or("");
                     config_.waivers_file = resolved_path(directory_, path);
                   }},
                  {"limits", [&](const ConfigNode& node) { read_limits(node); }}},
                 problems_);
    if (root.kind == ConfigNode::Kind::mapping && root.find("installations") == nullptr) {
      problems_.add(root, "installations must list at least one installation");
    }
    return std::move(config_);
  }

  // Reads the section `policy`. Also used alone, for thresholds of the command line.
  PolicySection read_policy(const ConfigNode& node) {
    Policy& policy = config_.evaluation.policy;
    KeyReaders readers;
    readers["secret_max_age"] = [&](const ConfigNode& value) {
      const auto age = read_duration(value, problems_);
      if (!age) {
        return;
      }
      // Cut to whole days, the unit in which rotation is judged and shown.
      policy.secret_max_age = std::chrono::floor<std::chrono::days>(*age);
      // Else "12h" would become 0 days and every secret would fail.
      if (policy.secret_max_age.count() < 1) {
        problems_.add(value, "secret_max_age must be at least 1d");
      }
    };
    readers["strict_egress"] = [&](const ConfigNode& value) {
      policy.strict_egress = read_boolean(value, problems_).value_or(false);
    };
    readers["certificate_min_validity"] = [&](const ConfigNode& value) {
      if (const auto validity = read_duration(value, problems_)) {
        policy.certificate_min_validity = std::chrono::ceil<std::chrono::seconds>(*validity);
      }
    };
    readers["hsts_min_max_age"] = [&](const ConfigNode& value) {
      if (const auto age = read_duration(value, problems_)) {
        policy.hsts_min_max_age = std::chrono::ceil<std::chrono::seconds>(*age);
      }
    };
    add_probe_readers(readers, config_.probing, problems_);
    read_mapping(node, "policy", readers, problems_);
    return {.policy = policy, .probing = config_.probing};
  }

 private:
  // Names have to be unique: they are label values and keys of the history.
  void read_installations(const ConfigNode& node) {
    if (node.kind != ConfigNode::Kind::sequence || node.items.empty()) {
      problems_.add(node, "installations must list at least one installation");
      return;
    }
    std::set<std::string> names;
    for (const ConfigNode& item : node.items) {
      InstallationConfig installation = read_installation(item, directory_, problems_);
      if (!installation.name.empty() && !names.insert(installation.name).second) {
        problems_.add(*item.find("name"), "duplicate name '" + installation.name + "'");
      }
      config_.installations.push_back(std::move(installation));
    }
  }

  // An unknown id is a problem: a misspelt exception would silently not apply.
  void read_checks(const ConfigNode& node) {
    if (node.kind != ConfigNode::Kind::mapping) {
      problems_.add(node, "checks must be a mapping of check ids to settings");
      return;
    }
    for (const auto& [key, value] : node.entries) {
      if (find_check(key.text) == nullptr) {
        problems_.add(key, "unknown check '" + key.text + "'; see `list`");
      } else {
        config_.evaluation.checks[key.text] = read_check(value);
      }
    }
  }

  // `reason` is validated and kept nowhere: it is for people who read the file.
  CheckSettings read_check(const ConfigNode& node) {
    CheckSettings settings;
    read_mapping(
        node, "a check's settings",
        {{"enabled",
          [&](const ConfigNode& value) { settings.enabled = read_boolean(value, problems_); }},
         {"severity",
          [&](const ConfigNode& value) {
            if (const auto name =
                    read_choice(value, {"low", "medium", "high", "critical"}, problems_)) {
              settings.severity = severity_named(*name);
            }
          }},
         {"reason", [&](const ConfigNode& value) { read_string(value, problems_); }}},
        problems_);
    return settings;
  }

  // No upper bound: the operator knows the memory that there is.
  void read_limits(const ConfigNode& node) {
    Limits& limits = config_.limits;
    read_mapping(node, "limits",
                 {{"max_file_bytes",
                   [&](const ConfigNode& value) {
                     limits.max_file_bytes =
                         read_bytes(value, problems_).value_or(limits.max_file_bytes);
                   }},
                  {"max_source_bytes",
                   [&](const ConfigNode& value) {
                     limits.max_source_bytes =
                         read_bytes(value, problems_).value_or(limits.max_source_bytes);
                   }},
                  {"max_series",
                   [&](const ConfigNode& value) {
                     limits.max_series = read_count(value, problems_).value_or(limits.max_series);
                   }}},
                 problems_);
  }

  std::string directory_;
  ConfigProblems& problems_;
  Config config_;
};

}  // namespace

Result<Config> parse_config(const std::string& path, const std::string& text) {
  ConfigProblems problems{path};
  const auto root = load_config_tree(text, problems);
  if (!root) {
    return problems.error();
  }
  Config config = ConfigReader{path, problems}.read(*root);
  if (!problems.empty()) {
    return problems.error();
  }
  return config;
}

Result<PolicySection> parse_policy(const std::map<std::string, std::string>& thresholds) {
  ConfigNode section{.kind = ConfigNode::Kind::mapping};
  for (const auto& [key, text] : thresholds) {
    section.entries.emplace_back(ConfigNode{.kind = ConfigNode::Kind::scalar, .text = key},
                                 ConfigNode{.kind = ConfigNode::Kind::scalar, .text = text});
  }
  // Without a path there are no positions in the messages.
  ConfigProblems problems{""};
  const PolicySection policy = ConfigReader{"", problems}.read_policy(section);
  if (!problems.empty()) {
    return problems.error();
  }
  return policy;
}

}  // namespace compliance

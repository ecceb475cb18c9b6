// The web configuration file.
#include "exporter/config/web_config.h"

#include <filesystem>

#include "exporter/config/yaml_reader.h"

namespace compliance {
namespace {

// Reads the sections and collects errors.
// Reads the sections and collects errors; the paths that it gives are resolved.
class WebConfigReader {
 public:
  WebConfigReader(const std::string& path, ConfigProblems& problems)
      : directory_(std::filesystem::path{path}.parent_path().string()), problems_(problems) {}

  WebConfig read(const ConfigNode& root) {
    WebConfig config;
    read_mapping(
        root, "the web configuration",
        {{"bearer_token_files",
          [&](const ConfigNode& node) {
            for (const std::string& file : read_strings(node, problems_)) {
              config.bearer_token_files.push_back(resolved_path(directory_, file));
            }
          }},
         {"tls_server_config", [&](const ConfigNode& node) { config.tls = read_tls(node); }},
         {"behind_tls_proxy",
          [&](const ConfigNode& node) {
            config.behind_tls_proxy = read_boolean(node, problems_).value_or(false);
          }}},
        problems_);
    // Only then: an unreadable list is a problem already, and this one would be its consequence.
    if (problems_.empty() && config.bearer_token_files.empty()) {
      problems_.add(root,
                    "bearer_token_files must name at least one file: a bearer token is mandatory");
    }
    return config;
  }

 private:
  // Leaves `path` as it is, with a problem, where there is no text.
  void read_path(const ConfigNode& node, std::string& path) {
    if (const auto text = read_string(node, problems_)) {
      path = resolved_path(directory_, *text);
    }
  }

  WebTlsConfig read_tls(const ConfigNode& section) {
    WebTlsConfig tls;
    read_mapping(
        section, "tls_server_config",
        {{"cert_file", [&](const ConfigNode& node) { read_path(node, tls.cert_file); }},
         {"key_file", [&](const ConfigNode& node) { read_path(node, tls.key_file); }},
         {"client_ca_file", [&](const ConfigNode& node) { read_path(node, tls.client_ca_file); }},
         {"client_auth_type",
          [&](const ConfigNode& node) {
            const auto choice =
                read_choice(node, {"NoClientCert", "RequireAndVerifyClientCert"}, problems_);
            tls.require_client_certificate = choice == "RequireAndVerifyClientCert";
          }},
         {"min_version",
          [&](const ConfigNode& node) {
            tls.tls13_only = read_choice(node, {"TLS12", "TLS13"}, problems_) == "TLS13";
          }}},
        problems_);
    if (section.kind == ConfigNode::Kind::mapping) {
      check_tls(section, tls);
    }
    return tls;
  }

  // What no key decides alone.
  void check_tls(const ConfigNode& section, const WebTlsConfig& tls) {
    if (section.find("cert_file") == nullptr || section.find("key_file") == nullptr) {
      problems_.add(section, "tls_server_config needs cert_file and key_file");
    }
    // A CA without the requirement would look like client authentication and be none.
    if (tls.require_client_certificate != !tls.client_ca_file.empty()) {
      problems_.add(section,
                    "client_ca_file and client_auth_type: RequireAndVerifyClientCert go together");
    }
  }

  std::string directory_;
  ConfigProblems& problems_;
};

}  // namespace

Result<WebConfig> parse_web_config(const std::string& path, const std::string& text) {
  ConfigProblems problems{path};
  const auto root = load_config_tree(text, problems);
  if (!root) {
    return problems.error();
  }
  WebConfig config = WebConfigReader{path, problems}.read(*root);
  if (!problems.empty()) {
    return problems.error();
  }
  return config;
}

}  // namespace compliance

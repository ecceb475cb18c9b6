// The section `endpoints` of an installation: where its components are reached, and how.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "checks/facts/component.h"
#include "exporter/config/yaml_reader.h"

namespace compliance {

// One endpoint. Everything but `component` and `url` serves probes alone.
struct EndpointConfig {
  Component component = Component::web;
  std::string url{};         // http or https, without credentials, query and fragment
  std::string connect_to{};  // HOST:PORT; empty: what the URL says
  std::string connect_to_http{};
  std::string ca_file{};
  std::string zone{};
  std::string http_proxy{};
  std::string session_cookie_file{};
  std::string headers_file{};
  std::size_t replicas = 1;

  bool operator==(const EndpointConfig&) const = default;
};

struct EndpointsConfig {
  std::vector<EndpointConfig> list{};  // at most one of each component, in file order
  std::string metrics_bearer_file{};

  bool operator==(const EndpointsConfig&) const = default;
};

// Why `url` cannot be an endpoint's; empty when it can.
std::string endpoint_url_problem(const std::string& url);

// Reads the section strictly. Paths are taken against `directory`.
class EndpointsConfigReader {
 public:
  EndpointsConfigReader(std::string directory, ConfigProblems& problems)
      : directory_(std::move(directory)), problems_(problems) {}

  EndpointsConfig read(const ConfigNode& node);

 private:
  EndpointConfig read_endpoint(Component component, const ConfigNode& node);
  KeyReaders common_readers(EndpointConfig& endpoint);
  void add_web_readers(EndpointConfig& endpoint, KeyReaders& readers);
  void read_url(const ConfigNode& node, EndpointConfig& endpoint);
  std::string read_peer(const ConfigNode& node);
  std::string read_path(const ConfigNode& node);

  std::string directory_;
  ConfigProblems& problems_;
};

}  // namespace compliance

// The configuration as structs, one for each section, with defaults; units are in the types.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/installation.h"
#include "checks/policy.h"
#include "exporter/evaluate/evaluate.h"

namespace compliance {

struct ComposeConfig {
  std::vector<std::string> files{};  // "-" is standard input
  std::vector<std::string> env_files{};
  std::map<std::string, std::string> environment{};
  std::vector<std::string> profiles{};

  bool operator==(const ComposeConfig&) const = default;
};

struct KubernetesConfig {
  std::vector<std::string> manifests{};  // files, directories, globs; "-" is standard input
  std::string release{};
  std::string default_namespace{};

  bool operator==(const KubernetesConfig&) const = default;
};

struct SecretsConfig {
  std::vector<std::string> directories{};
  std::map<std::string, std::string> names{};  // file name -> logical name

  bool operator==(const SecretsConfig&) const = default;
};

struct RuntimeCliConfig {
  std::string help_file{};
  std::vector<std::string> command{};  // executed without a shell

  bool operator==(const RuntimeCliConfig&) const = default;
};

// One endpoint. Everything but `component` and `url` serves probes alone.
struct EndpointConfig {
  Component component = Component::web;
  std::string url{};         // http or https, without credentials, query and fragment
  std::string connect_to{};  // HOST:PORT; empty: as in the URL
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

// A host and its port; IPv6 addresses without brackets.
struct HostPort {
  std::string host{};
  std::uint16_t port = 0;

  bool operator==(const HostPort&) const = default;
};

// `exposure`: every address on every port.
struct ExposureConfig {
  std::vector<std::string> addresses{};  // names or addresses, IPv6 without brackets
  std::vector<std::uint16_t> ports{};

  bool operator==(const ExposureConfig&) const = default;
};

// `datastores`: an empty host is not configured.
struct DatastoresConfig {
  HostPort redis{};
  bool redis_tls = false;  // rediss
  HostPort postgres{};

  bool operator==(const DatastoresConfig&) const = default;
};

// `dns`: empty lists are the system's.
struct DnsConfig {
  std::vector<std::string> servers{};  // ADDRESS:PORT
  std::vector<std::string> search{};

  bool operator==(const DnsConfig&) const = default;
};

struct InstallationConfig {
  std::string name{};
  DeploymentStage stage = DeploymentStage::production;
  std::vector<Component> public_components{Component::web};
  std::map<std::string, Component> components{};
  std::vector<std::string> injected_containers{};  // in addition to the defaults
  std::vector<AllowedIngress> allowed_ingress{};
  std::vector<std::string> split_origins{};  // as origin_of() writes them
  std::vector<std::string> private_upstreams{};
  bool upstream_allowlist_expected = true;
  std::optional<ComposeConfig> compose{};
  std::optional<KubernetesConfig> kubernetes{};
  std::optional<SecretsConfig> secrets{};
  std::optional<RuntimeCliConfig> runtime_cli{};
  EndpointsConfig endpoints{};
  std::optional<ExposureConfig> exposure{};
  DatastoresConfig datastores{};
  DnsConfig dns{};

  bool operator==(const InstallationConfig&) const = default;
};

// How probes are made.
struct ProbeSettings {
  std::chrono::milliseconds interval{60'000};
  std::chrono::milliseconds timeout{10'000};
  std::chrono::milliseconds limiter_interval{15 * 60'000};  // never less than the default
  std::size_t concurrency = 32;
  bool offline = false;  // no requests, no DNS lookups

  bool operator==(const ProbeSettings&) const = default;
};

struct Limits {
  std::size_t max_file_bytes = 16U << 20U;
  std::size_t max_source_bytes = 256U << 20U;
  std::size_t max_series = 200'000;

  bool operator==(const Limits&) const = default;
};

struct Config {
  std::chrono::milliseconds interval{60'000};
  std::vector<InstallationConfig> installations{};
  EvaluationSettings evaluation{};
  ProbeSettings probing{};
  Limits limits{};
  std::string waivers_file{};  // empty: none
};

// HOST:PORT with a port from 1 to 65535, IPv6 addresses in brackets; nothing for other texts.
std::optional<HostPort> read_host_port(const std::string& text);

// Why `url` cannot be the URL of an endpoint; empty if it can.
std::string endpoint_url_problem(const std::string& url);

// The installation name that stands for the exporter itself, whose posture only a daemon has.
inline constexpr auto exporter_installation_name = "exporter";

// Sidecars that a mesh or an agent injects, wherever they appear.
std::vector<std::string> default_injected_containers();

}  // namespace compliance

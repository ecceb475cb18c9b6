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

// `compose`: the files that `docker compose` would be given, and what it would interpolate with.
// Paths are resolved against the directory of the configuration file.
struct ComposeConfig {
  std::vector<std::string> files{};  // "-" is standard input
  // Of equal names the later file wins, and `environment` over all of them. The environment of the
  // daemon itself is never used: the same files have to give the same verdicts everywhere.
  std::vector<std::string> env_files{};
  std::map<std::string, std::string> environment{};
  std::vector<std::string> profiles{};

  // Paths compare as text: no file is looked at.
  bool operator==(const ComposeConfig&) const = default;
};

// `kubernetes`: rendered manifests, not a chart. The namespace is that of objects that name none;
// empty: the only one that the release's objects name.
struct KubernetesConfig {
  std::vector<std::string> manifests{};  // files, directories, globs; "-" is standard input
  std::string release{};
  std::string default_namespace{};

  bool operator==(const KubernetesConfig&) const = default;
};

// `secrets`: where secret files lie. A file that no name is given for has its own name as logical
// name. Source: FACTS.md 3.2.
struct SecretsConfig {
  std::vector<std::string> directories{};
  std::map<std::string, std::string> names{};  // file name -> logical name

  bool operator==(const SecretsConfig&) const = default;
};

// `runtime_cli`: exactly one of the two is set.
struct RuntimeCliConfig {
  // What `caracal --help` printed, saved by the operator. Source: FACTS.md 11.3.
  std::string help_file{};
  std::vector<std::string> command{};  // executed without a shell

  bool operator==(const RuntimeCliConfig&) const = default;
};

// One endpoint. Everything but `component` and `url` serves probes alone. Files are read again for
// each probe, so that a rotated secret is used at once.
struct EndpointConfig {
  Component component = Component::web;
  std::string url{};         // http or https, without credentials, query and fragment
  std::string connect_to{};  // HOST:PORT; empty: as in the URL
  // HOST:PORT of plain HTTP, for the redirect of port 80. Empty: port 80 of the URL's host, which
  // is not probed where `connect_to` is set.
  std::string connect_to_http{};
  // CA certificates that replace those of the system; empty: the system's.
  std::string ca_file{};
  // Of the STS: the zone whose keys are asked for; empty: none is named (FACTS.md 8.2).
  std::string zone{};
  // URL of a proxy that is asked to CONNECT; empty: none, whatever the environment says.
  std::string http_proxy{};
  // Of the console: a file with the value of a Cookie header, for paths that a session opens.
  std::string session_cookie_file{};
  // Of the console: a file of NAME: VALUE lines, by which an identity-aware proxy lets probes
  // through.
  std::string headers_file{};
  // Of the console: replicas that may count rate limits separately (FACTS.md 6.7).
  std::size_t replicas = 1;

  bool operator==(const EndpointConfig&) const = default;
};

// `endpoints`: what is probed; nothing that is not listed is ever contacted.
struct EndpointsConfig {
  std::vector<EndpointConfig> list{};  // at most one of each component, in file order
  // File with the bearer that services serve their metrics for (FACTS.md 9); empty: metrics are
  // asked for without one only.
  std::string metrics_bearer_file{};

  bool operator==(const EndpointsConfig&) const = default;
};

// A host and its port; IPv6 addresses without brackets.
struct HostPort {
  std::string host{};
  std::uint16_t port = 0;

  // Names compare as text: two names of one host differ.
  bool operator==(const HostPort&) const = default;
};

// `exposure`: every address on every port is expected to refuse or ignore connections, as seen from
// where the exporter runs. Each port that is open is asked who it is, on at most four connections.
struct ExposureConfig {
  std::vector<std::string> addresses{};  // names or addresses, IPv6 without brackets
  std::vector<std::uint16_t> ports{};

  bool operator==(const ExposureConfig&) const = default;
};

// `datastores`: an external Redis and Postgres. An empty host is not configured. There are no
// credentials: the probes see what a stranger sees (FACTS.md 12.2).
struct DatastoresConfig {
  HostPort redis{};
  bool redis_tls = false;  // rediss
  HostPort postgres{};

  bool operator==(const DatastoresConfig&) const = default;
};

// `dns`: where names of the Gateway's allowlist and of what is probed are resolved. Without servers
// the system's are asked; without search domains those of the system are used, beside servers none.
struct DnsConfig {
  std::vector<std::string> servers{};  // ADDRESS:PORT
  std::vector<std::string> search{};

  // The order counts: servers are asked and domains are tried in it.
  bool operator==(const DnsConfig&) const = default;
};

// One entry of `installations`. A section that is absent leaves the rows that need it unknown,
// not_configured. `split_origins`, `private_upstreams` and `upstream_allowlist_expected` are what
// the operator declares; no evidence could show it.
struct InstallationConfig {
  // A label value and a part of the history's keys: renaming it begins a new history.
  std::string name{};
  DeploymentStage stage = DeploymentStage::production;
  // The components that may be reached from outside (FACTS.md 1.3); all others count as internal.
  std::vector<Component> public_components{Component::web};
  // By name of a service or workload: for names that do not tell the component.
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

// How probes are made, the same for all installations. Values beyond what is allowed here never get
// this far: the reader rejects them.
struct ProbeSettings {
  // Between two attempts at one target; the timeout is that of one request.
  std::chrono::milliseconds interval{60'000};
  std::chrono::milliseconds timeout{10'000};
  std::chrono::milliseconds limiter_interval{15 * 60'000};  // never less than the default
  std::size_t concurrency = 32;
  bool offline = false;  // no requests, no DNS lookups

  bool operator==(const ProbeSettings&) const = default;
};

// What hostile or mistaken evidence may cost at most. A source beyond a limit is unknown,
// limit_exceeded, and no other source suffers.
struct Limits {
  // Bytes of one file.
  std::size_t max_file_bytes = 16U << 20U;
  // Bytes of all files of one source of one installation together.
  std::size_t max_source_bytes = 256U << 20U;
  // Series of one scrape, those that the runtime has from the start included. Beyond it whole
  // installations are left out.
  std::size_t max_series = 200'000;

  bool operator==(const Limits&) const = default;
};

// The whole configuration, valid and with every path resolved. A plain value: a reload replaces it.
struct Config {
  // How often everything is read and evaluated anew, whether a change was noticed or not.
  std::chrono::milliseconds interval{60'000};
  std::vector<InstallationConfig> installations{};
  EvaluationSettings evaluation{};
  ProbeSettings probing{};
  Limits limits{};
  std::string waivers_file{};  // empty: none
};

// HOST:PORT with a port from 1 to 65535, IPv6 addresses in brackets; nothing for other texts. The
// host comes back as a URL would name it: lower case, addresses in their usual notation, no
// brackets.
std::optional<HostPort> read_host_port(const std::string& text);

// Why `url` cannot be the URL of an endpoint, to be read after the name of its key; empty if it
// can. The host has to be in ASCII already (with_ascii_hosts()).
std::string endpoint_url_problem(const std::string& url);

// The installation name that stands for the exporter itself, whose posture only a daemon has.
inline constexpr auto exporter_installation_name = "exporter";

// Names of sidecars that a mesh or an agent injects, wherever they appear: Istio, Linkerd and the
// Vault agent. They belong to no component of Caracal.
std::vector<std::string> default_injected_containers();

}  // namespace compliance

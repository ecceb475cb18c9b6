// Everything that is known of one installation at one moment.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/certificate.h"
#include "checks/facts/compose_network.h"
#include "checks/facts/container.h"
#include "checks/facts/endpoint.h"
#include "checks/facts/exposure.h"
#include "checks/facts/kubernetes_objects.h"
#include "checks/facts/name_resolution.h"
#include "checks/facts/network_policy.h"
#include "checks/facts/port_probe.h"
#include "checks/facts/process_posture.h"
#include "checks/facts/runtime_cli.h"
#include "checks/facts/scrape_monitor.h"
#include "checks/facts/secret_file.h"
#include "checks/facts/workload_controls.h"

namespace compliance {

// Letters of evidence, as checks.md names them; combined with |.
enum class Evidence : std::uint8_t {
  none = 0,
  compose = 1,       // C
  kubernetes = 2,    // K
  secret_files = 4,  // S
  endpoint = 8,      // E
  names = 16,        // D
  runtime_cli = 32,  // X
  process = 64,      // P
};

constexpr Evidence operator|(Evidence left, Evidence right) {
  return static_cast<Evidence>(static_cast<unsigned>(left) | static_cast<unsigned>(right));
}

constexpr Evidence operator&(Evidence left, Evidence right) {
  return static_cast<Evidence>(static_cast<unsigned>(left) & static_cast<unsigned>(right));
}

// True when `letters` holds one of the letters of `some`.
constexpr bool has_any(Evidence letters, Evidence some) {
  return (letters & some) != Evidence::none;
}

enum class DeploymentStage : std::uint8_t { production, staging };

// A top-level secret of a Compose file.
enum class ComposeSecretSource : std::uint8_t { file, external, environment, content, unstated };

struct ComposeSecret {
  std::string name{};
  ComposeSecretSource source = ComposeSecretSource::unstated;
  Origin origin{};

  bool operator==(const ComposeSecret&) const = default;
};

// A source that was configured and could not be read whole.
struct SourceFault {
  // The letters that it makes undecidable as a whole; none where single facts carry the fault.
  Evidence evidence = Evidence::none;
  Origin origin{};
  Fault fault{};

  bool operator==(const SourceFault&) const = default;
};

struct Installation {
  std::string name{};
  DeploymentStage stage = DeploymentStage::production;
  std::vector<Component> public_components{Component::web};
  // What the operator declares: origins as origin_of() writes them, hosts as they stand in the
  // configuration.
  std::vector<std::string> split_origins{};      // browser origins of a split web deployment
  std::vector<std::string> private_upstreams{};  // upstream hosts that may be private
  bool upstream_allowlist_expected = true;
  std::vector<AllowedIngress> allowed_ingress{};
  std::vector<Endpoint> endpoints{};  // at most one of each component
  std::chrono::sys_seconds observed_at{};
  Evidence configured = Evidence::none;
  std::vector<SourceFault> faults{};

  std::vector<Container> containers{};           // C, K
  std::vector<ComposeSecret> compose_secrets{};  // C
  std::vector<ComposeNetwork> networks{};        // C: those that the files define
  std::vector<ServiceObject> services{};         // K
  std::vector<StoredObject> stored_objects{};    // K
  std::vector<Route> routes{};                   // K: that lead to a Service of the release
  std::vector<WorkloadControls> workloads{};     // K: Deployments and StatefulSets
  std::vector<ReleaseNamespace> namespaces{};    // K
  std::vector<ScrapeEndpoint> scrapes{};         // K
  NetworkFacts network{};                        // K
  std::vector<SecretFile> secret_files{};        // S: present, missing and unreadable ones
  std::vector<CertificateFile> certificates{};   // S: files that the Gateway serves TLS with
  std::optional<RuntimeCli> runtime_cli{};       // X
  std::vector<NameResolution> names{};           // D: names of the Gateway's allowlist
  std::vector<ExposedPort> exposed_ports{};      // E
  std::optional<RedisProbe> redis{};             // E
  std::optional<PostgresProbe> postgres{};       // E
  std::optional<ProcessPosture> process{};       // P: of the reserved installation alone

  bool operator==(const Installation&) const = default;
};

// Containers of that component, main ones first.
std::vector<const Container*> containers_of(const Installation& installation, Component component);

// The file of that logical name, or null.
const SecretFile* find_secret_file(const Installation& installation, std::string_view logical_name);

// The configured endpoint of that component, or null.
const Endpoint* endpoint_of(const Installation& installation, Component component);

// What the name resolved to, or null when it was not among those to be asked.
const NameResolution* resolution_of(const Installation& installation, std::string_view name);

}  // namespace compliance

// Everything that is known of one installation at one moment.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

// What the operator declares. Staging relaxes what only production needs: mode stable, two pods,
// a public URL that is no example, closed registration.
enum class DeploymentStage : std::uint8_t { production, staging };

// A top-level secret of a Compose file.
enum class ComposeSecretSource : std::uint8_t { file, external, environment, content, unstated };

struct ComposeSecret {
  std::string name{};
  ComposeSecretSource source = ComposeSecretSource::unstated;
  Origin origin{};

  // By name and source; the value was never read.
  bool operator==(const ComposeSecret&) const = default;
};

// A source that was configured and could not be read whole.
struct SourceFault {
  // The sources that it makes undecidable as a whole; none where single facts carry the fault.
  Evidence evidence{};
  Origin origin{};
  Fault fault{};

  // By cause and place, so that a repeated fault is recognised.
  bool operator==(const SourceFault&) const = default;
};

// What the Compose files of an installation say.
struct ComposeFacts {
  std::vector<Container> containers{};  // of the services that the profiles enable, by name
  std::vector<ComposeSecret> secrets{};
  std::vector<ComposeNetwork> networks{};  // those that the files define, by key

  // By the merged model, not by the files that it came from.
  bool operator==(const ComposeFacts&) const = default;
};

// What the objects of a release say: Kubernetes manifests.
struct KubernetesFacts {
  std::vector<Container> containers{};
  std::vector<ServiceObject> services{};
  std::vector<StoredObject> stored_objects{};
  std::vector<Route> routes{};                // that lead to a Service of the release
  std::vector<WorkloadControls> workloads{};  // Deployments and StatefulSets
  std::vector<ReleaseNamespace> namespaces{};
  std::vector<ScrapeEndpoint> scrapes{};
  NetworkFacts network{};
  // Objects of the release that make pods and whose kind is not read: "Rollout api".
  std::vector<Located<std::string>> unjudged{};

  // Every list is in the order of the manifests, which counts.
  bool operator==(const KubernetesFacts&) const = default;
};

// What the secret files show: their properties, never their values.
struct SecretFacts {
  std::vector<SecretFile> files{};              // present, missing and unreadable ones
  std::vector<CertificateFile> certificates{};  // files that the Gateway serves TLS with

  // By properties and fingerprints, which hold within one process only.
  bool operator==(const SecretFacts&) const = default;
};

// What endpoints, name servers and ports answered to the probes.
struct ProbedFacts {
  std::vector<Endpoint> endpoints{};    // at most one of each component
  std::vector<NameResolution> names{};  // of the Gateway's allowlist
  std::vector<ExposedPort> exposed_ports{};
  std::optional<RedisProbe> redis{};
  std::optional<PostgresProbe> postgres{};

  // By answers: times of probes are not kept.
  bool operator==(const ProbedFacts&) const = default;
};

// The containers of several sources one after the other, without a copy.
class ContainerView {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Container;
    using difference_type = std::ptrdiff_t;
    using pointer = const Container*;
    using reference = const Container&;

    // Singular, as std::forward_iterator wants it; only for assignment.
    Iterator() = default;
    Iterator(std::span<const Container> first, std::span<const Container> second, std::size_t index)
        : first_(first), second_(second), index_(index) {}
    reference operator*() const {
      return index_ < first_.size() ? first_[index_] : second_[index_ - first_.size()];
    }
    pointer operator->() const { return &**this; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++index_;
      return before;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    std::span<const Container> first_;
    std::span<const Container> second_;
    std::size_t index_ = 0;
  };

  ContainerView(std::span<const Container> first, std::span<const Container> second)
      : first_(first), second_(second) {}

  std::size_t size() const { return first_.size() + second_.size(); }
  bool empty() const { return size() == 0; }
  Iterator begin() const { return {first_, second_, 0}; }
  Iterator end() const { return {first_, second_, size()}; }

 private:
  std::span<const Container> first_;
  std::span<const Container> second_;
};

// Facts are nested by the source that gave them, so that a source is forgotten by one assignment:
// installation.kubernetes = {}. Rules get it const; nobody changes it during an evaluation.
struct Installation {
  std::string name{};
  // From the configuration, up to `allowed_ingress`: what no evidence shows.
  DeploymentStage stage = DeploymentStage::production;
  std::vector<Component> public_components{Component::web};
  // What the operator declares: origins as origin_of() writes them, hosts as they stand in the
  // configuration.
  std::vector<std::string> split_origins{};      // browser origins of a split web deployment
  std::vector<std::string> private_upstreams{};  // upstream hosts that may be private
  // False where the operator declares that the Gateway may reach every host (FACTS.md 7.5).
  bool upstream_allowlist_expected = true;
  std::vector<AllowedIngress> allowed_ingress{};
  // The clock of all rules: no rule reads the time itself.
  std::chrono::sys_seconds observed_at{};
  // The sources that are configured. Evidence of others is missing on purpose.
  Evidence configured{};
  std::vector<SourceFault> faults{};

  ComposeFacts compose{};
  KubernetesFacts kubernetes{};
  SecretFacts secrets{};
  std::optional<RuntimeCli> runtime_cli{};
  ProbedFacts probed{};
  std::optional<ProcessPosture> process{};  // of the reserved installation alone

  // The containers that Compose files and Kubernetes objects declare, in this order.
  ContainerView containers() const { return {compose.containers, kubernetes.containers}; }

  // By all facts and declarations, the time of observation included.
  bool operator==(const Installation&) const = default;
};

// The main containers of that component, in the order of containers(): init and ephemeral ones read
// no settings of the service. The pointers are valid as long as `installation` is unchanged.
std::vector<const Container*> main_containers_of(const Installation& installation,
                                                 Component component);

// The first file of that logical name, or null. The name is case-sensitive.
const SecretFile* find_secret_file(const Installation& installation, std::string_view logical_name);

// The configured endpoint of that component, or null; it may not have been probed yet.
const Endpoint* endpoint_of(const Installation& installation, Component component);

// What the name resolved to, or null when it was not among those to be asked.
const NameResolution* resolution_of(const Installation& installation, std::string_view name);

}  // namespace compliance

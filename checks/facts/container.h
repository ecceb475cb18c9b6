// A container: a Compose service or a Kubernetes container, evaluated by the same rules.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/component.h"
#include "checks/facts/environment.h"
#include "checks/facts/fact.h"
#include "checks/facts/release.h"

namespace compliance {

// Where the container is declared; some rules differ, since the packagings do (FACTS.md 4, 5).
enum class Platform : std::uint8_t { compose, kubernetes };

// Kubernetes has all three; a Compose service is always `main`.
enum class ContainerRole : std::uint8_t { main, init, ephemeral };

// What is mounted. Only some kinds count as a secret's mount; see provision_of().
enum class MountKind : std::uint8_t {
  compose_secret,     // Compose `secrets:` of the service
  compose_config,     // Compose `configs:` of the service
  bind,               // Compose bind mount; `source` is the host path
  named_volume,       // Compose volume, named or anonymous
  tmpfs,              // Compose tmpfs
  kubernetes_secret,  // secret volume, or the secret source of a projected volume
  config_map,         // configMap volume or projected source
  csi,                // csi volume
  downward_api,       // downwardAPI volume or projected source
  service_account,   // projected serviceAccountToken; `source`: its audience, empty: the API server
  pod_certificate,   // projected podCertificate
  empty_dir,         // emptyDir on disk
  memory_dir,        // emptyDir with medium Memory
  host_path,         // hostPath; `source` is the host path
  persistent_claim,  // persistentVolumeClaim, ephemeral, volumeClaimTemplates
  other_volume,      // any other volume type; `source` is its name
};

// One file that a secret mount provides below its target: from `key` (Kubernetes) to `path`.
struct MountedFile {
  std::string key{};
  std::string path{};  // relative to the target; Compose secrets mount one file: empty

  // Key and path both count: one key may be mounted under two names.
  bool operator==(const MountedFile&) const = default;
};

// One mount of a container. A projected volume gives one mount for each of its sources, all with
// the same target.
struct Mount {
  MountKind kind = MountKind::other_volume;
  std::string source{};  // host path; name of secret, config or volume; name of the volume type
  std::string target{};  // absolute path in the container; with subPath the file itself
  std::string sub_path{};
  bool read_only = false;
  // For secret mounts: which files there are. Empty for Kubernetes: all keys of the Secret.
  std::vector<MountedFile> files{};
  // For emptyDir volumes: another container of the pod mounts it too.
  bool shared_in_pod = false;
  std::optional<Fault> fault{};  // source or target depend on a variable without value
  Origin origin{};

  // With the origin: two equal entries of one list stay two.
  bool operator==(const Mount&) const = default;
};

// A port that Compose publishes on the host, after every syntax has been read (FACTS.md T29). First
// and last port of a range are both included.
struct PublishedPort {
  std::string host_address{};    // empty: every address of the host
  std::uint16_t host_first = 0;  // 0: chosen by the engine
  std::uint16_t host_last = 0;
  std::uint16_t container_first = 0;
  std::uint16_t container_last = 0;
  std::string protocol = "tcp";
  std::optional<Fault> fault{};  // the entry could not be decided
  Origin origin{};

  // By the effective binding, whichever syntax stated it, and by its place in the file.
  bool operator==(const PublishedPort&) const = default;
};

// A port that a container declares without publishing it. Only `host_port` opens one on the node;
// Compose entries have none.
struct DeclaredPort {
  std::string name{};
  // The container's port, 1 to 65535.
  std::uint16_t number = 0;
  std::string protocol = "TCP";
  Fact<std::int64_t> host_port{};
  Origin origin{};

  // Names matter as numbers do: Services and policies refer to either.
  bool operator==(const DeclaredPort&) const = default;
};

// A namespace that is not the container's own: kind is network, pid, ipc, uts, user or cgroup; mode
// is what the file says: "host", "container:NAME", "service:NAME", "bridge", "none", ...
// Kubernetes: hostNetwork, hostPID and hostIPC are "host"; hostUsers: false is user "private".
struct NamespaceMode {
  std::string kind{};
  std::string mode{};
  std::optional<Fault> fault{};
  // For service:NAME, the component of that service.
  std::optional<Component> service_component{};
  Origin origin{};

  // By the stated mode; "host" of two kinds are different modes.
  bool operator==(const NamespaceMode&) const = default;
};

// An image reference taken apart. Without tag and digest an engine takes `latest`.
struct Image {
  std::string repository{};  // registry and path, no tag, no digest
  std::string tag{};
  std::string digest{};          // "sha256:..."
  std::optional<Fault> fault{};  // a variable without value takes part in it
  bool built_locally = false;    // Compose `build` and no `image`
  Origin origin{};

  // By the reference's parts: equal tags may still be different images in a registry.
  bool operator==(const Image&) const = default;
};

// One option of SELinux, such as {"type", "spc_t"}; for Compose {"disable", ""} as well.
struct NameValue {
  std::string name{};
  std::string value{};

  // As written: names of options and sysctls are case-sensitive.
  bool operator==(const NameValue&) const = default;
};

// What bounds a container's rights. For Kubernetes the effective values: container over pod. Absent
// facts leave the engine's default, which for most of them is the weaker choice.
struct SecurityFacts {
  Fact<bool> privileged{};
  Fact<bool> host_process{};       // Kubernetes windowsOptions.hostProcess
  Fact<bool> no_new_privileges{};  // Kubernetes: the negation of allowPrivilegeEscalation
  Fact<bool> read_only_root{};
  std::vector<Located<std::string>> capabilities_dropped{};  // as written
  std::vector<Located<std::string>> capabilities_added{};
  std::optional<Fault> capabilities_fault{};
  Fact<std::string> user{};          // Compose `user`, as written
  Fact<bool> run_as_non_root{};      // Kubernetes
  Fact<std::int64_t> run_as_user{};  // Kubernetes
  Fact<std::string> seccomp{};       // profile type or Compose profile: "unconfined", path
  Fact<std::string> app_armor{};     // profile type or name: "unconfined", "RuntimeDefault"
  std::vector<Located<NameValue>> selinux{};  // user, role, type, level, disable
  Fact<std::string> proc_mount{};             // Kubernetes procMount
  Fact<bool> writable_cgroups{};              // Compose security_opt writable-cgroups
  std::vector<Located<NameValue>> sysctls{};

  // By the stated values: an absent fact differs from a stated default.
  bool operator==(const SecurityFacts&) const = default;
};

// What a pod states for its containers and each of them overrides: Pod Security admission refuses
// it all the same, and an ephemeral container that is added later inherits it.
struct OverriddenByAll {
  Fact<bool> host_process{};
  Fact<bool> run_as_non_root{};
  Fact<std::int64_t> run_as_user{};
  Fact<std::string> seccomp{};
  // The pod's profile, and annotations for containers that have a field or are not there.
  std::vector<Fact<std::string>> app_armor{};
  std::vector<Located<NameValue>> selinux{};

  // By the stated values, as SecurityFacts.
  bool operator==(const OverriddenByAll&) const = default;
};

// Limits as written, with their units. Absent: the container may take what the host has.
struct ResourceLimits {
  Fact<std::string> memory{};
  Fact<std::string> cpu{};
  Fact<std::string> pids{};

  // By text: "1Gi" and "1024Mi" differ here, though they limit alike.
  bool operator==(const ResourceLimits&) const = default;
};

// A command that Compose runs in the container after its start or before its stop. It may have more
// rights than the container, and variables of its own. An absent user is that of the container.
struct LifecycleHook {
  Fact<bool> privileged{};
  Fact<std::string> user{};
  EnvironmentFacts environment{};  // its own variables alone
  Origin origin{};

  // By what the hook states itself.
  bool operator==(const LifecycleHook&) const = default;
};

// One container of an installation. Rules about containers see only this, so that a Compose service
// and a Kubernetes container are evaluated alike.
struct Container {
  Platform platform = Platform::compose;
  Component component = Component::other;
  ContainerRole role = ContainerRole::main;
  bool injected = false;           // named in injected_containers: a sidecar of a mesh or an agent
  bool windows = false;            // pod os.name: windows
  std::string name{};              // service or container name
  std::string object{};            // "service api", "Deployment caracal-api container api"
  std::string object_namespace{};  // Kubernetes
  std::string workload{};          // "Deployment caracal-api"; containers of one pod share it
  Origin origin{};                 // the service or container
  Image image{};
  std::optional<Release> release{};    // tag of the image, else label app.kubernetes.io/version
  std::vector<std::string> command{};  // entrypoint and command, in order
  EnvironmentFacts environment{};
  std::vector<Mount> mounts{};
  SecurityFacts security{};
  std::vector<NamespaceMode> namespaces{};
  std::vector<PublishedPort> published_ports{};  // Compose
  std::vector<DeclaredPort> declared_ports{};    // Compose expose, Kubernetes containerPort
  // `host` of httpGet and tcpSocket in probes and lifecycle handlers (Kubernetes).
  std::vector<Located<std::string>> handler_hosts{};
  std::vector<LifecycleHook> hooks{};  // Compose post_start and pre_stop
  // Compose devices, device_cgroup_rules, gpus and reserved devices.
  std::vector<Located<std::string>> devices{};
  // Of the first container of a pod, which carries what belongs to none: volumes that no container
  // mounts, for host paths and sockets; options of the pod that no container takes.
  std::vector<Mount> unmounted_volumes{};
  OverriddenByAll overridden{};
  Fact<bool> service_account_token{};  // Kubernetes: effective automountServiceAccountToken
  ResourceLimits limits{};
  std::vector<std::string> networks{};  // Compose: names of the joined networks
  // Compose: the gateway modes of joined networks that open every port of the container.
  std::vector<Fact<std::string>> open_gateways{};
  std::map<std::string, std::string> pod_labels{};  // Kubernetes

  // By everything that was read, so that equal containers get equal verdicts.
  bool operator==(const Container&) const = default;
};

}  // namespace compliance

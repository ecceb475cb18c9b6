// Containers mount no directory of the host from which the host can be taken over. Kubernetes
// volumes are evaluated by type, as Pod Security restricted does, Compose binds by path.
#include <utility>

#include "checks/check.h"
#include "checks/containers/shared/host_path.h"
#include "checks/containers/shared/pod_security.h"

namespace compliance::containers {
namespace {

// The path of a hostPath does not matter: the restricted level forbids the type.
Verdict volume_verdict(const Mount& volume) {
  if (is_allowed_volume(volume)) {
    return pass();
  }
  const bool host = volume.kind == MountKind::host_path;
  return with_expected_observed(
      fail(host ? "has a hostPath volume"
                : "has a volume of a type that Pod Security restricted forbids",
           volume.origin),
      "a volume type of Pod Security restricted", host ? "hostPath" : volume.source);
}

// Read-only binds of system directories are common for agents; the root as a whole is too much even
// then, since it shows every secret of the host.
Verdict bind_verdict(const Mount& mount) {
  if (mount.kind != MountKind::bind) {
    return pass();
  }
  const std::string path = normal_path(mount.source);
  if (path == "/" || (is_system_path(path) && !mount.read_only)) {
    return with_expected_observed(fail("mounts a system directory of the host", mount.origin),
                                  path == "/" ? "not mounted" : "read-only, or not mounted", path);
  }
  return pass();
}

// A mount with an undecided source is unknown only where it may be a path of the host.
Verdicts evaluate_host_paths(const Container& container, const Policy& /*policy*/) {
  const auto mount_verdict =
      container.platform == Platform::compose ? &bind_verdict : &volume_verdict;
  Verdicts verdicts;
  for (const Mount* mount : volumes_of(container)) {
    const bool open = mount->fault && may_be_host_path(*mount);
    verdicts.push_back(open ? unknown(*mount->fault, mount->origin) : mount_verdict(*mount));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check host_paths{
    .id = "containers-host-paths",
    .title = "Containers mount no sensitive path of the host",
    .area = Area::containers,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes,
    .why = "Anyone who can write to the host's system directories can run code on the host.",
    .remediation = "Use volumes, secrets and configs; bind-mount only Caracal's own directories.",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOnEach<Container>{&evaluate_host_paths},
};

}  // namespace compliance::containers

// Containers get no part of the host's file system that decides about the host.
#include <utility>

#include "checks/check.h"
#include "checks/containers/shared/host_path.h"
#include "checks/containers/shared/pod_security.h"

namespace compliance::containers {
namespace {

Verdict judge_volume(const Mount& volume) {
  if (is_allowed_volume(volume)) {
    return pass();
  }
  const bool host = volume.kind == MountKind::host_path;
  return with_expected_observed(
      fail(host ? "has a volume that is a path of the node"
                : "has a volume of a type that restricted pods may not have",
           volume.origin),
      "a volume type of Pod Security restricted", host ? "hostPath" : volume.source);
}

Verdict judge_bind(const Mount& mount) {
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

Verdicts evaluate_host_paths(const Container& container, const Policy& /*policy*/) {
  const auto host_paths_verdict =
      container.platform == Platform::compose ? &judge_bind : &judge_volume;
  Verdicts verdicts;
  for (const Mount* mount : volumes_of(container)) {
    const bool open = mount->fault && may_be_host_path(*mount);
    verdicts.push_back(open ? unknown(*mount->fault, mount->origin) : host_paths_verdict(*mount));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check host_paths{
    .id = "containers-host-paths",
    .title = "Containers mount no sensitive path of the host",
    .area = Area::containers,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why = "Who can write to the host's system directories can make the host run his programs.",
    .remediation = "Use volumes, secrets and configs; bind only directories of Caracal's own.",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOnEach<Container>{&evaluate_host_paths},
};

}  // namespace compliance::containers

// No container can reach the control socket of the container runtime.
#include <utility>

#include "checks/check.h"
#include "checks/containers/shared/host_path.h"

namespace compliance::containers {
namespace {

// A read-only mount fails too: connecting to a socket needs no write permission on its mount.
Verdict socket_verdict(const Mount& mount) {
  if (!may_be_host_path(mount)) {
    return pass();
  }
  if (mount.fault) {
    return unknown(*mount.fault, mount.origin);
  }
  const std::string path = normal_path(mount.source);
  if (!reaches_runtime_socket(path)) {
    return pass();
  }
  return with_expected_observed(
      fail("can reach the control socket of the container runtime", mount.origin),
      "no mount of the socket or of a directory above it", path);
}

// Unmounted volumes of the pod count: an ephemeral container could mount them.
Verdicts evaluate_container_runtime_socket(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Mount* mount : volumes_of(container)) {
    verdicts.push_back(socket_verdict(*mount));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check container_runtime_socket{
    .id = "containers-container-runtime-socket",
    .title = "No container can reach the container runtime's socket",
    .area = Area::containers,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "Anyone who can connect to that socket can start a privileged container and so is root on "
        "the host; mounting the socket read-only does not prevent it.",
    .remediation =
        "Remove the mount or volume of the docker, containerd, CRI-O or podman socket, and of "
        "directories such as /, /var/run and /run that contain it.",
    .reference = "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
    .rule = RuleOnEach<Container>{&evaluate_container_runtime_socket},
};

}  // namespace compliance::containers

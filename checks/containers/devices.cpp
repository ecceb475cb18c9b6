// Compose services have no access to host devices.
#include <utility>

#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance::containers {
namespace {

// Every entry is a finding, since no packaged service has one (FACTS.md 4.1). A GPU is a device
// like any other. Kubernetes has no such field: there a device comes with privileged or a hostPath.
Verdicts evaluate_devices(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Located<std::string>& device : container.devices) {
    verdicts.push_back(with_expected_observed(
        fail("has access to a host device", device.origin),
        "no devices, device_cgroup_rules, gpus or reserved devices", "an entry"));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check devices{
    .id = "containers-devices",
    .title = "Containers have no access to host devices",
    .area = Area::containers,
    .severity = Severity::high,
    .evidence = Source::compose,
    .why = "Through a device node a container can read the host's disks, memory or network.",
    .remediation =
        "Remove devices, device_cgroup_rules, gpus and deploy.resources.reservations.devices from "
        "the service.",
    .reference = "https://docs.docker.com/reference/compose-file/services/#devices",
    .rule = RuleOnEach<Container>{&evaluate_devices},
};

}  // namespace compliance::containers

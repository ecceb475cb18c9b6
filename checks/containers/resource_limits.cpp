// Containers have a memory limit and a CPU or process limit. Off by default: the packaging of
// 2026.06.22 limits nothing in Compose (FACTS.md 4.1).
#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance::containers {
namespace {

// The engines read zero and negative numbers as no limit.
bool bounds(const Fact<std::string>& limit) {
  const std::string text = limit.value.value_or("");
  return !text.starts_with('-') && text.find_first_of("123456789") != std::string::npos;
}

// `otherwise` where nothing bounds and nothing is undecided.
Verdict limit_verdict(bool bounded, const Fact<std::string>& fault_bearer,
                      const Verdict& otherwise) {
  if (bounded) {
    return pass();
  }
  return fault_bearer.fault ? unknown(*fault_bearer.fault, fault_bearer.origin) : otherwise;
}

// CPU or processes, since either keeps a runaway container from starving the host.
Verdicts evaluate_resource_limits(const Container& container, const Policy& /*policy*/) {
  const ResourceLimits& limits = container.limits;
  const Origin& origin = container.origin;
  const bool processing = bounds(limits.cpu) || bounds(limits.pids);
  return findings_or_pass(
      {limit_verdict(
           bounds(limits.memory), limits.memory,
           with_expected_observed(fail("has no memory limit", origin), "a memory limit", "none")),
       limit_verdict(processing, limits.cpu.fault ? limits.cpu : limits.pids,
                     with_expected_observed(fail("has neither a CPU nor a process limit", origin),
                                            "a CPU or process limit", "none"))});
}

}  // namespace

extern constinit const Check resource_limits{
    .id = "containers-resource-limits",
    .title = "Containers have a memory limit and a CPU or process limit",
    .area = Area::containers,
    .severity = Severity::low,
    .evidence = Source::compose | Source::kubernetes,
    .why = "One container without limits can starve all others on the host.",
    .remediation =
        "Set deploy.resources.limits, mem_limit, cpus or pids_limit (Compose), or "
        "resources.limits (Kubernetes).",
    .reference = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    .rule = RuleOnEach<Container>{&evaluate_resource_limits},
    .on_by_default = false,
};

}  // namespace compliance::containers

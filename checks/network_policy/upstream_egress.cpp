// The Gateway can reach the upstreams that it is pinned to.
#include "checks/network_policy/judge_pods.h"
#include "checks/subject/needed_egress.h"
#include "checks/subject/variable_text.h"

namespace compliance::network_policy {
namespace {

constexpr std::string_view variable = "UPSTREAM_HOST_ALLOWLIST";

// Nothing but commas and white space is no list.
bool names_a_host(std::string_view text) {
  return text.find_first_not_of(", \t\r\n") != std::string_view::npos;
}

// The allowlist of the Gateway; absent where none is set.
Fact<std::string> allowlist(const Installation& installation) {
  for (const Container* gateway : containers_of(installation, Component::gateway)) {
    Fact<std::string> list = variable_text(*gateway, variable);
    if (list.fault || (list.value && names_a_host(*list.value))) {
      return list;
    }
  }
  return {};
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  const Fact<std::string> list = allowlist(installation);
  return judge_pods(
      installation, PolicyDirection::egress,
      [&list](const NetworkPod& pod, const std::vector<RuleInEffect>& rules) -> Verdicts {
        if (pod.component != Component::gateway || list.absent()) {
          return {not_applicable()};
        }
        if (reaches_https(rules)) {
          return {pass()};
        }
        if (list.fault) {
          return {unknown(*list.fault, list.origin)};
        }
        return {comparing(
            fail("no egress rule lets it reach the upstreams of its allowlist", pod.origin),
            "a rule for TCP port 443", "none")};
      });
}

}  // namespace

extern constinit const Check upstream_egress{
    .id = "network-policy-upstream-egress",
    .title = "The Gateway can reach its upstreams",
    .area = Area::network_policy,
    .severity = Severity::low,
    .evidence = Evidence::kubernetes,
    .why = "An allowlist that no packet can follow is turned off in the first outage.",
    .remediation = "Add an egress rule for the Gateway with the upstreams and port 443.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate},
};

}  // namespace compliance::network_policy

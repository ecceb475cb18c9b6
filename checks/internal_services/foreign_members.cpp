// Only Caracal and its edge are on the data network. Off by default: example stacks join it with
// workloads of their own (FACTS.md 15, T62).
#include <set>

#include "checks/check.h"
#include "checks/rules/network_kind.h"
#include "checks/rules/port_exposure.h"

namespace compliance::internal_services {
namespace {

// Whatever the name of the service: membership is what gives access.
Verdict member_verdict(const Container& container) {
  if (container.component != Component::other) {
    return pass();
  }
  return with_expected_observed(fail("is a member of the data network", container.origin),
                                "only Caracal's services and an edge", "another service");
}

// For a network that others made, no list of members can be complete.
Verdicts evaluate_foreign_members(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  const std::set<std::string> networks = data_networks(installation);
  for (const Container& container : installation.containers()) {
    if (container.platform == Platform::compose && joins_any(container, networks)) {
      verdicts.push_back(attributed_to(member_verdict(container), container));
    }
  }
  for (const std::string& key : networks) {
    const Fact<NetworkKind> kind = network_kind(installation, key);
    if (kind.is(NetworkKind::unseen) || kind.fault) {
      verdicts.push_back(
          attributed_to(unknown(UnknownReason::not_observable,
                                "members of other projects are not in the files", kind.origin),
                        Component::installation, "network " + key));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check foreign_members{
    .id = "internal-services-foreign-members",
    .title = "Only Caracal and its edge are on the data network",
    .area = Area::internal_services,
    .severity = Severity::low,
    .evidence = Source::compose,
    .why = "A member of that network can reach Postgres, Redis and every internal service.",
    .remediation =
        "Give other services a network of their own, shared only with the services that they need.",
    .reference = "https://docs.docker.com/compose/how-tos/networking/",
    .rule = &evaluate_foreign_members,
    .on_by_default = false,
};
}  // namespace compliance::internal_services

// Postgres and Redis are not exposed outside their project or cluster. Ports on loopback are
// genuine (FACTS.md 4.2, T28).
#include <algorithm>

#include "checks/check.h"
#include "checks/internal_services/shared/service_exposure.h"
#include "checks/rules/port_exposure.h"

namespace compliance::internal_services {
namespace {

// Stores are never public, whatever public_components says (FACTS.md 1.3).
Verdicts evaluate_data_stores_private(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container& container : installation.containers()) {
    if (is_data_store(container.component)) {
      append(verdicts, attributed_to(findings_or_pass(exposures_of(container)), container));
    }
  }
  for (const ServiceObject& service : installation.kubernetes.services) {
    const auto store =
        std::find_if(service.leads_to.begin(), service.leads_to.end(), &is_data_store);
    if (store != service.leads_to.end()) {
      append(verdicts,
             attributed_to(findings_or_pass(exposures_of(service)), *store, service.object));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check data_stores_private{
    .id = "internal-services-data-stores-private",
    .title = "Postgres and Redis are not exposed outside",
    .area = Area::internal_services,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "Anyone who can reach the stores can guess passwords and then has every session and "
        "policy.",
    .remediation =
        "Publish their ports on 127.0.0.1 or not at all; in Kubernetes use ClusterIP without "
        "hostPort and hostNetwork.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_data_stores_private,
};
}  // namespace compliance::internal_services

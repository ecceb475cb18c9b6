// Scrape configurations of the Prometheus operator that reach Caracal: ServiceMonitor, PodMonitor.
// The packaged ones have no credentials (FACTS.md 9, T44).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checks/facts/component.h"
#include "checks/facts/fact.h"

namespace compliance {

// How an endpoint of a monitor authenticates.
enum class ScrapeCredential : std::uint8_t {
  none,
  bearer,        // a token in "Authorization: Bearer"
  other_scheme,  // authorization of a type that is not exactly Bearer
  basic,         // user and password
  oauth2,        // a token of an authorization server
};

// One endpoint of a ServiceMonitor or PodMonitor and one component that it scrapes.
struct ScrapeEndpoint {
  std::string object{};  // "ServiceMonitor caracal-sts"
  std::string object_namespace{};
  Component component = Component::other;
  ScrapeCredential credential = ScrapeCredential::none;
  Origin origin{};

  // By kind of credential; which Secret holds it does not count.
  bool operator==(const ScrapeEndpoint&) const = default;
};

}  // namespace compliance

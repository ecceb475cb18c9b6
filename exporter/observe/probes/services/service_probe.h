// Probes sts, gateway, api, coordinator and audit with the requests of ServiceRequest.
#pragma once

#include <chrono>
#include <string>

#include "checks/facts/endpoint.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/probes/http/http_client.h"

namespace compliance::probes {

// One service to probe. `zone` completes the request for the key set of the STS.
struct ServiceTarget {
  Component component = Component::sts;
  HttpRoute route{};
  std::string metrics_bearer{};  // empty: not configured
  std::string zone{};
  std::chrono::milliseconds timeout{10'000};  // of one request
};

// Sends the requests of ServiceRequest that the component is asked; the facts of the others
// stay absent. After a timeout, or where the name or the certificate failed, the remaining
// ones get that fault (HttpSession). The bearer is sent over verified TLS, or in plaintext
// to an internal host (is_internal_host) as Prometheus does; elsewhere its fact is
// not_observable.
ServiceAnswers probe_service(const ServiceTarget& target, const Resolver& resolver,
                             const Deadline& deadline);

}  // namespace compliance::probes

// A release with two Services, and what routing objects make of it.
#pragma once

#include <string>
#include <vector>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test {

// Services caracal-web and caracal-api in namespace "caracal".
inline const std::string two_services = R"(
{apiVersion: v1, kind: Service, metadata: {name: caracal-web, namespace: caracal,
 labels: {app.kubernetes.io/name: caracal, app.kubernetes.io/component: web}}}
---
{apiVersion: v1, kind: Service, metadata: {name: caracal-api, namespace: caracal,
 labels: {app.kubernetes.io/name: caracal, app.kubernetes.io/component: api}}}
)";

inline std::vector<Route> routes_of(const std::string& objects) {
  return facts_of_files({two_services, objects}).routes;
}

// "HOST component TLS" of every route; "-" where TLS is not stated, "?" where it cannot be said.
inline std::vector<std::string> summary_of(const std::string& objects) {
  std::vector<std::string> lines;
  for (const Route& route : routes_of(objects)) {
    const std::string tls = route.tls.fault ? "?" : route.tls.value.value_or("-");
    lines.push_back((route.host.empty() ? "*" : route.host) + " " +
                    std::string{name_of(route.component)} + " " + tls);
  }
  return lines;
}

// "HOST WAY" of every route that is served in clear.
inline std::vector<std::string> clear_of(const std::string& objects) {
  std::vector<std::string> lines;
  for (const Route& route : routes_of(objects)) {
    if (route.clear.value) {
      lines.push_back(route.host + " " + *route.clear.value);
    }
  }
  return lines;
}

// The fault of the only route.
inline std::string fault_of_route(const std::string& objects) {
  const std::vector<Route> routes = routes_of(objects);
  return routes.size() == 1 && routes.front().tls.fault ? routes.front().tls.fault->message : "";
}

using Lines = std::vector<std::string>;

}  // namespace compliance::test

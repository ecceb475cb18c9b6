// An endpoint: where a component is reached from outside, and what it answered to the probes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "checks/facts/component.h"
#include "checks/facts/enum_array.h"
#include "checks/facts/fact.h"
#include "checks/facts/origin.h"
#include "checks/facts/tls.h"
#include "checks/facts/web_answers.h"
#include "checks/formats/http.h"

namespace compliance {

// The requests to a service behind the console; which of them a component is asked is decided in
// exporter/observe/probes/services/service_probe.cpp.
enum class ServiceRequest : std::uint8_t {
  metrics,              // GET /metrics without credentials
  metrics_with_bearer,  // the same with the configured bearer
  documentation,        // api: GET /docs
  control,              // api: POST /v1/control/invoke without credentials
  random_path,          // gateway: GET of a random path without credentials
  key_set,              // sts: GET /.well-known/jwks.json, with `zone` if set
  count,
};

// Absent facts were not asked yet, or are not asked of that component.
using ServiceAnswers = EnumArray<ServiceRequest, Fact<HttpAnswer>>;

// One configured endpoint with the answers that probes brought. Probes send no credentials but
// a metrics bearer, an operator's session and headers for a proxy, where these are configured.
struct Endpoint {
  Component component = Component::web;
  std::string url{};  // accepted by read_web_url()
  Origin origin{};
  std::string zone{};        // sts: whose jwks.json is requested; empty: none
  std::size_t replicas = 1;  // web
  bool has_bearer = false;   // endpoints.metrics_bearer_file is configured
  bool probed = false;       // false with --offline: no request is sent
  TlsAnswers tls{};          // of https URLs
  ServiceAnswers service{};  // of every component but web
  WebAnswers web{};          // of web

  // Answers count too: the same endpoint differs after another probe.
  bool operator==(const Endpoint&) const = default;
};

}  // namespace compliance

// Where the operator says that a component is reached from outside, and what it answered there.
#pragma once

#include <cstddef>
#include <string>

#include "checks/facts/component.h"
#include "checks/facts/fact.h"
#include "checks/facts/origin.h"
#include "checks/facts/tls.h"
#include "checks/facts/web_answers.h"
#include "checks/formats/http.h"

namespace compliance {

// Absent facts were not asked yet, or are not asked of that component.
struct ServiceAnswers {
  Fact<HttpAnswer> metrics{};              // GET /metrics without credentials
  Fact<HttpAnswer> metrics_with_bearer{};  // with the configured bearer
  Fact<HttpAnswer> documentation{};        // api: GET /docs
  Fact<HttpAnswer> control{};              // api: POST /v1/control/invoke without credentials
  Fact<HttpAnswer> anonymous{};            // gateway: GET of a random path without credentials
  Fact<HttpAnswer> key_set{};              // sts: GET /.well-known/jwks.json, with `zone` if set

  bool operator==(const ServiceAnswers&) const = default;
};

struct Endpoint {
  Component component = Component::web;
  std::string url{};  // sound by read_web_url()
  Origin origin{};
  std::string zone{};        // sts: that jwks.json is asked for; empty: none
  std::size_t replicas = 1;  // web
  bool has_bearer = false;   // endpoints.metrics_bearer_file is configured
  bool probed = false;       // false with --offline: nothing is asked
  TlsAnswers tls{};          // of https URLs
  ServiceAnswers service{};  // of every component but web
  WebAnswers web{};          // of web

  bool operator==(const Endpoint&) const = default;
};

}  // namespace compliance

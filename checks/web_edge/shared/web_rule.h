// Applies rules to the answers of the web console. All verdicts are attributed to its endpoint.
#pragma once

#include <utility>

#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"

namespace compliance {

// The verdicts of `evaluate` on the console's endpoint; unknown when there is none.
template <class Evaluate>
Verdicts on_web_endpoint(const Installation& installation, const Evaluate& evaluate) {
  const Endpoint* endpoint = asked_endpoint(installation, Component::web);
  if (endpoint == nullptr) {
    return {without_endpoint(Component::web)};
  }
  return attributed_to(evaluate(*endpoint), *endpoint);
}

// The verdicts of `evaluate` on the console's answer to GET / and its origin; unknown where the
// answer is not the console's.
template <class Evaluate>
Verdicts on_web_page(const Installation& installation, const Evaluate& evaluate) {
  return on_web_endpoint(installation, [&evaluate](const Endpoint& endpoint) -> Verdicts {
    if (auto missing = page_missing(endpoint)) {
      return {std::move(*missing)};
    }
    return evaluate(*endpoint.web.answers[ConsoleRequest::page].value,
                    endpoint.web.answers[ConsoleRequest::page].origin);
  });
}

// `verdicts`, which are about containers, followed by those on the endpoint. A missing endpoint
// adds nothing, unless nothing else is configured.
template <class Evaluate>
Verdicts with_web_endpoint(Verdicts verdicts, const Installation& installation,
                           const Evaluate& evaluate) {
  const bool has_objects = has_any(installation.configured, Source::compose | Source::kubernetes);
  if (has_objects && asked_endpoint(installation, Component::web) == nullptr) {
    return verdicts;
  }
  append(verdicts, on_web_endpoint(installation, evaluate));
  return verdicts;
}

}  // namespace compliance

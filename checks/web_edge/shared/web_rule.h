// The frames of rules that judge what the web console answered.
#pragma once

#include <utility>

#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"

namespace compliance {

// The verdicts of `judge` about the console's endpoint; unknown when there is none.
template <class Judge>
Verdicts on_web_endpoint(const Installation& installation, const Judge& judge) {
  const Endpoint* endpoint = asked_endpoint(installation, Component::web);
  if (endpoint == nullptr) {
    return {without_endpoint(Component::web)};
  }
  Verdicts verdicts = judge(*endpoint);
  for (Verdict& verdict : verdicts) {
    verdict = attributed_to(std::move(verdict), *endpoint);
  }
  return verdicts;
}

// The verdicts of `judge` about the console's answer to GET / and where it was asked; unknown where
// the answer is not the console's.
template <class Judge>
Verdicts on_web_page(const Installation& installation, const Judge& judge) {
  return on_web_endpoint(installation, [&judge](const Endpoint& endpoint) -> Verdicts {
    if (auto missing = page_missing(endpoint)) {
      return {std::move(*missing)};
    }
    return judge(*endpoint.web.answers[ConsoleRequest::page].value,
                 endpoint.web.answers[ConsoleRequest::page].origin);
  });
}

// The verdicts about containers with those about the endpoint behind them. An endpoint that is not
// there adds nothing, unless nothing else is configured.
template <class Judge>
Verdicts with_web_endpoint(Verdicts verdicts, const Installation& installation,
                           const Judge& judge) {
  const bool has_objects =
      has_any(installation.configured, Evidence::compose | Evidence::kubernetes);
  if (has_objects && asked_endpoint(installation, Component::web) == nullptr) {
    return verdicts;
  }
  for (Verdict& verdict : on_web_endpoint(installation, judge)) {
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

}  // namespace compliance

// What a probe of the console asks, and how tests look at what it gives.
#pragma once

#include <string>
#include <vector>

#include "exporter/observe/probes/console/web_probe.h"
#include "tests/exporter/observe/probes/console/console_peer.h"

namespace compliance::test {

using Lines = std::vector<std::string>;

inline WebAnswers probe(const probes::WebTarget& target) {
  return probes::probe_web(target, probes::Resolver{}, ample_deadline());
}

inline int status_of(const Fact<HttpAnswer>& fact) { return fact.value ? fact.value->status : 0; }

inline UnknownReason reason_of(const Fact<HttpAnswer>& fact) {
  return fact.fault ? fact.fault->reason : UnknownReason::pending;
}

inline std::string format_location(const Fact<HttpAnswer>& fact) {
  return std::string{fact.origin.place.text()};
}

// They live in `web`.
inline std::vector<const Fact<HttpAnswer>*> all_facts(const WebAnswers& web) {
  std::vector<const Fact<HttpAnswer>*> facts;
  for (const Fact<HttpAnswer>& fact : web.answers) {
    facts.push_back(&fact);
  }
  for (const OriginAnswer& grant : web.grants) {
    facts.push_back(&grant.answer);
  }
  if (web.session) {
    facts.push_back(&web.session->control);
    for (const PathAnswer& path : web.session->paths) {
      facts.push_back(&path.answer);
    }
  }
  return facts;
}

inline const Lines console_lines{"GET /api/auth/ok",
                                 "GET /",
                                 "GET /metrics",
                                 "GET /api/console/status",
                                 "POST /api/console/v1/zones",
                                 "POST /api/console/v1/zones",
                                 "POST /api/auth/sign-out",
                                 "POST /api/auth/sign-up/email",
                                 "GET /api/console/status",
                                 "GET /api/console/status",
                                 "GET /api/console/status"};

inline const Lines session_lines{"GET /api/console/status", "GET /api/console/v1/../metrics",
                                 "GET /api/console/v1/%2e%2e/metrics",
                                 "GET /api/console/v1/%2fmetrics",
                                 "GET /api/console/v1/%5cmetrics"};

inline Lines joined(Lines first, const Lines& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace compliance::test

// What /metrics answers, for the tests of rules about it. Source: facts 6.1, 9.
#pragma once

#include "tests/checks/web_edge/consoles.h"
#include "tests/support/endpoints.h"

namespace compliance::test {

inline constexpr auto metrics_text =
    "# HELP sts_requests_total Requests.\n# TYPE sts_requests_total counter\n"
    "sts_requests_total{zone=\"60303ae2\"} 7\n";
inline constexpr auto page_text =
    "<!doctype html>\n<html lang=\"en\"><head><title>Caracal</title></head></html>\n";

// What the rows about metrics of services say without an endpoint that is asked.
inline void expect_unknown_without_services(std::string_view id) {
  Endpoint offline = endpoint_at(Component::sts);
  offline.probed = false;
  for (const auto& endpoints :
       {std::vector<Endpoint>{}, std::vector{offline}, std::vector{endpoint_at(Component::web)}}) {
    const Finding finding = only_finding(result_of(id, with_endpoints(endpoints)));
    EXPECT_EQ(finding.reason, UnknownReason::not_configured);
    EXPECT_EQ(finding.message, "no endpoint of a service with metrics is asked");
  }
}

}  // namespace compliance::test

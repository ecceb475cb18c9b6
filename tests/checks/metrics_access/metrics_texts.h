// Answers to /metrics, for the tests of the rules about it. Source: FACTS.md 6.1, 9.
#pragma once

#include "tests/checks/web_edge/consoles.h"
#include "tests/support/endpoints.h"

namespace compliance::test {

inline constexpr auto metrics_text =
    "# HELP sts_requests_total Requests.\n# TYPE sts_requests_total counter\n"
    "sts_requests_total{zone=\"60303ae2\"} 7\n";
inline constexpr auto page_text =
    "<!doctype html>\n<html lang=\"en\"><head><title>Caracal</title></head></html>\n";

}  // namespace compliance::test

// Port 80 of the console's host.
#pragma once

#include <optional>

#include "exporter/observe/probes/console/web_probe.h"

namespace compliance::probes {

// Connects, and where somebody accepts asks GET / without any of the operator's headers. Absent
// where the target names no such port: it connects elsewhere, and connect_to_http is empty. Faults:
// dns_failure; timeout where there was no time to find out; whatever a proxy says; `why_not`, with
// which nobody is asked.
Fact<PlainHttpProbe> probe_plain_http(const WebTarget& target, const Resolver& resolver,
                                      const Deadline& deadline,
                                      const std::optional<Fault>& why_not = std::nullopt);

}  // namespace compliance::probes

// Builders of snapshots for the tests of what is published. Their checks are not the catalogue's,
// so that whole texts can be compared while the catalogue grows.
#pragma once

#include <string>
#include <vector>

#include "exporter/publish/snapshot.h"

namespace compliance::test {

// Two areas, the four severities.
extern const Check sample_mode;  // published-mode-sample, critical, from Compose and Kubernetes
extern const Check sample_handshake;  // external-tls-sample, high, from endpoints
extern const Check sample_tokens;     // secrets-sample, medium, from secret files
extern const Check sample_budget;     // kubernetes-controls-sample, low, from Kubernetes

// A finding of the Compose file's line 12, column 7.
Finding failing(Component component, std::string object, std::string message);
Finding passing(Component component, std::string object);
Finding undecided(Component component, std::string object, UnknownReason reason,
                  std::string message);
// What the engine says of a check for which nothing is configured.
Finding not_configured();

// A result whose status is that of the first finding; severities are the check's own.
CheckResult result_with(const Check& check, std::vector<Finding> findings);

// The milliseconds since 1970 as an instant.
Instant instant_at(std::int64_t milliseconds);

// A snapshot published at 2026-06-25T00:01:18.009Z that holds one installation, "production".
Snapshot snapshot_of(std::vector<CheckResult> results);

}  // namespace compliance::test

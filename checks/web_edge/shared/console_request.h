// Verdicts on answers to single requests below /api/console. Source: FACTS.md 6.5, 6.6, 18.5, 18.9;
// T19 to T21.
#pragma once

#include "checks/check.h"
#include "checks/facts/endpoint.h"

namespace compliance {

// A write with a foreign Origin and no cookie: passes when it is rejected, but not by the session
// check, which comes after the origin check.
Verdict foreign_write_verdict(const Endpoint& endpoint);

// The same with the console's own Origin: the session check rejects it.
Verdict own_write_verdict(const Endpoint& endpoint);

// A path that tries to escape its part of the API, sent with a valid session: passes for the
// console's own 404.
Verdict path_verdict(const PathAnswer& path, const Endpoint& endpoint);

}  // namespace compliance

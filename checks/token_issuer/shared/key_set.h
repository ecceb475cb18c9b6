// The keys by which tokens are verified, as the endpoint of sts serves them. Source:
// facts 8.2, 8.4.
#pragma once

#include "checks/check.h"

namespace compliance {

// True where the files name issuers, and none of them has the endpoint's origin.
bool is_issued_elsewhere(const Installation& installation, const Endpoint& endpoint);

// Passes for the answer of sts: 400 that asks for a zone where none is configured (trap 35), else
// the keys. A page, text that is no JSON, an error fail (trap 83).
Verdict judge_key_set(const Endpoint& endpoint);

}  // namespace compliance

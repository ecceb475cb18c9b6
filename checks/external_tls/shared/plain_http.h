// What the console's host does on port 80.
#pragma once

#include "checks/check.h"

namespace compliance {

// Passes when the port is closed or only redirects to https on the same host, on whatever port:
// what it leads to is TLS. Judges `web.plain_http` of the endpoint, which has a value. Source:
// checks.md, external-tls-http-redirect; facts, trap 11.
Verdict judge_plain_http(const Endpoint& endpoint);

}  // namespace compliance

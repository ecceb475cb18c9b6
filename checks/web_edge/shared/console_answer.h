// Tells answers of the console from those of a proxy in front of it, with the verdicts on the
// others. Source: FACTS.md 6, 18.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/facts/endpoint.h"
#include "checks/formats/http.h"

namespace compliance {

// It carries x-request-id, as every answer of the console does.
bool is_from_console(const HttpAnswer& answer);

// A 2xx of text/html: the console's page, which it serves on every path that it does not know
// (FACTS.md T8), or a proxy's sign-in page.
bool is_page(const HttpAnswer& answer);

// A 2xx that is not a page.
bool is_served(const HttpAnswer& answer);

// 401 {"error":"unauthenticated"}: rejected by the console's session check.
bool is_session_refusal(const HttpAnswer& answer);

// 403 {"error":"cross_site_request_blocked"}: rejected by the console's origin check.
bool is_cross_site_refusal(const HttpAnswer& answer);

// 503, since the console has no token for the service behind it; it answers so after its session
// check and before it looks at the path.
bool is_unconfigured(const HttpAnswer& answer);

// 401, 403, or a redirect to another origin, as an identity-aware proxy sends it. A redirect to
// https of the same host does not count.
bool is_refusal(const HttpAnswer& answer, const Endpoint& endpoint);

// An answer of the console API to a request that passed its session check: a 2xx that is not a
// page, or an error of the console or of the services behind it.
bool is_behind_session_test(const HttpAnswer& answer);

// Unknown: an answer that is inconclusive. `request` is such as "GET /".
Verdict unexpected(std::string_view request, const Fact<HttpAnswer>& fact,
                   const Endpoint& endpoint);

// The verdict of rules on cookies, rate limits and registration unless GET /api/auth/ok is 200
// {"ok":true}; nothing when it is.
std::optional<Verdict> console_missing(const Endpoint& endpoint);

// The verdict of rules on headers unless the answer to GET / is the console's: its page, or the 404
// of a console that serves none; nothing when it is.
std::optional<Verdict> page_missing(const Endpoint& endpoint);

}  // namespace compliance

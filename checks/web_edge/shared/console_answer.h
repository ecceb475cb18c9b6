// Which answers are the console's own, which a proxy's in front of it, and what rules say of the
// others. Source: checks.md, web-edge; facts 6, 18.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/check.h"

namespace compliance {

// It carries x-request-id, as every answer of the console does.
bool is_from_console(const HttpAnswer& answer);

// A 2xx of text/html: the console's page, which it serves on every path that it does not know (T8),
// or a proxy's page of sign-in.
bool is_page(const HttpAnswer& answer);

// A 2xx that is no page.
bool is_served(const HttpAnswer& answer);

// 401 {"error":"unauthenticated"}: the console's session test refused it.
bool is_session_refusal(const HttpAnswer& answer);

// 403 {"error":"cross_site_request_blocked"}: the console's test of origins refused it.
bool is_cross_site_refusal(const HttpAnswer& answer);

// 503, since the console has no token for the service behind it; it says so behind its session test
// and before it looks at the path.
bool is_unconfigured(const HttpAnswer& answer);

// 401, 403, or a redirect to another origin, as an identity-aware proxy sends it. A redirect to
// https of the same host is none: it only says to ask there.
bool is_refusal(const HttpAnswer& answer, const Endpoint& endpoint);

// An answer of the console API to somebody who has passed its session test: a 2xx that is no page,
// or what the console or the services behind it say no with.
bool is_behind_session_test(const HttpAnswer& answer);

// Unknown: an answer that shows nothing. `request` is such as "GET /".
Verdict unexpected(std::string_view request, const Fact<HttpAnswer>& fact,
                   const Endpoint& endpoint);

// What rules on cookies, limits and registration say unless GET /api/auth/ok is 200 {"ok":true};
// nothing when it is.
std::optional<Verdict> console_missing(const Endpoint& endpoint);

// What rules on headers say unless the answer to GET / is the console's: its page, or the 404 of a
// console that serves none; nothing when it is.
std::optional<Verdict> page_missing(const Endpoint& endpoint);

}  // namespace compliance

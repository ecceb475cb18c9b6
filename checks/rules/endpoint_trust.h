// Verdicts on the certificate that an https endpoint proved by its handshake, for the check about
// it and for those that rest on it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance {

// By the scheme of the configured URL; nothing is asked.
bool is_https(const Endpoint& endpoint);

// Pass when the endpoint's certificate proves its name; unknown where it was not asked or gave no
// certificate. The message reads after "its endpoint".
Verdict trust_verdict(const Endpoint& endpoint);

// The same of all https endpoints of that host together: a failure of one fails, else an unknown
// one is unknown. Nothing when none is configured.
std::optional<Verdict> host_trust_verdict(const Installation& installation, std::string_view host);

// The same of the component's endpoint, which fails when it is plain http. An edge answers under
// the hosts of the components behind it: all https endpoints together.
std::optional<Verdict> component_trust_verdict(const Installation& installation,
                                               Component component);

// The verdict about something else that rests on such a one: its words and place, and where it is
// no pass, why the endpoint proves nothing, such as "its endpoint was not asked".
Verdict resting_on(Verdict trust, const std::string& words, const Origin& origin);

// Whether the server takes an offer of any protocol.
bool takes_any_offer(const TlsAnswers& answers);

// A rule on one https endpoint; its verdicts need not name the endpoint.
using HttpsRule = Verdicts (*)(const Endpoint& endpoint);
// The verdicts of `rule` on each https endpoint that is asked, attributed to it; unknown,
// not_configured when there is none.
Verdicts evaluate_https_endpoints(const Installation& installation, HttpsRule rule);

// The https endpoints that are asked.
std::vector<const Endpoint*> asked_https_endpoints(const Installation& installation);

}  // namespace compliance

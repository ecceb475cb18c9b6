// Verdicts on the status of an HTTP answer.
#pragma once

#include <string>

#include "checks/check.h"
#include "checks/formats/http.h"

namespace compliance {

// 2xx. A redirect is no success, whatever it leads to.
bool is_success(const HttpAnswer& answer);

// "status 502"
std::string status_in_words(const HttpAnswer& answer);

// Unknown, unexpected_response: an answer that is inconclusive. `asked` is the request, such as
// "/metrics".
Verdict undecided(const HttpAnswer& answer, const std::string& asked, const Origin& origin);

}  // namespace compliance

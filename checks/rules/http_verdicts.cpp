// Verdicts on the status of an HTTP answer.
#include "checks/rules/http_verdicts.h"

namespace compliance {

bool is_success(const HttpAnswer& answer) { return answer.status / 100 == 2; }

std::string status_in_words(const HttpAnswer& answer) {
  return "status " + std::to_string(answer.status);
}

Verdict undecided(const HttpAnswer& answer, const std::string& asked, const Origin& origin) {
  return with_expected_observed(
      unknown(UnknownReason::unexpected_response,
              "answers " + asked + " with " + status_in_words(answer) + ", which shows neither",
              origin),
      "", status_in_words(answer));
}

}  // namespace compliance

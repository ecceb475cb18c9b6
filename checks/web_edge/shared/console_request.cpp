// Verdicts on answers to single requests below /api/console.
#include "checks/web_edge/shared/console_request.h"

#include <string>

#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"

namespace compliance {
namespace {

// A probe that must be rejected, by one of two tests.
struct Write {
  std::string name{};      // of the request
  std::string expected{};  // status
  // The rejection that proves nothing about this write.
  bool (*other_refusal)(const HttpAnswer&) = nullptr;
};

// An answer from behind the session test fails: the write would have been carried out, had there
// been a session. Nothing is written, since no session is sent.
Verdict write_verdict(const Fact<HttpAnswer>& fact, const Endpoint& endpoint, const Write& write) {
  if (!fact.value) {
    return unanswered(fact);
  }
  if (is_behind_session_test(*fact.value)) {
    return with_expected_observed(fail(write.name + " is not rejected", fact.origin),
                                  write.expected, std::to_string(fact.value->status));
  }
  return is_refusal(*fact.value, endpoint) && !write.other_refusal(*fact.value)
             ? pass({}, fact.origin)
             : unexpected(write.name, fact, endpoint);
}

// The framework of the API states its status in the body; the console's 404 does not.
bool is_from_api(const HttpAnswer& answer) {
  return answer.status == 404 && answer.body.find("\"statusCode\":404") != std::string::npos;
}

}  // namespace

Verdict foreign_write_verdict(const Endpoint& endpoint) {
  return write_verdict(endpoint.web.answers[ConsoleRequest::foreign_write], endpoint,
                       {.name = "a write to the console API from a foreign origin",
                        .expected = "403",
                        .other_refusal = &is_session_refusal});
}

Verdict own_write_verdict(const Endpoint& endpoint) {
  return write_verdict(endpoint.web.answers[ConsoleRequest::own_write], endpoint,
                       {.name = "a write to the console API without a session",
                        .expected = "401",
                        .other_refusal = &is_cross_site_refusal});
}

Verdict path_verdict(const PathAnswer& path, const Endpoint& endpoint) {
  const Fact<HttpAnswer>& fact = path.answer;
  if (!fact.value) {
    return unanswered(fact);
  }
  if (is_served(*fact.value) || is_from_api(*fact.value)) {
    return with_expected_observed(
        fail("a path with " + path.form + " is forwarded to the API", fact.origin),
        "404 by the console", std::to_string(fact.value->status));
  }
  if (fact.value->status == 404) {
    return pass({}, fact.origin);
  }
  if (is_session_refusal(*fact.value) || is_unconfigured(*fact.value)) {
    return unknown(UnknownReason::not_observable,
                   "the console evaluates paths only with a session and a token for the API",
                   fact.origin);
  }
  return unexpected("a path with " + path.form, fact, endpoint);
}

}  // namespace compliance

// Probes how often the console lets somebody try below /api/auth/sign-in/, by random paths
// that nobody signs in at: their counters are no operator's (FACTS.md 6.7).
#include <cstddef>
#include <string>
#include <utility>

#include "exporter/observe/probes/console/console_requests.h"
#include "exporter/observe/probes/console/web_probe.h"

namespace compliance::probes {
namespace {

constexpr int too_many_requests = 429;

// One run's requests, all to the same path, whose bucket nobody else fills.
struct Run {
  std::string name = random_name();
  bool forwarded = false;  // each request says that it comes from another address
};

HttpRequest request_of(const Run& run, std::size_t number) {
  constexpr std::size_t addresses = 254;  // of 203.0.113.0/24, which belong to nobody (RFC 5737)
  HttpRequest request{.target = "/api/auth/sign-in/" + run.name,
                      .shown_target = "/api/auth/sign-in/<random>"};
  if (run.forwarded) {
    request.headers.push_back({.name = "X-Forwarded-For",
                               .value = "203.0.113." + std::to_string(number % addresses + 1)});
  }
  return request;
}

// Repeats the request until it is refused or `patience` is used up. The status alone
// counts: what the product says about when to try again is wrong (FACTS.md 18.1).
Fact<RateLimitRun> run_against(ConsoleClient& console, const Run& run, std::size_t patience) {
  RateLimitRun seen;
  while (seen.sent < patience && seen.refused_at == 0) {
    const Fact<HttpAnswer> answer = console.ask(request_of(run, seen.sent));
    ++seen.sent;
    if (!answer.value) {
      return {.origin = answer.origin, .fault = answer.fault};
    }
    if (answer.value->status == too_many_requests) {
      seen.refused_at = seen.sent;
    } else if (seen.sent == 1) {
      seen.status_before = answer.value->status;
    }
  }
  return {.value = seen, .origin = console.http().origin_of(request_of(run, 0))};
}

// The fact of a run that does not take place.
Fact<RateLimitRun> not_run(const ConsoleClient& console, const Fault& why) {
  return {.origin = console.http().origin_of(request_of({}, 0)), .fault = why};
}

}  // namespace

WebAnswers probe_limiter(const WebTarget& target, const Resolver& resolver,
                         const Deadline& deadline) {
  // 3 requests in 10 s, for each replica that counts alone (FACTS.md 6.7).
  constexpr std::size_t allowed_by_one = 3;
  ConsoleClient console(target, resolver, deadline);
  const std::size_t patience = allowed_by_one * target.replicas + 1;
  Fact<HttpAnswer> ok = console.ask_ok();
  const auto none = no_console(ok);
  WebAnswers answers{.answers = {{ConsoleRequest::auth_ok, std::move(ok)}}};
  if (none) {
    answers.limiter = not_run(console, *none);
    answers.limiter_forwarded = not_run(console, *none);
    return answers;
  }
  answers.limiter = run_against(console, {}, patience);
  if (answers.limiter.value && answers.limiter.value->refused_at == 0) {
    answers.limiter_forwarded =
        not_run(console, {.reason = UnknownReason::not_observable,
                          .message = "there is no limit that could be evaded"});
    return answers;
  }
  answers.limiter_forwarded = run_against(console, {.forwarded = true}, patience);
  return answers;
}

}  // namespace compliance::probes

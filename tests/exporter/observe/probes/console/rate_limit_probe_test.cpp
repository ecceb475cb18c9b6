// The probe of the rate limit: few requests, on paths of nobody, and none where no console answers.
#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/console/console_peer.h"

namespace compliance::probes::rate_limit_probe_test {
namespace {

using test::ample_deadline;
using test::answering;
using test::console_answer;
using test::http_answer;
using test::HttpConversation;
using test::HttpPeer;
using test::ReceivedRequest;
using test::target_at;

constexpr auto sign_in = "/api/auth/sign-in/";

bool is_sign_in(const ReceivedRequest& request) { return request.target.rfind(sign_in, 0) == 0; }

// Lets so many requests of each bucket through.
class Limiter {
 public:
  Limiter(std::size_t allowed, bool trusts_forwarded)
      : allowed_(allowed), trusts_forwarded_(trusts_forwarded) {}

  std::string answer(const ReceivedRequest& request) {
    if (!is_sign_in(request)) {
      return console_answer(request);
    }
    const std::scoped_lock lock(mutex_);
    const std::string bucket =
        request.target + (trusts_forwarded_ ? request.header("x-forwarded-for") : "");
    return ++seen_[bucket] > allowed_
               ? http_answer(429, "Too many", "x-retry-after: 179542598916267\r\n")
               : http_answer(404, "");
  }

 private:
  std::size_t allowed_;
  bool trusts_forwarded_;
  std::mutex mutex_{};
  std::map<std::string, std::size_t> seen_{};
};

constexpr std::size_t unlimited = 1000;

struct Outcome {
  WebAnswers web{};
  std::vector<ReceivedRequest> tries{};  // below /api/auth/sign-in/
};

Outcome probe(std::size_t allowed, bool trusts_forwarded, std::size_t replicas = 1) {
  Limiter limiter(allowed, trusts_forwarded);
  const HttpPeer peer(
      answering([&limiter](const ReceivedRequest& request) { return limiter.answer(request); }));
  WebTarget target = target_at(peer);
  target.replicas = replicas;
  Outcome outcome{.web = probe_limiter(target, Resolver{}, ample_deadline())};
  for (const ReceivedRequest& request : peer.requests()) {
    EXPECT_EQ(request.method, "GET");
    if (is_sign_in(request)) {
      outcome.tries.push_back(request);
    } else {
      EXPECT_EQ(request.target, "/api/auth/ok");
    }
  }
  return outcome;
}

TEST(LimiterProbe, StopsAtTheFirstRefusalOfEachRun) {
  const Outcome outcome = probe(3, false);
  EXPECT_EQ(outcome.web.limiter.value,
            (RateLimitRun{.sent = 4, .refused_at = 4, .status_before = 404}));
  EXPECT_EQ(outcome.web.limiter_forwarded.value,
            (RateLimitRun{.sent = 4, .refused_at = 4, .status_before = 404}));
  EXPECT_EQ(outcome.tries.size(), 8U);
}

TEST(LimiterProbe, SaysNoStatusBeforeARefusalOfTheFirstRequest) {
  EXPECT_EQ(probe(0, false).web.limiter.value, (RateLimitRun{.sent = 1, .refused_at = 1}));
}

TEST(LimiterProbe, SeesThatANewAddressEvadesTheLimit) {
  const Outcome outcome = probe(3, true);
  EXPECT_EQ(outcome.web.limiter.value.value().refused_at, 4U);
  EXPECT_EQ(outcome.web.limiter_forwarded.value,
            (RateLimitRun{.sent = 4, .refused_at = 0, .status_before = 404}));
}

TEST(LimiterProbe, SendsAtMostThreeForEachReplicaAndOne) {
  for (const std::size_t replicas : {1U, 2U, 5U}) {
    const Outcome outcome = probe(unlimited, false, replicas);
    EXPECT_EQ(outcome.web.limiter.value,
              (RateLimitRun{.sent = 3 * replicas + 1, .refused_at = 0, .status_before = 404}));
    EXPECT_EQ(outcome.tries.size(), 3 * replicas + 1)
        << "without a limit there is nothing that could be evaded";
    EXPECT_EQ(outcome.web.limiter_forwarded.fault.value().reason, UnknownReason::not_observable);
  }
}

TEST(LimiterProbe, UsesOnePathOfItsOwnForEachRun) {
  std::set<std::string> paths;
  for (int round = 0; round < 2; ++round) {
    const Outcome outcome = probe(3, false);
    ASSERT_EQ(outcome.tries.size(), 8U);
    for (std::size_t index = 0; index < outcome.tries.size(); ++index) {
      EXPECT_EQ(outcome.tries[index].target, outcome.tries[index < 4 ? 0 : 4].target);
      EXPECT_GE(outcome.tries[index].target.size(), std::string{sign_in}.size() + 16);
      paths.insert(outcome.tries[index].target);
    }
  }
  EXPECT_EQ(paths.size(), 4U);
}

TEST(LimiterProbe, SaysAnotherAddressOfNobodyEachTimeInTheSecondRunAlone) {
  const Outcome outcome = probe(3, false);
  ASSERT_EQ(outcome.tries.size(), 8U);
  std::set<std::string> addresses;
  for (std::size_t index = 0; index < outcome.tries.size(); ++index) {
    const std::string address = outcome.tries[index].header("x-forwarded-for");
    if (index < 4) {
      EXPECT_EQ(address, "");
    } else {
      EXPECT_EQ(address.rfind("203.0.113.", 0), 0U) << address;
      addresses.insert(address);
    }
  }
  EXPECT_EQ(addresses.size(), 4U);
}

TEST(LimiterProbe, NamesAPlaceThatStaysTheSame) {
  const Outcome outcome = probe(3, false);
  EXPECT_EQ(outcome.web.limiter.origin.place.text(),
            "GET http://console.test/api/auth/sign-in/<random>");
  EXPECT_EQ(outcome.web.limiter.origin, outcome.web.limiter_forwarded.origin);
  EXPECT_EQ(outcome.web.answers[ConsoleRequest::auth_ok].value.value().status, 200);
  EXPECT_TRUE(outcome.web.answers[ConsoleRequest::page].absent())
      << "the limiter and its gate are all that it asks";
}

TEST(LimiterProbe, TriesNothingWhereNoConsoleAnswers) {
  for (const std::string& ok :
       {http_answer(404, ""), http_answer(200, "<html>"), http_answer(200, R"({"ok":true}x)"),
        http_answer(201, R"({"ok":true})"), http_answer(500, R"({"error":"internal_error"})")}) {
    const HttpPeer peer(answering([&ok](const ReceivedRequest& /*request*/) { return ok; }));
    const WebAnswers web = probe_limiter(target_at(peer), Resolver{}, ample_deadline());
    EXPECT_EQ(peer.lines(), (std::vector<std::string>{"GET /api/auth/ok"}));
    EXPECT_EQ(web.limiter.fault.value().reason, UnknownReason::unexpected_response);
    EXPECT_EQ(web.limiter_forwarded.fault.value().reason, UnknownReason::unexpected_response);
  }
}

TEST(LimiterProbe, StopsAtAConsoleThatFallsSilent) {
  const HttpPeer peer([](HttpConversation& conversation) {
    while (const auto request = conversation.receive()) {
      if (is_sign_in(*request)) {
        conversation.hold();
        return;
      }
      conversation.send(console_answer(*request));
    }
  });
  WebTarget target = target_at(peer);
  target.timeout = std::chrono::milliseconds{200};
  const WebAnswers web = probe_limiter(target, Resolver{}, ample_deadline());
  EXPECT_EQ(peer.requests().size(), 2U);
  EXPECT_EQ(web.limiter.fault.value().reason, UnknownReason::timeout);
  EXPECT_EQ(web.limiter_forwarded.fault.value().reason, UnknownReason::timeout);
  EXPECT_EQ(web.limiter.fault->message.find("sign-in/<random>") == std::string::npos, false);
}

TEST(LimiterProbe, SendsTheOperatorsHeadersAndNoSession) {
  Limiter limiter(3, false);
  const HttpPeer peer(
      answering([&limiter](const ReceivedRequest& request) { return limiter.answer(request); }));
  WebTarget target = target_at(peer);
  target.headers = {{"X-Token", "1"}};
  target.session_cookie = "session=good";
  probe_limiter(target, Resolver{}, ample_deadline());
  for (const ReceivedRequest& request : peer.requests()) {
    EXPECT_EQ(request.header("x-token"), "1");
    EXPECT_EQ(request.header("cookie"), "");
  }
}

}  // namespace
}  // namespace compliance::probes::rate_limit_probe_test

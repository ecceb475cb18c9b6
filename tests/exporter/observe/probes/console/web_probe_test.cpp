// The probes of the console send exactly what the catalogue names, and stop where it says so.
#include "exporter/observe/probes/console/web_probe.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/console/console_facts.h"
#include "tests/exporter/observe/probes/console/console_peer.h"

namespace compliance::probes::web_probe_test {
namespace {

using test::all_facts;
using test::answering;
using test::console_answer;
using test::console_lines;
using test::format_location;
using test::http_answer;
using test::HttpConversation;
using test::HttpPeer;
using test::joined;
using test::Lines;
using test::probe;
using test::reason_of;
using test::ReceivedRequest;
using test::session_lines;
using test::status_of;
using test::target_at;

TEST(WebProbe, SendsTheRequestsOfTheCatalogueAndNoOther) {
  const HttpPeer peer(answering(&console_answer));
  const WebAnswers web = probe(target_at(peer));
  EXPECT_EQ(peer.lines(), joined(console_lines, {"GET /"})) << "the last one is port 80's";
  EXPECT_FALSE(web.session);
}

TEST(WebProbe, KeepsEachAnswerInItsPlace) {
  const HttpPeer peer(answering(&console_answer));
  const WebAnswers web = probe(target_at(peer));
  EXPECT_EQ(status_of(web.answers[ConsoleRequest::auth_ok]), 200);
  EXPECT_EQ(content_type(web.answers[ConsoleRequest::page].value.value()), "text/html");
  EXPECT_EQ(status_of(web.answers[ConsoleRequest::metrics]), 200);
  EXPECT_EQ(status_of(web.answers[ConsoleRequest::status]), 401);
  EXPECT_EQ(status_of(web.answers[ConsoleRequest::foreign_write]), 403);
  EXPECT_EQ(status_of(web.answers[ConsoleRequest::own_write]), 401);
  EXPECT_EQ(header_values(web.answers[ConsoleRequest::sign_out].value.value(), "set-cookie").size(),
            1U);
  EXPECT_EQ(status_of(web.answers[ConsoleRequest::sign_up]), 403);
  ASSERT_TRUE(web.plain_http.value);
  EXPECT_EQ(web.plain_http.value->state, PortState::open);
  EXPECT_EQ(web.plain_http.value->answer.value().status, 200);
  EXPECT_TRUE(web.limiter.absent());
  EXPECT_TRUE(web.limiter_forwarded.absent());
}

TEST(WebProbe, NamesMethodAndUrlAsOrigins) {
  const HttpPeer peer(answering(&console_answer));
  WebTarget target = target_at(peer);
  target.session_cookie = "session=good";
  const WebAnswers web = probe(target);
  EXPECT_EQ(format_location(web.answers[ConsoleRequest::auth_ok]),
            "GET http://console.test/api/auth/ok");
  EXPECT_EQ(format_location(web.answers[ConsoleRequest::own_write]),
            "POST http://console.test/api/console/v1/zones");
  EXPECT_EQ(format_location(web.session->paths[3].answer),
            "GET http://console.test/api/console/v1/%5cmetrics");
  EXPECT_EQ(web.plain_http.origin.place.text(), "GET http://console.test/");
  for (const Fact<HttpAnswer>* fact : all_facts(web)) {
    EXPECT_EQ(fact->origin.source, Source::endpoint);
    EXPECT_EQ(format_location(*fact).find("session="), std::string::npos);
  }
}

TEST(WebProbe, SendsOriginsWhereTheyAreAskedAboutAndNowhereElse) {
  const HttpPeer peer(answering(&console_answer));
  const WebAnswers web = probe(target_at(peer));
  std::vector<std::string> origins;
  for (const ReceivedRequest& request : peer.requests()) {
    origins.push_back(request.header("origin"));
  }
  const std::string foreign{foreign_origin};
  EXPECT_EQ(origins, (std::vector<std::string>{"", "", "", "", foreign, "http://console.test", "",
                                               "", foreign, "null", "http://localhost:3001", ""}));
  ASSERT_EQ(web.grants.size(), 3U);
  EXPECT_EQ(web.grants[0].origin, foreign);
  EXPECT_EQ(web.grants[1].origin, "null");
  EXPECT_EQ(web.grants[2].origin, "http://localhost:3001");
}

TEST(WebProbe, DoesNotAskWhetherItsOwnOriginIsGranted) {
  const HttpPeer peer(answering(&console_answer));
  WebTarget target = target_at(peer);
  target.route.url = "http://localhost:3001/";
  const WebAnswers web = probe(target);
  ASSERT_EQ(web.grants.size(), 2U);
  EXPECT_EQ(web.grants[1].origin, "null");
  EXPECT_EQ(peer.requests()[5].header("origin"), "http://localhost:3001") << "of the own write";
}

TEST(WebProbe, SendsBodiesThatCanCreateNothing) {
  const HttpPeer peer(answering(&console_answer));
  probe(target_at(peer));
  for (const ReceivedRequest& request : peer.requests()) {
    const bool sign_out = request.target == "/api/auth/sign-out";
    EXPECT_EQ(request.body, request.method == "POST" && !sign_out ? "{}" : "") << request.line();
    EXPECT_EQ(request.header("content-type"), request.body.empty() ? "" : "application/json");
    EXPECT_EQ(request.header("cookie"), "") << request.line();
  }
}

TEST(WebProbe, LooksForEscapesFromThePathWithASessionThatWorks) {
  const HttpPeer peer(answering(&console_answer));
  WebTarget target = target_at(peer);
  target.session_cookie = "session=good";
  const WebAnswers web = probe(target);
  EXPECT_EQ(peer.lines(), joined(joined(console_lines, session_lines), {"GET /"}));
  ASSERT_TRUE(web.session);
  EXPECT_EQ(status_of(web.session->control), 200);
  std::vector<std::string> forms;
  for (const PathAnswer& path : web.session->paths) {
    forms.push_back(path.form);
    EXPECT_EQ(status_of(path.answer), 404) << path.form;
  }
  EXPECT_EQ(forms, (std::vector<std::string>{"..", "%2e%2e", "%2f", "%5c"}));
  const auto requests = peer.requests();
  for (std::size_t index = 0; index < requests.size(); ++index) {
    const bool in_session = index >= console_lines.size() && index + 1 < requests.size();
    EXPECT_EQ(requests[index].header("cookie"), in_session ? "session=good" : "") << index;
  }
}

TEST(WebProbe, DoesNotTryPathsWithASessionThatDoesNotWork) {
  const HttpPeer peer(answering(&console_answer));
  WebTarget target = target_at(peer);
  target.session_cookie = "session=expired";
  const WebAnswers web = probe(target);
  EXPECT_EQ(peer.lines(), joined(joined(console_lines, {"GET /api/console/status"}), {"GET /"}));
  EXPECT_EQ(status_of(web.session->control), 401);
  ASSERT_EQ(web.session->paths.size(), 4U);
  EXPECT_EQ(reason_of(web.session->paths[0].answer), UnknownReason::not_observable);
}

TEST(WebProbe, AsksNothingMoreAfterARequestThatTimedOut) {
  const HttpPeer peer([](HttpConversation& conversation) {
    while (const auto request = conversation.receive()) {
      if (request->target == "/metrics") {
        conversation.hold();
        return;
      }
      conversation.send(console_answer(*request));
    }
  });
  WebTarget target = target_at(peer);
  target.session_cookie = "session=good";
  target.timeout = std::chrono::milliseconds{200};
  const WebAnswers web = probe(target);
  EXPECT_EQ(peer.lines(), (Lines{"GET /api/auth/ok", "GET /", "GET /metrics"}));
  EXPECT_EQ(status_of(web.answers[ConsoleRequest::page]), 200);
  for (const Fact<HttpAnswer>* fact : all_facts(web)) {
    if (fact != &web.answers[ConsoleRequest::auth_ok] &&
        fact != &web.answers[ConsoleRequest::page]) {
      EXPECT_EQ(reason_of(*fact), UnknownReason::timeout) << format_location(*fact);
    }
  }
  ASSERT_TRUE(web.plain_http.fault);
  EXPECT_EQ(web.plain_http.fault->reason, UnknownReason::timeout);
}

TEST(WebProbe, GoesOnAfterAConnectionThatWasClosed) {
  const HttpPeer peer([](HttpConversation& conversation) {
    while (const auto request = conversation.receive()) {
      if (request->target == "/metrics") {
        return;
      }
      conversation.send(console_answer(*request));
    }
  });
  const WebAnswers web = probe(target_at(peer));
  EXPECT_EQ(reason_of(web.answers[ConsoleRequest::metrics]), UnknownReason::unreachable);
  EXPECT_EQ(status_of(web.answers[ConsoleRequest::status]), 401);
}

TEST(WebProbe, AsksOnlyAConsoleToSignOutAndUp) {
  for (const std::string& ok :
       {http_answer(404, ""), http_answer(200, "<html>"), http_answer(200, R"({"ok":false})"),
        http_answer(302, "", "Location: https://login.example/\r\n"),
        http_answer(500, R"({"error":"internal_error"})")}) {
    const HttpPeer peer(answering([&ok](const ReceivedRequest& request) {
      return request.target == "/api/auth/ok" ? ok : console_answer(request);
    }));
    const WebAnswers web = probe(target_at(peer));
    for (const std::string& line : peer.lines()) {
      EXPECT_EQ(line.find("/api/auth/sign"), std::string::npos) << line;
    }
    EXPECT_EQ(reason_of(web.answers[ConsoleRequest::sign_out]), UnknownReason::unexpected_response);
    EXPECT_EQ(reason_of(web.answers[ConsoleRequest::sign_up]), UnknownReason::unexpected_response);
    EXPECT_EQ(format_location(web.answers[ConsoleRequest::sign_out]),
              "POST http://console.test/api/auth/sign-out");
    EXPECT_EQ(status_of(web.answers[ConsoleRequest::foreign_write]), 403)
        << "these say something without a console too";
  }
}

TEST(WebProbe, StopsWithTheWholeDeadline) {
  const HttpPeer peer(answering(&console_answer));
  const WebAnswers web =
      probe_web(target_at(peer), Resolver{}, Deadline::after(std::chrono::milliseconds{0}));
  for (const Fact<HttpAnswer>* fact : all_facts(web)) {
    EXPECT_EQ(reason_of(*fact), UnknownReason::timeout);
  }
  EXPECT_EQ(peer.connections(), 0U);
}

TEST(WebProbe, GivesFactsForAnEndpointThatIsNotThere) {
  const test::ClosedPort closed;
  const std::string address = "127.0.0.1:" + std::to_string(closed.port());
  const WebAnswers web = probe({.route = {.url = "https://console.test", .connect_to = address},
                                .connect_to_http = address});
  for (const Fact<HttpAnswer>* fact : all_facts(web)) {
    EXPECT_EQ(reason_of(*fact), UnknownReason::unreachable) << format_location(*fact);
  }
  EXPECT_EQ(web.plain_http.value.value().state, PortState::refused);
}

}  // namespace
}  // namespace compliance::probes::web_probe_test

// The probes of the console send the operator's headers and session where nobody else reads them.
#include <string>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/console/console_facts.h"
#include "tests/exporter/observe/probes/console/console_peer.h"
#include "tests/support/temporary_directory.h"

namespace compliance::probes::web_probe_secrets_test {
namespace {

using test::all_facts;
using test::answering;
using test::console_answer;
using test::console_lines;
using test::HttpPeer;
using test::joined;
using test::Lines;
using test::probe;
using test::reason_of;
using test::ReceivedRequest;
using test::session_lines;
using test::status_of;
using test::target_at;

TEST(WebProbeSecrets, SendsTheOperatorsHeadersWithEveryRequestToTheEndpoint) {
  const HttpPeer peer(answering(&console_answer));
  const HttpPeer door(answering(&console_answer));
  WebTarget target = target_at(peer);
  target.connect_to_http = door.address();
  target.headers = {{"CF-Access-Client-Secret", "hidden-words"}, {"Cookie", "edge=1"}};
  target.session_cookie = "session=good";
  probe(target);
  const auto requests = peer.requests();
  ASSERT_EQ(requests.size(), console_lines.size() + session_lines.size());
  for (std::size_t index = 0; index < requests.size(); ++index) {
    EXPECT_EQ(requests[index].header("cf-access-client-secret"), "hidden-words");
    EXPECT_EQ(requests[index].header("cookie"),
              index < console_lines.size() ? "edge=1" : "edge=1; session=good");
  }
  ASSERT_EQ(door.lines(), (Lines{"GET /"}));
  EXPECT_EQ(door.requests()[0].header("cf-access-client-secret"), "");
  EXPECT_EQ(door.requests()[0].header("cookie"), "");
}

TEST(WebProbeSecrets, SendsNoSecretInClearToAnotherMachine) {
  const HttpPeer proxy(answering([](const ReceivedRequest& request) {
    return request.method == "CONNECT" ? "HTTP/1.1 200 OK\r\n\r\n" : console_answer(request);
  }));
  WebTarget target{.route = {.url = "http://console.test",
                             .connect_to = "127.0.0.1:1",  // of the proxy's machine
                             .http_proxy = "http://" + proxy.address()},
                   .session_cookie = "session=good"};
  const WebAnswers without_headers = probe(target);
  EXPECT_EQ(status_of(without_headers.answers[ConsoleRequest::auth_ok]), 200);
  EXPECT_EQ(reason_of(without_headers.session->control), UnknownReason::not_observable);
  EXPECT_EQ(reason_of(without_headers.session->paths.at(0).answer), UnknownReason::not_observable);
  const std::size_t asked = proxy.requests().size();
  target.headers = {{"X-Token", "hidden-words"}};
  const WebAnswers with_headers = probe(target);
  for (const Fact<HttpAnswer>* fact : all_facts(with_headers)) {
    EXPECT_EQ(reason_of(*fact), UnknownReason::not_observable);
  }
  EXPECT_EQ(proxy.requests().size(), asked);
  for (const ReceivedRequest& request : proxy.requests()) {
    EXPECT_EQ(request.header("cookie") + request.header("x-token"), "") << request.line();
  }
}

TEST(WebProbeSecrets, SendsSecretsOverVerifiedTlsAlone) {
  const test::TemporaryDirectory directory;
  const test::MadeCertificate made = test::loopback_certificate();
  const HttpPeer peer(answering(&console_answer), made);
  WebTarget target{.route = {.url = "https://console.test", .connect_to = peer.address()},
                   .headers = {{"X-Token", "hidden-words"}},
                   .session_cookie = "session=good"};
  const WebAnswers refused = probe(target);
  for (const Fact<HttpAnswer>* fact : all_facts(refused)) {
    EXPECT_EQ(reason_of(*fact), UnknownReason::tls_failure);
    EXPECT_EQ(fact->fault->message.find("hidden-words"), std::string::npos);
  }
  EXPECT_EQ(peer.bytes(), 0U);
  EXPECT_EQ(peer.connections(), 1U) << "one failure is enough";
  target.route.ca_file = directory.write("ca.pem", made.pem);
  const WebAnswers web = probe(target);
  EXPECT_EQ(peer.lines(), joined(console_lines, session_lines));
  EXPECT_TRUE(web.session->control.value->tls);
  ASSERT_TRUE(web.plain_http.fault) << "connect_to without connect_to_http";
  EXPECT_EQ(web.plain_http.fault->reason, UnknownReason::not_configured);
}

}  // namespace
}  // namespace compliance::probes::web_probe_secrets_test

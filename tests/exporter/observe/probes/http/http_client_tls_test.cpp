// The HTTP client with TLS: nothing is asked of a server that does not prove its name.
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/http/client.h"
#include "tests/support/temporary_directory.h"

namespace compliance::probes::http_client_tls_test {
namespace {

using namespace std::chrono_literals;
using test::answering;
using test::ask;
using test::CertificatePlan;
using test::http_answer;
using test::HttpConversation;
using test::HttpPeer;
using test::MadeCertificate;
using test::make_certificate;
using test::message_of;
using test::reason_of;
using test::ReceivedRequest;

HttpPeer::Script greeting() {
  return answering([](const ReceivedRequest& /*request*/) { return http_answer(200, "hello"); });
}

std::chrono::sys_seconds now() {
  return std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
}

CertificatePlan valid_plan(std::string alternative_names) {
  return {.name = "console.test",
          .not_before = now() - 1h,
          .not_after = now() + 24h,
          .alternative_names = std::move(alternative_names)};
}

// A request with secrets to a server of that certificate, which `authority` is to have signed.
struct Exchange {
  ReadResult<HttpAnswer> answer;
  std::size_t bytes = 0;  // that the server could read
  std::size_t connections = 0;
};

Exchange exchange_with(const MadeCertificate& certificate, const std::string& authority) {
  const test::TemporaryDirectory directory;
  const HttpPeer peer(greeting(), certificate);
  HttpRoute route = test::route_to(peer, "https");
  route.ca_file = directory.write("ca.pem", authority);
  auto answer = ask(route, {.target = "/", .headers = {{"Cookie", "hidden-words"}}});
  return {.answer = std::move(answer), .bytes = peer.bytes(), .connections = peer.connections()};
}

TEST(HttpClientTls, AsksAServerThatProvesItsName) {
  const MadeCertificate made = test::loopback_certificate();
  const Exchange exchange = exchange_with(made, made.pem);
  ASSERT_TRUE(exchange.answer) << message_of(exchange.answer);
  EXPECT_EQ(exchange.answer.value().body, "hello");
  EXPECT_TRUE(exchange.answer.value().tls);
  EXPECT_GT(exchange.bytes, 0U);
}

TEST(HttpClientTls, SendsTheUrlsHostHoweverItConnects) {
  const MadeCertificate made = make_certificate(valid_plan("DNS:console.test"), nullptr);
  const test::TemporaryDirectory directory;
  const HttpPeer peer(greeting(), made);
  HttpRoute route = test::route_to(peer, "https");
  route.url = "https://CONSOLE.test.:" + std::to_string(peer.port());
  route.ca_file = directory.write("ca.pem", made.pem);
  const auto answer = ask(route, {.target = "/"});
  ASSERT_TRUE(answer) << message_of(answer);
}

TEST(HttpClientTls, VerifiesAddressesByTheirAlternativeNames) {
  const test::TemporaryDirectory directory;
  const MadeCertificate made = test::loopback_certificate();
  const HttpPeer peer(greeting(), made);
  const std::string ca_file = directory.write("ca.pem", made.pem);
  EXPECT_TRUE(ask({.url = "https://" + peer.address(), .ca_file = ca_file}, {.target = "/"}));
  const HttpPeer other(greeting(), made, "127.0.0.2");
  const auto answer =
      ask({.url = "https://" + other.address(), .ca_file = ca_file}, {.target = "/"});
  EXPECT_EQ(reason_of(answer), UnknownReason::tls_failure);
  EXPECT_NE(message_of(answer).find("does not name 127.0.0.2"), std::string::npos)
      << message_of(answer);
  EXPECT_EQ(other.bytes(), 0U);
}

struct BadCertificate {
  std::string name{};
  MadeCertificate certificate{};
  std::string authority{};
  std::string words{};
};

std::vector<BadCertificate> bad_certificates() {
  const MadeCertificate good = test::loopback_certificate();
  const MadeCertificate expired = make_certificate({.name = "x",
                                                    .not_before = now() - 48h,
                                                    .not_after = now() - 1h,
                                                    .alternative_names = "DNS:console.test"},
                                                   nullptr);
  const MadeCertificate early = make_certificate({.name = "x",
                                                  .not_before = now() + 1h,
                                                  .not_after = now() + 48h,
                                                  .alternative_names = "DNS:console.test"},
                                                 nullptr);
  const MadeCertificate other = make_certificate(valid_plan("DNS:other.test"), nullptr);
  const MadeCertificate partial = make_certificate(valid_plan("DNS:c*.test"), nullptr);
  const MadeCertificate name_alone = make_certificate(valid_plan(""), nullptr);
  CertificatePlan ours = valid_plan("");
  ours.authority = true;
  const MadeCertificate authority = make_certificate(ours, nullptr);
  const MadeCertificate signed_by = make_certificate(valid_plan("DNS:console.test"), &authority);
  return {{"self-signed and unknown", good, other.pem, "name its certificate with ca_file"},
          {"signed by somebody unknown", signed_by, other.pem, "name its certificate with ca_file"},
          {"expired", expired, expired.pem, "expired"},
          {"not yet valid", early, early.pem, "not yet valid"},
          {"another name", other, other.pem, "does not name console.test"},
          {"a wildcard within a label", partial, partial.pem, "does not name console.test"},
          {"a common name alone", name_alone, name_alone.pem, "does not name console.test"},
          {"no certificate in ca_file", good, "nothing", "ca_file"}};
}

TEST(HttpClientTls, SendsNothingToAServerThatDoesNotProveItsName) {
  for (const BadCertificate& row : bad_certificates()) {
    const Exchange exchange = exchange_with(row.certificate, row.authority);
    EXPECT_EQ(reason_of(exchange.answer), UnknownReason::tls_failure)
        << row.name << ": " << message_of(exchange.answer);
    const std::string message = message_of(exchange.answer);
    EXPECT_NE(message.find(row.words), std::string::npos) << row.name << ": " << message;
    EXPECT_EQ(message.find("hidden-words"), std::string::npos) << message;
    EXPECT_EQ(exchange.bytes, 0U) << row.name;
  }
}

TEST(HttpClientTls, ReadsTheSystemsStoreWithoutACaFile) {
  const test::TemporaryDirectory directory;
  const MadeCertificate made = test::loopback_certificate();
  const HttpPeer peer(greeting(), made);
  EXPECT_EQ(reason_of(ask(test::route_to(peer, "https"), {.target = "/"})),
            UnknownReason::tls_failure);
  EXPECT_EQ(peer.bytes(), 0U);
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread reads the environment
  ::setenv("SSL_CERT_FILE", directory.write("ca.pem", made.pem).c_str(), 1);
  const auto answer = ask(test::route_to(peer, "https"), {.target = "/"});
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread reads the environment
  ::unsetenv("SSL_CERT_FILE");
  ASSERT_TRUE(answer) << message_of(answer);
}

TEST(HttpClientTls, OneCaFileDoesNotAddToTheSystemsStore) {
  const test::TemporaryDirectory directory;
  const MadeCertificate made = test::loopback_certificate();
  const HttpPeer peer(greeting(), made);
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread reads the environment
  ::setenv("SSL_CERT_FILE", directory.write("system.pem", made.pem).c_str(), 1);
  HttpRoute route = test::route_to(peer, "https");
  route.ca_file = directory.write("ca.pem", test::loopback_certificate().pem);
  const auto answer = ask(route, {.target = "/"});
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread reads the environment
  ::unsetenv("SSL_CERT_FILE");
  EXPECT_EQ(reason_of(answer), UnknownReason::tls_failure);
}

TEST(HttpClientTls, SaysThatAPeerSpeaksNoTls) {
  const HttpPeer peer([](HttpConversation& conversation) {
    conversation.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    conversation.hold();
  });
  const auto answer = ask(test::route_to(peer, "https"), {.target = "/"});
  EXPECT_EQ(reason_of(answer), UnknownReason::tls_failure);
  EXPECT_NE(message_of(answer).find("wrong version number"), std::string::npos)
      << message_of(answer);
}

TEST(HttpClientTls, EndsHandshakesThatStallOrBreak) {
  const HttpPeer silent([](HttpConversation& conversation) { conversation.hold(); });
  EXPECT_EQ(reason_of(ask(test::route_to(silent, "https"), {.target = "/"}, test::scant)),
            UnknownReason::timeout);
  const HttpPeer closing([](HttpConversation& /*conversation*/) {});
  EXPECT_EQ(reason_of(ask(test::route_to(closing, "https"), {.target = "/"})),
            UnknownReason::tls_failure);
  const HttpPeer resetting([](HttpConversation& conversation) { conversation.reset(); });
  EXPECT_FALSE(ask(test::route_to(resetting, "https"), {.target = "/"}));
}

TEST(HttpClientTls, EndsAStormOfAlerts) {
  const HttpPeer peer([](HttpConversation& conversation) {
    const std::string warning{"\x15\x03\x03\x00\x02\x01\x5a", 7};
    while (conversation.send(warning)) {
    }
  });
  EXPECT_EQ(reason_of(ask(test::route_to(peer, "https"), {.target = "/"})),
            UnknownReason::tls_failure);
}

TEST(HttpClientTls, ReachesItsServerThroughAProxysTunnel) {
  const test::TemporaryDirectory directory;
  const MadeCertificate made = test::loopback_certificate();
  const HttpPeer plain(answering([](const ReceivedRequest& request) {
    return request.method == "CONNECT" ? std::string{"HTTP/1.1 200 OK\r\n\r\n"} : std::string{};
  }));
  const auto answer = ask({.url = "https://console.test",
                           .ca_file = directory.write("ca.pem", made.pem),
                           .http_proxy = "http://" + plain.address()},
                          {.target = "/", .headers = {{"Cookie", "hidden-words"}}}, test::scant);
  EXPECT_FALSE(answer) << "nobody speaks TLS there";
  EXPECT_EQ(plain.lines(), (std::vector<std::string>{"CONNECT console.test:443"}));
  EXPECT_EQ(plain.requests().front().header("cookie"), "");
}

}  // namespace
}  // namespace compliance::probes::http_client_tls_test

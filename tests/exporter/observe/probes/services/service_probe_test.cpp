// The probes of the services send exactly what the catalogue names, and the bearer where it may go.
#include "exporter/observe/probes/services/service_probe.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/dns_server.h"
#include "tests/support/http_peer.h"
#include "tests/support/temporary_directory.h"

namespace compliance::probes::service_probe_test {
namespace {

using test::answering;
using test::http_answer;
using test::HttpConversation;
using test::HttpPeer;
using test::ReceivedRequest;

using Lines = std::vector<std::string>;

std::string service_answer(const ReceivedRequest& request) {
  if (request.target == "/metrics" && request.header("authorization") == "Bearer hidden-words") {
    return http_answer(200, "# HELP up x\n# TYPE up gauge\nup 1\n");
  }
  return http_answer(401, "unauthorized\n");
}

Deadline ample_deadline() { return Deadline::after(std::chrono::seconds{20}); }

ServiceTarget target_at(const HttpPeer& peer, Component component) {
  return {.component = component,
          .route = {.url = "http://service.example", .connect_to = peer.address()},
          .metrics_bearer = "hidden-words"};
}

ServiceAnswers probe(const ServiceTarget& target) {
  return probe_service(target, Resolver{}, ample_deadline());
}

int status_of(const Fact<HttpAnswer>& fact) { return fact.value ? fact.value->status : 0; }

// The paths that a component was asked for, a random one as "<random>".
Lines lines_of(const HttpPeer& peer) {
  Lines lines;
  for (const ReceivedRequest& request : peer.requests()) {
    const bool random =
        request.target.size() == 17 &&
        request.target.find_first_not_of("0123456789abcdef", 1) == std::string::npos;
    lines.push_back(request.method + " " + (random ? "<random>" : request.target));
  }
  return lines;
}

TEST(ServiceProbe, SendsTheRequestsOfTheCatalogueAndNoOther) {
  const std::vector<std::pair<Component, Lines>> rows{
      {Component::audit, {"GET /metrics", "GET /metrics"}},
      {Component::coordinator, {"GET /metrics"}},
      {Component::gateway, {"GET /metrics", "GET /metrics", "GET <random>"}},
      {Component::sts, {"GET /metrics", "GET /metrics", "GET /.well-known/jwks.json"}},
      {Component::api, {"GET /metrics", "GET /metrics", "GET /docs", "POST /v1/control/invoke"}},
      {Component::web, {}},
      {Component::postgres, {}},
  };
  for (const auto& [component, lines] : rows) {
    const HttpPeer peer(answering(&service_answer));
    probe(target_at(peer, component));
    EXPECT_EQ(lines_of(peer), lines) << name_of(component);
  }
}

TEST(ServiceProbe, SendsTheBearerWithOneRequestAlone) {
  const HttpPeer peer(answering(&service_answer));
  const ServiceAnswers answers = probe(target_at(peer, Component::api));
  EXPECT_EQ(status_of(answers[ServiceRequest::metrics]), 401);
  EXPECT_EQ(status_of(answers[ServiceRequest::metrics_with_bearer]), 200);
  std::vector<std::string> credentials;
  for (const ReceivedRequest& request : peer.requests()) {
    credentials.push_back(request.header("authorization"));
  }
  EXPECT_EQ(credentials, (std::vector<std::string>{"", "Bearer hidden-words", "", ""}));
  EXPECT_EQ(peer.requests()[3].body, "");
}

TEST(ServiceProbe, LeavesOutWhatIsNotConfiguredOrNotOfTheComponent) {
  const HttpPeer peer(answering(&service_answer));
  ServiceTarget target = target_at(peer, Component::audit);
  target.metrics_bearer.clear();
  const ServiceAnswers answers = probe(target);
  EXPECT_EQ(lines_of(peer), (Lines{"GET /metrics"}));
  EXPECT_TRUE(answers[ServiceRequest::metrics_with_bearer].absent());
  EXPECT_TRUE(answers[ServiceRequest::documentation].absent());
  EXPECT_TRUE(answers[ServiceRequest::control].absent());
  EXPECT_TRUE(answers[ServiceRequest::random_path].absent());
  EXPECT_TRUE(answers[ServiceRequest::key_set].absent());
}

TEST(ServiceProbe, DoesNotShowTheBearerToTheCoordinatorWhichRefusesIt) {
  const HttpPeer peer(answering(&service_answer));
  EXPECT_TRUE(
      probe(target_at(peer, Component::coordinator))[ServiceRequest::metrics_with_bearer].absent());
}

TEST(ServiceProbe, AsksForTheKeysOfTheZone) {
  const HttpPeer peer(answering(&service_answer));
  ServiceTarget target = target_at(peer, Component::sts);
  target.zone = "zone 1/\xc3\xa4&x=\r\n";
  const ServiceAnswers answers = probe(target);
  EXPECT_EQ(lines_of(peer).back(),
            "GET /.well-known/jwks.json?zone_id=zone%201%2F%C3%A4%26x%3D%0D%0A");
  EXPECT_EQ(answers[ServiceRequest::key_set].origin.place.text(),
            "GET http://service.example/.well-known/jwks.json?zone_id="
            "zone%201%2F%C3%A4%26x%3D%0D%0A");
}

TEST(ServiceProbe, NamesMethodAndUrlAsOriginsThatStayTheSame) {
  const HttpPeer peer(answering(&service_answer));
  const ServiceAnswers answers = probe(target_at(peer, Component::gateway));
  EXPECT_EQ(answers[ServiceRequest::metrics].origin,
            (Origin{.source = Source::endpoint,
                    .place = Location{"GET http://service.example/metrics"}}));
  EXPECT_EQ(answers[ServiceRequest::random_path].origin.place.text(),
            "GET http://service.example/<random>");
}

TEST(ServiceProbe, AsksTheGatewayForAnotherPathEachTime) {
  const HttpPeer peer(answering(&service_answer));
  probe(target_at(peer, Component::gateway));
  probe(target_at(peer, Component::gateway));
  const auto requests = peer.requests();
  ASSERT_EQ(requests.size(), 6U);
  EXPECT_NE(requests[2].target, requests[5].target);
}

TEST(ServiceProbe, SendsTheBearerInClearToInternalHostsAlone) {
  const HttpPeer peer(answering(&service_answer));
  const test::DnsServer dns({{"sts", {.addresses = {"127.0.0.1"}}},
                             {"sts.example.com", {.addresses = {"127.0.0.1"}}},
                             {"sts.caracal.svc", {.addresses = {"127.0.0.1"}}}});
  const Resolver resolver{{.servers = {dns.address()}}};
  const std::string port = ":" + std::to_string(peer.port());
  for (const std::string host : {"127.0.0.1", "sts", "sts.caracal.svc"}) {
    const auto answers = probe_service({.component = Component::sts,
                                        .route = {.url = "http://" + (host + port)},
                                        .metrics_bearer = "hidden-words"},
                                       resolver, ample_deadline());
    EXPECT_EQ(status_of(answers[ServiceRequest::metrics_with_bearer]), 200) << host;
  }
  const std::size_t asked = peer.requests().size();
  const auto answers = probe_service({.component = Component::sts,
                                      .route = {.url = "http://sts.example.com" + port},
                                      .metrics_bearer = "hidden-words"},
                                     resolver, ample_deadline());
  EXPECT_EQ(answers[ServiceRequest::metrics_with_bearer].fault.value().reason,
            UnknownReason::not_observable);
  EXPECT_EQ(answers[ServiceRequest::metrics_with_bearer].fault->message.find("hidden-words"),
            std::string::npos);
  EXPECT_EQ(status_of(answers[ServiceRequest::key_set]), 401)
      << "the other requests hold no secret";
  EXPECT_EQ(peer.requests().size(), asked + 2);
}

TEST(ServiceProbe, SendsTheBearerOverVerifiedTlsAlone) {
  const test::TemporaryDirectory directory;
  const test::MadeCertificate made = test::loopback_certificate();
  const HttpPeer peer(answering(&service_answer), made);
  ServiceTarget target = target_at(peer, Component::audit);
  target.route.url = "https://console.test";
  const ServiceAnswers refused = probe(target);
  EXPECT_EQ(refused[ServiceRequest::metrics].fault.value().reason, UnknownReason::tls_failure);
  EXPECT_EQ(refused[ServiceRequest::metrics_with_bearer].fault.value().reason,
            UnknownReason::tls_failure);
  EXPECT_EQ(peer.bytes(), 0U);
  target.route.ca_file = directory.write("ca.pem", made.pem);
  EXPECT_EQ(status_of(probe(target)[ServiceRequest::metrics_with_bearer]), 200);
}

TEST(ServiceProbe, AsksNothingMoreAfterARequestThatTimedOut) {
  const HttpPeer peer([](HttpConversation& conversation) {
    conversation.receive();
    conversation.hold();
  });
  ServiceTarget target = target_at(peer, Component::api);
  target.timeout = std::chrono::milliseconds{200};
  const ServiceAnswers answers = probe(target);
  EXPECT_EQ(lines_of(peer), (Lines{"GET /metrics"}));
  for (const auto* fact :
       {&answers[ServiceRequest::metrics], &answers[ServiceRequest::metrics_with_bearer],
        &answers[ServiceRequest::documentation], &answers[ServiceRequest::control]}) {
    EXPECT_EQ(fact->fault.value().reason, UnknownReason::timeout);
  }
}

TEST(ServiceProbe, SaysThatABearerIsNoHeaderWithoutShowingIt) {
  const HttpPeer peer(answering(&service_answer));
  ServiceTarget target = target_at(peer, Component::audit);
  target.metrics_bearer = "hidden\r\nX: words";
  const Fact<HttpAnswer> fact = probe(target)[ServiceRequest::metrics_with_bearer];
  EXPECT_EQ(fact.fault.value().reason, UnknownReason::unparsable);
  EXPECT_EQ(fact.fault->message.find("hidden"), std::string::npos);
  EXPECT_EQ(lines_of(peer), (Lines{"GET /metrics"}));
}

}  // namespace
}  // namespace compliance::probes::service_probe_test

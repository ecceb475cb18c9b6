// Results of probes: their way into the facts, outages, and what counts as content.
#include "exporter/observe/probes/probe_results.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace compliance::probes::probe_results_test {
namespace {

const Fault outage{.reason = UnknownReason::unreachable, .message = "refused"};
const Fault oddity{.reason = UnknownReason::unexpected_response, .message = "odd"};
const Origin place{.source = Source::endpoint, .place = Location{"https://a.example"}};

Fact<HttpAnswer> answered(int status) { return {.value = HttpAnswer{.status = status}}; }

// One answer of every kind, each with a value in its first fact.
std::vector<ProbeResult> all_kinds() {
  return {HandshakeResult{.handshake = {.value = TlsHandshake{}}},
          OffersResult{.offers = {.weak_suite = {.value = ""}}},
          ServiceResult{.answers = {{ServiceRequest::metrics, answered(401)}}},
          WebResult{.web = {.answers = {{ConsoleRequest::auth_ok, answered(200)}}}},
          RateLimitResult{.plain = {.value = RateLimitRun{.sent = 4}}},
          NameResolution{.name = "n", .addresses = {.value = std::vector<Address>{}}},
          ExposedPort{.answer = {.value = PortAnswer{}}},
          RedisProbe{.reply = {.value = RedisReply::denied}},
          PostgresProbe{.reply = {.value = PostgresReply::plain}}};
}

TEST(ProbeResults, BelongToTheirSource) {
  std::vector<Source> sources;
  for (const ProbeResult& answer : all_kinds()) {
    sources.push_back(source_of(answer));
  }
  using enum Source;
  EXPECT_THAT(sources, testing::ElementsAre(endpoint, endpoint, endpoint, endpoint, endpoint, dns,
                                            exposure, datastore, datastore));
}

TEST(ProbeResults, OfEveryKindAreReachedUntilTheyHaveAFaultOfReach) {
  for (ProbeResult answer : all_kinds()) {
    EXPECT_TRUE(is_reached(answer)) << answer.index();
    EXPECT_TRUE(faults_of(answer).empty()) << answer.index();
    replace_asked(oddity, answer);
    EXPECT_TRUE(is_reached(answer)) << answer.index();
    EXPECT_EQ(faults_of(answer), std::vector{oddity}) << answer.index();
    replace_asked(outage, answer);
    EXPECT_FALSE(is_reached(answer)) << answer.index();
    EXPECT_EQ(faults_of(answer), std::vector{outage}) << answer.index();
  }
}

TEST(ProbeResults, ThatWereNeverAskedStayAbsentWhenTheOthersAreReplaced) {
  ProbeResult answer{WebResult{.web = {.answers = {{ConsoleRequest::auth_ok, answered(200)}}}}};
  replace_asked(outage, answer);
  const WebAnswers& web = std::get<WebResult>(answer).web;
  EXPECT_EQ(web.answers[ConsoleRequest::auth_ok].fault, outage);
  EXPECT_FALSE(web.answers[ConsoleRequest::auth_ok].value);
  EXPECT_TRUE(web.answers[ConsoleRequest::page].absent());
}

TEST(ProbeResults, AreAllSetWhenTheTargetAsAWholeFailed) {
  ProbeResult answer{WebResult{.web = {.grants = {{.origin = "null"}},
                                       .session = SessionAnswers{.paths = {{.form = ".."}}}}}};
  set_all(outage, place, answer);
  const WebAnswers& web = std::get<WebResult>(answer).web;
  EXPECT_EQ(web.answers[ConsoleRequest::auth_ok].fault, outage);
  EXPECT_EQ(web.plain_http.fault, outage);
  EXPECT_EQ(web.grants.front().answer.fault, outage);
  EXPECT_EQ(web.session->control.fault, outage);
  EXPECT_EQ(web.session->paths.front().answer.fault, outage);
  EXPECT_EQ(web.answers[ConsoleRequest::page].origin, place);
  EXPECT_TRUE(web.limiter.absent()) << "the limiter is a target of its own";
}

Installation installation_with_everything() {
  return {.probed = {.endpoints = {{.component = Component::sts}, {.component = Component::web}},
                     .names = {{.name = "n"}, {.name = "m"}},
                     .exposed_ports = {{.address = "a", .port = 1}, {.address = "a", .port = 2}}}};
}

TEST(ProbeResults, GoWhereTheirTargetIs) {
  Installation installation = installation_with_everything();
  add_to(installation, HandshakeResult{.component = Component::web,
                                       .handshake = {.value = TlsHandshake{.suite = "x"}}});
  add_to(installation,
         OffersResult{.component = Component::web, .offers = {.weak_suite = {.value = "w"}}});
  add_to(installation, ServiceResult{.component = Component::sts,
                                     .answers = {{ServiceRequest::key_set, answered(400)}}});
  add_to(installation, NameResolution{.name = "m", .addresses = {.fault = outage}});
  add_to(installation, ExposedPort{.address = "a", .port = 2, .answer = {.fault = outage}});
  add_to(installation, RedisProbe{.tls = true});
  add_to(installation, PostgresProbe{.host = "p"});
  EXPECT_EQ(installation.probed.endpoints.at(1).tls.handshake.value->suite, "x");
  EXPECT_EQ(installation.probed.endpoints.at(1).tls.weak_suite.value, "w");
  EXPECT_EQ(installation.probed.endpoints.at(0).service[ServiceRequest::key_set].value->status,
            400);
  EXPECT_TRUE(installation.probed.names.at(0).addresses.absent());
  EXPECT_EQ(installation.probed.names.at(1).addresses.fault, outage);
  EXPECT_TRUE(installation.probed.exposed_ports.at(0).answer.absent());
  EXPECT_EQ(installation.probed.exposed_ports.at(1).answer.fault, outage);
  EXPECT_TRUE(installation.probed.redis->tls);
  EXPECT_EQ(installation.probed.postgres->host, "p");
}

TEST(ProbeResults, OfTheConsoleAndItsLimiterDoNotWipeEachOther) {
  Installation installation = installation_with_everything();
  add_to(installation, RateLimitResult{.plain = {.value = RateLimitRun{.sent = 4}},
                                       .forwarded = {.value = RateLimitRun{.sent = 5}}});
  add_to(installation, WebResult{.web = {.answers = {{ConsoleRequest::auth_ok, answered(200)}}}});
  const WebAnswers& web = installation.probed.endpoints.at(1).web;
  EXPECT_EQ(web.limiter.value->sent, 4U);
  EXPECT_EQ(web.limiter_forwarded.value->sent, 5U);
  EXPECT_EQ(web.answers[ConsoleRequest::auth_ok].value->status, 200);
}

TEST(ProbeResults, WithoutATargetAreDropped) {
  Installation installation;
  for (const ProbeResult& answer :
       {ProbeResult{HandshakeResult{}}, ProbeResult{OffersResult{}}, ProbeResult{ServiceResult{}},
        ProbeResult{WebResult{}}, ProbeResult{RateLimitResult{}},
        ProbeResult{NameResolution{.name = "n"}}, ProbeResult{ExposedPort{}}}) {
    add_to(installation, answer);
  }
  EXPECT_EQ(installation, Installation{});
}

TEST(ProbeResults, HaveContentWhereAnOperatorWouldCallItAChange) {
  const auto handshake = [](TrustFault trust, std::chrono::sys_seconds end) {
    return content_key(HandshakeResult{
        .handshake = {.value = TlsHandshake{.trust = trust, .path = {{.not_after = end}}}}});
  };
  const std::chrono::sys_seconds end{std::chrono::seconds{1000}};
  EXPECT_EQ(handshake(TrustFault::none, end), handshake(TrustFault::none, end));
  EXPECT_NE(handshake(TrustFault::none, end), handshake(TrustFault::expired, end));
  EXPECT_NE(handshake(TrustFault::none, end),
            handshake(TrustFault::none, end + std::chrono::seconds{1}));
  const auto name = [](const char* address) {
    return content_key(
        NameResolution{.addresses = {.value = std::vector{*parse_address(address)}}});
  };
  EXPECT_NE(name("192.0.2.1"), name("192.0.2.2"));
  EXPECT_NE(content_key(RedisProbe{.reply = {.value = RedisReply::denied}}),
            content_key(RedisProbe{.reply = {.value = RedisReply::pong}}));
  EXPECT_NE(content_key(PostgresProbe{.reply = {.value = PostgresReply::tls}}),
            content_key(PostgresProbe{.reply = {.value = PostgresReply::plain}}));
  EXPECT_NE(content_key(ExposedPort{.answer = {.value = PortAnswer{.state = PortState::open}}}),
            content_key(ExposedPort{.answer = {.value = PortAnswer{.state = PortState::silent}}}));
  EXPECT_EQ(content_key(WebResult{.web = {.answers = {{ConsoleRequest::auth_ok, answered(200)}}}}),
            "");
}

}  // namespace
}  // namespace compliance::probes::probe_results_test

// What becomes of answers: their way into the facts, outages, age, and what counts as content.
#include "exporter/observe/probes/probe_results.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace compliance::probes {
namespace {

const Fault outage{.reason = UnknownReason::unreachable, .message = "refused"};
const Fault oddity{.reason = UnknownReason::unexpected_response, .message = "odd"};
const Origin place{.source = Source::endpoint, .place = Location{"https://a.example"}};

Fact<HttpAnswer> answered(int status) { return {.value = HttpAnswer{.status = status}}; }

// One answer of every kind, each with a value in its first fact.
std::vector<Answer> all_kinds() {
  return {HandshakeAnswer{.handshake = {.value = TlsHandshake{}}},
          OffersAnswer{.offers = {.weak_suite = {.value = ""}}},
          ServiceAnswer{.answers = {.metrics = answered(401)}},
          WebAnswer{.answers = {.ok = answered(200)}},
          LimiterAnswer{.plain = {.value = RateLimitRun{.sent = 4}}},
          NameResolution{.name = "n", .addresses = {.value = std::vector<Address>{}}},
          ExposedPort{.answer = {.value = PortAnswer{}}},
          RedisProbe{.reply = {.value = RedisReply::denied}},
          PostgresProbe{.reply = {.value = PostgresReply::plain}}};
}

TEST(Answers, BelongToTheirSource) {
  std::vector<Source> sources;
  for (const Answer& answer : all_kinds()) {
    sources.push_back(source_of(answer));
  }
  using enum Source;
  EXPECT_THAT(sources, testing::ElementsAre(endpoint, endpoint, endpoint, endpoint, endpoint, dns,
                                            exposure, datastore, datastore));
}

TEST(Answers, OfEveryKindAreReachedUntilTheyHaveAFaultOfReach) {
  for (Answer answer : all_kinds()) {
    EXPECT_TRUE(is_reached(answer)) << answer.index();
    EXPECT_TRUE(faults_of(answer).empty()) << answer.index();
    replace_by(oddity, answer);
    EXPECT_TRUE(is_reached(answer)) << answer.index();
    EXPECT_EQ(faults_of(answer), std::vector{oddity}) << answer.index();
    replace_by(outage, answer);
    EXPECT_FALSE(is_reached(answer)) << answer.index();
    EXPECT_EQ(faults_of(answer), std::vector{outage}) << answer.index();
  }
}

TEST(Answers, ThatWereNeverAskedStayAbsentWhenTheOthersAreReplaced) {
  Answer answer{WebAnswer{.answers = {.ok = answered(200)}}};
  replace_by(outage, answer);
  const WebAnswers& web = std::get<WebAnswer>(answer).answers;
  EXPECT_EQ(web.ok.fault, outage);
  EXPECT_FALSE(web.ok.value);
  EXPECT_TRUE(web.page.absent());
}

TEST(Answers, AreAllSetWhenTheTargetAsAWholeFailed) {
  Answer answer{WebAnswer{.answers = {.grants = {{.origin = "null"}},
                                      .session = SessionAnswers{.paths = {{.form = ".."}}}}}};
  set_all(outage, place, answer);
  const WebAnswers& web = std::get<WebAnswer>(answer).answers;
  EXPECT_EQ(web.ok.fault, outage);
  EXPECT_EQ(web.plain_http.fault, outage);
  EXPECT_EQ(web.grants.front().answer.fault, outage);
  EXPECT_EQ(web.session->control.fault, outage);
  EXPECT_EQ(web.session->paths.front().answer.fault, outage);
  EXPECT_EQ(web.page.origin, place);
  EXPECT_TRUE(web.limiter.absent()) << "the limiter is a target of its own";
}

Installation installation_with_everything() {
  return {.endpoints = {{.component = Component::sts}, {.component = Component::web}},
          .names = {{.name = "n"}, {.name = "m"}},
          .exposed_ports = {{.address = "a", .port = 1}, {.address = "a", .port = 2}}};
}

TEST(Answers, GoWhereTheirTargetIs) {
  Installation installation = installation_with_everything();
  add_to(installation, HandshakeAnswer{.component = Component::web,
                                       .handshake = {.value = TlsHandshake{.suite = "x"}}});
  add_to(installation,
         OffersAnswer{.component = Component::web, .offers = {.weak_suite = {.value = "w"}}});
  add_to(installation,
         ServiceAnswer{.component = Component::sts, .answers = {.key_set = answered(400)}});
  add_to(installation, NameResolution{.name = "m", .addresses = {.fault = outage}});
  add_to(installation, ExposedPort{.address = "a", .port = 2, .answer = {.fault = outage}});
  add_to(installation, RedisProbe{.tls = true});
  add_to(installation, PostgresProbe{.host = "p"});
  EXPECT_EQ(installation.endpoints.at(1).tls.handshake.value->suite, "x");
  EXPECT_EQ(installation.endpoints.at(1).tls.weak_suite.value, "w");
  EXPECT_EQ(installation.endpoints.at(0).service.key_set.value->status, 400);
  EXPECT_TRUE(installation.names.at(0).addresses.absent());
  EXPECT_EQ(installation.names.at(1).addresses.fault, outage);
  EXPECT_TRUE(installation.exposed_ports.at(0).answer.absent());
  EXPECT_EQ(installation.exposed_ports.at(1).answer.fault, outage);
  EXPECT_TRUE(installation.redis->tls);
  EXPECT_EQ(installation.postgres->host, "p");
}

TEST(Answers, OfTheConsoleAndItsLimiterDoNotWipeEachOther) {
  Installation installation = installation_with_everything();
  add_to(installation, LimiterAnswer{.plain = {.value = RateLimitRun{.sent = 4}},
                                     .forwarded = {.value = RateLimitRun{.sent = 5}}});
  add_to(installation, WebAnswer{.answers = {.ok = answered(200)}});
  const WebAnswers& web = installation.endpoints.at(1).web;
  EXPECT_EQ(web.limiter.value->sent, 4U);
  EXPECT_EQ(web.limiter_forwarded.value->sent, 5U);
  EXPECT_EQ(web.ok.value->status, 200);
}

TEST(Answers, WithoutATargetAreDropped) {
  Installation installation;
  for (const Answer& answer :
       {Answer{HandshakeAnswer{}}, Answer{OffersAnswer{}}, Answer{ServiceAnswer{}},
        Answer{WebAnswer{}}, Answer{LimiterAnswer{}}, Answer{NameResolution{.name = "n"}},
        Answer{ExposedPort{}}}) {
    add_to(installation, answer);
  }
  EXPECT_EQ(installation, Installation{});
}

TEST(Answers, HaveContentWhereAnOperatorWouldCallItAChange) {
  const auto handshake = [](TrustFault trust, std::chrono::sys_seconds end) {
    return content_of(HandshakeAnswer{
        .handshake = {.value = TlsHandshake{.trust = trust, .path = {{.not_after = end}}}}});
  };
  const std::chrono::sys_seconds end{std::chrono::seconds{1000}};
  EXPECT_EQ(handshake(TrustFault::none, end), handshake(TrustFault::none, end));
  EXPECT_NE(handshake(TrustFault::none, end), handshake(TrustFault::expired, end));
  EXPECT_NE(handshake(TrustFault::none, end),
            handshake(TrustFault::none, end + std::chrono::seconds{1}));
  const auto name = [](const char* address) {
    return content_of(NameResolution{.addresses = {.value = std::vector{*parse_address(address)}}});
  };
  EXPECT_NE(name("192.0.2.1"), name("192.0.2.2"));
  EXPECT_NE(content_of(RedisProbe{.reply = {.value = RedisReply::denied}}),
            content_of(RedisProbe{.reply = {.value = RedisReply::pong}}));
  EXPECT_NE(content_of(PostgresProbe{.reply = {.value = PostgresReply::tls}}),
            content_of(PostgresProbe{.reply = {.value = PostgresReply::plain}}));
  EXPECT_NE(content_of(ExposedPort{.answer = {.value = PortAnswer{.state = PortState::open}}}),
            content_of(ExposedPort{.answer = {.value = PortAnswer{.state = PortState::silent}}}));
  EXPECT_EQ(content_of(WebAnswer{.answers = {.ok = answered(200)}}), "");
}

}  // namespace
}  // namespace compliance::probes

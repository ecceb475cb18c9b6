// Questions to one endpoint end where further ones would be in vain.
#include "exporter/observe/probes/http/http_session.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/http/client.h"
#include "tests/support/dns_server.h"

namespace compliance::probes::http_session_test {
namespace {

using test::ample;
using test::answering;
using test::http_answer;
using test::HttpPeer;
using test::ReceivedRequest;

RequestTimeouts patient() { return {.request = ample, .deadline = Deadline::after(ample)}; }

TEST(HttpSession, AsksAfterANameThatDoesNotExistOnce) {
  const test::DnsServer dns({});
  HttpSession http({.url = "http://absent.example"}, Resolver{{.servers = {dns.address()}}},
                   patient());
  const Fact<HttpAnswer> first = http.ask({.target = "/a"});
  const std::size_t questions = dns.questions().size();
  const Fact<HttpAnswer> second = http.ask({.target = "/b"});
  EXPECT_EQ(first.fault.value().reason, UnknownReason::dns_failure);
  EXPECT_EQ(second.fault, first.fault);
  EXPECT_EQ(second.origin.place.text(), "GET http://absent.example/b");
  EXPECT_EQ(dns.questions().size(), questions);
  EXPECT_EQ(http.ended(), first.fault);
}

TEST(HttpSession, GoesOnAfterARefusedConnection) {
  const test::ClosedPort closed;
  HttpSession http({.url = "http://127.0.0.1:" + std::to_string(closed.port())}, Resolver{},
                   patient());
  EXPECT_EQ(http.ask({.target = "/"}).fault.value().reason, UnknownReason::unreachable);
  EXPECT_FALSE(http.ended());
}

TEST(HttpSession, SendsNothingOnceItHasBeenEnded) {
  const HttpPeer peer(
      answering([](const ReceivedRequest& /*request*/) { return http_answer(200, ""); }));
  HttpSession http(test::route_to(peer), Resolver{}, patient());
  EXPECT_TRUE(http.ask({.target = "/"}).value);
  const Fault why{.reason = UnknownReason::not_observable, .message = "because"};
  http.end(why);
  EXPECT_EQ(http.ask({.target = "/"}).fault, why);
  EXPECT_EQ(peer.requests().size(), 1U);
}

TEST(HttpSession, ShowsMadeUpTargetsByTheirOtherName) {
  const test::ClosedPort closed;
  const std::string origin = "http://127.0.0.1:" + std::to_string(closed.port());
  HttpSession http({.url = origin}, Resolver{}, patient());
  const Fact<HttpAnswer> fact =
      http.ask({.target = "/a/0123456789", .shown_target = "/a/<random>"});
  EXPECT_EQ(fact.origin.place.text(), "GET " + origin + "/a/<random>");
  EXPECT_EQ(fact.fault.value().message.rfind("GET " + origin + "/a/<random>: ", 0), 0U);
}

TEST(HttpSession, SaysThatARouteCannotBeReadWithoutRepeatingIt) {
  HttpSession http({.url = "https://user:hidden-words@a.example"}, Resolver{}, patient());
  const Fact<HttpAnswer> fact = http.ask({.target = "/"});
  EXPECT_EQ(fact.fault.value().reason, UnknownReason::internal_error);
  EXPECT_EQ(fact.fault->message.find("hidden-words"), std::string::npos);
  EXPECT_EQ(fact.origin.place.text().find("hidden-words"), std::string_view::npos);
}

TEST(RandomName, IsAnotherOneEachTime) {
  std::set<std::string> names;
  for (int round = 0; round < 100; ++round) {
    const std::string name = random_name();
    EXPECT_EQ(name.size(), 16U);
    EXPECT_EQ(name.find_first_not_of("0123456789abcdef"), std::string::npos) << name;
    names.insert(name);
  }
  EXPECT_EQ(names.size(), 100U);
}

}  // namespace
}  // namespace compliance::probes::http_session_test

// Tests of the resolver against a DNS server on loopback that answers well and badly.
#include "exporter/observe/probes/net/resolver.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/dns_server.h"

namespace compliance::probes::resolver_test {
namespace {

using namespace std::chrono_literals;
using test::DnsManner;
using test::DnsServer;
using test::DnsZone;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using testing::UnorderedElementsAre;

std::vector<std::string> texts(const ReadResult<std::vector<Address>>& found) {
  if (!found) {
    return {"fault: " + std::string(name_of(found.error().reason)) + ": " + found.error().message};
  }
  std::vector<std::string> result(found.value().size());
  std::transform(found.value().begin(), found.value().end(), result.begin(),
                 [](const Address& address) { return text_of(address); });
  return result;
}

std::vector<std::string> resolve(const DnsServer& server, const std::string& name,
                                 std::chrono::milliseconds time = 20s) {
  const Resolver resolver({.servers = {server.address()}});
  return texts(resolver.resolve(name, Deadline::after(time)));
}

std::string dns_failure(const std::string& name, const std::string& words) {
  return "fault: dns_failure: resolving " + name + ": " + words;
}

std::vector<std::string> many_addresses(int count) {
  std::vector<std::string> addresses;
  addresses.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    addresses.push_back("10.1." + std::to_string(i / 250) + "." + std::to_string(i % 250));
  }
  return addresses;
}

TEST(Resolver, GivesTheAnswersOfBothFamiliesInOrderAndOnce) {
  const DnsServer server(
      {{"both.example", {.addresses = {"fd00::2", "10.0.0.9", "10.0.0.1", "10.0.0.9"}}}});
  EXPECT_THAT(resolve(server, "both.example"), ElementsAre("10.0.0.1", "10.0.0.9", "fd00::2"));
}

TEST(Resolver, TakesANameWithOneFamilyOnly) {
  const DnsServer server({{"four.example", {.addresses = {"10.0.0.1"}}},
                          {"six.example", {.addresses = {"2001:db8::1"}}}});
  EXPECT_THAT(resolve(server, "four.example"), ElementsAre("10.0.0.1"));
  EXPECT_THAT(resolve(server, "six.example"), ElementsAre("2001:db8::1"));
}

TEST(Resolver, FollowsAChainOfAliases) {
  const DnsServer server({{"one.example", {.alias_of = "two.example"}},
                          {"two.example", {.alias_of = "three.example"}},
                          {"three.example", {.addresses = {"127.0.0.1", "::1"}}}});
  EXPECT_THAT(resolve(server, "one.example"), ElementsAre("::1", "127.0.0.1"));
}

TEST(Resolver, FindsNoAddressInALoopOfAliases) {
  const DnsServer server(
      {{"one.example", {.alias_of = "two.example"}}, {"two.example", {.alias_of = "one.example"}}});
  EXPECT_THAT(resolve(server, "one.example"),
              ElementsAre("fault: dns_failure: resolving one.example: the name has no address"));
}

TEST(Resolver, SaysWhyThereIsNoAddress) {
  const DnsServer server(
      {{"empty.example", {}},
       {"failing.example", {.manner = DnsManner::server_failure}},
       {"refused.example", {.manner = DnsManner::refusal}},
       {"broken.example",
        {.addresses = {"10.0.0.1", "fd00::1"}, .manner = DnsManner::broken_answer}}});
  const std::vector<std::pair<std::string, std::string>> cases{
      {"absent.example", "there is no such name (NXDOMAIN)"},
      {"empty.example", "the name has no address"},
      {"failing.example", "the DNS server failed (SERVFAIL)"},
      {"refused.example", "the DNS server refuses to answer (REFUSED)"},
      {"broken.example", "the DNS server's answer is malformed"},
      {std::string(70, 'x') + ".example", "this is no name that DNS knows"},
      {"two..dots", "this is no name that DNS knows"},
      {"", "this is no name that DNS knows"},
      {std::string("a\0b.example", 11), "this is no name that DNS knows"},
  };
  for (const auto& [name, words] : cases) {
    EXPECT_THAT(resolve(server, name), ElementsAre(dns_failure(name, words)));
  }
}

TEST(Resolver, TakesSilenceAndWhatIsNoAnswerToItsQuestionForATimeout) {
  const std::vector<std::string> address{"10.0.0.1"};
  const DnsServer server(
      {{"silent.example", {.manner = DnsManner::silence}},
       {"garbage.example", {.manner = DnsManner::garbage}},
       {"id.example", {.addresses = address, .manner = DnsManner::wrong_id}},
       {"question.example", {.addresses = address, .manner = DnsManner::other_question}}});
  for (const std::string name :
       {"silent.example", "garbage.example", "id.example", "question.example"}) {
    EXPECT_THAT(resolve(server, name, 400ms), ElementsAre("fault: timeout: resolving " + name +
                                                          ": no DNS server answered in time"));
  }
}

TEST(Resolver, IgnoresAForgedAnswerBeforeTheRightOne) {
  const DnsServer server(
      {{"id.example", {.addresses = {"10.0.0.1"}, .manner = DnsManner::wrong_id_first}}});
  EXPECT_THAT(resolve(server, "id.example"), ElementsAre("10.0.0.1"));
}

TEST(Resolver, DoesNotTakeOneFamilyForAllWhenTheOtherIsInDoubt) {
  const DnsServer server(
      {{"silent.example", {.addresses = {"10.0.0.1"}, .manner = DnsManner::silence_about_ipv6}},
       {"failing.example", {.addresses = {"10.0.0.1"}, .manner = DnsManner::failure_about_ipv6}}});
  EXPECT_THAT(resolve(server, "silent.example", 400ms),
              ElementsAre(StartsWith("fault: timeout: ")));
  EXPECT_THAT(resolve(server, "failing.example"), ElementsAre(HasSubstr("(SERVFAIL)")));
}

TEST(Resolver, AsksAgainOverTcpWhenTheAnswerIsCut) {
  const DnsServer server({{"large.example", {.addresses = many_addresses(256)}}});
  EXPECT_EQ(resolve(server, "large.example").size(), 256U);
  EXPECT_THAT(server.questions(),
              AllOf(Contains("udp A large.example"), Contains("tcp A large.example")));
}

TEST(Resolver, RefusesMoreAddressesThanItsLimit) {
  const DnsServer server({{"many.example", {.addresses = many_addresses(257)}},
                          {"thousand.example", {.addresses = many_addresses(1000)}}});
  EXPECT_THAT(resolve(server, "many.example"),
              ElementsAre("fault: limit_exceeded: resolving many.example: 257 addresses are more "
                          "than the limit of 256"));
  EXPECT_THAT(resolve(server, "thousand.example"), ElementsAre(HasSubstr(" 1000 addresses ")));
}

TEST(Resolver, FindsANameInAnyCase) {
  const DnsServer server({{"upper.example", {.addresses = {"10.0.0.1"}}}});
  EXPECT_THAT(resolve(server, "UPPER.Example"), ElementsAre("10.0.0.1"));
}

TEST(Resolver, SeesAtOnceThatANameLeadsElsewhere) {
  DnsServer server({{"moving.example", {.addresses = {"203.0.113.1"}}}});
  EXPECT_THAT(resolve(server, "moving.example"), ElementsAre("203.0.113.1"));
  server.set("moving.example", {.addresses = {"127.0.0.1"}});
  EXPECT_THAT(resolve(server, "moving.example"), ElementsAre("127.0.0.1"));
}

TEST(Resolver, AsksNobodyForAnAddressOrForLocalhost) {
  const DnsServer server(DnsZone{});
  EXPECT_THAT(resolve(server, "203.0.113.7"), ElementsAre("203.0.113.7"));
  EXPECT_THAT(resolve(server, "2001:DB8::7"), ElementsAre("2001:db8::7"));
  for (const std::string name : {"localhost", "LOCALHOST", "console.localhost"}) {
    EXPECT_THAT(resolve(server, name), AllOf(Contains("127.0.0.1"), Not(Contains(StartsWith("f")))))
        << name;
  }
  EXPECT_THAT(server.questions(), IsEmpty());
}

TEST(Resolver, AsksForOtherNotationsOfAddressesAsNames) {
  const DnsServer server(DnsZone{});
  for (const std::string name : {"127.1", "0x7f.0.0.1", "010.0.0.1", "2130706433"}) {
    EXPECT_THAT(resolve(server, name), ElementsAre(StartsWith("fault: dns_failure: "))) << name;
  }
}

TEST(Resolver, AsksForTheNameAsItStandsWithoutSearchDomains) {
  const DnsServer server(DnsZone{});
  resolve(server, "db");
  EXPECT_THAT(server.questions(), UnorderedElementsAre("udp A db", "udp AAAA db"));
}

TEST(Resolver, LooksInTheSearchDomainsForAShortName) {
  const DnsServer server({{"db.b.example", {.addresses = {"10.0.0.1"}}}, {"db.a.example", {}}});
  const Resolver resolver(
      {.servers = {server.address()}, .search = {"a.example", "b.example", "c.example"}});
  EXPECT_THAT(texts(resolver.resolve("db", Deadline::after(20s))), ElementsAre("10.0.0.1"));
  EXPECT_THAT(server.questions(), Each(Not(HasSubstr("c.example"))));
  EXPECT_THAT(texts(resolver.resolve("absent", Deadline::after(20s))),
              ElementsAre(HasSubstr("resolving absent: there is no such name")));
}

TEST(Resolver, AsksTheNextServerWhenTheFirstIsDead) {
  std::optional<DnsServer> dead(std::in_place, DnsZone{});
  const auto address = dead->address();
  dead.reset();
  const DnsServer silent({{"db.example", {.manner = DnsManner::silence}}});
  const DnsServer server({{"db.example", {.addresses = {"10.0.0.1"}}}});
  for (const std::string& first : {address, silent.address()}) {
    const Resolver resolver({.servers = {first, server.address()}});
    EXPECT_THAT(texts(resolver.resolve("db.example", Deadline::after(5s))),
                ElementsAre("10.0.0.1"));
  }
  const Resolver alone({.servers = {address}});
  EXPECT_THAT(
      texts(alone.resolve("db.example", Deadline::after(5s))),
      ElementsAre("fault: dns_failure: resolving db.example: no DNS server can be reached"));
}

TEST(Resolver, AsksAServerOverIpv6) {
  const DnsServer server({{"db.example", {.addresses = {"10.0.0.1"}}}}, true);
  EXPECT_THAT(resolve(server, "db.example"), ElementsAre("10.0.0.1"));
}

TEST(Resolver, EndsSoonAfterARequestToStop) {
  const DnsServer server({{"silent.example", {.manner = DnsManner::silence}}});
  const Resolver resolver({.servers = {server.address()}});
  std::stop_source stop;
  const auto begin = Deadline::Clock::now();
  std::jthread stopping([&] {
    while (server.questions().empty()) {
      std::this_thread::yield();
    }
    stop.request_stop();
  });
  const auto found = resolver.resolve("silent.example", Deadline::after(60s, stop.get_token()));
  EXPECT_THAT(texts(found), ElementsAre(StartsWith("fault: timeout: ")));
  EXPECT_LT(Deadline::Clock::now() - begin, 10s);
}

TEST(Resolver, ServesSeveralThreads) {
  const DnsServer server({{"db.example", {.addresses = {"10.0.0.1"}}}});
  const Resolver resolver({.servers = {server.address()}});
  std::vector<std::vector<std::string>> results(8);
  std::vector<std::jthread> threads;
  threads.reserve(results.size());
  for (auto& result : results) {
    threads.emplace_back([&resolver, &result] {
      result = texts(resolver.resolve("db.example", Deadline::after(20s)));
    });
  }
  threads.clear();
  EXPECT_THAT(results, Each(ElementsAre("10.0.0.1")));
}

}  // namespace
}  // namespace compliance::probes::resolver_test

// internal-services-unreachable
#include <gtest/gtest.h>

#include "tests/checks/web_edge/consoles.h"
#include "tests/support/endpoints.h"

namespace compliance::test::unreachable_test {
namespace {

constexpr auto id = "internal-services-unreachable";

ExposedPort port_at(Fact<PortAnswer> answer, std::uint16_t port = 3000) {
  return {.address = "caracal.example.com", .port = port, .answer = std::move(answer)};
}

Installation exposing(std::vector<ExposedPort> ports) {
  Installation installation = with_endpoints({});
  installation.probed.exposed_ports = std::move(ports);
  return installation;
}

Finding evaluated(PortAnswer answer) {
  return only_finding(result_of(id, exposing({port_at(seen(answer))})));
}

TEST(InternalServicesUnreachable, PassesWhenNothingAnswers) {
  for (const PortState state : {PortState::refused, PortState::silent}) {
    const Finding finding = evaluated({.state = state});
    EXPECT_EQ(finding.outcome, Outcome::pass);
    EXPECT_EQ(finding.component, Component::installation);
    EXPECT_EQ(finding.object, "caracal.example.com:3000");
  }
}

struct PeerRow {
  PeerKind peer;
  std::optional<Component> component;
  Component attributed_to;
  const char* words;
};

TEST(InternalServicesUnreachable, FailsForARecognisedPeer) {
  for (const PeerRow& row :
       {PeerRow{PeerKind::caracal, std::nullopt, Component::installation, "a service of Caracal"},
        PeerRow{PeerKind::caracal, Component::audit, Component::audit, "Caracal's audit"},
        PeerRow{PeerKind::redis, std::nullopt, Component::redis, "Redis"},
        PeerRow{PeerKind::postgres, std::nullopt, Component::postgres, "Postgres"}}) {
    const Finding finding =
        evaluated({.state = PortState::open, .peer = row.peer, .component = row.component});
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.severity, Severity::critical);
    EXPECT_EQ(finding.message, std::string{row.words} + " answers at caracal.example.com:3000");
    EXPECT_EQ(finding.expected, "no answer, or a component that is declared public");
    EXPECT_EQ(finding.observed, row.words);
    EXPECT_EQ(finding.component, row.attributed_to);
    EXPECT_EQ(finding.object, "caracal.example.com:3000");
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(InternalServicesUnreachable, PassesForAComponentThatIsDeclaredPublic) {
  const PortAnswer gateway{
      .state = PortState::open, .peer = PeerKind::caracal, .component = Component::gateway};
  EXPECT_EQ(evaluated(gateway).outcome, Outcome::fail);
  Installation installation = exposing({port_at(seen(gateway))});
  installation.public_components = {Component::web, Component::gateway};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  installation.probed.exposed_ports.front().answer.value->component.reset();
  expect_fail(id, installation, "a service of Caracal answers at caracal.example.com:3000",
              at_peer());
}

TEST(InternalServicesUnreachable, IsUnknownForAnUnrecognisedPeer) {
  const Finding finding = evaluated({.state = PortState::open});
  EXPECT_EQ(finding.reason, UnknownReason::unexpected_response);
  EXPECT_EQ(finding.message,
            "caracal.example.com:3000 is open, and what listens there is not recognised");
  EXPECT_EQ(finding.expected, "no answer, or a component that is declared public");
  EXPECT_EQ(finding.observed, "an unrecognised peer");
  EXPECT_EQ(finding.origin, at_peer());
}

TEST(InternalServicesUnreachable, EvaluatesEveryPort) {
  const PortAnswer redis{.state = PortState::open, .peer = PeerKind::redis};
  const CheckResult result =
      result_of(id, exposing({port_at(seen(PortAnswer{})), port_at(seen(redis), 6379)}));
  EXPECT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(messages_of(result),
            std::vector<std::string>{"Redis answers at caracal.example.com:6379"});
}

TEST(InternalServicesUnreachable, WritesAddressesOfVersionSixInBrackets) {
  for (const auto& [address, words] :
       Settings{{"2001:db8::1", "[2001:db8::1]:3000"}, {"[2001:db8::1]", "[2001:db8::1]:3000"}}) {
    ExposedPort port = port_at(seen(PortAnswer{.state = PortState::open}));
    port.address = address;
    EXPECT_EQ(only_finding(result_of(id, exposing({port}))).object, words);
  }
}

}  // namespace
}  // namespace compliance::test::unreachable_test

// gateway-upstreams-dangerous-addresses
#include <gtest/gtest.h>

#include "tests/checks/gateway_upstreams/resolutions.h"

namespace compliance::test::dangerous_addresses_test {
namespace {

constexpr auto id = "gateway-upstreams-dangerous-addresses";

TEST(GatewayUpstreamsDangerousAddresses, PassForOthers) {
  EXPECT_EQ(
      status_of(id, listing("api.example.net,8.8.8.8,10.0.0.1,fd00::1,169.253.255.255,"
                            "169.255.0.0,128.0.0.1,100.63.255.255,100.128.0.0,223.255.255.255,"
                            "240.0.0.1,1.0.0.0,::2,fec0::1,64:ff9b::8.8.8.8,localhost.example.net,"
                            "metadata.google.internal.example.net")),
      Outcome::pass);
}

struct AddressRow {
  const char* name;
  const char* entry;
  const char* message;
};

class DangerousAddresses : public testing::TestWithParam<AddressRow> {};

TEST_P(DangerousAddresses, Fail) {
  const Finding finding =
      first_finding(id, listing(std::string{"api.example.net,"} + GetParam().entry));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.severity, Severity::critical);
  EXPECT_EQ(finding.message, std::string{"entry 2"} + GetParam().message);
  EXPECT_EQ(finding.expected, "a host outside the special blocks");
  EXPECT_EQ(finding.object, "service gateway");
  EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
}

INSTANTIATE_TEST_SUITE_P(
    GatewayUpstreams, DangerousAddresses,
    testing::Values(
        AddressRow{"Metadata", "169.254.169.254",
                   " (169.254.169.254) of UPSTREAM_HOST_ALLOWLIST is a link-local address, where "
                   "clouds serve their metadata"},
        AddressRow{"MetadataAsANumber", "2852039166",
                   " (169.254.169.254) of UPSTREAM_HOST_ALLOWLIST is a link-local address, where "
                   "clouds serve their metadata"},
        AddressRow{"MetadataMapped", "::ffff:169.254.169.254",
                   " (::ffff:169.254.169.254) of UPSTREAM_HOST_ALLOWLIST is a link-local address, "
                   "where clouds serve their metadata"},
        AddressRow{
            "MetadataByNat64", "64:ff9b::a9fe:a9fe",
            " (64:ff9b::a9fe:a9fe) of UPSTREAM_HOST_ALLOWLIST is a link-local address, where "
            "clouds serve their metadata"},
        AddressRow{"MetadataByLocalNat64", "64:ff9b:1::a9fe:a9fe",
                   " (64:ff9b:1::a9fe:a9fe) of UPSTREAM_HOST_ALLOWLIST is a link-local address, "
                   "where clouds serve their metadata"},
        AddressRow{"LinkLocalWithZone", "FE80::1%eth0",
                   " (fe80::1) of UPSTREAM_HOST_ALLOWLIST is a link-local address, where clouds "
                   "serve their metadata"},
        AddressRow{"MetadataOfAws", "fd00:ec2::254",
                   " (fd00:ec2::254) of UPSTREAM_HOST_ALLOWLIST is a cloud's metadata address"},
        AddressRow{"MetadataOfAlibaba", "100.100.100.200",
                   " (100.100.100.200) of UPSTREAM_HOST_ALLOWLIST is a cloud's metadata address"},
        AddressRow{"MetadataOfGoogleByName", "Metadata.Google.Internal.",
                   " of UPSTREAM_HOST_ALLOWLIST is a cloud's metadata address"},
        AddressRow{"MetadataOfGoogleByShortName", "metadata.goog",
                   " of UPSTREAM_HOST_ALLOWLIST is a cloud's metadata address"},
        AddressRow{"Loopback", "127.8.0.1",
                   " (127.8.0.1) of UPSTREAM_HOST_ALLOWLIST is a loopback address"},
        AddressRow{"LoopbackOfVersionSix", "::1",
                   " (::1) of UPSTREAM_HOST_ALLOWLIST is a loopback address"},
        AddressRow{"Localhost", "LOCALHOST", " of UPSTREAM_HOST_ALLOWLIST is a loopback address"},
        AddressRow{"BelowLocalhost", "x.localhost.",
                   " of UPSTREAM_HOST_ALLOWLIST is a loopback address"},
        AddressRow{"LocalhostOfTheHostsFile", "ip6-localhost",
                   " of UPSTREAM_HOST_ALLOWLIST is a loopback address"},
        AddressRow{"LoopbackOfTheHostsFile", "ip6-loopback",
                   " of UPSTREAM_HOST_ALLOWLIST is a loopback address"},
        AddressRow{"CarrierGradeNat", "100.64.0.1",
                   " (100.64.0.1) of UPSTREAM_HOST_ALLOWLIST is an address of carrier-grade NAT"},
        AddressRow{"Multicast", "239.1.1.1",
                   " (239.1.1.1) of UPSTREAM_HOST_ALLOWLIST is a multicast address"},
        AddressRow{"MulticastOfVersionSix", "ff02::1",
                   " (ff02::1) of UPSTREAM_HOST_ALLOWLIST is a multicast address"},
        AddressRow{"Unspecified", "0.0.0.0",
                   " (0.0.0.0) of UPSTREAM_HOST_ALLOWLIST is an unspecified address"},
        AddressRow{"UnspecifiedOfVersionSix",
                   "::", " (::) of UPSTREAM_HOST_ALLOWLIST is an unspecified address"}),
    [](const auto& row) { return row.param.name; });

TEST(GatewayUpstreamsDangerousAddresses, ShowTheKindOfAddress) {
  EXPECT_EQ(first_finding(id, listing("127.0.0.1")).observed, "a loopback address");
}

Installation declaring(const std::string& hosts, std::vector<std::string> declared) {
  Installation installation = compose_installation({listing(hosts)});
  installation.private_upstreams = std::move(declared);
  return installation;
}

TEST(GatewayUpstreamsDangerousAddresses, OfCarrierGradeNatPassWithANoteWhereTheyAreDeclared) {
  const CheckResult result = result_of(id, declaring("100.64.0.1", {"100.64.0.1"}));
  EXPECT_EQ(result.status, Outcome::pass);
  EXPECT_EQ(result.findings.front().message,
            "entry 1 (100.64.0.1) is an address of carrier-grade NAT that private_upstreams lists");
  expect_fail(id, declaring("100.64.0.2", {"100.64.0.1"}),
              "entry 1 (100.64.0.2) of UPSTREAM_HOST_ALLOWLIST is an address of carrier-grade NAT",
              at(Source::compose, 10, 7));
}

TEST(GatewayUpstreamsDangerousAddresses, OfOtherKindsFailEvenIfTheyAreDeclared) {
  for (const auto& [host, kind] :
       Settings{{"100.100.100.200",
                 "(100.100.100.200) of UPSTREAM_HOST_ALLOWLIST is a cloud's metadata address"},
                {"169.254.169.254",
                 "(169.254.169.254) of UPSTREAM_HOST_ALLOWLIST is a link-local address, where "
                 "clouds serve their metadata"},
                {"127.0.0.1", "(127.0.0.1) of UPSTREAM_HOST_ALLOWLIST is a loopback address"},
                {"localhost", "of UPSTREAM_HOST_ALLOWLIST is a loopback address"},
                {"224.0.0.1", "(224.0.0.1) of UPSTREAM_HOST_ALLOWLIST is a multicast address"},
                {"0.0.0.0", "(0.0.0.0) of UPSTREAM_HOST_ALLOWLIST is an unspecified address"}}) {
    expect_fail(id, declaring(host, {host}), "entry 1 " + kind, at(Source::compose, 10, 7));
  }
}

TEST(GatewayUpstreamsDangerousAddresses, FailOneByOne) {
  EXPECT_EQ(
      messages_of(result_of(id, compose_installation({listing("::1,a.net,127.0.0.1")}))).size(),
      2U);
}

TEST(GatewayUpstreamsDangerousAddresses, AreUnknownWhenTheListIs) {
  Container gateway = gateway_with({});
  EXPECT_EQ(status_of(id, gateway), Outcome::not_applicable);
  set_unresolved_variable(gateway, "UPSTREAM_HOST_ALLOWLIST");
  EXPECT_EQ(first_finding(id, gateway).message, "X is not set");
}

Finding evaluated(const std::string& host, NameResolution resolution) {
  return only_finding(result_of(id, resolved(host, {std::move(resolution)})));
}

TEST(GatewayUpstreamsDangerousAddresses, PassForNamesOfOthers) {
  const Finding finding = evaluated(
      "api.example.net",
      resolving("api.example.net", {"8.8.8.8", "10.0.0.1", "fd00::1", "64:ff9b::8.8.8.8"}));
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.object, "service gateway");
}

TEST(GatewayUpstreamsDangerousAddresses, FailForNamesByAnyOfTheirAddresses) {
  for (const auto& [address, words] : Settings{{"127.0.0.1", "a loopback address"},
                                               {"0.0.0.0", "an unspecified address"},
                                               {"100.100.100.200", "a cloud's metadata address"},
                                               {"100.64.0.1", "an address of carrier-grade NAT"},
                                               {"224.0.0.1", "a multicast address"},
                                               {"::ffff:127.0.0.1", "a loopback address"},
                                               {"64:ff9b::7f00:1", "a loopback address"},
                                               {"fd00:ec2::254", "a cloud's metadata address"}}) {
    const CheckResult result =
        result_of(id, resolved("a.net, api.example.net",
                               {resolving("a.net", {"8.8.8.8"}),
                                resolving("api.example.net", {"8.8.8.8", address, "9.9.9.9"})}));
    const Finding& finding = result.findings.front();
    EXPECT_EQ(finding.outcome, Outcome::fail) << address;
    EXPECT_EQ(finding.message, "entry 2 of UPSTREAM_HOST_ALLOWLIST resolves to " + words);
    EXPECT_EQ(finding.expected, "a host outside the special blocks");
    EXPECT_EQ(finding.observed, words + ": " + text_of(*parse_address(address)));
    EXPECT_EQ(finding.object, "service gateway");
    EXPECT_EQ(finding.origin, at_resolver());
  }
}

TEST(GatewayUpstreamsDangerousAddresses, OfANameFailOnce) {
  EXPECT_EQ(evaluated("a.net", resolving("a.net", {"127.0.0.1", "169.254.169.254"})).observed,
            "a loopback address: 127.0.0.1");
}

TEST(GatewayUpstreamsDangerousAddresses, OfADeclaredNamePassOnlyForCarrierGradeNat) {
  const auto declared = [](const std::vector<std::string>& addresses) {
    Installation installation = resolved("a.net", {resolving("a.net", addresses)});
    installation.private_upstreams = {"a.net"};
    return only_finding(result_of(id, installation));
  };
  const Finding finding = declared({"8.8.8.8", "100.64.0.1", "100.64.0.2", "200.0.0.1"});
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.message,
            "entry 1 resolves to an address of carrier-grade NAT that private_upstreams lists");
  EXPECT_EQ(finding.origin, at_resolver());
  EXPECT_EQ(declared({"100.64.0.1", "127.0.0.1"}).outcome, Outcome::fail);
}

TEST(GatewayUpstreamsDangerousAddresses, AreNotLookedForInNamesWithoutResolution) {
  Installation installation = compose_installation({listing("a.net")});
  installation.probed.names = {resolving("a.net", {"127.0.0.1"})};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(GatewayUpstreamsDangerousAddresses, AreEvaluatedByTheEntryIfItIsNotAName) {
  EXPECT_EQ(status_of(id, resolved("8.8.8.8,*.a.net,a.net:443", {})), Outcome::pass);
  expect_fail(id, resolved("localhost", {}),
              "entry 1 of UPSTREAM_HOST_ALLOWLIST is a loopback address",
              at(Source::compose, 10, 7));
  expect_fail(id, resolved("metadata.google.internal", {}),
              "entry 1 of UPSTREAM_HOST_ALLOWLIST is a cloud's metadata address",
              at(Source::compose, 10, 7));
}

TEST(GatewayUpstreamsDangerousAddresses, AreUnknownForNamesThatDoNotResolve) {
  for (const UnknownReason reason : {UnknownReason::dns_failure, UnknownReason::timeout}) {
    const Finding finding = evaluated("a.net", failing("a.net", reason));
    EXPECT_EQ(finding.reason, reason);
    EXPECT_EQ(finding.message, "no such name");
    EXPECT_EQ(finding.origin, at_resolver());
    EXPECT_EQ(finding.object, "service gateway");
  }
}

TEST(GatewayUpstreamsDangerousAddresses, ArePendingForNamesThatHaveNotBeenResolvedYet) {
  EXPECT_EQ(evaluated("a.net", {.name = "a.net"}).reason, UnknownReason::pending);
  const Finding finding = evaluated("a.net", resolving("b.net", {"8.8.8.8"}));
  EXPECT_EQ(finding.reason, UnknownReason::pending);
  EXPECT_EQ(finding.message, "entry 1 of UPSTREAM_HOST_ALLOWLIST has not been resolved yet");
  EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
}

TEST(GatewayUpstreamsDangerousAddresses, AreNotObservableForNamesThatOnlyTheGatewayCanResolve) {
  for (const char* name : {"tools", "tools.agents.svc", "tools.agents.svc.cluster.local",
                           "tools.agents.svc.cluster.local."}) {
    const Finding finding = evaluated(name, failing(name, UnknownReason::dns_failure));
    EXPECT_EQ(finding.reason, UnknownReason::not_observable) << name;
    EXPECT_EQ(finding.message,
              "entry 1 of UPSTREAM_HOST_ALLOWLIST is a name that only the Gateway can resolve");
    EXPECT_EQ(finding.origin, at_resolver());
    EXPECT_EQ(evaluated(name, failing(name, UnknownReason::timeout)).reason,
              UnknownReason::timeout);
    EXPECT_EQ(evaluated(name, resolving(name, {"127.0.0.1"})).outcome, Outcome::fail);
    EXPECT_EQ(evaluated(name, {.name = name}).reason, UnknownReason::pending);
  }
  for (const char* name : {"tools.svc.net", "svc.cluster.local.net", "toolssvc.net"}) {
    EXPECT_EQ(evaluated(name, failing(name, UnknownReason::dns_failure)).reason,
              UnknownReason::dns_failure)
        << name;
  }
}

TEST(GatewayUpstreamsDangerousAddresses, AreUnknownWithoutFilesThatStateTheList) {
  Installation installation = resolved("a.net", {});
  installation.configured = Source::dns;
  const Finding finding = only_finding(result_of(id, installation));
  EXPECT_EQ(finding.reason, UnknownReason::not_configured);
  EXPECT_EQ(finding.message,
            "no Compose or Kubernetes files are configured that state the Gateway's allowlist");
}

TEST(GatewayUpstreamsDangerousAddresses, PassForServicesBesideTheGateway) {
  Installation installation = resolved("tools", {resolving("tools", {"127.0.0.1"})});
  containers_in(installation).push_back(hardened_service(Component::other));
  containers_in(installation).back().name = "tools";
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

}  // namespace
}  // namespace compliance::test::dangerous_addresses_test

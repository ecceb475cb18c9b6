// gateway-upstreams-dangerous-addresses
#include <gtest/gtest.h>

#include "tests/checks/gateway_upstreams/gateways.h"

namespace compliance::test {
namespace {

constexpr auto id = "gateway-upstreams-dangerous-addresses";

TEST(GatewayUpstreamsDangerousAddresses, PassForOthers_T76) {
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

TEST(GatewayUpstreamsDangerousAddresses, SayWhatTheyAre) {
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
            "entry 1 (100.64.0.1) is an address of carrier-grade NAT that private_upstreams names");
  EXPECT_EQ(status_of(id, declaring("100.64.0.2", {"100.64.0.1"})), Outcome::fail);
}

TEST(GatewayUpstreamsDangerousAddresses, OfOtherKindsFailEvenWhereTheyAreDeclared) {
  for (const char* host :
       {"100.100.100.200", "169.254.169.254", "127.0.0.1", "localhost", "224.0.0.1", "0.0.0.0"}) {
    EXPECT_EQ(status_of(id, declaring(host, {host})), Outcome::fail) << host;
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

}  // namespace
}  // namespace compliance::test

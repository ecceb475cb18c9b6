// gateway-upstreams-private-addresses
#include <gtest/gtest.h>

#include "tests/checks/gateway_upstreams/resolutions.h"

namespace compliance::test::private_addresses_test {
namespace {

constexpr auto id = "gateway-upstreams-private-addresses";

Installation declaring(const std::string& hosts, std::vector<std::string> declared) {
  Installation installation = compose_installation({listing(hosts)});
  installation.private_upstreams = std::move(declared);
  return installation;
}

TEST(GatewayUpstreamsPrivateAddresses, PassForOthers) {
  EXPECT_EQ(status_of(id, listing("api.example.net,8.8.8.8,127.0.0.1,100.64.0.1,172.32.0.0,"
                                  "192.169.0.0,11.0.0.0,fbff::1,fe80::1,fd00:ec2::254")),
            Outcome::pass);
}

TEST(GatewayUpstreamsPrivateAddresses, FailUndeclared) {
  for (const auto& [entry, address] : Settings{{"10.1.2.3", "10.1.2.3"},
                                               {"172.16.0.0", "172.16.0.0"},
                                               {"172.31.255.255", "172.31.255.255"},
                                               {"192.168.1.1", "192.168.1.1"},
                                               {"FC00::1", "fc00::1"},
                                               {"fdff::1", "fdff::1"},
                                               {"::ffff:10.0.0.1", "::ffff:10.0.0.1"},
                                               {"64:ff9b::10.0.0.1", "64:ff9b::a00:1"},
                                               {"0xa000001", "10.0.0.1"}}) {
    const Finding finding = first_finding(id, listing("api.example.net," + entry));
    EXPECT_EQ(finding.message,
              "entry 2 (" + address + ") of UPSTREAM_HOST_ALLOWLIST is a private address");
    EXPECT_EQ(finding.expected, "a public host, or one that private_upstreams lists");
    EXPECT_EQ(finding.observed, "an undeclared private address");
    EXPECT_EQ(finding.object, "service gateway");
    EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
  }
}

TEST(GatewayUpstreamsPrivateAddresses, PassWhereTheyAreDeclared) {
  EXPECT_EQ(status_of(id, declaring("10.1.2.3", {"a.net", "10.1.2.3"})), Outcome::pass);
  EXPECT_EQ(status_of(id, declaring("10.1.2.3", {" 0xa010203 "})), Outcome::pass);
  EXPECT_EQ(status_of(id, declaring("FD00::1", {"fd00:0::1"})), Outcome::pass);
  expect_fail(id, declaring("10.1.2.3", {"10.1.2.4"}),
              "entry 1 (10.1.2.3) of UPSTREAM_HOST_ALLOWLIST is a private address",
              at(Source::compose, 10, 7));
  expect_fail(id, declaring("10.1.2.3,10.1.2.4", {"10.1.2.4"}),
              "entry 1 (10.1.2.3) of UPSTREAM_HOST_ALLOWLIST is a private address",
              at(Source::compose, 10, 7));
}

TEST(GatewayUpstreamsPrivateAddresses, AreUnknownWhenTheListIs) {
  Container gateway = gateway_with({});
  EXPECT_EQ(status_of(id, gateway), Outcome::not_applicable);
  set_unresolved_variable(gateway, "UPSTREAM_HOST_ALLOWLIST");
  EXPECT_EQ(first_finding(id, gateway).message, "X is not set");
}

TEST(GatewayUpstreamsPrivateAddresses, PassForNamesOfOthers) {
  EXPECT_EQ(status_of(id, resolved("a.net", {resolving("a.net", {"8.8.8.8", "127.0.0.1"})})),
            Outcome::pass);
}

TEST(GatewayUpstreamsPrivateAddresses, FailForUndeclaredNamesByAnyOfTheirAddresses) {
  Installation installation =
      resolved("a.net", {resolving("a.net", {"8.8.8.8", "10.1.2.3", "192.168.0.1"})});
  const Finding finding = only_finding(result_of(id, installation));
  EXPECT_EQ(finding.message, "entry 1 of UPSTREAM_HOST_ALLOWLIST resolves to a private address");
  EXPECT_EQ(finding.expected, "a public host, or one that private_upstreams lists");
  EXPECT_EQ(finding.observed, "an undeclared private address: 10.1.2.3");
  EXPECT_EQ(finding.origin, at_resolver());
  installation.private_upstreams = {"A.net"};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  installation.private_upstreams = {"10.1.2.3"};
  expect_fail(id, installation, "entry 1 of UPSTREAM_HOST_ALLOWLIST resolves to a private address",
              at_resolver());
}

TEST(GatewayUpstreamsPrivateAddresses, AreUnknownForNamesThatDoNotResolve) {
  EXPECT_EQ(
      only_finding(result_of(id, resolved("a.net", {failing("a.net", UnknownReason::dns_failure)})))
          .reason,
      UnknownReason::dns_failure);
}

// A Compose project whose Gateway lists one of its services.
Installation beside(const Container& service) {
  Installation installation = resolved("tools", {failing("tools", UnknownReason::dns_failure)});
  containers_in(installation).push_back(service);
  return installation;
}

Container tools() {
  Container service = hardened_service(Component::other);
  service.name = "tools";
  service.object = "service tools";
  return service;
}

TEST(GatewayUpstreamsPrivateAddresses, AreThoseOfServicesOnABridgeOfTheProject) {
  Container service = tools();
  for (const std::vector<std::string>& networks :
       {std::vector<std::string>{}, {"default"}, {"data", "default"}}) {
    service.networks = networks;
    Installation installation = beside(service);
    installation.compose.networks = {{.key = "data"}};
    const Finding finding = only_finding(result_of(id, installation));
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.message,
              "entry 1 of UPSTREAM_HOST_ALLOWLIST is a service beside the Gateway with a private "
              "address");
    EXPECT_EQ(finding.observed, "an undeclared private address");
    EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
    installation.private_upstreams = {"tools"};
    EXPECT_EQ(status_of(id, installation), Outcome::pass);
  }
}

TEST(GatewayUpstreamsPrivateAddresses, AreUnknownForServicesOnOtherNetworks) {
  Container on_host = tools();
  on_host.namespaces = {{.kind = "network", .mode = "host"}};
  Container outside = tools();
  outside.networks = {"default", "outer"};
  for (const Container& service : {on_host, outside}) {
    Installation installation = beside(service);
    installation.compose.networks = {{.key = "outer", .external = {.value = true}}};
    const Finding finding = only_finding(result_of(id, installation));
    EXPECT_EQ(finding.reason, UnknownReason::not_observable);
    EXPECT_EQ(finding.message,
              "an upstream is service tools, whose addresses cannot be told from its network");
    EXPECT_EQ(finding.origin, at(Source::compose, 5, 3));
  }
  Container sharing_processes = tools();
  sharing_processes.namespaces = {{.kind = "pid", .mode = "host"}};
  expect_fail(
      id, beside(sharing_processes),
      "entry 1 of UPSTREAM_HOST_ALLOWLIST is a service beside the Gateway with a private address",
      at(Source::compose, 10, 7));
}

TEST(GatewayUpstreamsPrivateAddresses, AreNotThoseOfServicesByOtherNames) {
  Container other = tools();
  other.name = "tools2";
  Container pod = tools();
  pod.platform = Platform::kubernetes;
  for (const Container& service : {other, pod}) {
    EXPECT_EQ(only_finding(result_of(id, beside(service))).message,
              "entry 1 of UPSTREAM_HOST_ALLOWLIST is a name that only the Gateway can resolve");
  }
}

Installation in_cluster(const std::string& name, const std::string& type = "") {
  Container gateway = with_settings(hardened_pod_container(Component::gateway),
                                    {{"UPSTREAM_HOST_ALLOWLIST", name}});
  Installation installation =
      resolved(kubernetes_installation({gateway}), {failing(name, UnknownReason::dns_failure)});
  ServiceObject service{.name = "tools",
                        .object_namespace = "caracal",
                        .object = "Service tools",
                        .origin = at(Source::kubernetes, 40)};
  if (!type.empty()) {
    service.type.value = type;
  }
  installation.kubernetes.services = {service};
  return installation;
}

TEST(GatewayUpstreamsPrivateAddresses, AreThoseOfServicesOfTheCluster) {
  for (const char* name : {"tools", "tools.", "tools.caracal.svc", "tools.caracal.svc.",
                           "tools.caracal.svc.cluster.local", "tools.caracal.svc.cluster.local."}) {
    const Finding finding = only_finding(result_of(id, in_cluster(name)));
    EXPECT_EQ(finding.outcome, Outcome::fail) << name;
    EXPECT_EQ(finding.message,
              "entry 1 of UPSTREAM_HOST_ALLOWLIST is a service beside the Gateway with a private "
              "address");
  }
  expect_fail(
      id, in_cluster("tools", "NodePort"),
      "entry 1 of UPSTREAM_HOST_ALLOWLIST is a service beside the Gateway with a private address",
      at(Source::compose, 10, 7));
}

TEST(GatewayUpstreamsPrivateAddresses, AreUnknownForMissingServices) {
  for (const char* name : {"tool", "tools.other.svc", "tools.svc", "caracal.tools.svc",
                           "tools.caracal.x.svc", "tools.other.svc.cluster.local"}) {
    EXPECT_EQ(only_finding(result_of(id, in_cluster(name))).message,
              "entry 1 of UPSTREAM_HOST_ALLOWLIST is a name that only the Gateway can resolve")
        << name;
  }
  Installation elsewhere = in_cluster("tools");
  elsewhere.kubernetes.services.front().object_namespace = "other";
  expect_unknown(
      id, elsewhere,
      {.reason = UnknownReason::not_observable,
       .message = "entry 1 of UPSTREAM_HOST_ALLOWLIST is a name that only the Gateway can resolve"},
      at_resolver());
}

TEST(GatewayUpstreamsPrivateAddresses, AreUnknownForAServiceThatLeadsElsewhere) {
  const Finding finding = only_finding(result_of(id, in_cluster("tools", "ExternalName")));
  EXPECT_EQ(finding.reason, UnknownReason::not_observable);
  EXPECT_EQ(finding.message, "an upstream is Service tools, which leads to another name");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 40));
}

}  // namespace
}  // namespace compliance::test::private_addresses_test

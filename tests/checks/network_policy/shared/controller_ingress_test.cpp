// Whether the proxy of an Ingress or route gets through to web.
#include "checks/network_policy/shared/controller_ingress.h"

#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test {
namespace {

ControllerIngress state_with(Rules rules, const NetworkFacts& facts = {},
                             const NetworkPod& web = pod_of(Component::web)) {
  const InEffect in_effect{std::move(rules)};
  return path_of_controller(facts, web, in_effect.all()).state;
}

const Ports to_web{port(3002)};

TEST(ControllerIngress, IsAdmittedByAnyPeerOutsideTheRelease) {
  for (const PolicyPeer& peer :
       {pods_in("ingress-nginx"), all_pods(), addresses("130.211.0.0/22")}) {
    EXPECT_EQ(state_with({rule({release_pods(), peer}, to_web)}), ControllerIngress::admitted);
  }
}

TEST(ControllerIngress, IsNotAdmittedByTheReleasesServices) {
  NetworkFacts facts = network_of({pod_of(Component::web), pod_of(Component::api)}, {}).network;
  facts.pods[1].labels = {{"app.kubernetes.io/name", "caracal"}};
  EXPECT_EQ(state_with({rule({release_pods()}, to_web)}, facts), ControllerIngress::absent);
}

TEST(ControllerIngress, IsAdmittedWhenItIsOneOfTheReleasesPods) {
  NetworkFacts facts = network_of({pod_of(Component::edge)}, {}).network;
  facts.pods[0].labels = {{"app.kubernetes.io/name", "caracal"}};
  EXPECT_EQ(state_with({rule({release_pods()}, to_web)}, facts), ControllerIngress::admitted);
  PolicyPeer by_namespace = pods_in("caracal", {{"app.kubernetes.io/name", "caracal"}});
  by_namespace.place = PeerScope::release;
  EXPECT_EQ(state_with({rule({by_namespace}, to_web)}, facts), ControllerIngress::admitted);
  facts.namespaces.clear();
  EXPECT_EQ(state_with({rule({by_namespace}, to_web)}, facts), ControllerIngress::absent);
  facts.pods[0].labels.clear();
  EXPECT_EQ(state_with({rule({release_pods()}, to_web)}, facts), ControllerIngress::absent);
}

TEST(ControllerIngress, IsWhateverTheBestRuleSays) {
  const NetworkPolicyRule everybody = rule({}, to_web);
  const NetworkPolicyRule undecided = rule({undecided_pods()}, to_web);
  const NetworkPolicyRule admitted = rule({all_pods()}, to_web);
  EXPECT_EQ(state_with({}), ControllerIngress::absent);
  EXPECT_EQ(state_with({rule({release_pods()}), everybody}), ControllerIngress::everybody);
  EXPECT_EQ(state_with({everybody, undecided}), ControllerIngress::undecided);
  EXPECT_EQ(state_with({undecided, everybody}), ControllerIngress::undecided);
  EXPECT_EQ(state_with({everybody, undecided, admitted, everybody}), ControllerIngress::admitted);
}

TEST(ControllerIngress, SaysWhichRuleThatIs) {
  const InEffect in_effect{{rule({}, to_web), rule({all_pods()}, to_web), rule({all_pods()})}};
  const auto path = path_of_controller({}, pod_of(Component::web), in_effect.all());
  EXPECT_EQ(path.rule, in_effect.all()[1].rule);
  const InEffect none{{rule({release_pods()})}};
  EXPECT_EQ(path_of_controller({}, pod_of(Component::web), none.all()).rule, nullptr);
}

TEST(ControllerIngress, NeedsThePortOfTheConsole) {
  NetworkPod web = pod_of(Component::web);
  web.ports.insert(web.ports.begin(), {.name = "envoy-prom", .number = 15090});
  EXPECT_EQ(state_with({rule({all_pods()}, {port(15090)})}, {}, web), ControllerIngress::absent);
  EXPECT_EQ(state_with({rule({all_pods()}, {port_named("http")})}, {}, web),
            ControllerIngress::admitted);
  EXPECT_EQ(state_with({rule({all_pods()})}, {}, web), ControllerIngress::admitted);
}

TEST(ControllerIngress, TakesTheOtherPortsOfAWebThatWasMoved) {
  NetworkPod web = pod_of(Component::web);
  web.ports = {{.number = 3002, .protocol = "UDP"}, {.number = 8088}};
  EXPECT_EQ(state_with({rule({all_pods()}, {port(8088)})}, {}, web), ControllerIngress::admitted);
  EXPECT_EQ(state_with({rule({all_pods()}, {port(3002)})}, {}, web), ControllerIngress::absent);
}

}  // namespace
}  // namespace compliance::test

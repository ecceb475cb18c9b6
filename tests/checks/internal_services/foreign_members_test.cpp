// internal-services-foreign-members
#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/support/facts.h"

namespace compliance::test::foreign_members_test {
namespace {

constexpr auto id = "internal-services-foreign-members";

Container member(Component component, std::vector<std::string> networks) {
  Container container = hardened_service(component);
  container.networks = std::move(networks);
  return container;
}

Outcome judged(std::vector<Container> containers) {
  return status_of(id, compose_installation(std::move(containers)));
}

TEST(InternalServicesForeignMembers, IsOffByDefault) {
  EXPECT_FALSE(find_check(id)->on_by_default);
}

TEST(InternalServicesForeignMembers, PassesForCaracalAndItsEdge) {
  EXPECT_EQ(judged({member(Component::postgres, {"data"}), member(Component::api, {"data"}),
                    member(Component::edge, {"data"})}),
            Outcome::pass);
}

TEST(InternalServicesForeignMembers, FailsForAnotherServiceThere) {
  const CheckResult result =
      result_of(id, compose_installation({member(Component::redis, {"data"}),
                                          member(Component::other, {"shop", "data"})}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().component, Component::other);
  EXPECT_EQ(result.findings.front().message, "is a member of the data network");
}

TEST(InternalServicesForeignMembers, PassesForAnotherServiceElsewhere) {
  EXPECT_EQ(judged({member(Component::postgres, {"data"}), member(Component::api, {"data", "edge"}),
                    member(Component::other, {"edge"})}),
            Outcome::pass);
}

TEST(InternalServicesForeignMembers, TakesTheNetworksOfTheServicesWhenTheStoresAreElsewhere) {
  EXPECT_EQ(judged({member(Component::api, {"edge"}), member(Component::other, {"edge"})}),
            Outcome::fail);
}

TEST(InternalServicesForeignMembers, IsUnknownOnANetworkThatOthersMade) {
  Installation installation = compose_installation({member(Component::redis, {"data"})});
  installation.compose.networks = {{.key = "data", .external = {.value = true}}};
  const CheckResult result = result_of(id, installation);
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().object, "network data");
  installation.compose.networks.front().external = {
      .fault = Fault{.reason = UnknownReason::unresolved_reference}};
  EXPECT_EQ(status_of(id, installation), Outcome::unknown);
  installation.compose.networks.front().external = {.value = false};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(InternalServicesForeignMembers, DoesNotApplyToKubernetes) {
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::foreign_members_test

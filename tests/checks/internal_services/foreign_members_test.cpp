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

CheckResult evaluated(std::vector<Container> containers) {
  return result_of(id, compose_installation(std::move(containers)));
}

TEST(InternalServicesForeignMembers, IsOffByDefault) {
  EXPECT_FALSE(find_check(id)->on_by_default);
}

TEST(InternalServicesForeignMembers, PassesForCaracalAndItsEdge) {
  EXPECT_EQ(evaluated({member(Component::postgres, {"data"}), member(Component::api, {"data"}),
                       member(Component::edge, {"data"})})
                .status,
            Outcome::pass);
}

TEST(InternalServicesForeignMembers, FailsForAnotherServiceThere) {
  const Finding finding =
      expect_fail(id,
                  compose_installation({member(Component::redis, {"data"}),
                                        member(Component::other, {"shop", "data"})}),
                  "is a member of the data network", at(Source::compose, 5, 3));
  EXPECT_EQ(finding.component, Component::other);
}

TEST(InternalServicesForeignMembers, PassesForAnotherServiceElsewhere) {
  EXPECT_EQ(
      evaluated({member(Component::postgres, {"data"}), member(Component::api, {"data", "edge"}),
                 member(Component::other, {"edge"})})
          .status,
      Outcome::pass);
}

TEST(InternalServicesForeignMembers, TakesTheNetworksOfTheServicesWhenTheStoresAreElsewhere) {
  expect_fail(evaluated({member(Component::api, {"edge"}), member(Component::other, {"edge"})}),
              "is a member of the data network", at(Source::compose, 5, 3));
}

TEST(InternalServicesForeignMembers, IsUnknownOnANetworkThatOthersMade) {
  Installation installation = compose_installation({member(Component::redis, {"data"})});
  installation.compose.networks = {{.key = "data", .external = {.value = true}}};
  const Finding finding =
      expect_unknown(id, installation,
                     {.reason = UnknownReason::not_observable,
                      .message = "members of other projects are not in the files"},
                     Origin{});
  EXPECT_EQ(finding.object, "network data");
  installation.compose.networks.front().external = {
      .fault = Fault{.reason = UnknownReason::unresolved_reference}};
  expect_unknown(id, installation,
                 {.reason = UnknownReason::not_observable,
                  .message = "members of other projects are not in the files"},
                 Origin{});
  installation.compose.networks.front().external = {.value = false};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(InternalServicesForeignMembers, DoesNotApplyToKubernetes) {
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::foreign_members_test

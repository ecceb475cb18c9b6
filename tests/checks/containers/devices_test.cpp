// containers-devices
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::devices_test {
namespace {

constexpr auto id = "containers-devices";

TEST(ContainersDevices, PassesWithoutDevices) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
}

TEST(ContainersDevices, ReportsEachDeviceByItself) {
  Container container = hardened_service(Component::api);
  container.devices = {{.value = "/dev/kvm:/dev/kvm", .origin = at(Source::compose, 11, 9)},
                       {.value = "c 1:3 mr", .origin = at(Source::compose, 13, 9)}};
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(result.findings[0].origin, at(Source::compose, 11, 9));
  EXPECT_EQ(result.findings[1].origin, at(Source::compose, 13, 9));
}

TEST(ContainersDevices, DoesNotApplyToKubernetes) {
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::devices_test

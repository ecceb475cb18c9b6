// containers-service-account-token
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::service_account_token_test {
namespace {

constexpr auto id = "containers-service-account-token";

CheckResult result_with(Fact<bool> token) {
  Container container = hardened_pod_container(Component::api);
  container.service_account_token = std::move(token);
  return result_of(id, kubernetes_installation({container}));
}

TEST(ContainersServiceAccountToken, PassesWhenFalse) {
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersServiceAccountToken, FailsWhenTrue) {
  const CheckResult result = result_with({.value = true, .origin = at(Source::kubernetes, 12, 7)});
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 12, 7));
  EXPECT_EQ(result.findings.front().observed, "true");
}

TEST(ContainersServiceAccountToken, FailsWhenNothingIsSaid) {
  const CheckResult result = result_with({});
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "not set, which mounts it");
}

TEST(ContainersServiceAccountToken, IsUnknownWhenTheServiceAccountCannotBeRead) {
  const Fault fault{.reason = UnknownReason::missing_object, .message = "no ServiceAccount"};
  EXPECT_EQ(result_with({.fault = fault}).status, Outcome::unknown);
}

TEST(ContainersServiceAccountToken, DoesNotApplyToCompose) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::service_account_token_test

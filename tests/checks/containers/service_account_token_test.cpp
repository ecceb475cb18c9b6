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
  const Finding finding =
      expect_fail(result_with({.value = true, .origin = at(Source::kubernetes, 12, 7)}),
                  "mounts a token for the Kubernetes API", at(Source::kubernetes, 12, 7));
  EXPECT_EQ(finding.observed, "true");
}

TEST(ContainersServiceAccountToken, FailsWhenNothingIsSet) {
  const Finding finding =
      expect_fail(result_with({}), "mounts a token for the Kubernetes API", Origin{});
  EXPECT_EQ(finding.observed, "not set, which mounts it");
}

TEST(ContainersServiceAccountToken, IsUnknownWhenTheServiceAccountCannotBeRead) {
  const Fault fault{.reason = UnknownReason::missing_object, .message = "no ServiceAccount"};
  expect_unknown(result_with({.fault = fault}),
                 {.reason = UnknownReason::missing_object, .message = "no ServiceAccount"},
                 Origin{});
}

TEST(ContainersServiceAccountToken, DoesNotApplyToCompose) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::service_account_token_test

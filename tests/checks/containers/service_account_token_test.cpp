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

// What a projected token for that audience makes of a pod that mounts no other.
CheckResult result_with_projected(const std::string& audience) {
  Container container = hardened_pod_container(Component::api);
  container.mounts.push_back({.kind = MountKind::service_account,
                              .source = audience,
                              .target = "/var/run/t",
                              .origin = at(Source::kubernetes, 20, 5)});
  return result_of(id, kubernetes_installation({container}));
}

TEST(ContainersServiceAccountToken, FailsWithAProjectedTokenForTheApiServer) {
  for (const char* audience :
       {"", "https://kubernetes.default.svc", "https://kubernetes.default.svc.cluster.local",
        "kubernetes.default.svc", "api"}) {
    SCOPED_TRACE(audience);
    expect_fail(result_with_projected(audience), "mounts a projected token for the Kubernetes API",
                at(Source::kubernetes, 20, 5));
  }
}

TEST(ContainersServiceAccountToken, PassesWithANoteWithAProjectedTokenForAnother) {
  for (const char* audience : {"vault", "https://kubernetes.default.svcx", "sts.amazonaws.com"}) {
    SCOPED_TRACE(audience);
    expect_pass(result_with_projected(audience), "mounts a projected token for another audience",
                at(Source::kubernetes, 20, 5));
  }
}

TEST(ContainersServiceAccountToken, PassesWithACertificateOfThePod) {
  Container container = hardened_pod_container(Component::api);
  container.mounts.push_back({.kind = MountKind::pod_certificate, .target = "/var/run/t"});
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(ContainersServiceAccountToken, DoesNotApplyToCompose) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::service_account_token_test

// kubernetes-controls-pod-security-admission
#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/support/facts.h"

namespace compliance::test::pod_security_admission_test {
namespace {

constexpr auto id = "kubernetes-controls-pod-security-admission";

CheckResult evaluated(const std::optional<std::string>& level) {
  Installation installation = kubernetes_installation({});
  installation.kubernetes.namespaces = {
      {.name = "caracal",
       .enforced = {.value = level, .origin = at(Source::kubernetes, 1, 1)},
       .origin = at(Source::kubernetes, 1, 1)}};
  return result_of(id, installation);
}

TEST(KubernetesControlsPodSecurityAdmission, IsOffByDefault) {
  EXPECT_FALSE(find_check(id)->on_by_default);
}

TEST(KubernetesControlsPodSecurityAdmission, PassesWhenRestrictedIsEnforced) {
  EXPECT_EQ(evaluated("restricted").status, Outcome::pass);
}

TEST(KubernetesControlsPodSecurityAdmission, FailsOtherwise) {
  const auto observed = [](const std::optional<std::string>& level) {
    const CheckResult result = evaluated(level);
    EXPECT_EQ(result.status, Outcome::fail);
    return result.findings.front().observed;
  };
  EXPECT_EQ(observed(std::nullopt), "no label");
  EXPECT_EQ(observed("baseline"), "baseline");
  EXPECT_EQ(observed("privileged"), "privileged");
  EXPECT_EQ(observed("Restricted"), "another text");
}

TEST(KubernetesControlsPodSecurityAdmission, ShowsTheNamespace) {
  const CheckResult result = evaluated("baseline");
  EXPECT_EQ(result.findings.front().object, "Namespace caracal");
  EXPECT_EQ(result.findings.front().message, "does not enforce the restricted level");
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 1, 1));
}

TEST(KubernetesControlsPodSecurityAdmission, DoesNotApplyWhereNoNamespaceIsSeen) {
  EXPECT_EQ(result_of(id, kubernetes_installation({})).status, Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::pod_security_admission_test

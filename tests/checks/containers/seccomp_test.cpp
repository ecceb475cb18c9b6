// containers-seccomp
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::seccomp_test {
namespace {

constexpr auto id = "containers-seccomp";

Container with_profile(Container container, std::optional<std::string> profile) {
  container.security.seccomp = {.value = std::move(profile), .origin = at(Source::compose, 9, 7)};
  return container;
}

TEST(ContainersSeccomp, PassesWhenAServiceSaysNothing) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
}

TEST(ContainersSeccomp, PassesWhenAServiceNamesAProfile) {
  EXPECT_EQ(status_of(id, with_profile(hardened_service(Component::api), "/srv/profile.json")),
            Outcome::pass);
}

TEST(ContainersSeccomp, FailsWhenAServiceIsUnconfined) {
  const CheckResult result = result_of(
      id, compose_installation({with_profile(hardened_service(Component::api), "unconfined")}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 9, 7));
  EXPECT_EQ(result.findings.front().observed, "unconfined");
}

TEST(ContainersSeccomp, PassesWhenAPodHasAProfile) {
  for (const char* type : {"RuntimeDefault", "Localhost"}) {
    EXPECT_EQ(status_of(id, with_profile(hardened_pod_container(Component::api), type)),
              Outcome::pass)
        << type;
  }
}

TEST(ContainersSeccomp, FailsWhenAPodHasNone) {
  const CheckResult unset =
      result_of(id, kubernetes_installation(
                        {with_profile(hardened_pod_container(Component::api), std::nullopt)}));
  ASSERT_EQ(unset.status, Outcome::fail);
  EXPECT_EQ(unset.findings.front().observed, "not set");
  const CheckResult unconfined =
      result_of(id, kubernetes_installation(
                        {with_profile(hardened_pod_container(Component::api), "Unconfined")}));
  ASSERT_EQ(unconfined.status, Outcome::fail);
  EXPECT_EQ(unconfined.findings.front().observed, "another type");
}

TEST(ContainersSeccomp, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = hardened_service(Component::api);
  container.security.seccomp.fault =
      Fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
}

TEST(ContainersSeccomp, DoesNotApplyToWindowsPods) {
  Container container = with_profile(hardened_pod_container(Component::api), std::nullopt);
  container.windows = true;
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::seccomp_test

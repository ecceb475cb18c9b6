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

TEST(ContainersSeccomp, PassesWhenAServiceSetsNoProfile) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
}

TEST(ContainersSeccomp, PassesWhenAServiceNamesAProfile) {
  EXPECT_EQ(status_of(id, with_profile(hardened_service(Component::api), "/srv/profile.json")),
            Outcome::pass);
}

TEST(ContainersSeccomp, FailsWhenAServiceIsUnconfined) {
  const Finding finding =
      expect_fail(id, with_profile(hardened_service(Component::api), "unconfined"),
                  "runs without a seccomp profile", at(Source::compose, 9, 7));
  EXPECT_EQ(finding.observed, "unconfined");
}

TEST(ContainersSeccomp, PassesWhenAPodHasAProfile) {
  for (const char* type : {"RuntimeDefault", "Localhost"}) {
    EXPECT_EQ(status_of(id, with_profile(hardened_pod_container(Component::api), type)),
              Outcome::pass)
        << type;
  }
}

TEST(ContainersSeccomp, FailsWhenAPodHasNone) {
  const Finding unset =
      expect_fail(id, with_profile(hardened_pod_container(Component::api), std::nullopt),
                  "has no seccomp profile", at(Source::compose, 9, 7));
  EXPECT_EQ(unset.observed, "not set");
  const Finding unconfined =
      expect_fail(id, with_profile(hardened_pod_container(Component::api), "Unconfined"),
                  "has no seccomp profile", at(Source::compose, 9, 7));
  EXPECT_EQ(unconfined.observed, "another type");
}

TEST(ContainersSeccomp, FailsForTypesOfThePodThatAllContainersOverride) {
  Container container = hardened_pod_container(Component::api);
  container.overridden.seccomp = {.value = "Unconfined", .origin = at(Source::kubernetes, 3, 5)};
  expect_fail(id, container,
              "its pod states no seccomp profile for containers that do not say otherwise",
              at(Source::kubernetes, 3, 5));
  container.overridden.seccomp.value = "Localhost";
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.overridden.seccomp = {.fault = unset_variable};
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
  container.windows = true;
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
}

TEST(ContainersSeccomp, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = hardened_service(Component::api);
  container.security.seccomp.fault = unset_variable;
  expect_unknown(id, container, unset_variable, at(Source::compose, 5, 3));
}

TEST(ContainersSeccomp, DoesNotApplyToWindowsPods) {
  Container container = with_profile(hardened_pod_container(Component::api), std::nullopt);
  container.windows = true;
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::seccomp_test

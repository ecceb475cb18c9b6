// containers-non-root
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::non_root_test {
namespace {

constexpr auto id = "containers-non-root";
const Fault unset{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};

Container service_as(const std::string& user, Component component = Component::api) {
  Container container = hardened_service(component);
  container.security.user = {.value = user, .origin = at(Source::compose, 7, 5)};
  return container;
}

TEST(ContainersNonRoot, PassesWhenAServiceOfAnOwnImageSaysNothing) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
}

TEST(ContainersNonRoot, PassesWhenAServiceNamesAnotherUser) {
  for (const char* user : {"65532", "65532:65532", "nonroot", "1000:0", "rooter", "10"}) {
    EXPECT_EQ(status_of(id, service_as(user)), Outcome::pass) << user;
  }
}

TEST(ContainersNonRoot, FailsWhenAServiceNamesRoot) {
  for (const char* user : {"0", "00", "root", "0:0", "root:root", "0:65532", ":65532"}) {
    const CheckResult result = result_of(id, compose_installation({service_as(user)}));
    ASSERT_EQ(result.status, Outcome::fail) << user;
    EXPECT_EQ(result.findings.front().origin, at(Source::compose, 7, 5));
    EXPECT_EQ(result.findings.front().message, "runs as root");
  }
}

TEST(ContainersNonRoot, IsUnknownWhenAnotherImageSaysNothing) {
  Container container = hardened_service(Component::redis);
  container.image.repository = "docker.io/library/redis";
  const CheckResult result = result_of(id, compose_installation({container}));
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::not_observable});
}

TEST(ContainersNonRoot, TakesAnEmptyUserForNone) {
  Container container = service_as("", Component::other);
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
}

TEST(ContainersNonRoot, PassesForThePackagedExceptionsInCompose) {
  for (const Component component :
       {Component::postgres, Component::migrate, Component::replay_init}) {
    const CheckResult result = result_of(id, compose_installation({service_as("root", component)}));
    EXPECT_EQ(result.status, Outcome::pass);
    EXPECT_EQ(result.findings.front().message, "may run as root");
  }
}

TEST(ContainersNonRoot, FailsForThePackagedExceptionsInKubernetes) {
  Container container = hardened_pod_container(Component::postgres);
  container.security.run_as_non_root = {.value = false};
  EXPECT_EQ(status_of(id, container), Outcome::fail);
}

TEST(ContainersNonRoot, IsUnknownWhenAnUnsetVariableDecides) {
  Container service = hardened_service(Component::api);
  service.security.user.fault = unset;
  EXPECT_EQ(status_of(id, service), Outcome::unknown);
  Container pod = hardened_pod_container(Component::api);
  pod.security.run_as_non_root = {.fault = unset};
  EXPECT_EQ(status_of(id, pod), Outcome::unknown);
}

TEST(ContainersNonRoot, PassesWhenAPodSaysSoWithoutAUser) {
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersNonRoot, FailsWhenAPodIsNotKeptFromRoot) {
  for (const std::optional<bool> value : {std::optional<bool>{}, std::optional{false}}) {
    Container container = hardened_pod_container(Component::api);
    container.security.run_as_non_root = {.value = value, .origin = at(Source::kubernetes, 9, 7)};
    container.security.run_as_user = {.value = 65532};
    const CheckResult result = result_of(id, kubernetes_installation({container}));
    ASSERT_EQ(result.status, Outcome::fail);
    EXPECT_EQ(result.findings.front().message, "is not kept from running as root");
    EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 9, 7));
  }
}

TEST(ContainersNonRoot, FailsWhenAPodRunsAsRoot) {
  Container container = hardened_pod_container(Component::api);
  container.security.run_as_user = {.value = 0, .origin = at(Source::kubernetes, 10, 7)};
  const CheckResult result = result_of(id, kubernetes_installation({container}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 10, 7));
}

TEST(ContainersNonRoot, NotesInjectedInitContainersThatRunAsRoot) {
  Container container = hardened_pod_container(Component::other);
  container.security.run_as_user = {.value = 0};
  container.injected = true;
  EXPECT_EQ(status_of(id, container), Outcome::fail);
  container.role = ContainerRole::init;
  const CheckResult result = result_of(id, kubernetes_installation({container}));
  EXPECT_EQ(result.status, Outcome::pass);
  EXPECT_EQ(result.findings.front().message, "may run as root");
}

}  // namespace
}  // namespace compliance::test::non_root_test

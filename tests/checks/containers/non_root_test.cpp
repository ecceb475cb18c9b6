// containers-non-root
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::non_root_test {
namespace {

constexpr auto id = "containers-non-root";

Container service_as(const std::string& user, Component component = Component::api) {
  Container container = hardened_service(component);
  container.security.user = {.value = user, .origin = at(Source::compose, 7, 5)};
  return container;
}

TEST(ContainersNonRoot, PassesForAnOwnImageWithoutAUser) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
}

TEST(ContainersNonRoot, PassesWhenAServiceNamesAnotherUser) {
  for (const char* user : {"65532", "65532:65532", "nonroot", "1000:0", "rooter", "10", "+10",
                           "-01", "+", "0x0", "Root"}) {
    EXPECT_EQ(status_of(id, service_as(user)), Outcome::pass) << user;
  }
}

TEST(ContainersNonRoot, FailsWhenAServiceNamesRoot) {
  for (const char* user : {"0", "00", "root", "0:0", "root:root", "0:65532", ":65532", "+0", "-0",
                           "+00:5", "-000:root"}) {
    SCOPED_TRACE(user);
    expect_fail(id, service_as(user), "runs as root", at(Source::compose, 7, 5));
  }
}

TEST(ContainersNonRoot, FailsForRootOfThePodThatAllContainersOverride) {
  Container container = hardened_pod_container(Component::api);
  container.overridden.run_as_non_root = {.value = false, .origin = at(Source::kubernetes, 3, 5)};
  const std::string message = "its pod states root for containers that do not say otherwise";
  expect_fail(id, container, message, at(Source::kubernetes, 3, 5));
  container.overridden.run_as_user = {.value = 0, .origin = at(Source::kubernetes, 4, 5)};
  expect_fail(id, container, message, at(Source::kubernetes, 4, 5));
  container.overridden = {.run_as_non_root = {.value = true}, .run_as_user = {.value = 7}};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.overridden = {.run_as_user = {.fault = unset_variable}};
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
  container.namespaces = {{.kind = "user", .mode = "private"}};
  container.overridden = {.run_as_user = {.value = 0}};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

// A service without `user` of this image.
Container image_user_of(Component component, const std::string& repository) {
  Container container = hardened_service(component);
  container.image.repository = repository;
  container.security.user = {.origin = at(Source::compose, 7, 5)};
  return container;
}

// A hardened service with a hook that says nothing.
Container service_with_hook(Component component = Component::api) {
  Container container = hardened_service(component);
  container.hooks = {{.origin = at(Source::compose, 20, 7)}};
  return container;
}

TEST(ContainersNonRoot, JudgesTheUserOfHooks) {
  Container container = service_with_hook();
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.hooks[0].user = {.value = "1000", .origin = at(Source::compose, 21, 7)};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.hooks[0].user.value = "+0";
  expect_fail(id, container, "runs as root", at(Source::compose, 21, 7));
  container.hooks[0].user = {.origin = at(Source::compose, 21, 7), .fault = unset_variable};
  expect_unknown(id, container, unset_variable, at(Source::compose, 21, 7));
}

TEST(ContainersNonRoot, PassesForHooksOfThePackagedExceptions) {
  Container container = service_with_hook(Component::postgres);
  container.hooks[0].user = {.value = "root", .origin = at(Source::compose, 21, 7)};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(ContainersNonRoot, PassesForOwnImagesWithoutAUser) {
  EXPECT_EQ(status_of(id, image_user_of(Component::redis, "ghcr.io/garudex-labs/caracal-redis")),
            Outcome::pass);
  EXPECT_EQ(status_of(id, image_user_of(Component::web, "caracal-web")), Outcome::pass);
  Container untagged = image_user_of(Component::api, "ghcr.io/garudex-labs/caracal-node");
  untagged.image.fault = unset_variable;
  EXPECT_EQ(status_of(id, untagged), Outcome::pass);
}

TEST(ContainersNonRoot, IsUnknownForOtherImagesWithoutAUser) {
  const Fault unseen{.reason = UnknownReason::not_observable,
                     .message = "user is not set, and the image's own user is not visible"};
  for (const auto& [component, repository] :
       {std::pair{Component::redis, "docker.io/library/redis"},
        std::pair{Component::redis, "redis"}, std::pair{Component::redis, "caracal-go/redis"},
        std::pair{Component::redis, "x/notcaracal-redis"}, std::pair{Component::redis, ""},
        std::pair{Component::edge, "evil/caracal-web"},
        std::pair{Component::other, "evil/caracal-web"}}) {
    SCOPED_TRACE(repository);
    expect_unknown(id, image_user_of(component, repository), unseen, at(Source::compose, 7, 5));
  }
  expect_unknown(id, service_as("", Component::other), unseen, at(Source::compose, 7, 5));
}

TEST(ContainersNonRoot, GivesTheFaultOfTheImageAsReason) {
  Container container = image_user_of(Component::api, "");
  container.image.fault = unset_variable;
  expect_unknown(id, container, unset_variable, at(Source::compose, 7, 5));
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
  expect_fail(id, container, "is not kept from running as root", Origin{});
}

TEST(ContainersNonRoot, IsUnknownWhenAnUnsetVariableDecides) {
  Container service = hardened_service(Component::api);
  service.security.user = {.origin = at(Source::compose, 7, 5), .fault = unset_variable};
  expect_unknown(id, service, unset_variable, at(Source::compose, 7, 5));
  Container by_policy = hardened_pod_container(Component::api);
  by_policy.security.run_as_non_root = {.origin = at(Source::kubernetes, 9, 7),
                                        .fault = unset_variable};
  expect_unknown(id, by_policy, unset_variable, at(Source::kubernetes, 9, 7));
  Container by_user = hardened_pod_container(Component::api);
  by_user.security.run_as_user = {.fault = unset_variable};
  expect_unknown(id, by_user, unset_variable, by_user.origin);
}

TEST(ContainersNonRoot, FailsForUserZeroEvenIfOtherSettingsAreUnset) {
  Container container = hardened_pod_container(Component::api);
  container.security.run_as_non_root = {.fault = unset_variable};
  container.security.run_as_user = {.value = 0, .origin = at(Source::kubernetes, 10, 7)};
  expect_fail(id, container, "runs as root", at(Source::kubernetes, 10, 7));
}

TEST(ContainersNonRoot, NotesRootInAUserNamespace) {
  Container confined = hardened_pod_container(Component::api);
  confined.security.run_as_user = {.value = 0, .origin = at(Source::kubernetes, 10, 7)};
  confined.namespaces = {{.kind = "user", .mode = "private"}};
  expect_pass(id, confined, "may run as root", at(Source::kubernetes, 10, 7));
}

TEST(ContainersNonRoot, NotesAnUnknownUserWhereRootIsAllowed) {
  expect_pass(id, image_user_of(Component::postgres, "postgres"), "may run as root",
              at(Source::compose, 7, 5));
  EXPECT_EQ(result_of(id, service_as("70", Component::postgres)).findings.front().message, "");
}

TEST(ContainersNonRoot, PassesWhenAPodRunsAsNonRootWithoutAUser) {
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersNonRoot, FailsWhenAPodIsNotKeptFromRoot) {
  for (const std::optional<bool> value : {std::optional<bool>{}, std::optional{false}}) {
    Container container = hardened_pod_container(Component::api);
    container.security.run_as_non_root = {.value = value, .origin = at(Source::kubernetes, 9, 7)};
    container.security.run_as_user = {.value = 65532};
    expect_fail(id, container, "is not kept from running as root", at(Source::kubernetes, 9, 7));
  }
}

TEST(ContainersNonRoot, FailsWhenAPodRunsAsRoot) {
  Container container = hardened_pod_container(Component::api);
  container.security.run_as_user = {.value = 0, .origin = at(Source::kubernetes, 10, 7)};
  expect_fail(id, container, "runs as root", at(Source::kubernetes, 10, 7));
}

TEST(ContainersNonRoot, NotesInjectedInitContainersThatRunAsRoot) {
  Container container = hardened_pod_container(Component::other);
  container.security.run_as_user = {.value = 0};
  container.injected = true;
  expect_fail(id, container, "runs as root", Origin{});
  container.role = ContainerRole::init;
  const CheckResult result = result_of(id, kubernetes_installation({container}));
  EXPECT_EQ(result.status, Outcome::pass);
  EXPECT_EQ(result.findings.front().message, "may run as root");
}

}  // namespace
}  // namespace compliance::test::non_root_test

// As which user a container runs.
#include "checks/containers/shared/container_user.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::container_user_test {
namespace {

const Fault unset{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};

Container without_user(Component component, const std::string& repository) {
  Container container = hardened_service(component);
  container.image.repository = repository;
  return container;
}

UserKind kind_of(const Container& container) { return judge_user(container).kind; }

TEST(ContainerUser, IsKnownForOwnImages) {
  EXPECT_EQ(kind_of(without_user(Component::redis, "ghcr.io/garudex-labs/caracal-redis")),
            UserKind::other);
  EXPECT_EQ(kind_of(without_user(Component::web, "caracal-web")), UserKind::other);
}

TEST(ContainerUser, IsUndecidedForOtherImages) {
  for (const char* repository : {"redis", "caracal-go/redis", "x/notcaracal-redis", ""}) {
    EXPECT_EQ(kind_of(without_user(Component::redis, repository)), UserKind::undecided)
        << repository;
  }
}

TEST(ContainerUser, IsUndecidedForComponentsThatAreNotCaracals) {
  for (const Component component : {Component::edge, Component::other}) {
    EXPECT_EQ(kind_of(without_user(component, "evil/caracal-web")), UserKind::undecided);
  }
}

TEST(ContainerUser, GivesTheFaultOfTheImageAsReason) {
  Container container = without_user(Component::api, "");
  container.image.fault = unset;
  EXPECT_EQ(judge_user(container).fault, unset);
  EXPECT_EQ(judge_user(without_user(Component::api, "")).fault.reason,
            UnknownReason::not_observable);
}

TEST(ContainerUser, IsKnownForOwnImagesWhoseTagIsNot) {
  Container container = without_user(Component::api, "ghcr.io/garudex-labs/caracal-node");
  container.image.fault = unset;
  EXPECT_EQ(kind_of(container), UserKind::other);
}

TEST(ContainerUser, IsUndecidedWhenTheUserCannotBeRead) {
  Container container = without_user(Component::api, "caracal-node");
  container.security.user = {.origin = at(Source::compose, 7), .fault = unset};
  EXPECT_EQ(judge_user(container).fault, unset);
  EXPECT_EQ(judge_user(container).origin, at(Source::compose, 7));
}

TEST(ContainerUser, IsUndecidedInAPodWhereASettingCannotBeRead) {
  Container container = hardened_pod_container(Component::api);
  container.security.run_as_user = {.fault = unset};
  EXPECT_EQ(kind_of(container), UserKind::undecided);
  container = hardened_pod_container(Component::api);
  container.security.run_as_non_root = {.fault = unset};
  EXPECT_EQ(kind_of(container), UserKind::undecided);
  container.security.run_as_user = {.value = 0};
  EXPECT_EQ(kind_of(container), UserKind::root);
}

TEST(ContainerUser, MayBeRootWhereThatIsAllowed) {
  Container packaged = hardened_service(Component::postgres);
  packaged.image.repository = "postgres";
  EXPECT_EQ(kind_of(packaged), UserKind::allowed_root);
  Container confined = hardened_pod_container(Component::api);
  confined.security.run_as_user = {.value = 0};
  confined.namespaces = {{.kind = "user", .mode = "private"}};
  EXPECT_EQ(kind_of(confined), UserKind::allowed_root);
}

TEST(ContainerUser, IsOtherWhereRootWouldBeAllowedAndIsNot) {
  Container container = hardened_service(Component::postgres);
  container.security.user = {.value = "70"};
  EXPECT_EQ(kind_of(container), UserKind::other);
}

}  // namespace
}  // namespace compliance::test::container_user_test

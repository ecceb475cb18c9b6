// containers-host-namespaces
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::host_namespaces_test {
namespace {

constexpr auto id = "containers-host-namespaces";

Container with(Container container, const std::string& kind, const std::string& mode,
               std::optional<Component> service = std::nullopt) {
  container.namespaces.push_back({.kind = kind,
                                  .mode = mode,
                                  .service_component = service,
                                  .origin = at(Source::compose, 14, 5)});
  return container;
}

TEST(ContainersHostNamespaces, PassesWhenNothingIsSaid) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersHostNamespaces, FailsWhenAServiceSharesTheHosts) {
  for (const char* kind : {"network", "pid", "ipc", "uts", "user"}) {
    const CheckResult result = result_of(
        id, compose_installation({with(hardened_service(Component::edge), kind, "host")}));
    ASSERT_EQ(result.status, Outcome::fail) << kind;
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings.front().message,
              std::string{"shares the "} + kind + " namespace of the host");
    EXPECT_EQ(result.findings.front().origin, at(Source::compose, 14, 5));
  }
}

TEST(ContainersHostNamespaces, FailsWhenAPodSharesTheHosts) {
  for (const char* kind : {"network", "pid", "ipc"}) {
    EXPECT_EQ(status_of(id, with(hardened_pod_container(Component::api), kind, "host")),
              Outcome::fail)
        << kind;
  }
}

TEST(ContainersHostNamespaces, FailsWhenAnotherContainersIsJoined) {
  for (const char* kind : {"network", "pid", "ipc"}) {
    EXPECT_EQ(status_of(id, with(hardened_service(Component::api), kind, "container:x")),
              Outcome::fail)
        << kind;
  }
}

TEST(ContainersHostNamespaces, FailsWhenAServiceOfAnotherComponentIsJoined) {
  const CheckResult result = result_of(
      id, compose_installation(
              {with(hardened_service(Component::api), "network", "service:sts", Component::sts)}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message, "shares the network namespace of another component");
}

TEST(ContainersHostNamespaces, PassesWhenAServiceOfTheSameComponentIsJoined) {
  EXPECT_EQ(status_of(id, with(hardened_service(Component::api), "network", "service:api2",
                               Component::api)),
            Outcome::pass);
}

TEST(ContainersHostNamespaces, IsUnknownWhenTheServiceThatIsJoinedIsNotThere) {
  const CheckResult result = result_of(
      id,
      compose_installation({with(hardened_service(Component::api), "network", "service:gone")}));
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::missing_object});
}

TEST(ContainersHostNamespaces, PassesInModesThatShareNothing) {
  for (const char* mode : {"none", "bridge", "hosted", "private", "shareable"}) {
    EXPECT_EQ(status_of(id, with(hardened_service(Component::replay_init), "network", mode)),
              Outcome::pass)
        << mode;
  }
}

TEST(ContainersHostNamespaces, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = with(hardened_service(Component::api), "network", "host");
  container.namespaces.front().fault =
      Fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
}

TEST(ContainersHostNamespaces, FailsWhenAHandlerNamesAnyHost) {
  for (const char* host : {"169.254.169.254", "127.0.0.1"}) {
    Container container = hardened_pod_container(Component::api);
    container.handler_hosts = {{.value = host, .origin = at(Source::kubernetes, 40, 13)}};
    const CheckResult result = result_of(id, kubernetes_installation({container}));
    ASSERT_EQ(result.status, Outcome::fail) << host;
    EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 40, 13));
  }
}

TEST(ContainersHostNamespaces, PassesWhenTheHostOfAHandlerIsEmpty) {
  Container container = hardened_pod_container(Component::api);
  container.handler_hosts = {{.value = ""}};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

}  // namespace
}  // namespace compliance::test::host_namespaces_test

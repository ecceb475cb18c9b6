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

TEST(ContainersHostNamespaces, PassesWhenNothingIsSet) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersHostNamespaces, FailsWhenAServiceSharesANamespaceOfTheHost) {
  for (const char* kind : {"network", "pid", "ipc", "uts", "user"}) {
    SCOPED_TRACE(kind);
    expect_fail(id, with(hardened_service(Component::edge), kind, "host"),
                std::string{"shares the "} + kind + " namespace of the host",
                at(Source::compose, 14, 5));
  }
}

TEST(ContainersHostNamespaces, FailsWhenAPodSharesANamespaceOfTheHost) {
  for (const char* kind : {"network", "pid", "ipc"}) {
    SCOPED_TRACE(kind);
    expect_fail(id, with(hardened_pod_container(Component::api), kind, "host"),
                std::string{"shares the "} + kind + " namespace of the host",
                at(Source::compose, 14, 5));
  }
}

TEST(ContainersHostNamespaces, FailsWhenAServiceJoinsAnotherContainer) {
  for (const char* kind : {"network", "pid", "ipc"}) {
    SCOPED_TRACE(kind);
    expect_fail(id, with(hardened_service(Component::api), kind, "container:x"),
                std::string{"shares the "} + kind + " namespace of another component",
                at(Source::compose, 14, 5));
  }
}

TEST(ContainersHostNamespaces, FailsWhenAServiceJoinsAnotherComponent) {
  for (const char* kind : {"pid", "ipc"}) {
    expect_fail(id, with(hardened_service(Component::api), kind, "service:sts", Component::sts),
                std::string{"shares the "} + kind + " namespace of another component",
                at(Source::compose, 14, 5));
  }
  expect_fail(id, with(hardened_service(Component::api), "network", "service:sts", Component::sts),
              "shares the network namespace of another component", at(Source::compose, 14, 5));
}

TEST(ContainersHostNamespaces, PassesWhenAServiceJoinsItsOwnComponent) {
  EXPECT_EQ(status_of(id, with(hardened_service(Component::api), "network", "service:api2",
                               Component::api)),
            Outcome::pass);
}

TEST(ContainersHostNamespaces, IsUnknownWhenTheJoinedServiceIsMissing) {
  expect_unknown(id, with(hardened_service(Component::api), "network", "service:gone"),
                 {.reason = UnknownReason::missing_object,
                  .message = "the service whose network namespace it joins does not exist"},
                 at(Source::compose, 14, 5));
}

TEST(ContainersHostNamespaces, PassesInModesThatShareNothing) {
  for (const char* mode :
       {"none", "bridge", "hosted", "private", "shareable", "", "Host", "containers"}) {
    EXPECT_EQ(status_of(id, with(hardened_service(Component::replay_init), "network", mode)),
              Outcome::pass)
        << mode;
  }
}

TEST(ContainersHostNamespaces, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = with(hardened_service(Component::api), "network", "host");
  container.namespaces.front().fault = unset_variable;
  expect_unknown(id, container, unset_variable, at(Source::compose, 14, 5));
}

TEST(ContainersHostNamespaces, FailsWhenAHandlerNamesAnyHost) {
  for (const char* host : {"169.254.169.254", "127.0.0.1"}) {
    Container container = hardened_pod_container(Component::api);
    container.handler_hosts = {{.value = host, .origin = at(Source::kubernetes, 40, 13)}};
    SCOPED_TRACE(host);
    expect_fail(id, container,
                "a probe or lifecycle handler names a host that the node then contacts",
                at(Source::kubernetes, 40, 13));
  }
}

TEST(ContainersHostNamespaces, PassesWhenTheHostOfAHandlerIsEmpty) {
  Container container = hardened_pod_container(Component::api);
  container.handler_hosts = {{.value = ""}};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(ContainersHostNamespaces, PassesForTheUserAndUtsNamespacesOfPods) {
  for (const char* kind : {"user", "uts"}) {
    EXPECT_EQ(status_of(id, with(hardened_pod_container(Component::api), kind, "host")),
              Outcome::pass)
        << kind;
  }
}

TEST(ContainersHostNamespaces, PassesForUtsAndUserModesOtherThanHost) {
  EXPECT_EQ(status_of(id, with(hardened_service(Component::api), "uts", "container:x")),
            Outcome::pass);
  EXPECT_EQ(status_of(id, with(hardened_service(Component::api), "user", "service:x")),
            Outcome::pass);
}

TEST(ContainersHostNamespaces, FailsForTheControlGroupsOfTheHost) {
  Container container = hardened_service(Component::api);
  container.namespaces = {
      {.kind = "cgroup", .mode = "private", .origin = at(Source::compose, 9, 7)}};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.namespaces[0].mode = "host";
  expect_fail(id, container, "shares the cgroup namespace of the host", at(Source::compose, 9, 7));
}

}  // namespace
}  // namespace compliance::test::host_namespaces_test

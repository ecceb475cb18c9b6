// What a container and its pod say beside rights, variables and volumes.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::containers_test {
namespace {

TEST(Containers, HaveTheirRoleInTheOrderOfTheFile) {
  const auto facts = facts_of(pod_with("image: a",
                                       "initContainers: [{name: i, restartPolicy: Always}], "
                                       "ephemeralContainers: [{name: e}]"));
  ASSERT_EQ(facts.containers.size(), 3U);
  EXPECT_EQ(facts.containers[0].role, ContainerRole::main);
  EXPECT_EQ(facts.containers[0].name, "c");
  EXPECT_EQ(facts.containers[1].role, ContainerRole::init);
  EXPECT_EQ(facts.containers[1].name, "i");
  EXPECT_EQ(facts.containers[2].role, ContainerRole::ephemeral);
  EXPECT_EQ(facts.containers[2].object, "Pod p container e");
  EXPECT_EQ(facts.containers[2].workload, "Pod p");
}

TEST(Containers, HaveAnImageWithItsPosition) {
  const auto image = container_of(pod_with("image: ghcr.io/x/y:v1")).image;
  EXPECT_EQ(image.repository, "ghcr.io/x/y");
  EXPECT_EQ(image.tag, "v1");
  EXPECT_FALSE(image.fault);
  EXPECT_EQ(image.origin, origin_at(3, 33));
}

TEST(Containers, WithoutImageOrWithATemplateOfOneHaveAFault) {
  const auto none = container_of(pod_with("args: []")).image;
  EXPECT_EQ(none.fault.value().reason, UnknownReason::missing_object);
  EXPECT_EQ(none.origin.line, 3U);
  const auto open = container_of(pod_with("image: '${REGISTRY}/x:1'")).image;
  EXPECT_EQ(open.fault.value().reason, UnknownReason::unresolved_reference);
}

TEST(Containers, RunCommandThenArguments) {
  const auto container = container_of(pod_with("args: [b, 1], command: [a]"));
  EXPECT_EQ(container.command, (std::vector<std::string>{"a", "b", "1"}));
}

TEST(Containers, DeclarePorts) {
  const auto ports =
      container_of(pod_with("ports: [{containerPort: 8080, name: http}, {containerPort: 53, "
                            "protocol: UDP, hostPort: 5353}, {containerPort: 1, hostPort: 0}, "
                            "{containerPort: 65535, hostPort: x}]"))
          .declared_ports;
  ASSERT_EQ(ports.size(), 4U);
  EXPECT_EQ(ports[0].name, "http");
  EXPECT_EQ(ports[0].number, 8080);
  EXPECT_EQ(ports[0].protocol, "TCP");
  EXPECT_TRUE(ports[0].host_port.absent());
  EXPECT_EQ(ports[0].origin.line, 3U);
  EXPECT_EQ(ports[1].protocol, "UDP");
  EXPECT_TRUE(ports[1].host_port.is(5353));
  EXPECT_TRUE(ports[2].host_port.absent());
  EXPECT_EQ(ports[3].number, 65535);
  EXPECT_TRUE(ports[3].host_port.fault);
}

struct NamespaceRow {
  const char* name;
  const char* pod;
  const char* kind;
  const char* mode;  // null: a fault
};

class Namespaces : public testing::TestWithParam<NamespaceRow> {};

TEST_P(Namespaces, AreNamed) {
  const auto namespaces = container_of(pod_with("image: x", GetParam().pod)).namespaces;
  if (*GetParam().kind == '\0') {
    EXPECT_TRUE(namespaces.empty());
    return;
  }
  ASSERT_EQ(namespaces.size(), 1U);
  EXPECT_EQ(namespaces[0].kind, GetParam().kind);
  EXPECT_EQ(namespaces[0].fault.has_value(), GetParam().mode == nullptr);
  EXPECT_EQ(namespaces[0].mode, GetParam().mode == nullptr ? "" : GetParam().mode);
  EXPECT_EQ(namespaces[0].origin.line, 4U);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Namespaces,
    testing::Values(NamespaceRow{"None", "", "", ""},
                    NamespaceRow{"Network", "hostNetwork: true", "network", "host"},
                    NamespaceRow{"NetworkFalse", "hostNetwork: false", "", ""},
                    NamespaceRow{"NetworkQuoted", "hostNetwork: 'true'", "network", nullptr},
                    NamespaceRow{"Pid", "hostPID: true", "pid", "host"},
                    NamespaceRow{"PidFalse", "hostPID: no", "", ""},
                    NamespaceRow{"Ipc", "hostIPC: true", "ipc", "host"},
                    NamespaceRow{"IpcNull", "hostIPC: null", "", ""},
                    NamespaceRow{"SharedInThePod", "shareProcessNamespace: true", "", ""},
                    NamespaceRow{"Users", "hostUsers: true", "", ""},
                    NamespaceRow{"OwnUsers", "hostUsers: false", "user", "private"},
                    NamespaceRow{"UsersQuoted", "hostUsers: 'false'", "user", nullptr}),
    [](const auto& row) { return row.param.name; });

struct HandlerRow {
  const char* name;
  const char* container;
  const char* host;
};

class HandlerHosts : public testing::TestWithParam<HandlerRow> {};

TEST_P(HandlerHosts, AreCollected) {
  const auto hosts = container_of(pod_with(GetParam().container)).handler_hosts;
  if (*GetParam().host == '\0') {
    EXPECT_TRUE(hosts.empty());
    return;
  }
  ASSERT_EQ(hosts.size(), 1U);
  EXPECT_EQ(hosts[0].value, GetParam().host);
  EXPECT_EQ(hosts[0].origin.line, 3U);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, HandlerHosts,
    testing::Values(HandlerRow{"None", "livenessProbe: {httpGet: {port: 1}}", ""},
                    HandlerRow{"Empty", "livenessProbe: {httpGet: {host: ''}}", ""},
                    HandlerRow{"Liveness", "livenessProbe: {httpGet: {host: a}}", "a"},
                    HandlerRow{"Readiness", "readinessProbe: {tcpSocket: {host: a}}", "a"},
                    HandlerRow{"Startup", "startupProbe: {httpGet: {host: a}}", "a"},
                    HandlerRow{"PostStart", "lifecycle: {postStart: {httpGet: {host: a}}}", "a"},
                    HandlerRow{"PreStop", "lifecycle: {preStop: {tcpSocket: {host: a}}}", "a"},
                    HandlerRow{"Exec", "lifecycle: {preStop: {exec: {command: [a]}}}", ""}),
    [](const auto& row) { return row.param.name; });

TEST(Containers, HaveLimits) {
  const auto container =
      container_of(pod_with("resources: {limits: {memory: 1Gi, cpu: 1}, requests: {cpu: 2}}"));
  EXPECT_TRUE(container.limits.memory.is("1Gi"));
  EXPECT_TRUE(container.limits.cpu.is("1"));
  EXPECT_TRUE(container.limits.pids.absent());
  const auto none = container_of(pod_with("resources: {requests: {memory: 1Gi}}"));
  EXPECT_TRUE(none.limits.memory.absent());
  EXPECT_EQ(none.limits.memory.origin, none.origin);
}

TEST(Containers, KnowTheirOperatingSystemAndLabels) {
  EXPECT_TRUE(container_of(pod_with("image: x", "os: {name: windows}")).windows);
  EXPECT_FALSE(container_of(pod_with("image: x", "os: {name: linux}")).windows);
  EXPECT_FALSE(container_of(pod_with("image: x")).windows);
  const auto labelled = container_of(
      "{apiVersion: apps/v1, kind: Deployment, metadata: {labels: {a: no}}, spec: {template: "
      "{metadata: {labels: {b: yes, c: }}, spec: {containers: [{name: c}]}}}}");
  EXPECT_EQ(labelled.pod_labels, (std::map<std::string, std::string>{{"b", "yes"}, {"c", ""}}));
}

std::string account(const std::string& name, const std::string& automount) {
  return "---\n{apiVersion: v1, kind: ServiceAccount, metadata: {name: " + name + "}" +
         (automount.empty() ? "" : ", automountServiceAccountToken: " + automount) + "}\n";
}

struct TokenRow {
  const char* name;
  std::string pod;
  std::string accounts;
  std::optional<bool> expected;
};

class Tokens : public testing::TestWithParam<TokenRow> {};

TEST_P(Tokens, ArePodOverServiceAccount) {
  const auto container = container_of(pod_with("image: x", GetParam().pod) + GetParam().accounts);
  EXPECT_EQ(container.service_account_token.value, GetParam().expected);
  EXPECT_FALSE(container.service_account_token.fault);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Tokens,
    testing::Values(TokenRow{"NothingSaid", "", "", std::nullopt},
                    TokenRow{"Pod", "automountServiceAccountToken: false", "", false},
                    TokenRow{"PodOverAccount", "automountServiceAccountToken: true",
                             account("default", "false"), true},
                    TokenRow{"DefaultAccount", "", account("default", "false"), false},
                    TokenRow{"NamedAccount", "serviceAccountName: a",
                             account("default", "true") + account("a", "false"), false},
                    TokenRow{"OlderFieldName", "serviceAccount: a",
                             account("default", "true") + account("a", "false"), false},
                    TokenRow{"NamedAccountIsNotThere", "serviceAccountName: b",
                             account("default", "false"), std::nullopt},
                    TokenRow{"AccountSaysNothing", "", account("default", ""), std::nullopt}),
    [](const auto& row) { return row.param.name; });

TEST(Containers, SayWhereTheTokenIsDecided) {
  EXPECT_EQ(
      container_of(pod_with("image: x") + account("default", "")).service_account_token.origin,
      origin_at(2, 8));
  EXPECT_EQ(container_of(pod_with("image: x") + account("default", "false"))
                .service_account_token.origin.line,
            5U);
  EXPECT_TRUE(container_of(pod_with("image: x", "automountServiceAccountToken: 'no'") +
                           account("default", "false"))
                  .service_account_token.fault);
}

}  // namespace
}  // namespace compliance::test::containers_test

// containers-capabilities-dropped
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::capabilities_dropped_test {
namespace {

constexpr auto id = "containers-capabilities-dropped";

Container adding(Container container, const std::string& capability, std::uint32_t line = 20) {
  container.security.capabilities_added.push_back(
      {.value = capability, .origin = at(Source::compose, line, 9)});
  return container;
}

Container injected_init() {
  Container container = hardened_pod_container(Component::other);
  container.injected = true;
  container.role = ContainerRole::init;
  return container;
}

TEST(ContainersCapabilitiesDropped, PassesWhenAllAreDropped) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersCapabilitiesDropped, PassesWhenAllIsWrittenInLowerCase) {
  Container container = hardened_service(Component::api);
  container.security.capabilities_dropped = {{.value = "NET_RAW"}, {.value = "all"}};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(ContainersCapabilitiesDropped, FailsWhenNothingIsDropped) {
  Container container = hardened_service(Component::api);
  container.security.capabilities_dropped.clear();
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().origin, container.origin);
  EXPECT_EQ(result.findings.front().message, "does not drop all capabilities");
  EXPECT_EQ(result.findings.front().observed, "none dropped");
}

TEST(ContainersCapabilitiesDropped, FailsWhenOnlySingleOnesAreDropped) {
  for (const char* dropped : {"NET_RAW", "CAP_ALL", "ALLX"}) {
    Container container = hardened_service(Component::api);
    container.security.capabilities_dropped = {{.value = dropped}};
    const CheckResult result = result_of(id, compose_installation({container}));
    EXPECT_EQ(result.status, Outcome::fail) << dropped;
    EXPECT_EQ(result.findings.front().observed, "single ones dropped");
  }
}

TEST(ContainersCapabilitiesDropped, EachAddedCapabilityIsAFindingOfItsOwn) {
  const Container container =
      adding(adding(hardened_service(Component::api), "cap_net_raw", 20), "SYS_ADMIN", 21);
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(result.findings[0].outcome, Outcome::fail);
  EXPECT_EQ(result.findings[0].observed, "NET_RAW");
  EXPECT_EQ(result.findings[0].origin, at(Source::compose, 20, 9));
  EXPECT_EQ(result.findings[1].observed, "SYS_ADMIN");
  EXPECT_EQ(result.findings[1].origin, at(Source::compose, 21, 9));
}

TEST(ContainersCapabilitiesDropped, DoesNotRepeatTextThatIsNoCapability) {
  const Container container = adding(hardened_service(Component::api), "hunter2");
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "a name that Linux does not have");
}

TEST(ContainersCapabilitiesDropped, PassesWithThePackagedExceptions) {
  Container postgres = hardened_service(Component::postgres);
  for (const char* name : {"CHOWN", "DAC_READ_SEARCH", "FOWNER", "SETGID", "SETUID"}) {
    postgres = adding(postgres, name);
  }
  EXPECT_EQ(status_of(id, postgres), Outcome::pass);
}

TEST(ContainersCapabilitiesDropped, FailsWhenPostgresAddsMoreThanItsFive) {
  EXPECT_EQ(status_of(id, adding(hardened_service(Component::postgres), "NET_ADMIN")),
            Outcome::fail);
}

TEST(ContainersCapabilitiesDropped, FailsWhenAnotherServiceAddsWhatPostgresMay) {
  EXPECT_EQ(status_of(id, adding(hardened_service(Component::other), "CHOWN")), Outcome::fail);
}

TEST(ContainersCapabilitiesDropped, FailsWhenASidecarInThePostgresPodAddsOne) {
  Container sidecar = hardened_pod_container(Component::postgres);
  sidecar.name = "exporter";
  EXPECT_EQ(status_of(id, adding(sidecar, "CHOWN")), Outcome::fail);
}

TEST(ContainersCapabilitiesDropped, PassesWhenAPodBindsLowPorts) {
  EXPECT_EQ(status_of(id, adding(hardened_pod_container(Component::web), "NET_BIND_SERVICE")),
            Outcome::pass);
}

TEST(ContainersCapabilitiesDropped, PassesWhenTheEdgeBindsLowPorts) {
  EXPECT_EQ(status_of(id, adding(hardened_service(Component::edge), "CAP_NET_BIND_SERVICE")),
            Outcome::pass);
}

TEST(ContainersCapabilitiesDropped, FailsWhenAnotherServiceBindsLowPorts) {
  EXPECT_EQ(status_of(id, adding(hardened_service(Component::web), "NET_BIND_SERVICE")),
            Outcome::fail);
}

TEST(ContainersCapabilitiesDropped, NotesTheNetworkRightsOfInjectedInitContainers) {
  for (const char* name : {"NET_ADMIN", "NET_RAW"}) {
    const CheckResult result =
        result_of(id, kubernetes_installation({adding(injected_init(), name)}));
    EXPECT_EQ(result.status, Outcome::pass) << name;
    EXPECT_EQ(result.findings.front().message,
              std::string{"adds "} + name + " as an injected init container");
  }
}

TEST(ContainersCapabilitiesDropped, FailsWhenInjectedInitContainersAddMore) {
  for (const char* name : {"ALL", "CAP_ALL", "SYS_ADMIN"}) {
    EXPECT_EQ(status_of(id, adding(injected_init(), name)), Outcome::fail) << name;
  }
}

TEST(ContainersCapabilitiesDropped, FailsWhenAnInjectedSidecarThatIsNoInitContainerAddsThem) {
  Container sidecar = injected_init();
  sidecar.role = ContainerRole::main;
  EXPECT_EQ(status_of(id, adding(sidecar, "NET_ADMIN")), Outcome::fail);
}

TEST(ContainersCapabilitiesDropped, FailsWhenAnInitContainerThatNobodyInjectedAddsThem) {
  Container init = injected_init();
  init.injected = false;
  EXPECT_EQ(status_of(id, adding(init, "NET_ADMIN")), Outcome::fail);
}

TEST(ContainersCapabilitiesDropped, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = hardened_service(Component::api);
  container.security.capabilities_fault =
      Fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  const CheckResult result = result_of(id, compose_installation({container}));
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::unresolved_reference});
  EXPECT_EQ(status_of(id, adding(container, "SYS_ADMIN")), Outcome::fail);
}

TEST(ContainersCapabilitiesDropped, DoesNotApplyToWindowsPods) {
  Container container = hardened_pod_container(Component::api);
  container.windows = true;
  container.security.capabilities_dropped.clear();
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::capabilities_dropped_test

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
  const Finding finding =
      expect_fail(id, container, "does not drop all capabilities", container.origin);
  EXPECT_EQ(finding.observed, "none dropped");
}

TEST(ContainersCapabilitiesDropped, FailsWhenOnlySomeAreDropped) {
  for (const char* dropped : {"NET_RAW", "CAP_ALL", "ALLX"}) {
    Container container = hardened_service(Component::api);
    container.security.capabilities_dropped = {{.value = dropped}};
    SCOPED_TRACE(dropped);
    const Finding finding =
        expect_fail(id, container, "does not drop all capabilities", at(Source::compose, 5, 3));
    EXPECT_EQ(finding.observed, "some dropped, but not ALL");
  }
}

TEST(ContainersCapabilitiesDropped, ReportsEachAddedCapabilityByItself) {
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

TEST(ContainersCapabilitiesDropped, DoesNotShowTextThatIsNotACapability) {
  const Container container = adding(hardened_service(Component::api), "hunter2");
  const Finding finding = expect_fail(id, container, "adds a capability that it does not need",
                                      at(Source::compose, 20, 9));
  EXPECT_EQ(finding.observed, "a name that Linux does not have");
}

TEST(ContainersCapabilitiesDropped, PassesWithThePackagedExceptions) {
  Container postgres = hardened_service(Component::postgres);
  for (const char* name : {"CHOWN", "DAC_READ_SEARCH", "FOWNER", "SETGID", "SETUID"}) {
    postgres = adding(postgres, name);
  }
  EXPECT_EQ(status_of(id, postgres), Outcome::pass);
}

TEST(ContainersCapabilitiesDropped, FailsWhenPostgresAddsMoreThanItsFive) {
  expect_fail(id, adding(hardened_service(Component::postgres), "NET_ADMIN"),
              "adds a capability that it does not need", at(Source::compose, 20, 9));
}

TEST(ContainersCapabilitiesDropped, FailsWhenAnotherServiceAddsWhatPostgresMay) {
  expect_fail(id, adding(hardened_service(Component::other), "CHOWN"),
              "adds a capability that it does not need", at(Source::compose, 20, 9));
}

TEST(ContainersCapabilitiesDropped, FailsWhenASidecarInThePostgresPodAddsOne) {
  Container sidecar = hardened_pod_container(Component::postgres);
  sidecar.name = "exporter";
  expect_fail(id, adding(sidecar, "CHOWN"), "adds a capability that it does not need",
              at(Source::compose, 20, 9));
}

TEST(ContainersCapabilitiesDropped, PassesWhenAPodBindsLowPorts) {
  EXPECT_EQ(status_of(id, adding(hardened_pod_container(Component::web), "NET_BIND_SERVICE")),
            Outcome::pass);
}

TEST(ContainersCapabilitiesDropped, FailsInAPodForNamesThatAdmissionDoesNotKnow) {
  for (const char* written : {"CAP_NET_BIND_SERVICE", "net_bind_service", "Net_Bind_Service"}) {
    SCOPED_TRACE(written);
    const Finding finding = expect_fail(
        id, adding(hardened_pod_container(Component::api), written),
        "adds a capability under a name that Kubernetes does not know", at(Source::compose, 20, 9));
    EXPECT_EQ(finding.expected, "NET_BIND_SERVICE");
    EXPECT_EQ(status_of(id, adding(hardened_service(Component::edge), written)), Outcome::pass);
  }
  EXPECT_EQ(status_of(id, adding(injected_init(), "CAP_NET_ADMIN")), Outcome::fail);
}

TEST(ContainersCapabilitiesDropped, PassesWhenTheEdgeBindsLowPorts) {
  EXPECT_EQ(status_of(id, adding(hardened_service(Component::edge), "CAP_NET_BIND_SERVICE")),
            Outcome::pass);
}

TEST(ContainersCapabilitiesDropped, FailsWhenAnotherServiceBindsLowPorts) {
  expect_fail(id, adding(hardened_service(Component::web), "NET_BIND_SERVICE"),
              "adds a capability that it does not need", at(Source::compose, 20, 9));
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
    SCOPED_TRACE(name);
    expect_fail(id, adding(injected_init(), name), "adds a capability that it does not need",
                at(Source::compose, 20, 9));
  }
}

TEST(ContainersCapabilitiesDropped, FailsWhenAnInjectedMainContainerAddsThem) {
  Container sidecar = injected_init();
  sidecar.role = ContainerRole::main;
  expect_fail(id, adding(sidecar, "NET_ADMIN"), "adds a capability that it does not need",
              at(Source::compose, 20, 9));
}

TEST(ContainersCapabilitiesDropped, FailsWhenAnOrdinaryInitContainerAddsThem) {
  Container init = injected_init();
  init.injected = false;
  expect_fail(id, adding(init, "NET_ADMIN"), "adds a capability that it does not need",
              at(Source::compose, 20, 9));
}

TEST(ContainersCapabilitiesDropped, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = hardened_service(Component::api);
  container.security.capabilities_fault = unset_variable;
  expect_unknown(id, container, unset_variable, at(Source::compose, 5, 3));
  expect_fail(id, adding(container, "SYS_ADMIN"), "adds a capability that it does not need",
              at(Source::compose, 20, 9));
}

TEST(ContainersCapabilitiesDropped, DoesNotApplyToWindowsPods) {
  Container container = hardened_pod_container(Component::api);
  container.windows = true;
  container.security.capabilities_dropped.clear();
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
}

TEST(ContainersCapabilitiesDropped, FailsForSpellingsCloseToAll) {
  for (const char* dropped : {"CAP_ALL", "ALL ", "ALLX", ""}) {
    SCOPED_TRACE(dropped);
    Container container = hardened_service(Component::api);
    container.security.capabilities_dropped = {{.value = dropped}};
    expect_fail(id, container, "does not drop all capabilities", container.origin);
  }
}

// What a finding shows of an added capability, by how the file writes it.
TEST(ContainersCapabilitiesDropped, ShowsCapabilitiesInUpperCaseWithoutPrefix) {
  constexpr auto other = "a name that Linux does not have";
  for (const auto& [written, shown] :
       {std::pair{"NET_RAW", "NET_RAW"}, std::pair{"cap_net_raw", "NET_RAW"},
        std::pair{"Cap_Sys_Admin", "SYS_ADMIN"}, std::pair{"all", "ALL"},
        std::pair{"MY_CAP_NET_RAW", other}, std::pair{"CAPNET_RAW", other},
        std::pair{"NET_RAWS", other}, std::pair{"", other}}) {
    const Finding finding =
        expect_fail(id, adding(hardened_service(Component::other), written),
                    "adds a capability that it does not need", at(Source::compose, 20, 9));
    EXPECT_EQ(finding.observed, shown) << written;
  }
}

TEST(ContainersCapabilitiesDropped, NamesEveryCapabilityOfLinux) {
  for (const char* name : {"AUDIT_CONTROL",   "AUDIT_READ",   "AUDIT_WRITE",
                           "BLOCK_SUSPEND",   "BPF",          "CHECKPOINT_RESTORE",
                           "CHOWN",           "DAC_OVERRIDE", "DAC_READ_SEARCH",
                           "FOWNER",          "FSETID",       "IPC_LOCK",
                           "IPC_OWNER",       "KILL",         "LEASE",
                           "LINUX_IMMUTABLE", "MAC_ADMIN",    "MAC_OVERRIDE",
                           "MKNOD",           "NET_ADMIN",    "NET_BIND_SERVICE",
                           "NET_BROADCAST",   "NET_RAW",      "PERFMON",
                           "SETFCAP",         "SETGID",       "SETPCAP",
                           "SETUID",          "SYSLOG",       "SYS_ADMIN",
                           "SYS_BOOT",        "SYS_CHROOT",   "SYS_MODULE",
                           "SYS_NICE",        "SYS_PACCT",    "SYS_PTRACE",
                           "SYS_RAWIO",       "SYS_RESOURCE", "SYS_TIME",
                           "SYS_TTY_CONFIG",  "WAKE_ALARM"}) {
    EXPECT_EQ(
        result_of(id, adding(hardened_service(Component::other), name)).findings.front().observed,
        name);
  }
}

}  // namespace
}  // namespace compliance::test::capabilities_dropped_test

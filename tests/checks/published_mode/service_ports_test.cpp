// published-mode-service-ports
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::service_ports_test {
namespace {

constexpr auto id = "published-mode-service-ports";

struct PortRow {
  Component component;
  std::uint16_t port;
  bool enforced;
};

const std::vector<PortRow> rows{
    {Component::sts, 8080, true},          {Component::gateway, 8081, true},
    {Component::audit, 9090, true},        {Component::api, 3000, false},
    {Component::coordinator, 4000, false}, {Component::web, 3002, false}};

Container publishing(Component component, std::uint16_t first, std::uint16_t last,
                     const std::string& protocol = "tcp") {
  Container container = hardened_service(component);
  container.published_ports = {{.container_first = first,
                                .container_last = last,
                                .protocol = protocol,
                                .origin = at(Source::compose, 33)}};
  return container;
}

Container declaring(Component component, std::vector<DeclaredPort> ports) {
  Container container = hardened_pod_container(component);
  container.declared_ports = std::move(ports);
  return container;
}

// The packaged Kubernetes installation with another target of the first Service (of sts).
Installation targeting(const ServicePort& port) {
  Installation installation = packaged_kubernetes();
  installation.kubernetes.services.front().ports = {port};
  return installation;
}

TEST(PublishedModeServicePorts, PassesForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(PublishedModeServicePorts, ThePackagedPortsAreTakenWhenPortIsNotSet) {
  for (const PortRow& row : rows) {
    EXPECT_EQ(status_of(id, publishing(row.component, row.port, row.port)), Outcome::pass)
        << name_of(row.component);
    EXPECT_EQ(summary_of(id, publishing(row.component, 1234, 1234)),
              "fail: the published port leads to a port that the service does not listen on "
              "[compose.yaml:33:1]")
        << name_of(row.component);
  }
}

TEST(PublishedModeServicePorts, PortMayDifferWhereTheProductDoesNotEnforceIt) {
  for (const PortRow& row : rows) {
    Container container = publishing(row.component, 7000, 7000);
    set_variable(container, "PORT", "7000");
    EXPECT_EQ(status_of(id, container), row.enforced ? Outcome::fail : Outcome::pass)
        << name_of(row.component);
  }
}

TEST(PublishedModeServicePorts, AnEmptyPortIsAnUnsetOne) {
  Container container = publishing(Component::sts, 8080, 8080);
  set_variable(container, "PORT", "");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(PublishedModeServicePorts, FailsForTextThatIsNoPort) {
  for (const char* text : {"http", "0", "70000", "80 80", "8080/tcp", "-1"}) {
    Container container = hardened_service(Component::api);
    set_variable(container, "PORT", text);
    const CheckResult result = result_of(id, compose_installation({container}));
    ASSERT_EQ(result.status, Outcome::fail) << text;
    EXPECT_EQ(result.findings.front().observed, "not a port number");
  }
}

TEST(PublishedModeServicePorts, IsUnknownWhenPortCannotBeSeen) {
  Container container = hardened_service(Component::sts);
  set_unresolved_variable(container, "PORT");
  EXPECT_EQ(summary_of(id, container), "unknown: X is not set [compose.yaml:10:7]");
}

TEST(PublishedModeServicePorts, APublishedRangeIsEachOfItsPorts) {
  EXPECT_EQ(status_of(id, publishing(Component::sts, 8080, 8080)), Outcome::pass);
  for (const auto& [first, last, observed] : {std::tuple{8080, 8081, "8081"},
                                              {8079, 8080, "8079"},
                                              {8081, 8090, "8081"},
                                              {8070, 8079, "8070"}}) {
    const Finding finding =
        expect_fail(id,
                    publishing(Component::sts, static_cast<std::uint16_t>(first),
                               static_cast<std::uint16_t>(last)),
                    "the published port leads to a port that the service does not listen on",
                    at(Source::compose, 33));
    EXPECT_EQ(finding.observed, observed);
  }
}

TEST(PublishedModeServicePorts, SaysWhichPortIsPublishedAndWhere) {
  const CheckResult result =
      result_of(id, compose_installation({publishing(Component::web, 3001, 3001)}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().expected, "3002");
  EXPECT_EQ(result.findings.front().observed, "3001");
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 33));
  EXPECT_EQ(result.findings.front().component, Component::web);
}

TEST(PublishedModeServicePorts, LeavesUdpAlone) {
  EXPECT_EQ(status_of(id, publishing(Component::sts, 53, 53, "udp")), Outcome::pass);
}

TEST(PublishedModeServicePorts, IsUnknownForAPublishedPortThatCannotBeDecided) {
  Container container = publishing(Component::sts, 8080, 8080);
  container.published_ports.front().fault = Fault{.reason = UnknownReason::unresolved_reference};
  EXPECT_EQ(summary_of(id, container), "unknown:  [compose.yaml:33:1]");
}

TEST(PublishedModeServicePorts, TheServedPortHasToBeAmongTheDeclaredOnes) {
  EXPECT_EQ(status_of(id, declaring(Component::api, {})), Outcome::pass);
  EXPECT_EQ(status_of(id, declaring(Component::api, {{.name = "http", .number = 3000}})),
            Outcome::pass);
  EXPECT_EQ(status_of(id, declaring(Component::api, {{.name = "debug", .number = 9229},
                                                     {.name = "http", .number = 3000}})),
            Outcome::pass);
  EXPECT_EQ(summary_of(id, declaring(Component::api, {{.name = "http", .number = 8080}})),
            "fail: the declared ports do not include the one that the service listens on []");
}

TEST(PublishedModeServicePorts, AServiceMayTargetByNumberByNameOrByItsOwnPort) {
  EXPECT_EQ(status_of(id, targeting({.port = 80, .target_number = 8080})), Outcome::pass);
  EXPECT_EQ(status_of(id, targeting({.port = 80, .target_name = "http"})), Outcome::pass);
  EXPECT_EQ(status_of(id, targeting({.port = 8080})), Outcome::pass);
}

TEST(PublishedModeServicePorts, FailsWhenAServiceLeadsElsewhere) {
  const std::vector<ServicePort> ports{
      {.port = 8080, .target_number = 3000}, {.port = 80}, {.port = 8080, .target_name = "web"}};
  for (const ServicePort& port : ports) {
    const CheckResult result = result_of(id, targeting(port));
    ASSERT_EQ(result.status, Outcome::fail) << port.target_name;
    EXPECT_EQ(result.findings.front().object, "Service caracal-caracal-sts");
    EXPECT_EQ(result.findings.front().component, Component::sts);
  }
}

TEST(PublishedModeServicePorts, AServiceMayLeadToASidecarOfThePod) {
  Installation installation = targeting({.port = 80, .target_name = "proxy"});
  Container sidecar = hardened_pod_container(Component::other);
  sidecar.workload = "Deployment caracal-sts";
  sidecar.declared_ports = {{.name = "proxy", .number = 4180}};
  containers_in(installation).push_back(sidecar);
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  containers_in(installation).back().workload = "Deployment caracal-api";
  EXPECT_EQ(summary_of(id, installation),
            "fail: the Service targets a port name that no container declares []");
  containers_in(installation).back().workload = "Deployment caracal-sts";
  containers_in(installation).back().object_namespace = "other";
  EXPECT_EQ(summary_of(id, installation),
            "fail: the Service targets a port name that no container declares []");
}

TEST(PublishedModeServicePorts, AServiceOfOtherPodsIsNoSubject) {
  Installation installation = targeting({.port = 80, .target_number = 1});
  installation.kubernetes.services.front().object_namespace = "other";
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  installation = targeting({.port = 80, .target_number = 1});
  installation.kubernetes.services.front().selector = {{"app.kubernetes.io/component", "nothing"}};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  installation.kubernetes.services.front().selector = {{"app.kubernetes.io/part-of", "sts"}};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  installation.kubernetes.services.front().selector.clear();
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(PublishedModeServicePorts, AServiceOfSeveralComponentsHasToFitOneOfThem) {
  Installation installation = targeting({.port = 3000, .target_number = 3000});
  for (Container& container : containers_in(installation)) {
    container.pod_labels["app.kubernetes.io/name"] = "caracal";
  }
  installation.kubernetes.services.front().selector = {{"app.kubernetes.io/name", "caracal"}};
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(PublishedModeServicePorts, IsUnknownWhenTheServedPortOfTheTargetIs) {
  Installation installation = packaged_kubernetes();
  set_unresolved_variable(containers_in(installation).front(), "PORT");
  const CheckResult result = result_of(id, installation);
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.at(1).object, "Service caracal-caracal-sts");
}

TEST(PublishedModeServicePorts, DoesNotApplyToComponentsWithoutPortOrToInitContainers) {
  EXPECT_EQ(status_of(id, publishing(Component::postgres, 1, 1)), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, publishing(Component::other, 1, 1)), Outcome::not_applicable);
  Container init = publishing(Component::sts, 1, 1);
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::service_ports_test

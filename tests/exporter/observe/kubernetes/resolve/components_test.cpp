// Components, releases and injected containers; Services.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::components_test {
namespace {

using kubernetes::KubernetesOptions;

struct Labels {
  std::string object{};
  std::string pod{};
};

std::string deployment(const std::string& containers, const Labels& labels = {}) {
  return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, labels: {" + labels.object +
         "}}, spec: {template: {metadata: {labels: {" + labels.pod + "}}, spec: {" + containers +
         "}}}}\n";
}

// Names of the containers' components, in order.
std::string components_of(const std::string& text, const KubernetesOptions& options = {}) {
  std::string names;
  for (const Container& container : facts_of(text, options).containers) {
    names += (names.empty() ? "" : " ") + std::string{name_of(container.component)};
  }
  return names;
}

struct Row {
  const char* name;
  std::string text;
  const char* expected;
};

class Components : public testing::TestWithParam<Row> {};

TEST_P(Components, AreToldByLabelThenByTheContainerItself) {
  EXPECT_EQ(components_of(GetParam().text), GetParam().expected);
}

const std::string sts = "app.kubernetes.io/component: sts";
const std::string api = "app.kubernetes.io/component: api";

INSTANTIATE_TEST_SUITE_P(
    Rows, Components,
    testing::Values(
        Row{"NoClue", deployment("containers: [{name: main}]"), "other"},
        Row{"PodLabel", deployment("containers: [{name: main}]", {.pod = sts}), "sts"},
        Row{"ObjectLabel", deployment("containers: [{name: main}]", {.object = sts}), "sts"},
        Row{"PodLabelOverObjectLabel",
            deployment("containers: [{name: main}]", {.object = api, .pod = sts}), "sts"},
        Row{"LabelOverName", deployment("containers: [{name: api}]", {.pod = sts}), "sts"},
        Row{"Name", deployment("containers: [{name: api}]"), "api"},
        Row{"Command", deployment("containers: [{name: x, command: [/usr/local/bin/audit]}]"),
            "audit"},
        Row{"Image", deployment("containers: [{name: x, image: redis:8}]"), "redis"},
        Row{"SidecarBehindTheMainOne",
            deployment("containers: [{name: main}, {name: logs}]", {.pod = sts}), "sts other"},
        Row{"SidecarBeforeTheMainOne",
            deployment("containers: [{name: logs}, {name: sts}]", {.pod = sts}), "other sts"},
        Row{"SidecarBeforeTheCommand",
            deployment("containers: [{name: logs}, {name: x, command: [/usr/local/bin/sts]}]",
                       {.pod = sts}),
            "other sts"},
        Row{"SidecarWithCluesOfItsOwn",
            deployment("containers: [{name: main}, {name: x, image: nginx}]", {.pod = sts}),
            "sts edge"},
        Row{"InitContainersAreNotNamed",
            deployment("containers: [{name: main}], initContainers: [{name: wait}]", {.pod = sts}),
            "sts other"},
        Row{"UnlabelledSidecars", deployment("containers: [{name: logs}, {name: api}]"),
            "other api"}),
    [](const auto& row) { return row.param.name; });

TEST(Components, ConfiguredByWorkloadSpeakForTheMainContainer) {
  EXPECT_EQ(components_of(deployment("containers: [{name: main}, {name: logs}]"),
                          {.components = {{"d", Component::web}}}),
            "web other");
  EXPECT_EQ(components_of(deployment("containers: [{name: main}, {name: logs}]"),
                          {.components = {{"logs", Component::web}}}),
            "other web");
}

TEST(Components, OfInjectedContainersAreOther) {
  const std::string text = deployment(
      "containers: [{name: istio-proxy, image: redis}, {name: main}], initContainers: "
      "[{name: istio-init}]",
      {.pod = sts});
  const KubernetesOptions options{.injected_containers = {"istio-proxy", "istio-init"}};
  EXPECT_EQ(components_of(text, options), "other sts other");
  const auto facts = facts_of(text, options);
  EXPECT_TRUE(facts.containers.at(0).injected);
  EXPECT_FALSE(facts.containers.at(1).injected);
  EXPECT_TRUE(facts.containers.at(2).injected);
  EXPECT_FALSE(facts_of(text).containers.at(0).injected);
}

struct ReleaseRow {
  const char* name;
  std::string text;
  const char* release;  // empty: unknown
};

class ContainerReleases : public testing::TestWithParam<ReleaseRow> {};

TEST_P(ContainerReleases, AreTheTagElseTheVersionLabel) {
  EXPECT_EQ(facts_of(GetParam().text).containers.at(0).release, parse_release(GetParam().release));
}

const std::string version = "app.kubernetes.io/version: 2026.06.22-rc.1";

INSTANTIATE_TEST_SUITE_P(
    Rows, ContainerReleases,
    testing::Values(
        ReleaseRow{"Tag",
                   deployment("containers: [{name: x, image: 'a:v2026.06.25'}]",
                              {.pod = sts + ", " + version}),
                   "2026.06.25"},
        ReleaseRow{"PodLabel",
                   deployment("containers: [{name: x, image: a}]", {.pod = sts + ", " + version}),
                   "2026.06.22-rc.1"},
        ReleaseRow{"ObjectLabel",
                   deployment("containers: [{name: x, image: 'a:custom'}]",
                              {.object = version, .pod = sts}),
                   "2026.06.22-rc.1"},
        ReleaseRow{"Neither", deployment("containers: [{name: x, image: a}]", {.pod = sts}), ""},
        ReleaseRow{"OfAnotherProduct",
                   deployment("containers: [{name: x, image: 'a:1.2.3'}]", {.object = version}),
                   ""},
        ReleaseRow{
            "SidecarsDoNotTakeTheLabel",
            deployment("containers: [{name: api}, {name: sts}]", {.object = version, .pod = sts}),
            ""}),
    [](const auto& row) { return row.param.name; });

std::string service(const std::string& metadata, const std::string& fields = "") {
  return "{apiVersion: v1, kind: Service, metadata: {" + metadata + "},\nspec: {" + fields + "}}\n";
}

struct ServiceRow {
  const char* name;
  std::string text;
  Component component;
};

class Services : public testing::TestWithParam<ServiceRow> {};

TEST_P(Services, BelongToAComponent) {
  const auto services = facts_of(GetParam().text).services;
  ASSERT_EQ(services.size(), 1U);
  EXPECT_EQ(services[0].component, GetParam().component);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Services,
    testing::Values(
        ServiceRow{"ByLabel", service("name: x, labels: {" + sts + "}"), Component::sts},
        ServiceRow{"BySelector", service("name: x", "selector: {" + sts + "}"), Component::sts},
        ServiceRow{"LabelOverSelector",
                   service("name: x, labels: {" + api + "}", "selector: {" + sts + "}"),
                   Component::api},
        ServiceRow{"ByName", service("name: caracal-api"), Component::api},
        ServiceRow{"ByNameBehindTheRelease",
                   service("name: blue-api, labels: {app.kubernetes.io/instance: blue}"),
                   Component::api},
        ServiceRow{"ByAnotherNameOfTheRelease",
                   service("name: blue-api, labels: {app.kubernetes.io/instance: blu}"),
                   Component::other},
        ServiceRow{"Unknown", service("name: x"), Component::other}),
    [](const auto& row) { return row.param.name; });

TEST(Services, ConfiguredByNameAreThatComponent) {
  const auto facts = facts_of(service("name: front, labels: {app.kubernetes.io/instance: r}"),
                              {.components = {{"front", Component::web}}});
  EXPECT_EQ(facts.services.at(0).component, Component::web);
}

TEST(Services, HavePortsWithTheirTargets) {
  const auto facts = facts_of(
      service("name: s, namespace: n",
              "selector: {a: b}, ports: [{port: 80, name: http, targetPort: web},\n {port: 81, "
              "targetPort: 8081}, {port: 82}, {port: 83, targetPort: 0}]"));
  const ServiceObject& object = facts.services.at(0);
  EXPECT_EQ(object.name, "s");
  EXPECT_EQ(object.object, "Service s");
  EXPECT_EQ(object.object_namespace, "n");
  EXPECT_EQ(object.origin, origin_at(1, 1));
  EXPECT_EQ(object.selector, (std::map<std::string, std::string>{{"a", "b"}}));
  ASSERT_EQ(object.ports.size(), 4U);
  EXPECT_EQ(object.ports[0].name, "http");
  EXPECT_EQ(object.ports[0].port, 80);
  EXPECT_EQ(object.ports[0].target_name, "web");
  EXPECT_EQ(object.ports[0].target_number, std::nullopt);
  EXPECT_EQ(object.ports[1].target_number, 8081);
  EXPECT_EQ(object.ports[1].target_name, "");
  EXPECT_EQ(object.ports[1].origin, origin_at(3, 2));
  EXPECT_EQ(object.ports[2].target_number, std::nullopt);
  EXPECT_EQ(object.ports[2].target_name, "");
  EXPECT_EQ(object.ports[3].target_number, std::nullopt);
  EXPECT_EQ(object.ports[3].target_name, "");
}

TEST(Services, OfOtherGroupsAreNone) {
  EXPECT_TRUE(facts_of("{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: s}}")
                  .services.empty());
}

}  // namespace
}  // namespace compliance::test::components_test

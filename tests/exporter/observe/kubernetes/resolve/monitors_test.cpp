// ServiceMonitors and PodMonitors: what they scrape, and with which credentials.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::monitors_test {
namespace {

constexpr auto release = R"(
{apiVersion: v1, kind: Service, metadata: {name: sts, namespace: n, labels: {app: sts, tier: x}},
 spec: {selector: {app: sts}, ports: [{name: http, port: 80, targetPort: web},
                                      {name: side, port: 81, targetPort: 9100},
                                      {name: bare, port: 8080}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: n, labels: {app: web, tier: x}},
 spec: {ports: [{name: http, port: 3002}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: sts, namespace: n, labels: {app: sts, tier: x}},
 spec: {containers: [{name: sts, ports: [{name: web, containerPort: 8080}]},
                     {name: exporter, ports: [{name: exp, containerPort: 9100}]}],
        initContainers: [{name: api, ports: [{name: web, containerPort: 8080}]}]}}
---
)";

std::string monitor(const std::string& endpoints, const std::string& spec = "selector: {}",
                    const std::string& ns = "n") {
  return "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: m, "
         "namespace: " +
         ns + "},\n spec: {endpoints: [" + endpoints + "], " + spec + "}}\n";
}

std::string pod_monitor(const std::string& endpoints, const std::string& spec = "selector: {}") {
  return "{apiVersion: monitoring.coreos.com/v1, kind: PodMonitor, metadata: {name: m, namespace: "
         "n}, spec: {podMetricsEndpoints: [" +
         endpoints + "], " + spec + "}}\n";
}

std::vector<ScrapeEndpoint> scrapes_of(const std::string& text) {
  return facts_of_files({release, text}).scrapes;
}

using Components = std::vector<Component>;

Components scraped(const std::string& text) {
  Components components;
  for (const ScrapeEndpoint& scrape : scrapes_of(text)) {
    components.push_back(scrape.component);
  }
  return components;
}

const Components both{Component::web, Component::sts};
const Components only_sts{Component::sts};

TEST(ServiceMonitor, ScrapesTheServicesThatItSelects) {
  EXPECT_EQ(scraped(monitor("{port: http}")), both);
  EXPECT_EQ(scraped(monitor("{port: http}", "namespaceSelector: {}")), both);
  EXPECT_EQ(scraped(monitor("{port: http}", "selector: {matchLabels: {app: sts}}")), only_sts);
  EXPECT_EQ(scraped(monitor("{port: http}", "selector: {matchLabels: {app: shop}}")), Components{});
  EXPECT_EQ(scraped(monitor("{port: http}",
                            "selector: {matchExpressions: [{key: app, operator: NotIn, values: "
                            "[web]}]}")),
            only_sts);
}

TEST(ServiceMonitor, LooksInItsOwnNamespaceUnlessItNamesOthers) {
  EXPECT_EQ(scraped(monitor("{port: http}", "selector: {}", "ops")), Components{});
  EXPECT_EQ(
      scraped(monitor("{port: http}", "selector: {}, namespaceSelector: {matchNames: [n]}", "ops")),
      both);
  EXPECT_EQ(scraped(monitor("{port: http}", "selector: {}, namespaceSelector: {any: true}", "ops")),
            both);
  EXPECT_EQ(
      scraped(monitor("{port: http}",
                      "selector: {matchLabels: {tier: x}}, namespaceSelector: {any: true}", "ops")),
      both);
  EXPECT_EQ(
      scraped(monitor("{port: http}", "selector: {}, namespaceSelector: {matchNames: [ops]}")),
      Components{});
}

TEST(ServiceMonitor, ScrapesTheContainerBehindThePort) {
  EXPECT_EQ(scraped(monitor("{port: bare}")), only_sts);
  EXPECT_EQ(scraped(monitor("{port: side}")), Components{Component::other});
  EXPECT_EQ(scraped(monitor("{port: none}")), Components{});
  EXPECT_EQ(scraped(monitor("{}")), both);
}

TEST(ServiceMonitor, MayNameTheTargetPort) {
  const auto target = [](const std::string& port) {
    return scraped(monitor("{targetPort: " + port + "}", "selector: {matchLabels: {app: sts}}"));
  };
  EXPECT_EQ(target("web"), only_sts);
  EXPECT_EQ(target("8080"), only_sts);
  EXPECT_EQ(target("9100"), Components{Component::other});
  EXPECT_EQ(target("exp"), Components{Component::other});
}

TEST(ServiceMonitor, IsReadForTheMetricsOfCaracalAlone) {
  for (const char* const path : {"/metrics", "/metrics.json", "/stats", "''"}) {
    EXPECT_EQ(scraped(monitor("{port: bare, path: " + std::string{path} + "}")), only_sts) << path;
  }
  EXPECT_EQ(scraped(monitor("{port: bare, path: /stats/prometheus}")), Components{});
}

TEST(ServiceMonitor, SaysWhereItsEndpointStands) {
  const auto scrapes = scrapes_of(monitor("{port: bare}, {port: bare, path: /metrics.json}"));
  ASSERT_EQ(scrapes.size(), 2U);
  EXPECT_EQ(scrapes.front().object, "ServiceMonitor m");
  EXPECT_EQ(scrapes.front().object_namespace, "n");
  EXPECT_EQ(scrapes.front().origin, origin_at(2, 21));
  EXPECT_EQ(scrapes.back().origin, origin_at(2, 35));
}

TEST(PodMonitor, ScrapesContainersThatDeclareThePort) {
  EXPECT_EQ(scraped(pod_monitor("{port: web}")), only_sts);
  EXPECT_EQ(scraped(pod_monitor("{portNumber: 8080}")), only_sts);
  EXPECT_EQ(scraped(pod_monitor("{targetPort: web}")), only_sts);
  EXPECT_EQ(scraped(pod_monitor("{}")), only_sts);
  EXPECT_EQ(scraped(pod_monitor("{port: exp}")), Components{});
  EXPECT_EQ(scraped(pod_monitor("{port: none}")), Components{});
  EXPECT_EQ(scraped(pod_monitor("{portNumber: 9100}")), Components{});
  EXPECT_EQ(scraped(pod_monitor("{port: web}", "selector: {matchLabels: {app: web}}")),
            Components{});
}

struct CredentialCase {
  const char* name;
  const char* endpoint;
  ScrapeCredential credential;
};

class MonitorCredential : public testing::TestWithParam<CredentialCase> {};

TEST_P(MonitorCredential, IsReadFromTheEndpoint) {
  for (const bool of_pods : {false, true}) {
    const std::string endpoint =
        std::string{of_pods ? "{port: web" : "{port: bare"} + GetParam().endpoint + "}";
    const auto scrapes = scrapes_of(of_pods ? pod_monitor(endpoint) : monitor(endpoint));
    ASSERT_EQ(scrapes.size(), 1U);
    EXPECT_EQ(scrapes.front().credential, GetParam().credential);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Endpoints, MonitorCredential,
    testing::Values(
        CredentialCase{"None", "", ScrapeCredential::none},
        CredentialCase{"Authorization", ", authorization: {credentials: {name: s, key: k}}",
                       ScrapeCredential::bearer},
        CredentialCase{"Bearer", ", authorization: {type: Bearer, credentials: {name: s, key: k}}",
                       ScrapeCredential::bearer},
        CredentialCase{"LowerCase",
                       ", authorization: {type: bearer, credentials: {name: s, key: k}}",
                       ScrapeCredential::other_scheme},
        CredentialCase{"OtherType",
                       ", authorization: {type: Token, credentials: {name: s, key: k}}",
                       ScrapeCredential::other_scheme},
        CredentialCase{"File", ", authorization: {credentialsFile: /t}", ScrapeCredential::bearer},
        CredentialCase{"TypeAlone", ", authorization: {type: Bearer}", ScrapeCredential::none},
        CredentialCase{"NoKey", ", authorization: {credentials: {name: s}}",
                       ScrapeCredential::none},
        CredentialCase{"TokenSecret", ", bearerTokenSecret: {name: s, key: k}",
                       ScrapeCredential::bearer},
        CredentialCase{"EmptyTokenSecret", ", bearerTokenSecret: {key: ''}",
                       ScrapeCredential::none},
        CredentialCase{"NoName", ", bearerTokenSecret: {key: k}", ScrapeCredential::none},
        CredentialCase{"TokenFile", ", bearerTokenFile: /t", ScrapeCredential::bearer},
        CredentialCase{"Basic", ", basicAuth: {username: {name: s, key: k}}",
                       ScrapeCredential::basic},
        CredentialCase{"OAuth", ", oauth2: {tokenUrl: x}", ScrapeCredential::oauth2}),
    [](const auto& row) { return row.param.name; });

TEST(ServiceMonitor, IsNoEvidenceWhenItsShapeIsWrong) {
  EXPECT_EQ(fault_of(monitor("{authorization: x}")).fault.message,
            "'authorization' is not a mapping");
  EXPECT_EQ(fault_of(monitor("", "selector: {}, namespaceSelector: {any: maybe}")).fault.message,
            "'any' is not true or false");
}

}  // namespace
}  // namespace compliance::test::monitors_test

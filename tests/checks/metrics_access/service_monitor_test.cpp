// metrics-access-service-monitor
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::service_monitor_test {
namespace {

constexpr auto id = "metrics-access-service-monitor";

CheckResult evaluated(Component component, ScrapeCredential credential) {
  Installation installation = kubernetes_installation({});
  installation.kubernetes.scrapes = {{.object = "ServiceMonitor caracal-x",
                                      .object_namespace = "caracal",
                                      .component = component,
                                      .credential = credential,
                                      .origin = at(Source::kubernetes, 90, 7)}};
  return result_of(id, installation);
}

TEST(MetricsAccessServiceMonitor, PassesWithABearer) {
  for (const Component component : {Component::sts, Component::gateway, Component::audit,
                                    Component::api, Component::coordinator}) {
    EXPECT_EQ(evaluated(component, ScrapeCredential::bearer).status, Outcome::pass);
  }
}

TEST(MetricsAccessServiceMonitor, FailsWithoutAuthorization) {
  const CheckResult result = evaluated(Component::sts, ScrapeCredential::none);
  ASSERT_EQ(result.status, Outcome::fail);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.component, Component::sts);
  EXPECT_EQ(finding.object, "ServiceMonitor caracal-x");
  EXPECT_EQ(finding.message, "scrapes without the bearer that the service requires");
  EXPECT_EQ(finding.expected, "authorization of type Bearer");
  EXPECT_EQ(finding.observed, "no authorization");
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 90, 7));
}

TEST(MetricsAccessServiceMonitor, FailsWithAnyOtherAuthentication) {
  const auto observed = [](ScrapeCredential credential) {
    const CheckResult result = evaluated(Component::api, credential);
    EXPECT_EQ(result.status, Outcome::fail);
    return result.findings.front().observed;
  };
  EXPECT_EQ(observed(ScrapeCredential::other_scheme), "authorization of another type");
  EXPECT_EQ(observed(ScrapeCredential::basic), "basicAuth");
  EXPECT_EQ(observed(ScrapeCredential::oauth2), "oauth2");
}

TEST(MetricsAccessServiceMonitor, FailsForWebWithAnyCredential) {
  for (const ScrapeCredential credential : {ScrapeCredential::none, ScrapeCredential::bearer}) {
    expect_fail(evaluated(Component::web, credential), "scrapes web, which has no metrics",
                at(Source::kubernetes, 90, 7));
  }
}

TEST(MetricsAccessServiceMonitor, IgnoresExportersOfDataStores) {
  for (const Component component : {Component::postgres, Component::redis, Component::other}) {
    EXPECT_EQ(evaluated(component, ScrapeCredential::none).status, Outcome::not_applicable);
  }
}

TEST(MetricsAccessServiceMonitor, DoesNotApplyWithoutMonitors) {
  EXPECT_EQ(result_of(id, kubernetes_installation({})).status, Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::service_monitor_test

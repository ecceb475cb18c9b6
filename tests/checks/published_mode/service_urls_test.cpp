// published-mode-service-urls
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::service_urls_test {
namespace {

constexpr auto id = "published-mode-service-urls";
constexpr auto insecure_urls_switch = "CARACAL_ALLOW_INSECURE_CONFIG_URLS";

Container with(Component component, const std::string& name, const std::string& value) {
  Container container = hardened_service(component);
  set_variable(container, name, value);
  return container;
}

Container with_in_pod(Component component, const std::string& name, const std::string& value) {
  Container container = hardened_pod_container(component);
  set_variable(container, name, value);
  return container;
}

TEST(PublishedModeServiceUrls, PassesForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(PublishedModeServiceUrls, TheGatewayTakesHttpToLoopbackAndSingleLabelsOnly) {
  for (const char* url : {"https://sts.example.com", "http://sts:8080", "http://localhost:8080",
                          "http://127.0.0.1:8080", "http://[::1]:8080", "HTTP://STS:8080"}) {
    EXPECT_EQ(status_of(id, with(Component::gateway, "STS_URL", url)), Outcome::pass) << url;
  }
  for (const char* url :
       {"http://sts.caracal.svc:8080", "http://caracal-sts.ns.svc.cluster.local:8080",
        "http://10.0.0.4:8080", "http://127.0.0.2:8080", "http://sts.internal", "http://sts.local",
        "http://sts.example.com"}) {
    EXPECT_EQ(summary_of(id, with(Component::gateway, "STS_URL", url)),
              "fail: STS_URL is plain http to a host that the Gateway rejects in published mode "
              "[compose.yaml:10:7]")
        << url;
  }
}

TEST(PublishedModeServiceUrls, OthersMayUseInternalNamesAndPrivateAddressesToo) {
  for (const char* url : {"https://sts.example.com", "http://sts:8080", "http://sts.caracal.svc",
                          "http://sts.ns.svc.cluster.local:8080", "http://sts.internal",
                          "http://sts.local", "http://10.1.2.3", "http://172.16.0.1",
                          "http://192.168.0.1:8080", "http://[fd00::1]:8080", "http://127.0.0.2"}) {
    EXPECT_EQ(status_of(id, with(Component::api, "STS_URL", url)), Outcome::pass) << url;
  }
  for (const char* url : {"http://sts.example.com", "http://172.32.0.1", "http://8.8.8.8",
                          "http://sts.svc.example.com"}) {
    EXPECT_EQ(summary_of(id, with(Component::api, "STS_URL", url)),
              "fail: STS_URL is plain http to a host that is not internal [compose.yaml:10:7]")
        << url;
  }
  for (const char* url : {"ftp://sts", "sts:8080", "not a url"}) {
    EXPECT_EQ(summary_of(id, with(Component::api, "STS_URL", url)),
              "fail: STS_URL is not an absolute http or https URL [compose.yaml:10:7]")
        << url;
  }
}

TEST(PublishedModeServiceUrls, OnlyTheGatewaysStsUrlIsStrict) {
  EXPECT_EQ(status_of(id, with(Component::gateway, "CARACAL_API_URL", "http://api.ns.svc:3000")),
            Outcome::pass);
}

TEST(PublishedModeServiceUrls, EveryUrlVariableIsJudged) {
  for (const char* name :
       {"API_URL", "AUDIT_URL", "CARACAL_API_URL", "CARACAL_AUDIT_URL", "CARACAL_CONTROL_URL",
        "CARACAL_COORDINATOR_URL", "CARACAL_GATEWAY_URL", "CARACAL_STS_URL", "COORDINATOR_URL",
        "GATEWAY_URL", "STS_JWKS_URL", "STS_URL"}) {
    EXPECT_EQ(summary_of(id, with(Component::web, name, "http://a.example.com")),
              "fail: " + std::string{name} +
                  " is plain http to a host that is not internal [compose.yaml:10:7]");
  }
}

TEST(PublishedModeServiceUrls, IssuersAndPublicOriginsAreOtherChecks) {
  for (const char* name : {"ISSUER_URL", "STS_ISSUER_URL", "CARACAL_AUTH_URL", "CARACAL_WEB_ORIGIN",
                           "OTEL_EXPORTER_OTLP_ENDPOINT"}) {
    EXPECT_EQ(status_of(id, with(Component::web, name, "http://a.example.com")),
              Outcome::not_applicable)
        << name;
  }
}

TEST(PublishedModeServiceUrls, ForeignContainersUrlsAreTheirOwn) {
  EXPECT_EQ(status_of(id, with(Component::other, "STS_URL", "http://a.example.com")),
            Outcome::not_applicable);
}

TEST(PublishedModeServiceUrls, AnEmptyUrlIsAnUnsetOne) {
  EXPECT_EQ(status_of(id, with(Component::api, "STS_URL", "")), Outcome::not_applicable);
}

TEST(PublishedModeServiceUrls, ShowsSchemeAndHostAndNothingElse) {
  const CheckResult result = result_of(
      id, compose_installation({with(Component::api, "STS_URL",
                                     "http://user:hunter2@sts.example.com:81/p?token=hunter2")}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "http://sts.example.com");
  EXPECT_EQ(result.findings.front().message.find("hunter2"), std::string::npos);
}

TEST(PublishedModeServiceUrls, DescribesWhatIsNoUrl) {
  const CheckResult result =
      result_of(id, compose_installation({with(Component::api, "STS_URL", "hunter2 hunter2")}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "another value");
}

TEST(PublishedModeServiceUrls, TheSwitchForInsecureUrlsIsPackagedOnApiAndCoordinatorInCompose) {
  EXPECT_EQ(status_of(id, with(Component::api, insecure_urls_switch, "true")), Outcome::pass);
  EXPECT_EQ(status_of(id, with(Component::coordinator, insecure_urls_switch, "true")),
            Outcome::pass);
  EXPECT_EQ(summary_of(id, with(Component::gateway, insecure_urls_switch, "true")),
            "fail: plain http is allowed [compose.yaml:10:7]");
  EXPECT_EQ(summary_of(id, with(Component::other, insecure_urls_switch, "true")),
            "fail: plain http is allowed [compose.yaml:10:7]");
  EXPECT_EQ(summary_of(id, with_in_pod(Component::api, insecure_urls_switch, "true")),
            "fail: plain http is allowed [compose.yaml:10:7]");
  EXPECT_EQ(summary_of(id, with_in_pod(Component::coordinator, insecure_urls_switch, "true")),
            "fail: plain http is allowed [compose.yaml:10:7]");
}

TEST(PublishedModeServiceUrls, TheSwitchCountsForTheExactTextAlone) {
  for (const char* value : {"", "false", "TRUE", "1", " true"}) {
    EXPECT_EQ(status_of(id, with_in_pod(Component::api, insecure_urls_switch, value)),
              Outcome::pass)
        << value;
  }
}

TEST(PublishedModeServiceUrls, IsUnknownWhenAValueCannotBeSeen) {
  Container url = hardened_service(Component::api);
  set_unresolved_variable(url, "STS_URL");
  EXPECT_EQ(summary_of(id, url), "unknown: X is not set [compose.yaml:10:7]");
  Container flag = hardened_pod_container(Component::api);
  set_unresolved_variable(flag, insecure_urls_switch);
  EXPECT_EQ(summary_of(id, flag), "unknown: X is not set [compose.yaml:10:7]");
  Container incomplete = packaged_service(Component::gateway);
  incomplete.environment.incomplete = Fault{.reason = UnknownReason::missing_object};
  EXPECT_EQ(summary_of(id, incomplete), "unknown:  [compose.yaml:5:3]");
  incomplete.component = Component::other;
  EXPECT_EQ(status_of(id, incomplete), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::service_urls_test

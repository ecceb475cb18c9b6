// published-mode-fail-open-settings
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::fail_open_settings_test {
namespace {

constexpr auto id = "published-mode-fail-open-settings";

Container with(const std::string& name, const std::string& value,
               Component component = Component::gateway) {
  Container container = hardened_service(component);
  set_variable(container, name, value);
  return container;
}

TEST(PublishedModeFailOpenSettings, PassesForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(PublishedModeFailOpenSettings, PassesForValuesThatTheProductDoesNotTakeForTrue) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"INSECURE_STS", ""},      {"INSECURE_STS", "false"},  {"INSECURE_STS", "on"},
      {"INSECURE_HTTP", "0"},    {"INSECURE_HTTP", "t"},     {"JTI_FAIL_OPEN", "false"},
      {"JTI_FAIL_OPEN", ""},     {"JTI_FAIL_OPEN", "yes"},   {"JTI_FAIL_OPEN", "tRUE"},
      {"CACHE_FAIL_OPEN", "no"}, {"FAIL_OPEN_DOCS", "true"}, {"INSECURE_STS_NOTE", "true"},
      {"_FAIL_OPEN", "true"}};
  for (const auto& [name, value] : cases) {
    EXPECT_EQ(status_of(id, with(name, value)), Outcome::pass) << name << "=" << value;
  }
}

TEST(PublishedModeFailOpenSettings, FailsForEveryFormOfTrue) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"INSECURE_STS", "true"},  {"INSECURE_STS", " YES "}, {"INSECURE_HTTP", "1"},
      {"INSECURE_HTTP", "True"}, {"JTI_FAIL_OPEN", "1"},    {"JTI_FAIL_OPEN", "t"},
      {"JTI_FAIL_OPEN", "TRUE"}, {"CACHE_FAIL_OPEN", "t"},  {"CACHE_FAIL_OPEN", "on"}};
  for (const auto& [name, value] : cases) {
    const CheckResult result = result_of(id, compose_installation({with(name, value)}));
    ASSERT_EQ(result.status, Outcome::fail) << name << "=" << value;
    EXPECT_EQ(result.findings.front().message, name + " is on");
    EXPECT_EQ(result.findings.front().origin, at(Source::compose, 10, 7));
  }
}

TEST(PublishedModeFailOpenSettings, FailsOnAnyComponent) {
  EXPECT_EQ(summary_of(id, with("INSECURE_HTTP", "true", Component::other)),
            "fail: INSECURE_HTTP is on [compose.yaml:10:7]");
  EXPECT_EQ(summary_of(id, with("JTI_FAIL_OPEN", "true", Component::audit)),
            "fail: JTI_FAIL_OPEN is on [compose.yaml:10:7]");
}

TEST(PublishedModeFailOpenSettings, ReportsEachSettingOnce) {
  Container container = with("INSECURE_HTTP", "true");
  set_variable(container, "INSECURE_STS", "true");
  EXPECT_EQ(result_of(id, compose_installation({container})).findings.size(), 2U);
}

TEST(PublishedModeFailOpenSettings, IsUnknownWhenASettingCannotBeSeen) {
  Container container = hardened_service(Component::gateway);
  set_unresolved_variable(container, "JTI_FAIL_OPEN");
  EXPECT_EQ(summary_of(id, container), "unknown: X is not set [compose.yaml:10:7]");
  Container whole = hardened_pod_container(Component::gateway);
  whole.environment.secret_references = {{.value = "settings"}};
  EXPECT_EQ(summary_of(id, whole),
            "unknown: envFrom takes the whole Secret settings: any variable may come from it "
            "[manifests.yaml:5:3]");
}

}  // namespace
}  // namespace compliance::test::fail_open_settings_test

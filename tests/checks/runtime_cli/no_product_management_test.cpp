// runtime-cli-no-product-management
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::no_product_management_test {
namespace {

constexpr auto id = "runtime-cli-no-product-management";

Installation with_cli(std::vector<std::string> commands, std::vector<std::string> headings = {}) {
  Installation installation = compose_installation({});
  installation.configured = installation.configured | Source::runtime_cli;
  RuntimeCli cli{.origin = {.source = Source::runtime_cli, .place = Location{"help.txt"}}};
  std::uint32_t line = 0;
  for (std::string& command : commands) {
    cli.commands.push_back(
        {.value = std::move(command), .origin = {.source = Source::runtime_cli, .line = ++line}});
  }
  for (std::string& heading : headings) {
    cli.headings.push_back(
        {.value = std::move(heading), .origin = {.source = Source::runtime_cli, .line = ++line}});
  }
  installation.runtime_cli = std::move(cli);
  return installation;
}

TEST(RuntimeCliNoProductManagement, PassesForTheGenuineCommands) {
  EXPECT_EQ(status_of(id, with_cli({"up", "down", "status", "purge", "upgrade", "run", "web",
                                    "allowlist", "help", "version", "completion", "config"},
                                   {"Stack", "Runtime", "Global options", "Caracal CLI"})),
            Outcome::pass);
}

class ManagementCommands : public testing::TestWithParam<const char*> {};

TEST_P(ManagementCommands, Fail) {
  EXPECT_EQ(summary_of(id, with_cli({"up", GetParam(), "run"})),
            "fail: a management command is available at the top level [:2:0]");
}

INSTANTIATE_TEST_SUITE_P(
    RuntimeCliNoProductManagement, ManagementCommands,
    testing::Values("zone", "zones", "app", "apps", "application", "applications", "resource",
                    "resources", "provider", "providers", "identity-provider", "identity-providers",
                    "policy", "policies", "policy-set", "policy-sets", "grant", "grants", "agent",
                    "agents", "delegation", "delegations", "session", "sessions", "audit", "audits",
                    "control", "controls", "credential", "credentials", "secret", "secrets", "key",
                    "keys", "token", "tokens", "workload", "workloads", "approval", "approvals",
                    "authority-record", "authority-records", "catalog", "catalogs", "manifest",
                    "manifests", "ensure", "state", "states", "explain", "debug"));

class NearMisses : public testing::TestWithParam<const char*> {};

TEST_P(NearMisses, Pass) { EXPECT_EQ(status_of(id, with_cli({GetParam()})), Outcome::pass); }

INSTANTIATE_TEST_SUITE_P(RuntimeCliNoProductManagement, NearMisses,
                         testing::Values("zoned", "polic", "policie", "keyss", "apple", "status",
                                         "zon-e", "auditor"));

class ManagementHeadings : public testing::TestWithParam<const char*> {};

TEST_P(ManagementHeadings, Fail) {
  EXPECT_EQ(summary_of(id, with_cli({"up"}, {"Stack", GetParam()})),
            "fail: the help text has a group of management commands [:3:0]");
}

INSTANTIATE_TEST_SUITE_P(RuntimeCliNoProductManagement, ManagementHeadings,
                         testing::Values("Admin", "ADMIN", "admin", "Observability",
                                         "OBSERVABILITY", "Multi-agent", "MULTI-AGENT"));

TEST(RuntimeCliNoProductManagement, PassesForHeadingsThatOnlyBeginLikeOne) {
  EXPECT_EQ(status_of(id, with_cli({"up"}, {"Administration", "Multi", "Observe"})), Outcome::pass);
}

TEST(RuntimeCliNoProductManagement, NamesEachCommandAndHeadingWithItsPlace) {
  const CheckResult result =
      result_of(id, with_cli({"up", "zone", "run", "policies"}, {"Runtime", "Admin"}));
  ASSERT_EQ(result.findings.size(), 3U);
  EXPECT_EQ(result.findings[0].object, "command zone");
  EXPECT_EQ(result.findings[0].origin.line, 2U);
  EXPECT_EQ(result.findings[1].object, "command policies");
  EXPECT_EQ(result.findings[1].component, Component::installation);
  EXPECT_EQ(result.findings[2].object, "heading Admin");
  EXPECT_EQ(result.findings[2].origin.line, 6U);
}

TEST(RuntimeCliNoProductManagement, IsUnknownWhenNothingIsListed) {
  const CheckResult result = result_of(id, with_cli({}));
  EXPECT_EQ(summary_of(result), "unknown: the help text lists no command [help.txt]");
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::unexpected_response});
}

TEST(RuntimeCliNoProductManagement, IsUnknownWhenTheTextIsNoHelp) {
  Installation installation = compose_installation({});
  installation.configured = installation.configured | Source::runtime_cli;
  installation.faults.push_back(
      {.evidence = Source::runtime_cli,
       .fault = {.reason = UnknownReason::unexpected_response, .message = "no help"}});
  EXPECT_EQ(status_of(id, installation), Outcome::unknown);
}

TEST(RuntimeCliNoProductManagement, IsUnknownWithoutHelpText) {
  EXPECT_EQ(result_of(id, compose_installation({})).unknown_reasons(),
            std::vector{UnknownReason::not_configured});
}

TEST(RuntimeCliNoProductManagement, IsNotApplicableInKubernetes) {
  EXPECT_EQ(status_of(id, kubernetes_installation({})), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::no_product_management_test

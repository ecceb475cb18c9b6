// web-edge-internal-hosts
#include <gtest/gtest.h>

#include "tests/checks/web_edge/consoles.h"
#include "tests/support/packaged.h"

namespace compliance::test::internal_hosts_test {
namespace {

constexpr auto id = "web-edge-internal-hosts";
constexpr auto variables = {"CARACAL_API_URL", "CARACAL_COORDINATOR_URL"};

TEST(WebEdgeInternalHosts, PassForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(WebEdgeInternalHosts, AreNamesWithoutDotInternalNamesAndPrivateAddresses) {
  for (const char* variable : variables) {
    for (const char* url :
         {"http://api:3000", "https://api", "http://caracal-caracal-api:3000",
          "http://api.caracal.svc:3000", "http://api.caracal.svc.cluster.local.:3000",
          "http://api.internal", "http://api.local", "http://10.1.2.3:3000", "http://172.31.0.1",
          "http://192.168.1.1", "http://[fd00::1]:3000", "http://localhost:3000",
          "http://127.0.0.1:3000", "http://[::1]", "http://api.", "http://0xa.1"}) {
      EXPECT_EQ(status_of(id, console_with({{variable, url}})), Outcome::pass) << url;
    }
  }
}

TEST(WebEdgeInternalHosts, AreNoPublicNames) {
  for (const char* variable : variables) {
    for (const char* url :
         {"https://api.example.net", "http://api.example.net", "http://8.8.8.8",
          "http://172.32.0.1", "http://0x08080808", "http://134744072", "http://[2001:db8::1]",
          "http://svc.example.net", "http://api.svc.example.net", "http://api.localnet"}) {
      EXPECT_EQ(first_finding(id, console_with({{variable, url}})).message,
                std::string{variable} + " leads to an external host")
          << url;
    }
  }
}

TEST(WebEdgeInternalHosts, AreShownWithoutCredentialsPathAndQuery) {
  const Finding finding = first_finding(
      id, console_with({{"CARACAL_API_URL", "https://api.example.net:81/v1?token=60303ae2"}}));
  EXPECT_EQ(finding.expected, "an internal name or a private address");
  EXPECT_EQ(finding.observed, "https://api.example.net:81");
  EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
}

TEST(WebEdgeInternalHosts, FailForWhatIsNoUrl) {
  EXPECT_EQ(first_finding(id, console_with({{"CARACAL_API_URL", "api:3000"}})).message,
            "CARACAL_API_URL is no http or https URL");
  EXPECT_EQ(first_finding(id, console_with({{"CARACAL_API_URL", "http://"}})).message,
            "CARACAL_API_URL is a URL without host");
}

TEST(WebEdgeInternalHosts, AreUnknownBeyondAscii) {
  const Finding finding =
      first_finding(id, console_with({{"CARACAL_API_URL", "http://b\u00fccher:3000"}}));
  EXPECT_EQ(summary_of(finding),
            "unknown: CARACAL_API_URL is a URL with an internationalised host that IDNA rejects "
            "[compose.yaml:10:7]");
  EXPECT_EQ(finding.reason, UnknownReason::unparsable);
}

TEST(WebEdgeInternalHosts, AreNotAskedForWhereNothingIsSet) {
  EXPECT_EQ(status_of(id, console_with({})), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, console_with({{"CARACAL_API_URL", ""}})), Outcome::not_applicable);
}

TEST(WebEdgeInternalHosts, AreUnknownWhenTheUrlIs) {
  for (const char* variable : variables) {
    Container console = console_with({});
    set_unresolved_variable(console, variable);
    EXPECT_EQ(first_finding(id, console).message, "X is not set");
  }
  EXPECT_EQ(status_of(id, with_unseen_variables(console_with({}))), Outcome::unknown);
}

TEST(WebEdgeInternalHosts, AreAQuestionOfConsolesAlone) {
  Container console = console_with({{"CARACAL_API_URL", "https://api.example.net"}});
  console.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, console), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, with_settings(hardened_service(Component::api),
                                        {{"CARACAL_API_URL", "https://api.example.net"}})),
            Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::internal_hosts_test

// token-issuer-consistent
#include <gtest/gtest.h>

#include "tests/checks/token_issuer/issuers.h"
#include "tests/support/packaged.h"

namespace compliance::test::consistent_test {
namespace {

constexpr auto id = "token-issuer-consistent";
constexpr auto issuer = "https://sts.example.net";

CheckResult judged(std::vector<Container> containers) {
  return result_of(id, compose_installation(std::move(containers)));
}

TEST(TokenIssuerConsistent, PassesForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(TokenIssuerConsistent, PassesWhenAllAreTheSameText) {
  EXPECT_EQ(judged({sts_naming(issuer), coordinator_naming(issuer), api_naming(issuer)}).status,
            Outcome::pass);
}

TEST(TokenIssuerConsistent, FailsForOneByteMore) {
  for (const auto& [other, difference] :
       Settings{{"https://sts.example.net/", "the same but for a slash at the end"},
                {"https://sts.example.net ", "the same but for white space"},
                {"https://STS.example.net", "the same but for upper and lower case"},
                {"https://sts.example.net:443", "another text"},
                {"http://sts.example.net", "another text"},
                {"https://sts.example.net//", "another text"}}) {
    const CheckResult result = judged({sts_naming(issuer), coordinator_naming(other)});
    EXPECT_EQ(messages_of(result),
              std::vector<std::string>{"ISSUER_URL differs from the ISSUER_URL of service sts"});
    EXPECT_EQ(result.findings.front().expected, "the same text, byte by byte");
    EXPECT_EQ(result.findings.front().observed, difference);
    EXPECT_EQ(result.findings.front().component, Component::coordinator);
    EXPECT_EQ(result.findings.front().object, "service coordinator");
    EXPECT_EQ(result.findings.front().origin, at(Source::compose, 10, 7));
  }
}

TEST(TokenIssuerConsistent, KnowsASlashOnEitherSide) {
  const CheckResult result = judged({sts_naming("https://a/"), coordinator_naming("https://a")});
  EXPECT_EQ(result.findings.front().observed, "the same but for a slash at the end");
}

TEST(TokenIssuerConsistent, ComparesTheApiWhereControlIsOn) {
  EXPECT_EQ(messages_of(judged({sts_naming(issuer), api_naming("https://b")})),
            std::vector<std::string>{"STS_ISSUER_URL differs from the ISSUER_URL of service sts"});
  for (const char* control : {"false", "", "TRUE", "1", " true"}) {
    EXPECT_EQ(
        judged({sts_naming(issuer), coordinator_naming(issuer), api_naming("https://b", control)})
            .status,
        Outcome::pass)
        << control;
  }
}

TEST(TokenIssuerConsistent, LeavesUnusedIssuersAlone) {
  Container gateway = with_settings(hardened_service(Component::gateway), {{"ISSUER_URL", "x"}});
  Container api = api_naming(issuer);
  set_variable(api, "ISSUER_URL", "x");
  set_variable(api, "STS_JWKS_URL", "http://sts:8080/.well-known/jwks.json");
  EXPECT_EQ(judged({sts_naming(issuer), gateway, api}).status, Outcome::pass);
}

TEST(TokenIssuerConsistent, DoesNotApplyToOneSettingAlone) {
  EXPECT_EQ(judged({sts_naming(issuer)}).status, Outcome::not_applicable);
  EXPECT_EQ(judged({sts_naming(issuer), coordinator_naming("")}).status, Outcome::not_applicable);
  EXPECT_EQ(judged({sts_naming(issuer), hardened_service(Component::coordinator)}).status,
            Outcome::not_applicable);
  EXPECT_EQ(judged({}).status, Outcome::not_applicable);
}

TEST(TokenIssuerConsistent, LeavesOutWhatIsNotSet) {
  const CheckResult result = judged(
      {hardened_service(Component::sts), coordinator_naming(issuer), api_naming("https://b")});
  EXPECT_EQ(messages_of(result),
            std::vector<std::string>{
                "STS_ISSUER_URL differs from the ISSUER_URL of service coordinator"});
}

TEST(TokenIssuerConsistent, IsUnknownWhenOneCannotBeSeen) {
  const CheckResult result = judged({unresolved_sts(), coordinator_naming(issuer)});
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(messages_of(result), std::vector<std::string>{"X is not set"});
  EXPECT_EQ(judged({unresolved_sts(), unresolved_sts()}).status, Outcome::unknown);
  Container api = hardened_service(Component::api);
  set_unresolved_variable(api, "CARACAL_CONTROL_ENABLED");
  EXPECT_EQ(judged({sts_naming(issuer), api}).status, Outcome::unknown);
  EXPECT_EQ(
      judged({sts_naming(issuer), with_unseen_variables(hardened_service(Component::coordinator))})
          .status,
      Outcome::unknown);
}

TEST(TokenIssuerConsistent, LooksAtMainContainersAlone) {
  Container init = coordinator_naming("https://b");
  init.role = ContainerRole::init;
  EXPECT_EQ(judged({sts_naming(issuer), init}).status, Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::consistent_test

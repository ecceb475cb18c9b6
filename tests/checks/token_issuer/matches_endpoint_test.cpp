// token-issuer-matches-endpoint
#include <gtest/gtest.h>

#include "tests/checks/token_issuer/issuers.h"

namespace compliance::test::matches_endpoint_test {
namespace {

constexpr auto id = "token-issuer-matches-endpoint";
constexpr auto endpoint = "https://sts.example.net";

TEST(TokenIssuerMatchesEndpoint, PassesForTheSameOrigin) {
  for (const char* issuer :
       {endpoint, "https://sts.example.net/", "HTTPS://STS.example.net:443/x"}) {
    EXPECT_EQ(status_of(id, reached_at({sts_naming(issuer)}, endpoint)), Outcome::pass) << issuer;
  }
  EXPECT_EQ(status_of(id, reached_at({sts_naming(endpoint)}, "https://sts.example.net/path")),
            Outcome::pass);
}

TEST(TokenIssuerMatchesEndpoint, FailsForAnotherOrigin) {
  for (const auto& [issuer, observed] :
       Settings{{"http://localhost:8080", "http://localhost:8080"},
                {"http://sts.example.net", "http://sts.example.net"},
                {"https://sts.example.net:8443/x?y", "https://sts.example.net:8443"},
                {"https://sts.example.net.", "https://sts.example.net."},
                {"sts.example.net", "another value"},
                {"https://u:60303ae2@other.example.net", "a URL with an @ in it"}}) {
    const CheckResult result = result_of(id, reached_at({sts_naming(issuer)}, endpoint));
    EXPECT_EQ(messages_of(result),
              std::vector<std::string>{"ISSUER_URL is not the configured endpoint of sts"});
    EXPECT_EQ(result.findings.front().expected, endpoint);
    EXPECT_EQ(result.findings.front().observed, observed);
    EXPECT_EQ(result.findings.front().object, "service sts");
    EXPECT_EQ(result.findings.front().origin, at(Source::compose, 10, 7));
  }
}

TEST(TokenIssuerMatchesEndpoint, JudgesEachServiceThatNamesOne) {
  const CheckResult result = result_of(
      id,
      reached_at({sts_naming(endpoint), coordinator_naming("https://b"), api_naming("https://c")},
                 endpoint));
  EXPECT_EQ(messages_of(result),
            (std::vector<std::string>{"ISSUER_URL is not the configured endpoint of sts",
                                      "STS_ISSUER_URL is not the configured endpoint of sts"}));
}

TEST(TokenIssuerMatchesEndpoint, IsUnknownWithoutAnEndpoint) {
  const CheckResult result = result_of(id, compose_installation({sts_naming(endpoint)}));
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::not_configured);
  EXPECT_EQ(result.findings.front().message,
            "no endpoint of sts is configured to compare the issuer with");
  EXPECT_EQ(result.findings.front().object, "service sts");
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 10, 7));
  EXPECT_EQ(messages_of(result_of(id, compose_installation({hardened_service(Component::sts),
                                                            coordinator_naming(endpoint),
                                                            api_naming(endpoint)})))
                .size(),
            1U);
}

TEST(TokenIssuerMatchesEndpoint, DoesNotApplyWhereNothingNamesAnIssuer) {
  EXPECT_EQ(status_of(id, compose_installation({})), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, reached_at({sts_naming("")}, endpoint)), Outcome::not_applicable);
}

TEST(TokenIssuerMatchesEndpoint, IsUnknownWhenTheIssuerIs) {
  EXPECT_EQ(messages_of(result_of(id, reached_at({unresolved_sts()}, endpoint))),
            std::vector<std::string>{"X is not set"});
  const CheckResult result =
      result_of(id, reached_at({sts_naming("https://b\xc3\xbc.example.net")}, endpoint));
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::unparsable);
  EXPECT_EQ(result.findings.front().message,
            "ISSUER_URL is a URL with an internationalised host that IDNA rejects");
}

}  // namespace
}  // namespace compliance::test::matches_endpoint_test

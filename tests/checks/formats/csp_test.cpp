// Tests of reading Content-Security-Policy headers.
#include "checks/formats/csp.h"

#include <gtest/gtest.h>

namespace compliance::test::csp_test {
namespace {

using Values = std::vector<std::string>;

HttpAnswer with(const Values& policies) {
  HttpAnswer answer;
  for (const std::string& policy : policies) {
    answer.headers.push_back({.name = "content-security-policy", .value = policy});
  }
  return answer;
}

TEST(ContentSecurityPolicy, IsReadByDirectives) {
  EXPECT_EQ(
      enforced_policies(with({" Script-SRC\t'self'  https://A.example ;; IMG-src\n;"})),
      (std::vector<CspPolicy>{{{.name = "script-src", .values = {"'self'", "https://A.example"}},
                               {.name = "img-src"}}}));
}

TEST(ContentSecurityPolicy, TheFirstOfEqualDirectivesCounts) {
  EXPECT_EQ(enforced_policies(with({"script-src 'self'; SCRIPT-SRC *"})),
            (std::vector<CspPolicy>{{{.name = "script-src", .values = {"'self'"}}}}));
}

TEST(ContentSecurityPolicy, ReadsPoliciesOfSeveralHeadersAndBetweenCommas) {
  EXPECT_EQ(enforced_policies(with({"a x, b y", "c z"})),
            (std::vector<CspPolicy>{{{.name = "a", .values = {"x"}}},
                                    {{.name = "b", .values = {"y"}}},
                                    {{.name = "c", .values = {"z"}}}}));
}

TEST(ContentSecurityPolicy, IgnoresEmptyPoliciesAndDirectivesBeyondAscii) {
  EXPECT_EQ(enforced_policies(with({"", " ; ;", ",,", "\xc3\xa4 x", "a \xc3\xa4"})),
            std::vector<CspPolicy>{});
  EXPECT_EQ(enforced_policies(with({"a \xc3\xa4; a x"})),
            (std::vector<CspPolicy>{{{.name = "a", .values = {"x"}}}}));
}

TEST(ContentSecurityPolicy, IgnoresPoliciesThatOnlyReport) {
  HttpAnswer answer;
  answer.headers = {{.name = "content-security-policy-report-only", .value = "script-src 'self'"}};
  EXPECT_EQ(enforced_policies(answer), std::vector<CspPolicy>{});
}

TEST(ContentSecurityPolicy, FindsTheFirstDirectiveOfAListThatThePolicyHas) {
  const CspPolicy policy = enforced_policies(with({"default-src a; script-src b"})).front();
  EXPECT_EQ(*find_directive(policy, {"script-src-elem", "script-src", "default-src"}), Values{"b"});
  EXPECT_EQ(*find_directive(policy, {"script-src-elem", "default-src", "script-src"}), Values{"a"});
  EXPECT_EQ(find_directive(policy, {"frame-ancestors"}), nullptr);
}

}  // namespace
}  // namespace compliance::test::csp_test

// Content-Security-Policy as CSP Level 3 has browsers read it.
#include "checks/web_edge/shared/content_security_policy.h"

#include <array>

#include <gtest/gtest.h>

namespace compliance::test {
namespace {

using Values = std::vector<std::string>;

// What the console sends.
constexpr auto genuine =
    "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; "
    "img-src 'self' data: blob: https:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self'; connect-src 'self'; form-action 'self'";

HttpAnswer with(const Values& policies) {
  HttpAnswer answer;
  for (const std::string& policy : policies) {
    answer.headers.push_back({.name = "content-security-policy", .value = policy});
  }
  return answer;
}

CspGaps gaps(const Values& policies) { return gaps_of(enforced_policies(with(policies))); }

// The gaps of a policy that forbids framing and says this of scripts.
CspGaps script_gaps(const std::string& directives) {
  return gaps({"frame-ancestors 'none'; " + directives});
}

TEST(ContentSecurityPolicy, TheConsolesOwnHasNoGap_T13) { EXPECT_EQ(gaps({genuine}), CspGaps{}); }

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

TEST(ContentSecurityPolicy, PoliciesStandInHeadersAndBetweenCommas) {
  EXPECT_EQ(enforced_policies(with({"a x, b y", "c z"})),
            (std::vector<CspPolicy>{{{.name = "a", .values = {"x"}}},
                                    {{.name = "b", .values = {"y"}}},
                                    {{.name = "c", .values = {"z"}}}}));
}

TEST(ContentSecurityPolicy, EmptyOnesAndDirectivesBeyondAsciiAreNone) {
  EXPECT_EQ(enforced_policies(with({"", " ; ;", ",,", "\xc3\xa4 x", "a \xc3\xa4"})),
            std::vector<CspPolicy>{});
  EXPECT_EQ(enforced_policies(with({"a \xc3\xa4; a x"})),
            (std::vector<CspPolicy>{{{.name = "a", .values = {"x"}}}}));
}

TEST(ContentSecurityPolicy, ThoseThatOnlyReportAreNone) {
  HttpAnswer answer;
  answer.headers = {{.name = "content-security-policy-report-only", .value = genuine}};
  EXPECT_EQ(enforced_policies(answer), std::vector<CspPolicy>{});
}

TEST(ContentSecurityPolicy, NoneAtAllLeavesEverythingOpen) {
  EXPECT_EQ(gaps({}), (CspGaps{.framing = true, .any_script = true}));
}

TEST(ContentSecurityPolicy, FramingIsForbiddenByAnyOfThePolicies) {
  for (const Values& policies : {Values{"frame-ancestors 'none'"}, Values{"FRAME-ANCESTORS 'NONE'"},
                                 Values{"frame-ancestors"}, Values{"frame-ancestors 'none' 'none'"},
                                 Values{"frame-ancestors 'self'", "frame-ancestors 'none'"},
                                 Values{"frame-ancestors 'none', frame-ancestors 'self'"},
                                 Values{"default-src *", "frame-ancestors 'none'"}}) {
    EXPECT_FALSE(gaps(policies).framing) << policies.front();
  }
}

TEST(ContentSecurityPolicy, FramingIsOpenWhereNoneForbidsIt) {
  for (const Values& policies :
       {Values{"default-src 'none'"}, Values{"frame-ancestors 'self'"},
        Values{"frame-ancestors 'none' https://a.example"}, Values{"frame-ancestors none"},
        Values{"frame-ancestors 'self'; frame-ancestors 'none'"}, Values{"frame-ancestor 'none'"},
        Values{"frame-ancestors 'self'", "default-src 'none'"}, Values{"child-src 'none'"}}) {
    EXPECT_TRUE(gaps(policies).framing) << policies.front();
  }
}

TEST(ContentSecurityPolicy, ScriptsAreRestrictedByTheFirstDirectiveThatSpeaksOfThem) {
  for (const char* directives :
       {"script-src 'self'", "script-src-elem 'self'; script-src 'self'", "default-src 'self'",
        "script-src", "script-src 'none'", "default-src *; script-src 'self'",
        "script-src 'self' https://cdn.example.net", "script-src 'self' 'wasm-unsafe-eval'",
        "script-src 'self'; style-src * 'unsafe-inline'; img-src https:",
        "default-src * 'unsafe-inline' 'unsafe-eval'; script-src 'self'",
        "script-src * 'unsafe-inline'; script-src-elem 'self'; script-src-attr 'none'"}) {
    EXPECT_EQ(script_gaps(directives), CspGaps{}) << directives;
  }
  EXPECT_EQ(script_gaps("style-src 'self'"), CspGaps{.any_script = true});
  EXPECT_EQ(script_gaps("script-src-attr 'none'"), CspGaps{.any_script = true});
}

TEST(ContentSecurityPolicy, InlineScriptsRunInElementsOrHandlers) {
  for (const char* directives :
       {"script-src 'self' 'unsafe-inline'", "script-src 'UNSAFE-INLINE'",
        "default-src 'unsafe-inline'", "script-src 'self'; script-src-elem 'unsafe-inline'",
        "script-src 'self'; script-src-attr 'unsafe-inline'", "script-src 'unsafe-inline' 'nonce-'",
        "script-src 'unsafe-inline' 'nonce-a b'", "script-src 'unsafe-inline' 'nonce-a$'",
        "script-src 'unsafe-inline' nonce-abc", "script-src 'unsafe-inline' 'nonce-abc",
        "script-src 'unsafe-inline' 'sha1-abc='", "script-src 'unsafe-inline' 'nonce-abc==='",
        "script-src 'unsafe-inline' 'nonce-=='"}) {
    EXPECT_EQ(script_gaps(directives), CspGaps{.inline_script = true}) << directives;
  }
}

TEST(ContentSecurityPolicy, HandlersAndEvaluationAreLeftOpenByElementsAlone) {
  EXPECT_EQ(script_gaps("script-src-elem 'self'"), (CspGaps{.inline_script = true, .eval = true}));
  EXPECT_EQ(script_gaps("script-src-elem 'self'; script-src-attr 'none'"), CspGaps{.eval = true});
}

TEST(ContentSecurityPolicy, ANonceOrAHashOutweighsUnsafeInline) {
  for (const char* directives :
       {"script-src 'unsafe-inline' 'nonce-abc'", "script-src 'unsafe-inline' 'NONCE-a+/-_Z9=='",
        "script-src 'unsafe-inline' 'sha256-abc='", "script-src 'unsafe-inline' 'sha384-abc'",
        "script-src 'unsafe-inline' 'SHA512-abc'", "script-src 'unsafe-inline' 'strict-dynamic'",
        "script-src 'unsafe-inline' 'STRICT-DYNAMIC' 'nonce-abc'"}) {
    EXPECT_EQ(script_gaps(directives), CspGaps{}) << directives;
  }
}

TEST(ContentSecurityPolicy, TextsAreRunByUnsafeEvalWithoutNonceAndHash) {
  for (const char* directives :
       {"script-src 'unsafe-eval'", "default-src 'self' 'Unsafe-Eval'",
        "script-src 'unsafe-eval'; script-src-elem 'self'; script-src-attr 'none'",
        "script-src 'unsafe-eval' 'strict-dynamic'"}) {
    EXPECT_EQ(script_gaps(directives), CspGaps{.eval = true}) << directives;
  }
  EXPECT_EQ(script_gaps("script-src 'unsafe-eval' 'nonce-abc'"), CspGaps{});
  EXPECT_EQ(script_gaps("script-src 'self'; script-src-elem 'self' 'unsafe-eval'"), CspGaps{});
}

TEST(ContentSecurityPolicy, WildcardsAreHostsWithAStarAndSchemesAlone) {
  for (const char* source : {"*", "https:", "HTTPS:", "http:", "data:", "blob:", "filesystem:",
                             "a+b-c.1:", "https://*", "http://*:8443", "*:443", "*/x",
                             "*.example.net", "https://*.example.net/x", "'nonce-abc' *"}) {
    EXPECT_EQ(script_gaps(std::string{"script-src 'self' "} + source), CspGaps{.wildcard = true})
        << source;
  }
}

TEST(ContentSecurityPolicy, OtherSourcesAreNoWildcards) {
  for (const char* source :
       {"https://a.example", "a.example:*", "a.example/*", "*a.example", "https://*x", "1a:", ":",
        "a_b:", "'self'", "https", "a*", "'*'", "1a://*.example.net", "**"}) {
    EXPECT_EQ(script_gaps(std::string{"script-src "} + source), CspGaps{}) << source;
  }
  EXPECT_EQ(script_gaps("script-src * https: 'strict-dynamic' 'nonce-abc'"), CspGaps{});
}

TEST(ContentSecurityPolicy, WildcardsOfElementsCountWhereTheyAreNamed) {
  EXPECT_EQ(script_gaps("script-src 'self'; script-src-elem *"), CspGaps{.wildcard = true});
  EXPECT_EQ(script_gaps("script-src 'self'; script-src-attr *"), CspGaps{});
}

TEST(ContentSecurityPolicy, AThingIsOpenWhereEveryPolicyAllowsIt) {
  EXPECT_EQ(gaps({genuine, "script-src * 'unsafe-inline' 'unsafe-eval'"}), CspGaps{});
  EXPECT_EQ(gaps({"script-src 'unsafe-inline'", genuine}), CspGaps{});
  EXPECT_EQ(gaps({genuine, "frame-ancestors 'self'"}), CspGaps{});
  EXPECT_EQ(gaps({"frame-ancestors 'none'", "script-src 'unsafe-inline'"}),
            CspGaps{.inline_script = true});
  EXPECT_EQ(gaps({"frame-ancestors 'none'; script-src 'unsafe-inline' *",
                  "script-src 'unsafe-inline' 'unsafe-eval'"}),
            CspGaps{.inline_script = true});
}

TEST(ContentSecurityPolicy, IsReadInOneGoHoweverLongItIs) {
  std::string text = "frame-ancestors 'none'; script-src 'self'";
  for (int index = 0; index < 10'000; ++index) {
    text += ";a" + std::to_string(index);
  }
  EXPECT_EQ(gaps({text}), CspGaps{});
}

}  // namespace
}  // namespace compliance::test

// X-Frame-Options, X-Content-Type-Options and Referrer-Policy as browsers read them.
#include "checks/formats/document_headers.h"

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace compliance::test::document_headers_test {
namespace {

using Values = std::vector<std::string>;

HttpAnswer with(const std::string& name, const Values& values) {
  HttpAnswer answer;
  for (const std::string& value : values) {
    answer.headers.push_back({.name = name, .value = value});
  }
  return answer;
}

FrameOptions framing(const Values& values) {
  return frame_options(with("x-frame-options", values));
}

TEST(FrameOptions, DenyOnceOrConsistently) {
  for (const Values& values : {Values{"DENY"}, Values{"deny"}, Values{" Deny "},
                               Values{"DENY, DENY"}, Values{"DENY", "deny"}, Values{"DENY,"},
                               Values{"", "DENY"}, Values{"DENY", "DENY, deny"}}) {
    EXPECT_EQ(framing(values), FrameOptions::deny) << values.front() << values.size();
  }
}

TEST(FrameOptions, ContradictThemselves) {
  for (const Values& values :
       {Values{"DENY", "SAMEORIGIN"}, Values{"SAMEORIGIN", "DENY"}, Values{"DENY, SAMEORIGIN"},
        Values{"DENY, DENY, ALLOWALL"}, Values{"DENY", "nonsense"}}) {
    EXPECT_EQ(framing(values), FrameOptions::conflicting) << values.front();
  }
}

TEST(FrameOptions, AreOthersOrNone) {
  EXPECT_EQ(framing({"SAMEORIGIN"}), FrameOptions::same_origin);
  EXPECT_EQ(framing({"sameorigin, SAMEORIGIN"}), FrameOptions::same_origin);
  for (const char* value : {"ALLOWALL", "ALLOW-FROM https://a.example", "DENY;", "DENY SAMEORIGIN",
                            "\"DENY\"", "DENYALL", "none"}) {
    EXPECT_EQ(framing({value}), FrameOptions::other) << value;
  }
  for (const Values& values : {Values{}, Values{""}, Values{" , "}}) {
    EXPECT_EQ(framing(values), FrameOptions::unset) << values.size();
  }
}

TEST(ContentTypeOptions, TheFirstValueDecides) {
  const auto nosniff = [](const Values& values) {
    return has_nosniff(with("x-content-type-options", values));
  };
  for (const Values& values : {Values{"nosniff"}, Values{"NoSniff"}, Values{"nosniff, other"},
                               Values{"nosniff", "nosniff"}, Values{"nosniff", "off"}}) {
    EXPECT_TRUE(nosniff(values)) << values.front();
  }
  for (const Values& values :
       {Values{}, Values{""}, Values{"other"}, Values{"off, nosniff"}, Values{"off", "nosniff"},
        Values{", nosniff"}, Values{"", "nosniff"}, Values{"nosniff;"}, Values{"\"nosniff\""},
        Values{"no sniff"}, Values{"nosniffx"}}) {
    EXPECT_FALSE(nosniff(values)) << values.size();
  }
}

struct ReferrerRow {
  Values values{};
  const char* effective = "";
};

TEST(ReferrerPolicy, IsTheLastValidToken) {
  const std::array rows{
      ReferrerRow{{"no-referrer"}, "no-referrer"},
      ReferrerRow{{"No-Referrer"}, "no-referrer"},
      ReferrerRow{{"unsafe-url, no-referrer"}, "no-referrer"},
      ReferrerRow{{"unsafe-url", "no-referrer"}, "no-referrer"},
      ReferrerRow{{"no-referrer", "strict-origin-when-cross-origin"},
                  "strict-origin-when-cross-origin"},
      ReferrerRow{{"no-referrer, unsafe-url"}, "unsafe-url"},
      ReferrerRow{{"no-referrer, future-policy"}, "no-referrer"},
      ReferrerRow{{"no-referrer, "}, "no-referrer"},
      ReferrerRow{{"no-referrer", ""}, "no-referrer"},
      ReferrerRow{{"no-referrer", "none"}, "no-referrer"},
      ReferrerRow{{"no-referrer same-origin"}, ""},
      ReferrerRow{{"no-referrer;"}, ""},
      ReferrerRow{{""}, ""},
      ReferrerRow{{}, ""},
  };
  for (const ReferrerRow& row : rows) {
    EXPECT_EQ(referrer_policy(with("referrer-policy", row.values)), row.effective)
        << (row.values.empty() ? "" : row.values.front());
  }
}

TEST(ReferrerPolicy, KnowsEachTokenOfTheStandard) {
  for (const char* token :
       {"no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin",
        "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url"}) {
    EXPECT_EQ(referrer_policy(with("referrer-policy", {token})), token);
  }
}

}  // namespace
}  // namespace compliance::test::document_headers_test

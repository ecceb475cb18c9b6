// When two findings of different runs are the same one.
#include "exporter/publish/reports/finding_identity.h"

#include <set>

#include <gtest/gtest.h>

namespace compliance::finding_identity_test {
namespace {

std::string of_message(std::string_view message) { return identity_of({.message = message}); }

TEST(FindingIdentity, LeavesLineNumbersOut) {
  EXPECT_EQ(of_message("on line 3"), of_message("on line 12"));
  EXPECT_EQ(of_message("on lines 3 and 4"), of_message("on lines 30 and 40"));
  EXPECT_EQ(of_message("line 1, which starts on line 2"),
            of_message("line 10, which starts on line 20"));
}

TEST(FindingIdentity, KeepsAllOtherNumbers) {
  for (const auto* text : {"port 4000", "on line 3 and port 4000", "on line", "on lines 3, 5",
                           "line 3 and four", "4000 lines", "underline3"}) {
    std::string other{text};
    for (char& letter : other) {
      letter = letter == '0' ? '1' : letter == '5' ? '6' : letter;
    }
    EXPECT_EQ(of_message(text) == of_message(other), other == text) << text;
  }
  EXPECT_NE(of_message("underline3"), of_message("underline4"));
}

TEST(FindingIdentity, KeepsPartsApart) {
  const std::set<std::string> identities = {identity_of({.check = "ab"}),
                                            identity_of({.installation = "ab"}),
                                            identity_of({.installation = "a", .check = "b"}),
                                            identity_of({.check = "a", .status = "b"}),
                                            identity_of({.component = "a", .object = "b"}),
                                            identity_of({.object = "a", .place = "b"}),
                                            identity_of({.object = "ab"}),
                                            identity_of({.object = std::string_view{"a\0b", 3}}),
                                            identity_of({.place = "a", .message = "b"}),
                                            identity_of({.message = "ab"}),
                                            identity_of({.object = "1:a"})};
  EXPECT_EQ(identities.size(), 11U);
}

TEST(FindingIdentity, TakesTheFileOrEndpointOfAFinding) {
  const Finding finding{.component = Component::sts,
                        .object = "o",
                        .outcome = Outcome::fail,
                        .message = "m",
                        .origin = {.place = Location{"p"}, .line = 4}};
  const IdentityParts parts = parts_of(finding);
  EXPECT_EQ(
      identity_of(parts),
      identity_of(
          {.status = "fail", .component = "sts", .object = "o", .place = "p", .message = "m"}));
}

}  // namespace
}  // namespace compliance::finding_identity_test

// Texts that are no YAML: what is said about them, and what is never said.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/exporter/observe/document/documents.h"

namespace compliance::test::broken_text_test {
namespace {

TEST(BrokenDocument, IsRefusedWithItsPosition) {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"a: [1, 2\nb: 3\n", "2:2 "}, {"a: 'open\n", "2:1 "},
      {"a:\n\tb: 1\n", "2:1 "},     {"a: b: c\n", "1:5 "},
      {"a: 1\n b: 2\n", "2:3 "},    {"- a\nb: 1\n", "2:1 "},
      {"a: {b: 1]\n", "1:9 "},      {"a: @x\n", "1:4 "},
      {"a: %x\n", "1:4 "},          {"a: `x`\n", "1:4 "},
      {"a: \"\\q\"\n", "1:5 "},     {"a: !unknown!x y\n", "1:4 "},
      {"a: |x\n  y\n", "1:5 "},     {"}", "1:1 "},
      {"a: 1\n...\n]", "3:1 "},
  };
  for (const auto& [text, position] : cases) {
    const auto error = refusal(text);
    EXPECT_EQ(error.reason, UnknownReason::unparsable) << text;
    EXPECT_EQ(refusal_text(text).rfind(position, 0), 0U) << text << " -> " << refusal_text(text);
    EXPECT_EQ(error.message.rfind("not YAML: ", 0), 0U) << error.message;
  }
}

TEST(BrokenDocument, SaysWhereTheOpenPartStarts) {
  EXPECT_EQ(refusal_text("x: 1\na: [1, 2\nb: 3\n"),
            "3:2 not YAML: did not find expected ',' or ']' while parsing a flow sequence, which "
            "starts on line 2");
}

TEST(BrokenDocument, ATabIsFineWhereItIsNotIndentation) {
  EXPECT_EQ(parsed("a:\t1\n").roots().front()["a"].text(), "1");
  EXPECT_EQ(parsed("a: \"x\ty\"\n").roots().front()["a"].text(), "x\ty");
}

TEST(BrokenDocument, NothingAfterTheErrorIsUsed) {
  const auto result = document::parse_document("a: 1\n---\nb: [\n---\nc: 3\n");
  EXPECT_FALSE(result);
}

TEST(BrokenDocument, MessagesDoNotQuoteTheText) {
  for (const char* text :
       {"a: 'hunter2\n", "a: hunter2: x\n", "hunter2\na: 1\n", "a: !hunter2!x y\n", "a: *hunter2\n",
        "a: \"hunter2\\q\"\n", "%hunter2 x\n", "a: hunter2\xFF\n", "<<: hunter2\n",
        "[hunter2, [hunter2]: x]", "&hunter2 [*hunter2]\n", "%YAML 9.9\n--- x\n"}) {
    const auto result = document::parse_document(text);
    if (!result) {
      EXPECT_EQ(result.error().message.find("hunter2"), std::string::npos)
          << result.error().message;
    }
  }
}

}  // namespace
}  // namespace compliance::test::broken_text_test

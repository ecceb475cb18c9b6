// Streams of documents, encodings and line ends.
#include <string>

#include <gtest/gtest.h>

#include "tests/exporter/observe/document/documents.h"

namespace compliance::test::streams_test {
namespace {

using document::Document;

std::string utf16(const std::string& ascii, bool big_endian) {
  std::string text = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char letter : ascii) {
    const char zero = '\0';
    text += big_endian ? zero : letter;
    text += big_endian ? letter : zero;
  }
  return text;
}

TEST(DocumentStreams, EmptyTextsHaveNoRoots) {
  for (const char* text : {"", " ", "\n\n", "# only a comment\n", "---", "---\n", "---\n---\n",
                           "---\n...\n", "\xEF\xBB\xBF", "null\n", "--- ~\n"}) {
    EXPECT_TRUE(parsed(text).roots().empty()) << text;
  }
}

TEST(DocumentStreams, ReadsEveryDocumentAndLeavesOutEmptyOnes) {
  const Document document = parsed("---\na: 1\n---\n# nothing\n---\nb: 2\n...\n---\n- c\n");
  ASSERT_EQ(document.roots().size(), 3U);
  EXPECT_EQ(document.roots()[0]["a"].text(), "1");
  EXPECT_EQ(document.roots()[1]["b"].text(), "2");
  EXPECT_EQ(document.roots()[1]["b"].line(), 6U);
  EXPECT_EQ(document.roots()[2].at(0).text(), "c");
}

TEST(DocumentStreams, AQuotedEmptyTextIsARoot) {
  EXPECT_EQ(parsed("''").roots().size(), 1U);
  EXPECT_EQ(parsed("--- {}").roots().size(), 1U);
}

TEST(DocumentStreams, AByteOrderMarkIsNoPartOfTheText) {
  const Document document = parsed("\xEF\xBB\xBFname: x\n");
  EXPECT_EQ(document.roots().front()["name"].text(), "x");
  EXPECT_EQ(document.roots().front()["name"].column(), 7U);
}

TEST(DocumentStreams, LinesMayEndAsOnWindows) {
  const Document document = parsed("a: 1\r\nb: |\r\n  x\r\n  y\r\nc: 3\r\n");
  EXPECT_EQ(document.roots().front()["a"].text(), "1");
  EXPECT_EQ(document.roots().front()["b"].text(), "x\ny\n");
  EXPECT_EQ(document.roots().front()["c"].line(), 5U);
}

TEST(DocumentStreams, ReadsUtf16WithAMark) {
  for (const bool big_endian : {true, false}) {
    const Document document = parsed(utf16("a: [x, y]\n", big_endian));
    EXPECT_EQ(document.roots().front()["a"].at(1).text(), "y");
  }
}

TEST(DocumentStreams, Utf8StaysAsItIs) {
  EXPECT_EQ(parsed("a: \xC3\xA4\xF0\x9F\x90\xB1").roots().front()["a"].text(),
            "\xC3\xA4\xF0\x9F\x90\xB1");
}

TEST(DocumentStreams, AnEscapedZeroByteIsText) {
  EXPECT_EQ(parsed("a: \"x\\0y\"").roots().front()["a"].text(), std::string_view("x\0y", 3));
}

TEST(DocumentStreams, RefusesOtherEncodingsAndBinaryWithAPosition) {
  const std::string zero_byte{"a: 1\nb: x\0y\n", 12};
  EXPECT_EQ(refusal_text("a: 1\nname: M\xFCller\n"),
            "2:8 not readable as text: invalid leading UTF-8 octet");
  EXPECT_EQ(refusal_text(zero_byte),
            "2:5 not readable as text: control characters are not allowed");
  EXPECT_EQ(refusal_text("\x7F"
                         "ELF\x02\x01"),
            "1:1 not readable as text: control characters are not allowed");
  EXPECT_EQ(refusal("\x89PNG\r\n\x1A\n").reason, UnknownReason::unparsable);
  EXPECT_NE(refusal(utf16("a: b", true) + "x").line, 0U);
}

}  // namespace
}  // namespace compliance::test::streams_test

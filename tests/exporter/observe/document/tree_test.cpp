// Kinds, texts, tags and positions of the values of a document.
#include <string>
#include <type_traits>

#include <gtest/gtest.h>

#include "tests/exporter/observe/document/documents.h"

namespace compliance::test::tree_test {
namespace {

using document::Document;
using document::Kind;
using document::Node;

std::string position(const Node& node) {
  return std::to_string(node.line()) + ":" + std::to_string(node.column());
}

TEST(DocumentTree, IsMovedAndNotCopied) {
  static_assert(!std::is_copy_constructible_v<Document>);
  Document first = parsed("a: 1");
  const Node root = first.roots().front();
  const Document second = std::move(first);
  EXPECT_EQ(second.roots().front(), root);
  EXPECT_EQ(root["a"].text(), "1");
}

TEST(DocumentTree, KeepsTheOrderOfKeys) {
  const Document document = parsed("b: 1\na: 2\nc: 3\n");
  const Node root = document.roots().front();
  ASSERT_EQ(root.size(), 3U);
  EXPECT_EQ(root.key(0).text(), "b");
  EXPECT_EQ(root.key(1).text(), "a");
  EXPECT_EQ(root.key(2).text(), "c");
  EXPECT_EQ(root.at(1).text(), "2");
}

TEST(DocumentTree, ReadsNestedBlockCollections) {
  const Document document = parsed("a:\n  b:\n  - x\n  - c: y\n");
  const Node items = document.roots().front()["a"]["b"];
  ASSERT_TRUE(items.is_sequence());
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items.at(0).text(), "x");
  EXPECT_EQ(items.at(1)["c"].text(), "y");
}

TEST(DocumentTree, ReadsFlowCollectionsOverSeveralLines) {
  const Document document = parsed("test: [CMD,\n  \"a b\",\n  {c: [1, 2]}\n]\n");
  const Node items = document.roots().front()["test"];
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items.at(1).text(), "a b");
  EXPECT_EQ(items.at(2)["c"].at(1).text(), "2");
}

TEST(DocumentTree, ReadsJson) {
  const Document document = parsed(R"({"a": {"b": [1, "x\ny", null, true]}, "c": {}, "d": []})");
  const Node root = document.roots().front();
  EXPECT_EQ(root["a"]["b"].size(), 4U);
  EXPECT_EQ(root["a"]["b"].at(1).text(), "x\ny");
  EXPECT_FALSE(root["a"]["b"].at(1).is_plain());
  EXPECT_TRUE(root["a"]["b"].at(2).is_null());
  EXPECT_TRUE(root["c"].is_mapping());
  EXPECT_EQ(root["c"].size(), 0U);
  EXPECT_TRUE(root["d"].is_sequence());
}

TEST(DocumentTree, AnAbsentNodeIsFalseAndNullAndEmpty) {
  const Document document = parsed("a: [x]");
  const Node root = document.roots().front();
  for (const Node& node : {Node{}, root["b"], root["a"]["b"], root["b"]["c"], root["a"].at(1),
                           root.at(1), root.key(1), root["a"].key(0), root["a"].at(0).at(0)}) {
    EXPECT_FALSE(node);
    EXPECT_EQ(node.kind(), Kind::null);
    EXPECT_TRUE(node.is_null());
    EXPECT_EQ(node.text(), "");
    EXPECT_EQ(node.tag(), "");
    EXPECT_FALSE(node.is_plain());
    EXPECT_EQ(node.size(), 0U);
    EXPECT_EQ(position(node), "0:0");
  }
}

TEST(DocumentTree, AScalarHasNoSize) {
  const Document document = parsed("text");
  EXPECT_EQ(document.roots().front().size(), 0U);
  EXPECT_EQ(document.roots().front().text(), "text");
}

TEST(DocumentTree, NullsArePresentButHaveNoText) {
  const Document entries = parsed("a:\nb: ~\n");
  for (const Node& node : {entries.roots().front()["a"], entries.roots().front()["b"]}) {
    EXPECT_TRUE(node);
    EXPECT_TRUE(node.is_null());
    EXPECT_EQ(node.text(), "");
    EXPECT_NE(node.line(), 0U);
  }
}

TEST(DocumentTree, NullsAreNullAndWhatLooksLikeThemIsNot) {
  const Document document =
      parsed("[~, null, Null, NULL, nULL, '', \"null\", '~', !!str null, ! ~]");
  const Node items = document.roots().front();
  for (std::size_t index = 0; index < 4; ++index) {
    EXPECT_TRUE(items.at(index).is_null()) << index;
  }
  for (std::size_t index = 4; index < items.size(); ++index) {
    EXPECT_TRUE(items.at(index).is_scalar()) << index;
  }
  EXPECT_EQ(items.at(6).text(), "null");
  EXPECT_EQ(items.at(8).text(), "null");
}

TEST(DocumentTree, OnlyUnquotedScalarsArePlain) {
  const Document document = parsed("[a, 'a', \"a\"]");
  EXPECT_TRUE(document.roots().front().at(0).is_plain());
  EXPECT_FALSE(document.roots().front().at(1).is_plain());
  EXPECT_FALSE(document.roots().front().at(2).is_plain());
  const Document block = parsed("a: |\n  x\nb: >\n  x\n");
  EXPECT_FALSE(block.roots().front()["a"].is_plain());
  EXPECT_FALSE(block.roots().front()["b"].is_plain());
}

TEST(DocumentTree, BlockScalarsAreExact) {
  const Document document = parsed(
      "keep: |+\n  a\n\n    $$b\n\nstrip: |-\n  a\n  b\n\nclip: |\n  a\n\nfold: >\n  a\n  b\n");
  const Node root = document.roots().front();
  EXPECT_EQ(root["keep"].text(), "a\n\n  $$b\n\n");
  EXPECT_EQ(root["strip"].text(), "a\nb");
  EXPECT_EQ(root["clip"].text(), "a\n");
  EXPECT_EQ(root["fold"].text(), "a b\n");
}

TEST(DocumentTree, KeepsTagsAsWritten) {
  const Document document = parsed(
      "a: !reset null\nb: !override [1]\nc: !!str 5\nd: !reset\ne: !override {x: 1}\nf: 1\n");
  const Node root = document.roots().front();
  EXPECT_EQ(root["a"].tag(), "!reset");
  EXPECT_TRUE(root["a"].is_null());
  EXPECT_EQ(root["b"].tag(), "!override");
  EXPECT_EQ(root["b"].at(0).text(), "1");
  EXPECT_EQ(root["c"].tag(), "tag:yaml.org,2002:str");
  EXPECT_EQ(root["c"].text(), "5");
  EXPECT_EQ(root["d"].tag(), "!reset");
  EXPECT_TRUE(root["d"].is_null());
  EXPECT_EQ(root["e"].tag(), "!override");
  EXPECT_EQ(root["e"]["x"].text(), "1");
  EXPECT_EQ(root["f"].tag(), "");
}

TEST(DocumentTree, PositionsAreThoseOfTheValue) {
  const Document document = parsed(
      "name: api\nquoted:   'x'\nblock: |\n  text\nmap:\n  k: v\nlist:\n- one\n-   two\nflow: [a, "
      "b]\n");
  const Node root = document.roots().front();
  EXPECT_EQ(position(root), "1:1");
  EXPECT_EQ(position(root.key(0)), "1:1");
  EXPECT_EQ(position(root["name"]), "1:7");
  EXPECT_EQ(position(root["quoted"]), "2:11");
  EXPECT_EQ(position(root["block"]), "3:8");
  EXPECT_EQ(position(root["map"]), "6:3");
  EXPECT_EQ(position(root["map"]["k"]), "6:6");
  EXPECT_EQ(position(root["list"].at(0)), "8:3");
  EXPECT_EQ(position(root["list"].at(1)), "9:5");
  EXPECT_EQ(position(root["flow"].at(1)), "10:11");
}

TEST(DocumentTree, ColumnsCountCharactersAndNotBytes) {
  const Document document = parsed("{\"\xC3\xA4\xE2\x82\xAC\": x}");
  EXPECT_EQ(position(document.roots().front().at(0)), "1:8");
}

TEST(DocumentTree, AnOriginIsThePlaceAndThePosition) {
  const Document document = parsed("a:\n  b: c\n");
  const Origin origin =
      origin_of(Source::kubernetes, Location{"x.yaml"}, document.roots().front()["a"]["b"]);
  EXPECT_EQ(origin, (Origin{Source::kubernetes, Location{"x.yaml"}, 2, 6}));
  EXPECT_EQ(origin_of(Source::compose, Location{"x.yaml"}, Node{}).line, 0U);
}

TEST(DocumentTree, FindsEveryKeyOfSmallAndLargeMappings) {
  for (const std::size_t size : {1U, 15U, 16U, 17U, 18U, 500U}) {
    std::string text;
    for (std::size_t index = 0; index < size; ++index) {
      text +=
          "k" + std::to_string((index * 7) % size + size) + "x: " + std::to_string(index) + "\n";
    }
    if (size % 7 == 0) {
      continue;
    }
    const Document document = parsed(text);
    const Node root = document.roots().front();
    ASSERT_EQ(root.size(), size);
    for (std::size_t index = 0; index < size; ++index) {
      EXPECT_EQ(root[root.key(index).text()], root.at(index));
      EXPECT_EQ(root.at(index).text(), std::to_string(index));
    }
    EXPECT_FALSE(root["k"]);
    EXPECT_FALSE(root[""]);
    EXPECT_FALSE(root["zzz"]);
    EXPECT_FALSE(root["k9"]);
  }
}

TEST(DocumentTree, HoldsManyValues) {
  std::string text;
  for (int index = 0; index < 30'000; ++index) {
    text += "- {name: n" + std::to_string(index) + ", value: 'v'}\n";
  }
  const Document document = parsed(text);
  const Node root = document.roots().front();
  ASSERT_EQ(root.size(), 30'000U);
  EXPECT_EQ(root.at(29'999)["name"].text(), "n29999");
  EXPECT_EQ(root.at(29'999).line(), 30'000U);
}

}  // namespace
}  // namespace compliance::test::tree_test

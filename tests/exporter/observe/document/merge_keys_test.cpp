// Anchors, aliases and merge keys, in every form that deployment files use.
#include <string>

#include <gtest/gtest.h>

#include "tests/exporter/observe/document/documents.h"

namespace compliance::test::merge_keys_test {
namespace {

using document::Document;
using document::Node;

// "key=value key=value", in the order of the mapping.
std::string flat(const Node& mapping) {
  std::string text;
  for (std::size_t index = 0; index < mapping.size(); ++index) {
    text += text.empty() ? "" : " ";
    text += std::string{mapping.key(index).text()} + "=" + std::string{mapping.at(index).text()};
  }
  return text;
}

std::string merged(const std::string& text, const char* key = "t") {
  return flat(parsed(text).roots().front()[key]);
}

TEST(DocumentAliases, StandForTheAnchoredValue) {
  const Document document = parsed("a: &x {k: v}\nb: *x\nc: [*x, *x]\nd: &s text\ne: *s\n");
  const Node root = document.roots().front();
  EXPECT_EQ(root["b"]["k"], root["a"]["k"]);
  EXPECT_EQ(root["c"].at(1)["k"].text(), "v");
  EXPECT_EQ(root["e"].text(), "text");
  EXPECT_EQ(root["b"].line(), 1U);
}

TEST(DocumentAliases, ALaterAnchorOfTheSameNameWins) {
  const Document document = parsed("a: &x 1\nb: &x 2\nc: *x\n");
  EXPECT_EQ(document.roots().front()["c"].text(), "2");
}

TEST(DocumentAliases, AnInnerAnchorOfTheSameNameWinsAfterItsCollection) {
  const Document document = parsed("a: &x [&x inner, *x]\nb: *x\n");
  EXPECT_EQ(document.roots().front()["a"].at(1).text(), "inner");
  EXPECT_EQ(document.roots().front()["b"].text(), "inner");
}

TEST(DocumentAliases, KeepTheTag) {
  EXPECT_EQ(parsed("a: &x !override [1]\nb: *x\n").roots().front()["b"].tag(), "!override");
}

TEST(DocumentAliases, AnchorsMayHoldNull) {
  EXPECT_TRUE(parsed("a: &x\nb: *x\n").roots().front()["b"].is_null());
}

TEST(DocumentAliases, RefusesUnknownOnes) {
  EXPECT_EQ(refusal_text("a: 1\nb: *nowhere\n"),
            "2:4 an alias whose anchor is not defined before it");
  EXPECT_EQ(refusal("a: *later\nb: &later 1\n").line, 1U);
}

TEST(DocumentAliases, AnchorsEndWithTheirDocument) {
  EXPECT_EQ(refusal("a: &x 1\n---\nb: *x\n").line, 3U);
}

TEST(DocumentAliases, RefusesValuesThatContainThemselves) {
  EXPECT_EQ(refusal_text("a: &x\n  b: [1, *x]\n"),
            "2:10 an alias to a value that contains the alias");
  EXPECT_EQ(refusal("&x [*x]").reason, UnknownReason::unparsable);
  EXPECT_EQ(refusal("&x {<<: *x}").reason, UnknownReason::unparsable);
  EXPECT_EQ(refusal("&x {a: &y [*x], b: *y}").column, 12U);
}

TEST(DocumentMerge, TakesTheEntriesOfOneAlias) {
  EXPECT_EQ(merged("b: &b {x: 1, y: 2}\nt:\n  <<: *b\n  z: 3\n"), "z=3 x=1 y=2");
}

TEST(DocumentMerge, OwnKeysWinBeforeAndAfterTheMerge) {
  EXPECT_EQ(merged("b: &b {x: 1, y: 2}\nt: {x: own, <<: *b}\n"), "x=own y=2");
  EXPECT_EQ(merged("b: &b {x: 1, y: 2}\nt: {<<: *b, y: own}\n"), "y=own x=1");
}

TEST(DocumentMerge, AnOwnNullWinsToo) {
  const Document document = parsed("b: &b {x: 1}\nt: {<<: *b, x: }\n");
  EXPECT_TRUE(document.roots().front()["t"]["x"].is_null());
  EXPECT_EQ(document.roots().front()["t"].size(), 1U);
}

TEST(DocumentMerge, InAListEarlierEntriesWin) {
  EXPECT_EQ(merged("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nt: {<<: [*a, *b]}\n"), "x=1 y=1 z=2");
  EXPECT_EQ(merged("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nt: {<<: [*b, *a]}\n"), "y=2 z=2 x=1");
}

TEST(DocumentMerge, TakesMappingsWrittenInPlace) {
  EXPECT_EQ(merged("t: {<<: {x: 1}, y: 2}\n"), "y=2 x=1");
  EXPECT_EQ(merged("a: &a {x: 1}\nt: {<<: [{z: 3}, *a]}\n"), "z=3 x=1");
  EXPECT_EQ(merged("t: {<<: [], y: 2}\n"), "y=2");
  EXPECT_EQ(merged("t: {<<: {}}\n"), "");
}

TEST(DocumentMerge, TakesAnAliasOfAList) {
  EXPECT_EQ(merged("a: &a [{x: 1}, {x: 2, y: 2}]\nt: {<<: *a}\n"), "x=1 y=2");
}

TEST(DocumentMerge, GoesThroughSeveralLevels) {
  EXPECT_EQ(merged("a: &a {x: 1, y: 1, z: 1}\nb: &b {<<: *a, y: 2}\nt: {<<: *b, z: 3}\n"),
            "z=3 y=2 x=1");
  EXPECT_EQ(merged("t: {<<: {<<: {<<: {x: 1}}}}\n"), "x=1");
}

TEST(DocumentMerge, IsNotDeep) {
  const Document document = parsed("b: &b {m: {x: 1}}\nt: {<<: *b, m: {y: 2}}\n");
  EXPECT_EQ(flat(document.roots().front()["t"]["m"]), "y=2");
}

TEST(DocumentMerge, KeepsThePositionsOfTheMergedEntries) {
  const Document document = parsed("b: &b\n  x: 1\nt:\n  <<: *b\n");
  EXPECT_EQ(document.roots().front()["t"]["x"].line(), 2U);
  EXPECT_EQ(document.roots().front()["t"].key(0).line(), 2U);
}

TEST(DocumentMerge, WorksWithManyEntries) {
  for (const int size : {15, 16, 17, 300}) {
    std::string base;
    for (int index = 0; index < size; ++index) {
      base += "  k" + std::to_string(index) + ": base\n";
    }
    const Document document = parsed("b: &b\n" + base + "t:\n  <<: *b\n  k5: own\n  more: own\n");
    const Node target = document.roots().front()["t"];
    EXPECT_EQ(target.size(), static_cast<std::size_t>(size) + 1);
    EXPECT_EQ(target["k5"].text(), "own");
    EXPECT_EQ(target["more"].text(), "own");
    EXPECT_EQ(target["k0"].text(), "base");
    EXPECT_EQ(target["k" + std::to_string(size - 1)].text(), "base");
    EXPECT_FALSE(target["<<"]);
  }
}

TEST(DocumentMerge, OnlyThePlainKeyMerges) {
  EXPECT_EQ(merged("t: {\"<<\": x}\n"), "<<=x");
  EXPECT_EQ(merged("t: {'<<': x, <<: {y: 1}}\n"), "<<=x y=1");
  EXPECT_EQ(merged("t: {!!str <<: x}\n"), "<<=x");
  EXPECT_EQ(merged("t: {<<<: x, <: y}\n"), "<<<=x <=y");
  EXPECT_EQ(merged("t: {!!merge <<: {y: 1}}\n"), "y=1");
  EXPECT_EQ(merged("s: &m <<\nt: {*m : x}\n"), "<<=x");
  EXPECT_EQ(merged("t: {x: <<}\n"), "x=<<");
}

TEST(DocumentMerge, RefusesAnythingButMappings) {
  constexpr auto no_mapping =
      " the value of a merge key (<<) is neither a mapping nor a list of mappings";
  EXPECT_EQ(refusal_text("t:\n  <<: text\n"), std::string{"2:7"} + no_mapping);
  EXPECT_EQ(refusal_text("t:\n  <<:\n"), std::string{"2:6"} + no_mapping);
  EXPECT_EQ(refusal_text("t:\n  a: 1\n  <<: [{x: 1}, text]\n"),
            "3:16 the list of a merge key (<<) has an entry that is not a mapping");
  EXPECT_EQ(refusal("t: {<<: [[{x: 1}]]}").line, 1U);
}

TEST(DocumentMerge, RefusesASecondMergeKey) {
  EXPECT_EQ(refusal_text("a: &a {x: 1}\nt:\n  <<: *a\n  y: 1\n  <<: *a\n"),
            "5:3 the merge key << is given twice, on lines 3 and 5");
}

TEST(DocumentMerge, OwnDuplicatesAreFoundBesideAMerge) {
  EXPECT_EQ(refusal("a: &a {x: 1}\nt:\n  <<: *a\n  x: 1\n  x: 2\n").line, 5U);
}

}  // namespace
}  // namespace compliance::test::merge_keys_test

// Keys: given twice, not scalars, looking like something else.
#include <string>

#include <gtest/gtest.h>

#include "tests/exporter/observe/document/documents.h"

namespace compliance::test::keys_test {
namespace {

using document::Document;

std::string numbered_keys(int count) {
  std::string text;
  for (int index = 0; index < count; ++index) {
    text += "key" + std::to_string(index) + ": x\n";
  }
  return text;
}

TEST(DocumentKeys, KeysThatDifferOnlyInCaseAreDifferent) {
  EXPECT_EQ(parsed("a: 1\nA: 2\n\"a \": 3\n").roots().front().size(), 3U);
}

TEST(DocumentKeys, TheSameKeyInAnotherMappingIsNoDuplicate) {
  EXPECT_EQ(parsed("a: {b: 1}\nc: {b: 1}\n").roots().front().size(), 2U);
}

TEST(DocumentKeys, ADuplicateNamesBothLines) {
  EXPECT_EQ(refusal_text("a: 1\nname: x\nb: 2\nname: y\n"),
            "4:1 key 'name' is given twice, on lines 2 and 4");
  EXPECT_EQ(refusal_text("x:\n  y: 1\n  'y': 2\n"), "3:3 key 'y' is given twice, on lines 2 and 3");
  EXPECT_EQ(refusal_text("{a: 1, b: 1, a: 2}"), "1:14 key 'a' is given twice, on lines 1 and 1");
}

TEST(DocumentKeys, TheFirstDuplicateOfTheTextIsNamed) {
  EXPECT_EQ(refusal("a: 1\nb: 1\nb: 2\na: 2\n").line, 3U);
  EXPECT_EQ(refusal(numbered_keys(30) + "key9: y\nkey8: y\nkey9: z\n").line, 31U);
}

TEST(DocumentKeys, DuplicatesAreFoundInMappingsOfEverySize) {
  for (const int size : {15, 16, 17, 2'000}) {
    EXPECT_EQ(refusal_text(numbered_keys(size) + "key3: y\n"),
              std::to_string(size + 1) + ":1 key 'key3' is given twice, on lines 4 and " +
                  std::to_string(size + 1));
  }
}

TEST(DocumentKeys, ManyKeysCostNoQuadraticTime) {
  EXPECT_EQ(parsed(numbered_keys(200'000)).roots().front().size(), 200'000U);
}

TEST(DocumentKeys, ADuplicateThatMayBeASecretIsNotShown) {
  for (const std::string key : {"pass word", "a/b", "x=y", "\"\"", "p\xC3\xA4ss"}) {
    EXPECT_EQ(refusal(key + ": 1\n" + key + ": 2\n").message,
              "a key is given twice, on lines 1 and 2");
  }
  const std::string long_key(65, 'x');
  EXPECT_EQ(refusal(long_key + ": 1\n" + long_key + ": 2\n").message,
            "a key is given twice, on lines 1 and 2");
  const std::string longest_shown(64, 'x');
  EXPECT_NE(refusal(longest_shown + ": 1\n" + longest_shown + ": 2\n").message.find(longest_shown),
            std::string::npos);
  EXPECT_EQ(refusal("aZ_09.-: 1\naZ_09.-: 2\n").message,
            "key 'aZ_09.-' is given twice, on lines 1 and 2");
}

TEST(DocumentKeys, KeysAreTheirText) {
  const Document document = parsed("null: 1\n~: 2\ntrue: 3\n8080: 4\n\"\": 5\n'<<': 6\n");
  const auto root = document.roots().front();
  EXPECT_EQ(root["null"].text(), "1");
  EXPECT_EQ(root["~"].text(), "2");
  EXPECT_EQ(root["true"].text(), "3");
  EXPECT_EQ(root["8080"].text(), "4");
  EXPECT_EQ(root[""].text(), "5");
  EXPECT_EQ(root["<<"].text(), "6");
}

TEST(DocumentKeys, AnAliasOfAScalarMayBeAKey) {
  const Document document = parsed("a: &n web\n*n : x\n");
  EXPECT_EQ(document.roots().front()["web"].text(), "x");
  EXPECT_EQ(document.roots().front().key(1).line(), 2U);
}

TEST(DocumentKeys, RefusesKeysThatAreNoScalars) {
  EXPECT_EQ(refusal_text("a: 1\n[x, y]: 2\n"), "2:1 a key that is itself a list or a mapping");
  EXPECT_EQ(refusal_text("a: 1\n? {x: y}\n: 2\n"), "2:3 a key that is itself a list or a mapping");
  EXPECT_EQ(refusal_text("{{ template }}: x"), "1:1 a key that is itself a list or a mapping");
  EXPECT_EQ(refusal("a: &l [x]\n*l : 2\n").line, 2U);
}

TEST(DocumentKeys, RefusesEmptyKeys) {
  EXPECT_EQ(refusal_text("a: 1\n?\n: x\n"), "2:2 a key that is empty or null");
  EXPECT_EQ(refusal("!!null '': x\n").message, "a key that is empty or null");
  EXPECT_EQ(refusal("a: &n null\n*n : 2\n").message, "a key that is empty or null");
}

}  // namespace
}  // namespace compliance::test::keys_test

// Texts that would cost too much: refused, and refused soon.
#include <string>

#include <gtest/gtest.h>

#include "tests/exporter/observe/document/documents.h"

namespace compliance::test::budget_test {
namespace {

using document::Budget;

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  for (std::size_t count = 0; count < times; ++count) {
    result += text;
  }
  return result;
}

void expect_limit(const std::string& text, const Budget& budget, const std::string& message) {
  const auto error = refusal(text, budget);
  EXPECT_EQ(error.reason, UnknownReason::limit_exceeded);
  EXPECT_EQ(error.message, message);
  EXPECT_NE(error.line, 0U);
  EXPECT_NE(error.column, 0U);
}

TEST(DocumentBudget, DepthIsCountedInCollections) {
  const Budget budget{.max_depth = 3};
  EXPECT_EQ(parsed("[[[x]]]", budget).roots().size(), 1U);
  EXPECT_EQ(parsed("a: {b: [x]}", budget).roots().size(), 1U);
  expect_limit("[[[[x]]]]", budget, "more than 3 levels of nesting");
  expect_limit("a: {b: [{}]}", budget, "more than 3 levels of nesting");
}

TEST(DocumentBudget, DepthCountsWhatAliasesBring) {
  const Budget budget{.max_depth = 3};
  EXPECT_EQ(parsed("[&a [[x]], *a]", budget).roots().size(), 1U);
  expect_limit("[&a [[x]], [*a]]", budget,
               "more than 3 levels of nesting after aliases are followed");
  EXPECT_EQ(parsed("[&a x, [[*a]]]", budget).roots().size(), 1U);
}

TEST(DocumentBudget, AChainOfAliasesIsNotDeeperThanItMayBe) {
  std::string text = "- &a0 [x]\n";
  for (int index = 1; index < 5'000; ++index) {
    text += "- &a" + std::to_string(index) + " [*a" + std::to_string(index - 1) + "]\n";
  }
  expect_limit(text, {}, "more than 100 levels of nesting after aliases are followed");
}

TEST(DocumentBudget, AHundredThousandLevelsAreRefused) {
  constexpr std::size_t levels = 100'000;
  expect_limit(std::string(levels, '['), {}, "more than 100 levels of nesting");
  expect_limit(std::string(levels, '[') + std::string(levels, ']'), {},
               "more than 100 levels of nesting");
  expect_limit(repeated("{a: ", levels), {}, "more than 100 levels of nesting");
  expect_limit(repeated("- ", levels), {}, "more than 100 levels of nesting");
}

TEST(DocumentBudget, DeepTreesDieWithoutRecursion) {
  constexpr std::size_t levels = 20'000;
  const Budget budget{.max_depth = levels};
  auto document = parsed(repeated("- ", levels) + "x", budget);
  std::size_t depth = 0;
  for (auto node = document.roots().front(); node.is_sequence(); node = node.at(0)) {
    ++depth;
  }
  EXPECT_EQ(depth, levels);
}

TEST(DocumentBudget, NodesAreCountedAsWritten) {
  EXPECT_EQ(parsed("[a, b, c]", {.max_nodes = 4}).roots().size(), 1U);
  expect_limit("[a, b, c]", {.max_nodes = 3}, "more than 3 values");
  expect_limit("{a: b}", {.max_nodes = 2}, "more than 2 values");
  expect_limit("[&a b, *a]", {.max_nodes = 2}, "more than 2 values");
  expect_limit("[[]]", {.max_nodes = 1}, "more than 1 values");
}

TEST(DocumentBudget, ExpansionCountsWhatAliasesStandFor) {
  // 1 list + 4 anchored + 4 for the alias.
  EXPECT_EQ(parsed("[&a [1, 2, 3], *a]", {.max_expanded = 9}).roots().size(), 1U);
  expect_limit("[&a [1, 2, 3], *a]", {.max_expanded = 8},
               "more than 8 values after aliases and merge keys are followed");
}

TEST(DocumentBudget, AnAliasBombIsRefused) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 30; ++level) {
    const std::string before = "*a" + std::to_string(level - 1);
    text += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [" +
            repeated(before + ", ", 9) + before + "]\n";
  }
  expect_limit(text, {}, "more than 10000000 values after aliases and merge keys are followed");
}

TEST(DocumentBudget, AMergeBombIsRefused) {
  std::string text = "a: &a\n";
  for (int index = 0; index < 10'000; ++index) {
    text += "  k" + std::to_string(index) + ": x\n";
  }
  const Budget budget{.max_expanded = 200'000};
  constexpr auto message = "more than 200000 values after aliases and merge keys are followed";
  expect_limit(text + "b:\n" + repeated("- <<: *a\n", 10'000), budget, message);
  // Every level of merging copies the entries again.
  expect_limit(text + "b: " + repeated("{<<: ", 90) + "*a" + std::string(90, '}'), budget, message);
}

TEST(DocumentBudget, ScalarsAreMeasuredInBytes) {
  const Budget budget{.max_scalar_bytes = 10};
  EXPECT_EQ(parsed("a: '1234567890'", budget).roots().front()["a"].text().size(), 10U);
  expect_limit("a: '12345678901'", budget, "a text of more than 10 bytes");
  expect_limit("12345678901: a", budget, "a text of more than 10 bytes");
  expect_limit(std::string((4U << 20U) + 1, 'x'), {}, "a text of more than 4194304 bytes");
}

TEST(DocumentBudget, LongScalarsWithinTheBudgetAreKeptWhole) {
  const std::string text(3U << 20U, 'x');
  const auto document = parsed("a: " + text + "\nb: y\n");
  EXPECT_EQ(document.roots().front()["a"].text(), text);
  EXPECT_EQ(document.roots().front()["b"].text(), "y");
}

TEST(DocumentBudget, DocumentsAreCountedEmptyOnesToo) {
  EXPECT_EQ(parsed("a\n---\nb\n", {.max_documents = 2}).roots().size(), 2U);
  expect_limit("a\n---\nb\n---\n---\n", {.max_documents = 2}, "more than 2 documents");
}

TEST(DocumentBudget, TagsThatADirectiveMakesLongAreRefused) {
  const std::string prefix(300, 'x');
  expect_limit("%TAG ! tag:" + prefix + "\n---\n!a text\n", {}, "a tag of more than 256 bytes");
  expect_limit("%TAG ! tag:" + prefix + "\n---\n!a [text]\n", {}, "a tag of more than 256 bytes");
}

TEST(DocumentBudget, DoesNotShowTheText) {
  EXPECT_EQ(refusal("password: hunter2hunter2", {.max_scalar_bytes = 10}).message.find("hunter"),
            std::string::npos);
}

}  // namespace
}  // namespace compliance::test::budget_test

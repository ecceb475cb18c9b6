// Thousands of damaged documents with a fixed seed: none crashes the reader, each refusal has a
// position, and what is accepted can be walked through.
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/exporter/observe/document/documents.h"

namespace compliance::test::mutation_test {
namespace {

using document::Budget;
using document::Node;

constexpr std::string_view good_text = R"(x-base: &base
  security_opt: ["no-new-privileges:true"]
  cap_drop: [ALL]
x-more: &more
  <<: *base
  read_only: true
services:
  api:
    <<: [*more, {init: true}]
    image: "ghcr.io/x/api:v1"
    command: !override ['a', "b\tc"]
    environment: {PORT: 3000, "NAME": ~}
    entrypoint: |-
      one
        two
  ? sts
  : <<: *base
    ports: !reset []
---
- {kind: List, items: [a, *undefined]}
...
)";

constexpr std::string_view letters = "&*<:-?[]{}|>'\"#!%@,~ \t\n\r\\a0\xFF\xC3\xA4";

std::size_t below(std::mt19937& random, std::size_t limit) { return random() % limit; }

void damage(std::string& text, std::mt19937& random) {
  const std::size_t place = below(random, text.size());
  const std::size_t length = 1 + below(random, 12);
  switch (below(random, 4)) {
    case 0:
      text[place] = letters[below(random, letters.size())];
      break;
    case 1:
      text.insert(place, 1, letters[below(random, letters.size())]);
      break;
    case 2:
      text.erase(place, length);
      break;
    default:
      text.insert(below(random, text.size()), text.substr(place, length));
      break;
  }
  text += text.empty() ? " " : "";
}

// Visits every value, aliases followed, and returns how many there are.
std::size_t walk(const std::vector<Node>& roots) {
  std::vector<Node> open = roots;
  std::size_t seen = 0;
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    ++seen;
    EXPECT_TRUE(node);
    EXPECT_NE(node.line(), 0U);
    EXPECT_NE(node.column(), 0U);
    for (std::size_t index = 0; index < node.size(); ++index) {
      open.push_back(node.at(index));
      if (node.is_mapping()) {
        EXPECT_EQ(node[node.key(index).text()], node.at(index));
      }
    }
  }
  return seen;
}

TEST(DamagedDocument, NeverCrashesTheReader) {
  constexpr std::uint32_t seed = 20260622;
  std::mt19937 random{seed};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts in every run
  const Budget budget{.max_depth = 20, .max_nodes = 2'000, .max_expanded = 5'000};
  std::size_t accepted = 0;
  std::size_t refused = 0;
  for (int round = 0; round < 6'000; ++round) {
    std::string text{good_text};
    text.resize(text.find("---"));
    for (std::size_t count = 1 + below(random, 6); count > 0; --count) {
      damage(text, random);
    }
    const auto result = document::parse_document(text, budget);
    if (result) {
      ++accepted;
      EXPECT_LE(walk(result.value().roots()), budget.max_expanded) << text;
      continue;
    }
    ++refused;
    ASSERT_NE(result.error().line, 0U) << text;
    ASSERT_NE(result.error().column, 0U) << text;
    ASSERT_FALSE(result.error().message.empty()) << text;
  }
  EXPECT_GT(accepted, 100U);
  EXPECT_GT(refused, 100U);
}

TEST(DamagedDocument, EveryPrefixIsReadOrRefused) {
  for (std::size_t length = 0; length <= good_text.size(); ++length) {
    const auto result = document::parse_document(good_text.substr(0, length));
    if (!result) {
      EXPECT_NE(result.error().line, 0U) << length;
    }
  }
}

TEST(DamagedDocument, RandomBytesAreReadOrRefused) {
  std::mt19937 random{1};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts in every run
  for (int round = 0; round < 2'000; ++round) {
    std::string text(1 + below(random, 200), ' ');
    for (char& letter : text) {
      letter = static_cast<char>(random() & 0xFFU);
    }
    const auto result = document::parse_document(text);
    if (!result) {
      ASSERT_NE(result.error().line, 0U);
    }
  }
}

}  // namespace
}  // namespace compliance::test::mutation_test

// The catalogue of checks as text.
#include "exporter/publish/reports/catalogue_text.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "checks/catalogue.h"

namespace compliance::test::catalogue_text_test {
namespace {

constexpr Check sample{
    .id = "containers-sample",
    .title = "Samples are sampled",
    .area = Area::containers,
    .severity = Severity::high,
    .evidence = Source::compose | Source::endpoint,
    .why =
        "These words fill the first line so far that the next one has to begin a new line "
        "after eighty columns.",
    .remediation = "Sample.",
    .reference = "https://example.com/",
    .rule = RuleOn<Container>{nullptr},
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

TEST(RenderExplanation, SaysAllThatIsKnown) {
  EXPECT_EQ(render_explanation(sample),
            "containers-sample\n"
            "  Samples are sampled\n"
            "\n"
            "Area:\n"
            "  containers\n"
            "\n"
            "Severity:\n"
            "  high\n"
            "\n"
            "On by default:\n"
            "  yes\n"
            "\n"
            "Why:\n"
            "  These words fill the first line so far that the next one has to begin a new\n"
            "  line after eighty columns.\n"
            "\n"
            "Evidence:\n"
            "  Compose files, endpoints\n"
            "\n"
            "Remediation:\n"
            "  Sample.\n"
            "\n"
            "Reference:\n"
            "  https://example.com/\n");
}

TEST(RenderExplanation, SaysHowARowThatIsOffIsTurnedOn) {
  Check off = sample;
  off.on_by_default = false;
  EXPECT_NE(render_explanation(off).find("On by default:\n  no; turn it on with `checks`"),
            std::string::npos);
}

TEST(RenderExplanation, NamesEveryKindOfEvidence) {
  Check all = sample;
  all.evidence = Source::compose | Source::kubernetes | Source::secrets | Source::endpoint |
                 Source::dns | Source::runtime_cli | Source::process;
  EXPECT_NE(render_explanation(all).find(
                "  Compose files, Kubernetes manifests, secret files, runtime CLI help text,\n"
                "  endpoints, name resolution, the exporter's own process\n"),
            std::string::npos);
}

TEST(RenderCatalogueTable, HasAHeadingAndALineForEachCheckInOrder) {
  std::vector<std::string> lines = lines_of(render_catalogue_table());
  ASSERT_EQ(lines.size(), catalogue().size() + 1);
  EXPECT_EQ(lines.front().substr(0, 3), "id ");
  EXPECT_TRUE(std::is_sorted(lines.begin() + 1, lines.end()));
}

TEST(RenderCatalogueTable, AlignsItsColumns) {
  const std::vector<std::string> lines = lines_of(render_catalogue_table());
  const std::size_t column = lines.front().find("  area  ") + 2;
  for (std::size_t index = 1; index < lines.size(); ++index) {
    EXPECT_EQ(lines[index][column - 1], ' ') << lines[index];
    EXPECT_NE(lines[index][column], ' ') << lines[index];
  }
}

TEST(RenderCatalogueMarkdown, IsATableInOrderOfIdWithALinkForEach) {
  const std::vector<std::string> lines = lines_of(render_catalogue_markdown());
  ASSERT_EQ(lines.size(), catalogue().size() + 2);
  EXPECT_EQ(lines[0], "| id | area | severity | default | title |");
  EXPECT_EQ(lines[1], "| --- | --- | --- | --- | --- |");
  std::vector<std::string> ids;
  for (auto line = lines.begin() + 2; line != lines.end(); ++line) {
    ids.push_back(line->substr(3, line->find(']') - 3));
    EXPECT_NE(find_check(ids.back()), nullptr) << *line;
  }
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  EXPECT_NE(std::find(lines.begin(), lines.end(),
                      "| [containers-resource-limits](CATALOGUE.md#containers-resource-limits) | "
                      "containers | low | off | Containers have a memory limit and a CPU or "
                      "process limit |"),
            lines.end());
}

TEST(RenderCatalogueJson, IsAnArrayOfObjectsInOrderOfId) {
  const auto list = nlohmann::json::parse(render_catalogue_json());
  ASSERT_EQ(list.size(), catalogue().size());
  std::vector<std::string> ids;
  for (const auto& entry : list) {
    ids.push_back(entry.at("id"));
    const Check* check = find_check(ids.back());
    ASSERT_NE(check, nullptr);
    EXPECT_EQ(entry.at("area"), name_of(check->area));
    EXPECT_EQ(entry.at("severity"), name_of(check->severity));
    EXPECT_EQ(entry.at("title"), check->title);
    EXPECT_EQ(entry.at("on_by_default"), check->on_by_default);
    EXPECT_EQ(entry.at("why"), check->why);
    EXPECT_EQ(entry.at("remediation"), check->remediation);
    EXPECT_EQ(entry.at("reference"), check->reference);
    EXPECT_FALSE(entry.at("evidence").empty());
  }
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
}

}  // namespace
}  // namespace compliance::test::catalogue_text_test

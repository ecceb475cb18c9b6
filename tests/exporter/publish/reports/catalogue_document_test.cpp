// Every check in full as Markdown.
#include "exporter/publish/reports/catalogue_document.h"

#include <gtest/gtest.h>

#include "checks/catalogue.h"

namespace compliance::test::catalogue_document_test {
namespace {

constexpr Check sample{
    .id = "containers-sample",
    .title = "Samples are sampled",
    .area = Area::containers,
    .severity = Severity::high,
    .evidence = Source::compose | Source::endpoint,
    .why = "Of *_FILE, `words`, <tags>, [links] and \\ nothing is markup.",
    .remediation = "Sample.",
    .reference = "https://example.com/",
    .rule = RuleOn<Container>{nullptr},
};

TEST(RenderCheckSection, EscapesMarkupInTexts) {
  EXPECT_NE(render_check_section(sample).find(
                R"(Of \*_FILE, \`words\`, \<tags>, \[links] and \\ nothing is markup.)"),
            std::string::npos);
}

TEST(RenderCheckSection, NamesEveryPartOfTheDescription) {
  Check plain = sample;
  plain.why = "It is so.";
  EXPECT_EQ(render_check_section(plain),
            "### containers-sample\n"
            "\n"
            "Samples are sampled.\n"
            "\n"
            "* Severity: high\n"
            "* Evidence: Compose files, endpoints\n"
            "* Why: It is so.\n"
            "* Remediation: Sample.\n"
            "* Reference: <https://example.com/>\n");
}

TEST(RenderCheckSection, SaysThatACheckIsOffByDefault) {
  Check off = sample;
  off.on_by_default = false;
  EXPECT_NE(render_check_section(off).find("* Severity: high; off by default\n"),
            std::string::npos);
}

TEST(RenderCatalogueDocument, HoldsEachCheckOnceBelowTheHeadingOfItsArea) {
  const std::string text = render_catalogue_document();
  for (const Check* check : catalogue()) {
    const std::string section = render_check_section(*check);
    const std::size_t place = text.find(section);
    ASSERT_NE(place, std::string::npos) << check->id;
    EXPECT_EQ(text.find(section, place + 1), std::string::npos) << check->id;
    const std::size_t heading = text.rfind("\n## ", place);
    ASSERT_NE(heading, std::string::npos) << check->id;
    EXPECT_EQ(text.substr(heading + 4, text.find('\n', heading + 1) - heading - 4),
              name_of(check->area))
        << check->id;
  }
}

}  // namespace
}  // namespace compliance::test::catalogue_document_test

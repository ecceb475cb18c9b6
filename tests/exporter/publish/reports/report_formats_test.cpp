// The table of report formats.
#include "exporter/publish/reports/report_formats.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/publish/metrics/exposition.h"
#include "tests/support/snapshots.h"

namespace compliance::test::report_formats_test {
namespace {

TEST(ReportFormats, AreFoundByTheirNames) {
  for (const ReportFormat& format : report_formats()) {
    EXPECT_EQ(find_report_format(format.name), &format);
  }
  for (const auto* name : {"", "JSON", "jso", "json ", "table,json"}) {
    EXPECT_EQ(find_report_format(name), nullptr) << name;
  }
}

TEST(ReportFormats, BeginWithTheTableAndHaveDifferentNames) {
  const auto names = report_format_names();
  EXPECT_EQ(names.front(), "table");
  EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size());
}

TEST(ReportFormats, AreListedAsASentenceHasThem) {
  const auto names = report_format_names();
  const std::string list = report_format_list();
  EXPECT_THAT(list, ::testing::StartsWith("table, json"));
  EXPECT_THAT(list, ::testing::EndsWith(" or " + names.back()));
}

TEST(ReportFormats, LeadToTheWriters) {
  const Snapshot snapshot =
      snapshot_of({result_with(sample_mode, {failing(Component::api, "service api", "is open"),
                                             passing(Component::web, "w")})});
  const ReportOptions options{.verbose = true, .width = 100};
  EXPECT_EQ(find_report_format("table")->render(snapshot, options),
            render_table(snapshot, options));
  EXPECT_EQ(find_report_format("json")->render(snapshot, options),
            render_json_report(snapshot, options));
  EXPECT_EQ(find_report_format("metrics")->render(snapshot, options), render_exposition(snapshot));
}

}  // namespace
}  // namespace compliance::test::report_formats_test

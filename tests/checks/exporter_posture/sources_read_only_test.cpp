// exporter-posture-sources-read-only
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::sources_read_only_test {
namespace {

constexpr auto id = "exporter-posture-sources-read-only";

TEST(ExporterPostureSourcesReadOnly, FailsWhenOneSourceOfTwoCanBeWritten) {
  ProcessPosture process = hardened_process();
  process.sources.push_back(
      {.installation = "cluster", .source = Source::kubernetes, .writable = {.value = true}});
  const Finding finding = expect_fail(
      result_of(id, process), "the exporter could change or replace its evidence", Origin{});
  EXPECT_EQ(finding.object, "kubernetes source of cluster");
  EXPECT_EQ(finding.observed, "writable");
}

TEST(ExporterPostureSourcesReadOnly, PassesWhenNoneCan) {
  EXPECT_EQ(status_of(id, hardened_process()), Outcome::pass);
}

TEST(ExporterPostureSourcesReadOnly, IsUnknownWhenASourceIsNotSeen) {
  ProcessPosture process = hardened_process();
  process.sources.front().writable = {
      .fault = Fault{.reason = UnknownReason::missing_object, .message = "is not there"}};
  EXPECT_EQ(result_of(id, process).unknown_reasons(), std::vector{UnknownReason::missing_object});
}

TEST(ExporterPostureSourcesReadOnly, DoesNotApplyWhereOnlyEndpointsAreAsked) {
  ProcessPosture process = hardened_process();
  process.sources.clear();
  EXPECT_EQ(status_of(id, process), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::sources_read_only_test

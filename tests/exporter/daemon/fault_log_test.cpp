// Faults of sources are logged once, as long as they last, and counted every time.
#include "exporter/daemon/fault_log.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "checks/facts/installation.h"
#include "exporter/publish/metrics/runtime_metrics.h"
#include "tests/support/exposition.h"

namespace compliance::fault_log_test {
namespace {

SourceFault fault_in(Source source, const std::string& place, const std::string& message) {
  return {.evidence = Source::compose,
          .origin = {.source = source, .place = Location{place}, .line = 3, .column = 7},
          .fault = {.reason = UnknownReason::unparsable, .message = message}};
}

class FaultLogTest : public testing::Test {
 protected:
  // The lines that are logged for these faults of the installation.
  std::string report(const std::vector<SourceFault>& faults,
                     const std::set<Source>& read = {Source::compose, Source::secrets}) {
    testing::internal::CaptureStderr();
    Installation installation{.name = "production"};
    installation.faults = faults;
    log_.report(installation, read);
    return testing::internal::GetCapturedStderr();
  }

  std::string errors() const { return test::lines_of(metrics_.render(), "source_errors_total"); }

  RuntimeMetrics metrics_;
  FaultLog log_{metrics_};
};

TEST_F(FaultLogTest, SaysWhereAndWhy) {
  const std::string line = report({fault_in(Source::compose, "/a.yaml", "broken")});
  EXPECT_NE(line.find("level=warn msg=\"source could not be read completely\" "
                      "installation=production source=compose reason=unparsable place=/a.yaml "
                      "line=3 column=7 err=broken\n"),
            std::string::npos)
      << line;
}

TEST_F(FaultLogTest, LogsAFaultOnceWhileItLasts) {
  EXPECT_NE(report({fault_in(Source::compose, "/a.yaml", "broken")}), "");
  log_.end_full_cycle();
  EXPECT_EQ(report({fault_in(Source::compose, "/a.yaml", "broken")}), "");
}

TEST_F(FaultLogTest, LogsAnotherFaultOfTheSameFile) {
  report({fault_in(Source::compose, "/a.yaml", "broken")});
  log_.end_full_cycle();
  EXPECT_NE(report({fault_in(Source::compose, "/a.yaml", "torn")}), "");
}

TEST_F(FaultLogTest, LogsAFaultAgainThatWasGoneForAFullCycle) {
  report({fault_in(Source::compose, "/a.yaml", "broken")});
  log_.end_full_cycle();
  report({});
  log_.end_full_cycle();
  EXPECT_NE(report({fault_in(Source::compose, "/a.yaml", "broken")}), "");
}

TEST_F(FaultLogTest, KnowsTheFaultsOfSourcesThatWereNotReadMeanwhile) {
  report({fault_in(Source::secrets, "/s", "denied")});
  log_.end_full_cycle();
  report({fault_in(Source::compose, "/a.yaml", "broken")}, {Source::compose});
  log_.end_partial_cycle();
  EXPECT_EQ(report({fault_in(Source::secrets, "/s", "denied"),
                    fault_in(Source::compose, "/a.yaml", "broken")}),
            "");
}

TEST_F(FaultLogTest, IgnoresSourcesThatWereNotRead) {
  EXPECT_EQ(report({fault_in(Source::secrets, "/s", "denied")}, {Source::compose}), "");
  EXPECT_EQ(errors(), test::lines_of(RuntimeMetrics{}.render(), "source_errors_total"));
}

TEST_F(FaultLogTest, CountsKnownFaultsToo) {
  for (int cycle = 0; cycle < 3; ++cycle) {
    report({fault_in(Source::compose, "/a.yaml", "broken")});
    log_.end_full_cycle();
  }
  EXPECT_NE(errors().find("{source=\"compose\",reason=\"unparsable\"} 3\n"), std::string::npos)
      << errors();
}

}  // namespace
}  // namespace compliance::fault_log_test

// Metrics about the running program.
#include "exporter/publish/metrics/runtime_metrics.h"

#include <set>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/exposition.h"
#include "tests/support/snapshots.h"

namespace compliance::test::runtime_metrics_test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(RuntimeMetrics, HaveEverySourceErrorFromTheStart) {
  const RuntimeMetrics metrics;
  const std::string errors = lines_of(metrics.render(), "source_errors_total");
  // Seven reasons for each of four sources that are read and four that are probed; two of commands.
  EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 4 * 7 + 4 * 7 + 2);
  EXPECT_THAT(errors, HasSubstr("{source=\"compose\",reason=\"unparsable\"} 0\n"));
  EXPECT_THAT(errors, HasSubstr("{source=\"runtime_cli\",reason=\"timeout\"} 0\n"));
  EXPECT_THAT(errors, HasSubstr("{source=\"datastore\",reason=\"dns_failure\"} 0\n"));
  EXPECT_THAT(errors, Not(HasSubstr("\"} 1\n")));
}

TEST(RuntimeMetrics, CountSourceErrorsAtOnce) {
  RuntimeMetrics metrics;
  metrics.count_source_error(Source::secrets, UnknownReason::unreadable);
  metrics.count_source_error(Source::secrets, UnknownReason::unreadable);
  metrics.count_source_error(Source::process, UnknownReason::missing_object);
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr("{source=\"secrets\",reason=\"unreadable\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("{source=\"process\",reason=\"missing_object\"} 1\n"));
}

TEST(RuntimeMetrics, HaveHistogramsWithoutObservations) {
  const std::string text = RuntimeMetrics{}.render();
  for (const std::string name : {"evaluation_duration", "drift_detection_latency"}) {
    const std::string family = "caracal_compliance_" + name + "_seconds";
    EXPECT_THAT(text, HasSubstr("\n" + family + "_count 0\n" + family + "_sum 0\n" + family +
                                "_bucket{le=\"0.001\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("\n" + family + "_bucket{le=\"+Inf\"} 0\n"));
  }
  for (const std::string source : {"endpoint", "dns", "exposure", "datastore"}) {
    EXPECT_THAT(text, HasSubstr("probe_duration_seconds_count{source=\"" + source + "\"} 0\n"));
  }
}

TEST(RuntimeMetrics, PutAnObservationThatEqualsABoundIntoItsBucket) {
  RuntimeMetrics metrics;
  metrics.observe_evaluation(std::chrono::milliseconds{50});
  metrics.observe_drift_latency(std::chrono::milliseconds{60});
  metrics.observe_probe(Source::dns, std::chrono::seconds{40});
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr("evaluation_duration_seconds_bucket{le=\"0.025\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("evaluation_duration_seconds_bucket{le=\"0.05\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("drift_detection_latency_seconds_bucket{le=\"0.05\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("drift_detection_latency_seconds_bucket{le=\"0.1\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("probe_duration_seconds_sum{source=\"dns\"} 40\n"));
  EXPECT_THAT(text, HasSubstr("probe_duration_seconds_bucket{source=\"dns\",le=\"30\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("probe_duration_seconds_bucket{source=\"dns\",le=\"+Inf\"} 1\n"));
}

TEST(RuntimeMetrics, FollowReloadsAndKeepWhenTheLastOneSucceeded) {
  RuntimeMetrics metrics;
  const std::string at = "config_last_reload_success_timestamp_seconds";
  metrics.configuration_loaded(instant_at(1'782'345'600'000));
  EXPECT_EQ(lines_of(metrics.render(), "config_last_reload_successful"),
            "config_last_reload_successful 1\n");
  metrics.configuration_refused();
  EXPECT_EQ(lines_of(metrics.render(), "config_last_reload_successful"),
            "config_last_reload_successful 0\n");
  EXPECT_EQ(lines_of(metrics.render(), at), at + " 1782345600\n");
}

TEST(RuntimeMetrics, TellOfTheStateStore) {
  RuntimeMetrics metrics;
  metrics.set_state_store(true, false);
  EXPECT_EQ(lines_of(metrics.render(), "state_store_up"), "state_store_up 1\n");
  EXPECT_EQ(lines_of(metrics.render(), "state_store_persistent"), "state_store_persistent 0\n");
  metrics.set_state_store(false, true);
  EXPECT_EQ(lines_of(metrics.render(), "state_store_up"), "state_store_up 0\n");
  EXPECT_EQ(lines_of(metrics.render(), "state_store_persistent"), "state_store_persistent 1\n");
}

TEST(RuntimeMetrics, LeaveOutHttpWhereNothingIsServed) {
  EXPECT_THAT(RuntimeMetrics{}.render(), Not(HasSubstr("http_")));
}

TEST(RuntimeMetrics, ShowDeclaredRequestsBeforeTheFirst) {
  RuntimeMetrics metrics;
  metrics.declare_request("/metrics", 401);
  metrics.declare_request("/metrics", 200);
  metrics.declare_authentication_failure("missing");
  metrics.count_request("/metrics", 200);
  metrics.count_request("/-/ready", 503);
  EXPECT_EQ(lines_of(metrics.render(), "http_requests_total"),
            "http_requests_total{path=\"/-/ready\",code=\"503\"} 1\n"
            "http_requests_total{path=\"/metrics\",code=\"200\"} 1\n"
            "http_requests_total{path=\"/metrics\",code=\"401\"} 0\n");
  EXPECT_EQ(lines_of(metrics.render(), "http_authentication_failures_total"),
            "http_authentication_failures_total{reason=\"missing\"} 0\n");
  metrics.count_authentication_failure("missing");
  EXPECT_EQ(lines_of(metrics.render(), "http_authentication_failures_total"),
            "http_authentication_failures_total{reason=\"missing\"} 1\n");
}

TEST(RuntimeMetrics, CountTheSeriesThatTheyStartWith) {
  RuntimeMetrics metrics;
  const std::size_t series = metrics.series();
  EXPECT_EQ(series, series_lines(metrics.render()).size());
  metrics.count_request("/metrics", 200);
  EXPECT_EQ(metrics.series(), series);
}

TEST(RuntimeMetrics, HaveFamiliesInOrderOfTheirNamesAndNoSeriesTwice) {
  RuntimeMetrics metrics;
  metrics.count_request("/metrics", 200);
  const std::vector<std::string> families = families_of(metrics.render());
  EXPECT_TRUE(std::is_sorted(families.begin(), families.end()));
  EXPECT_EQ(families.size(), 9U);
  std::set<std::string> series;
  for (const std::string& line : series_lines(metrics.render())) {
    EXPECT_TRUE(series.insert(line.substr(0, line.rfind(' '))).second) << line;
  }
}

TEST(RuntimeMetrics, LoseNothingWhenSeveralThreadsCountAndOneReads) {
  RuntimeMetrics metrics;
  constexpr int times = 1'000;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 3; ++thread) {
      threads.emplace_back([&metrics] {
        for (int time = 0; time < times; ++time) {
          metrics.count_request("/metrics", 200);
          metrics.observe_evaluation(std::chrono::seconds{1});
        }
      });
    }
    threads.emplace_back([&metrics] {
      for (int time = 0; time < 10; ++time) {
        EXPECT_THAT(metrics.render(), HasSubstr("evaluation_duration_seconds_count"));
      }
    });
  }
  EXPECT_THAT(metrics.render(), HasSubstr("{path=\"/metrics\",code=\"200\"} 3000\n"));
  EXPECT_THAT(metrics.render(), HasSubstr("evaluation_duration_seconds_count 3000\n"));
}

}  // namespace
}  // namespace compliance::test::runtime_metrics_test

// How requests are routed: paths, methods, authentication, counting, compression.
#include "exporter/publish/api/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/publish/metrics/exposition.h"
#include "exporter/publish/reports/report_formats.h"
#include "tests/support/exposition.h"
#include "tests/support/gunzip.h"
#include "tests/support/temporary_directory.h"

namespace compliance::router_test {
namespace {

using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;

constexpr const char* good = "Bearer correct-horse-battery";

std::string body_of(const ServerResponse& response) {
  return (response.body ? *response.body : "") + response.body_suffix;
}

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() : tokens_(load_tokens()), router_(context()) {}

  static ServerRequest request(const std::string& method, const std::string& path,
                               const std::string& authorization = good) {
    return {.method = method, .path = path, .authorization = authorization};
  }
  ServerResponse get(const std::string& path) { return router_.handle(request("GET", path)); }
  // The series that count requests, a line each.
  std::string requests() const { return test::lines_of(metrics_.render(), "http_requests_total"); }

  void publish() {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->installations.push_back({.result = {.name = "production"}});
    latest_.set(std::make_shared<const RenderedSnapshot>(render(snapshot)));
  }

  Result<std::string> reload_outcome_ = std::string("reloaded");
  FailureThrottle::Clock::time_point now_{std::chrono::hours(1)};
  int reloads_ = 0;
  Latest<RenderedSnapshot> latest_;
  RuntimeMetrics metrics_;
  test::TemporaryDirectory directory_;
  std::unique_ptr<BearerTokens> tokens_;
  Router router_;

 private:
  std::unique_ptr<BearerTokens> load_tokens() {
    return BearerTokens::load({directory_.write("token", "correct-horse-battery")}).value();
  }
  RouteContext context() {
    return {.latest = &latest_,
            .tokens = tokens_.get(),
            .metrics = &metrics_,
            .reload =
                [this] {
                  ++reloads_;
                  return reload_outcome_;
                },
            .now = [this] { return now_; }};
  }
};

TEST_F(RouterTest, HealthyIsOpen) {
  const auto response = router_.handle(request("GET", "/-/healthy", ""));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(body_of(response), "ok\n");
}

TEST_F(RouterTest, ReadyIsOpenAndFollowsTheFirstSnapshot) {
  EXPECT_EQ(router_.handle(request("GET", "/-/ready", "")).status, 503);
  EXPECT_EQ(router_.handle(request("GET", "/-/healthy", "")).status, 200);
  publish();
  EXPECT_EQ(router_.handle(request("HEAD", "/-/ready", "")).status, 200);
}

TEST_F(RouterTest, OpenPathsRefuseOtherMethodsWithoutAskingForAToken) {
  for (const auto* path : {"/-/healthy", "/-/ready"}) {
    const auto response = router_.handle(request("POST", path, ""));
    EXPECT_EQ(response.status, 405) << path;
    EXPECT_THAT(response.headers, Contains(Pair("Allow", "GET, HEAD"))) << path;
  }
}

TEST_F(RouterTest, NothingIsKnownAboutAPathWithoutAToken) {
  publish();
  const auto reference = router_.handle(request("GET", "/nowhere", ""));
  for (const auto* path : {"/metrics", "/-/reload", "/api/v1/report", "/", "/history",
                           "/checks/containers-non-root", "/-/healthy/", "/-/"}) {
    for (const auto* method : {"GET", "HEAD", "POST", "BREW"}) {
      const auto response = router_.handle(request(method, path, ""));
      EXPECT_EQ(response.status, 401) << method << " " << path;
      EXPECT_EQ(response.headers, reference.headers) << method << " " << path;
      EXPECT_EQ(body_of(response), body_of(reference)) << method << " " << path;
    }
  }
  EXPECT_EQ(reloads_, 0);
}

TEST_F(RouterTest, AsksForBearerOrBasicEachInAHeaderOfItsOwnSinceBrowsersFindNoSecondChallenge) {
  const auto headers = router_.handle(request("GET", "/metrics", "")).headers;
  EXPECT_EQ(headers.count("WWW-Authenticate"), 2U);
  EXPECT_THAT(headers, Contains(Pair("WWW-Authenticate", "Bearer")));
  EXPECT_THAT(headers,
              Contains(Pair("WWW-Authenticate", "Basic realm=\"caracal-compliance-exporter\"")));
  EXPECT_EQ(get("/nowhere").headers.count("WWW-Authenticate"), 0U);
}

TEST_F(RouterTest, UnknownPathsAre404WithAToken) {
  publish();
  for (const auto* path : {"/checks", "/checks/x", "/history/", "/index.html", "/metrics/",
                           "//metrics", "/%6Detrics", "/METRICS", "/-/healthy/"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
}

struct Allowed {
  std::string path;
  std::string method;
  std::string allow;
};

TEST_F(RouterTest, WrongMethodsAre405WithWhatIsAllowed) {
  publish();
  for (const auto& [path, method, allow] :
       {Allowed{"/metrics", "POST", "GET, HEAD"}, Allowed{"/metrics", "BREW", "GET, HEAD"},
        Allowed{"/metrics", "get", "GET, HEAD"}, Allowed{"/", "POST", "GET, HEAD"},
        Allowed{"/history", "PUT", "GET, HEAD"}, Allowed{"/checks/x", "POST", "GET, HEAD"},
        Allowed{"/api/v1/report", "DELETE", "GET, HEAD"}, Allowed{"/-/reload", "GET", "POST"},
        Allowed{"/-/reload", "HEAD", "POST"}}) {
    const auto response = router_.handle(request(method, path));
    EXPECT_EQ(response.status, 405) << method << " " << path;
    EXPECT_THAT(response.headers, Contains(Pair("Allow", allow))) << method << " " << path;
  }
  EXPECT_EQ(reloads_, 0);
}

TEST_F(RouterTest, MetricsAndReportFailBeforeTheFirstSnapshot) {
  EXPECT_EQ(get("/metrics").status, 503);
  EXPECT_EQ(get("/api/v1/report").status, 503);
}

TEST_F(RouterTest, MetricsAreTheVerdictsFollowedByTheLiveOnes) {
  publish();
  const auto response = get("/metrics");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(response.body, latest_.get()->exposition);
  EXPECT_THAT(response.body_suffix, HasSubstr("\nprocess_open_fds "));
  metrics_.observe_drift_latency(milliseconds{1});
  EXPECT_THAT(get("/metrics").body_suffix, HasSubstr("drift_detection_latency_seconds_count 1\n"))
      << "without another snapshot";
  EXPECT_EQ(response.headers.count("Content-Encoding"), 0U);
  EXPECT_EQ(router_.handle(request("HEAD", "/metrics")).body, response.body);
}

TEST_F(RouterTest, MetricsAreOneGzipMemberWhenThatIsAsked) {
  publish();
  auto asking = request("GET", "/metrics");
  asking.accepts_gzip = true;
  const auto response = router_.handle(asking);
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(response.headers, AllOf(Contains(Pair("Content-Encoding", "gzip")),
                                      Contains(Pair("Vary", "Accept-Encoding"))));
  const test::Gunzipped member = test::gunzip_member(body_of(response));
  EXPECT_TRUE(member.complete);
  EXPECT_EQ(member.unread, 0U) << "readers lose what follows the first member";
  EXPECT_THAT(member.text, StartsWith(*latest_.get()->exposition));
  EXPECT_THAT(member.text, HasSubstr("\nprocess_open_fds "));
}

TEST_F(RouterTest, MetricsArePlainWhenTheSnapshotCouldNotBeCompressed) {
  publish();
  auto rendered = *latest_.get();
  rendered.exposition_gzip = nullptr;
  latest_.set(std::make_shared<const RenderedSnapshot>(rendered));
  auto asking = request("GET", "/metrics");
  asking.accepts_gzip = true;
  EXPECT_EQ(router_.handle(asking).body, rendered.exposition);
}

TEST_F(RouterTest, ReportIsJson) {
  publish();
  for (const auto* query :
       {"", "format=json", "format=%6Ason", "format=%6a%73on", "x=1&format=json", "other"}) {
    auto asking = request("GET", "/api/v1/report");
    asking.parameters = query_parameters(query);
    const auto response = router_.handle(asking);
    EXPECT_EQ(response.status, 200) << query;
    EXPECT_EQ(response.content_type, "application/json") << query;
    EXPECT_EQ(body_of(response), render_json_report(*latest_.get()->snapshot, {})) << query;
    EXPECT_THAT(response.headers, AllOf(Contains(Pair("X-Content-Type-Options", "nosniff")),
                                        Contains(Pair("Cache-Control", "no-store"))));
  }
}

TEST_F(RouterTest, ReportComesInEveryFormatWithItsContentType) {
  publish();
  for (const ReportFormat& format : report_formats()) {
    auto asking = request("GET", "/api/v1/report");
    asking.parameters = query_parameters("format=" + std::string{format.name});
    const auto response = router_.handle(asking);
    EXPECT_EQ(response.status, 200) << format.name;
    EXPECT_EQ(response.content_type, format.content_type) << format.name;
    EXPECT_THAT(body_of(response), StartsWith(format.render(*latest_.get()->snapshot, {})))
        << format.name;
    EXPECT_THAT(response.headers, AllOf(Contains(Pair("X-Content-Type-Options", "nosniff")),
                                        Contains(Pair("Cache-Control", "no-store"))));
  }
}

TEST_F(RouterTest, ReportInAnUnknownFormatNamesTheKnownOnes) {
  publish();
  for (const auto* query : {"format=sarf", "format=", "format=JSON", "format=json&format=table",
                            "a=b&format=x", "format=%6", "format=%zzjson"}) {
    auto asking = request("GET", "/api/v1/report");
    asking.parameters = query_parameters(query);
    const auto response = router_.handle(asking);
    EXPECT_EQ(response.status, 400) << query;
    EXPECT_EQ(body_of(response), "format has to be one of " + report_format_list() + "\n") << query;
  }
}

TEST_F(RouterTest, PagesAreForBrowsers) {
  EXPECT_EQ(get("/").status, 503) << "before the first snapshot";
  publish();
  for (const auto* path : {"/", "/history", "/checks/containers-non-root"}) {
    const auto response = get(path);
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8") << path;
    EXPECT_EQ(response.headers.count("Content-Security-Policy"), 1U) << path;
  }
  EXPECT_EQ(get("/").status, 200);
  EXPECT_EQ(get("/history").status, 503) << "there is no history";
}

TEST_F(RouterTest, TheReportAsHtmlHasTheHeadersOfPages) {
  publish();
  auto asking = request("GET", "/api/v1/report");
  asking.parameters = query_parameters("format=html");
  const auto response = router_.handle(asking);
  EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
  EXPECT_THAT(response.headers, AllOf(Contains(Pair("X-Frame-Options", "DENY")),
                                      Contains(Pair("X-Content-Type-Options", "nosniff")),
                                      Contains(Pair("Referrer-Policy", "no-referrer"))));
  EXPECT_EQ(get("/api/v1/report").headers.count("Content-Security-Policy"), 0U);
}

TEST_F(RouterTest, PagesAreCountedByThreePaths) {
  publish();
  for (const auto* path :
       {"/", "/checks/containers-non-root", "/checks/a", "/checks/b", "/checks"}) {
    get(path);
  }
  EXPECT_THAT(requests(), AllOf(HasSubstr("{path=\"/\",code=\"200\"} 1\n"),
                                HasSubstr("{path=\"/checks\",code=\"200\"} 1\n"),
                                HasSubstr("{path=\"/checks\",code=\"404\"} 2\n"),
                                HasSubstr("{path=\"other\",code=\"404\"} 1\n")));
}

TEST_F(RouterTest, ReloadSaysHowItWent) {
  auto response = router_.handle(request("POST", "/-/reload"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(body_of(response), "reloaded\n");
  EXPECT_EQ(reloads_, 1);
  reload_outcome_ = Error{"config.yaml:3:1: unknown key"};
  response = router_.handle(request("POST", "/-/reload"));
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(body_of(response), "config.yaml:3:1: unknown key\n");
}

TEST_F(RouterTest, ReloadFailsWhereThereIsNone) {
  Router without({.latest = &latest_, .tokens = tokens_.get(), .metrics = &metrics_});
  EXPECT_EQ(without.handle(request("POST", "/-/reload")).status, 500);
}

TEST_F(RouterTest, ProbeAddressServesOnlyTheOpenPaths) {
  publish();
  EXPECT_EQ(router_.handle_probe(request("GET", "/-/healthy", "")).status, 200);
  EXPECT_EQ(router_.handle_probe(request("GET", "/-/ready", "")).status, 200);
  EXPECT_EQ(router_.handle_probe(request("POST", "/-/ready", "")).status, 405);
  for (const auto* path : {"/metrics", "/-/reload", "/api/v1/report", "/"}) {
    EXPECT_EQ(router_.handle_probe(request("GET", path)).status, 404) << path;
    EXPECT_EQ(router_.handle_probe(request("POST", path)).status, 404) << path;
  }
  EXPECT_EQ(reloads_, 0);
}

TEST_F(RouterTest, CountsRequestsByAClosedSetOfPaths) {
  publish();
  get("/metrics");
  get("/metrics");
  get("/metrics/../secret");
  get("/checks/x");
  router_.handle(request("GET", "/api/v1/report", ""));
  router_.handle(request("POST", "/-/reload"));
  router_.handle(request("GET", "/-/healthy"));
  router_.handle_probe(request("GET", "/-/ready"));
  std::string counted;
  for (const std::string& line : test::series_lines(metrics_.render())) {
    const bool shown =
        line.starts_with("caracal_compliance_http_requests") && !line.ends_with(" 0");
    counted += shown ? line.substr(line.find('{')) + "\n" : "";
  }
  EXPECT_EQ(counted,
            "{path=\"/-/healthy\",code=\"200\"} 1\n"
            "{path=\"/-/ready\",code=\"200\"} 1\n"
            "{path=\"/-/reload\",code=\"200\"} 1\n"
            "{path=\"/api/v1/report\",code=\"401\"} 1\n"
            "{path=\"/checks\",code=\"404\"} 1\n"
            "{path=\"/metrics\",code=\"200\"} 2\n"
            "{path=\"other\",code=\"404\"} 1\n");
}

TEST_F(RouterTest, CountsEveryOrdinaryAnswerFromZero) {
  const std::string before = requests();
  EXPECT_THAT(before, AllOf(HasSubstr("{path=\"/metrics\",code=\"401\"} 0\n"),
                            HasSubstr("{path=\"/-/reload\",code=\"500\"} 0\n"),
                            HasSubstr("{path=\"/api/v1/events\",code=\"400\"} 0\n"),
                            HasSubstr("{path=\"other\",code=\"404\"} 0\n")));
  publish();
  for (const auto* path : {"/metrics", "/-/healthy", "/-/ready", "/api/v1/report", "/", "/x"}) {
    get(path);
    router_.handle(request("POST", path, ""));
    router_.handle(request("POST", path));
  }
  const std::string after = requests();
  EXPECT_EQ(std::count(after.begin(), after.end(), '\n'),
            std::count(before.begin(), before.end(), '\n'))
      << after;
}

TEST_F(RouterTest, CountsFailedAuthenticationsByReasonFromZero) {
  const std::string family = "http_authentication_failures_total";
  EXPECT_EQ(test::lines_of(metrics_.render(), family), family + "{reason=\"malformed\"} 0\n" +
                                                           family + "{reason=\"mismatch\"} 0\n" +
                                                           family + "{reason=\"missing\"} 0\n");
  get("/metrics");
  router_.handle(request("GET", "/metrics", ""));
  router_.handle(request("GET", "/metrics", "Bearer wrong"));
  router_.handle(request("GET", "/metrics", "Bearer wrong"));
  router_.handle(request("GET", "/metrics", "Bearer"));
  EXPECT_EQ(test::lines_of(metrics_.render(), family), family + "{reason=\"malformed\"} 1\n" +
                                                           family + "{reason=\"mismatch\"} 2\n" +
                                                           family + "{reason=\"missing\"} 1\n");
}

TEST_F(RouterTest, SlowsAFloodOfFailuresButNeverAValidToken) {
  publish();
  for (int failure = 0; failure < 10; ++failure) {
    EXPECT_EQ(router_.handle(request("GET", "/metrics", "Bearer wrong")).delay, milliseconds(0));
  }
  EXPECT_EQ(router_.handle(request("GET", "/metrics", "Bearer wrong")).delay, milliseconds(250));
  EXPECT_EQ(get("/metrics").delay, milliseconds(0));
  EXPECT_EQ(get("/nowhere").delay, milliseconds(0));
  EXPECT_EQ(router_.handle(request("GET", "/-/healthy", "")).delay, milliseconds(0));
  now_ += std::chrono::seconds(2);
  EXPECT_EQ(router_.handle(request("GET", "/metrics", "")).delay, milliseconds(0));
}

TEST(RenderedSnapshots, HoldTheSnapshotInAllForms) {
  const auto snapshot = std::make_shared<const Snapshot>();
  const auto rendered = render(snapshot);
  EXPECT_EQ(rendered.snapshot, snapshot);
  EXPECT_EQ(*rendered.exposition, render_exposition(*snapshot));
  EXPECT_EQ(rendered.exposition_gzip->bytes, begin_gzip(*rendered.exposition)->bytes);
}

}  // namespace
}  // namespace compliance::router_test

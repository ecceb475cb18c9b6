// How requests are routed: paths, methods, authentication, counting, compression.
#include "exporter/publish/api/router.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "exporter/publish/reports/report_formats.h"
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

// What the gzip members in `compressed` hold, and how many there are.
std::pair<std::string, int> unzip(const std::string& compressed) {
  constexpr int gzip_only = 15 + 16;
  std::string text;
  int members = 0;
  z_stream stream{};
  std::array<char, 4096> buffer{};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(compressed.size());
  while (stream.avail_in > 0 && inflateInit2(&stream, gzip_only) == Z_OK) {
    int outcome = Z_OK;
    while (outcome == Z_OK) {
      stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
      stream.avail_out = buffer.size();
      outcome = inflate(&stream, Z_NO_FLUSH);
      text.append(buffer.data(), buffer.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (outcome != Z_STREAM_END) {
      return {text, -1};
    }
    ++members;
  }
  return {text, members};
}

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() : tokens_(load_tokens()), router_(context()) {}

  static ServerRequest request(const std::string& method, const std::string& path,
                               const std::string& authorization = good) {
    return {.method = method, .path = path, .authorization = authorization};
  }
  ServerResponse get(const std::string& path) { return router_.handle(request("GET", path)); }

  void publish() {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->installations.push_back({.result = {.name = "production"}});
    latest_.set(std::make_shared<const RenderedSnapshot>(render(snapshot)));
  }

  Result<std::string> reload_outcome_ = std::string("reloaded");
  FailureThrottle::Clock::time_point now_{std::chrono::hours(1)};
  int reloads_ = 0;
  Latest<RenderedSnapshot> latest_;
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

TEST_F(RouterTest, MetricsAreTheExpositionFollowedByTheProcessMetrics) {
  publish();
  const auto response = get("/metrics");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(response.body, latest_.get()->exposition);
  EXPECT_FALSE(response.body_suffix.empty());
  EXPECT_EQ(response.headers.count("Content-Encoding"), 0U);
  EXPECT_EQ(router_.handle(request("HEAD", "/metrics")).body, response.body);
}

TEST_F(RouterTest, MetricsAreCompressedWhenThatIsAsked) {
  publish();
  auto asking = request("GET", "/metrics");
  asking.accepts_gzip = true;
  const auto response = router_.handle(asking);
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(response.body, latest_.get()->exposition_gzip);
  EXPECT_THAT(response.headers, AllOf(Contains(Pair("Content-Encoding", "gzip")),
                                      Contains(Pair("Vary", "Accept-Encoding"))));
  const auto [text, members] = unzip(body_of(response));
  EXPECT_EQ(members, 2);
  EXPECT_THAT(text, StartsWith(*latest_.get()->exposition));
  EXPECT_GT(text.size(), latest_.get()->exposition->size());
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
    EXPECT_EQ(body_of(response), format.render(*latest_.get()->snapshot, {})) << format.name;
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
  const auto requests = router_.counts().requests;
  EXPECT_THAT(requests, Contains(Pair(Pair("/", 200), 1U)));
  EXPECT_THAT(requests, Contains(Pair(Pair("/checks", 200), 1U)));
  EXPECT_THAT(requests, Contains(Pair(Pair("/checks", 404), 2U)));
  EXPECT_THAT(requests, Contains(Pair(Pair("other", 404), 1U)));
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
  Router without({.latest = &latest_, .tokens = tokens_.get()});
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
  const std::map<std::pair<std::string, int>, std::uint64_t> expected = {
      {{"/metrics", 200}, 2},       {{"/checks", 404}, 1},   {{"other", 404}, 1},
      {{"/api/v1/report", 401}, 1}, {{"/-/reload", 200}, 1}, {{"/-/healthy", 200}, 1},
      {{"/-/ready", 200}, 1}};
  EXPECT_EQ(router_.counts().requests, expected);
}

TEST_F(RouterTest, CountsFailedAuthenticationsByReasonFromZero) {
  const std::map<std::string, std::uint64_t> none = {
      {"missing", 0}, {"malformed", 0}, {"mismatch", 0}};
  EXPECT_EQ(router_.counts().authentication_failures, none);
  get("/metrics");
  router_.handle(request("GET", "/metrics", ""));
  router_.handle(request("GET", "/metrics", "Bearer wrong"));
  router_.handle(request("GET", "/metrics", "Bearer wrong"));
  router_.handle(request("GET", "/metrics", "Bearer"));
  const std::map<std::string, std::uint64_t> some = {
      {"missing", 1}, {"malformed", 1}, {"mismatch", 2}};
  EXPECT_EQ(router_.counts().authentication_failures, some);
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
  EXPECT_EQ(unzip(*rendered.exposition_gzip), std::pair(*rendered.exposition, 1));
}

}  // namespace
}  // namespace compliance::router_test

// Where requests go, by what the configuration says.
#include "exporter/observe/probes/http/http_route.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace compliance::probes::http_route_test {
namespace {

RoutePlan planned(const HttpRoute& route) {
  const auto plan = plan_route(route);
  EXPECT_TRUE(plan) << route.url;
  return plan.value_or(RoutePlan{});
}

TEST(RoutePlanning, TakesHostAndPortOfTheUrl) {
  const RoutePlan plan = planned({.url = "https://Console.Example.com"});
  EXPECT_TRUE(plan.tls);
  EXPECT_EQ(plan.host, "console.example.com");
  EXPECT_EQ(plan.origin, "https://console.example.com");
  EXPECT_EQ(plan.path, "");
  EXPECT_EQ(plan.next().text(), "console.example.com:443");
  EXPECT_EQ(planned({.url = "http://10.0.0.1:8080/"}).next().text(), "10.0.0.1:8080");
  EXPECT_EQ(planned({.url = "http://[::1]:8080"}).next().text(), "[::1]:8080");
}

TEST(RoutePlanning, KeepsThePathWithoutTheSlashAtItsEnd) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"https://a.example/", ""},
      {"https://a.example//", ""},
      {"https://a.example/base", "/base"},
      {"https://a.example:8443/base/", "/base"},
      {"https://a.example/A%2fb/c", "/A%2fb/c"},
      {R"(https:\\a.example\base)", "/base"},
      {"https:a.example/base ", "/base"},
  };
  for (const auto& [url, path] : rows) {
    EXPECT_EQ(planned({.url = url}).path, path) << url;
  }
}

TEST(RoutePlanning, ConnectsElsewhereButAsksForTheUrlsHost) {
  const RoutePlan plan =
      planned({.url = "https://console.example.com", .connect_to = "[::1]:8443"});
  EXPECT_EQ(plan.host, "console.example.com");
  EXPECT_EQ(plan.origin, "https://console.example.com");
  EXPECT_EQ(plan.next().text(), "[::1]:8443");
  EXPECT_EQ(planned({.url = "https://a.example", .connect_to = "b.example:80"}).next().text(),
            "b.example:80");
}

TEST(RoutePlanning, GoesThroughTheProxyToTheTarget) {
  const RoutePlan plan = planned({.url = "https://console.example.com",
                                  .connect_to = "127.0.0.1:8443",
                                  .http_proxy = "http://proxy.example:3128"});
  EXPECT_EQ(plan.next().text(), "proxy.example:3128");
  EXPECT_EQ(plan.target.text(), "127.0.0.1:8443");
  EXPECT_FALSE(plan.proxy_tls);
  EXPECT_EQ(planned({.url = "http://a.example", .http_proxy = "https://p.example"}).next().text(),
            "p.example:443");
}

TEST(RoutePlanning, NamesAreComparedWithCertificatesWithoutTheirFinalDot) {
  const RoutePlan plan = planned({.url = "https://console.example.com."});
  EXPECT_EQ(plan.host, "console.example.com");
  EXPECT_EQ(plan.target.host, "console.example.com");
}

TEST(RoutePlanning, RefusesWhatTheConfigurationRefuses) {
  for (const HttpRoute& route :
       {HttpRoute{.url = ""}, HttpRoute{.url = "console.example.com"},
        HttpRoute{.url = "ftp://a.example"}, HttpRoute{.url = "https://u:p@a.example"},
        HttpRoute{.url = "https://a.example/?q"}, HttpRoute{.url = "https://a.example/#f"},
        HttpRoute{.url = "https://a.example", .connect_to = "b.example/x"},
        HttpRoute{.url = "https://a.example", .connect_to = "u@b.example:1"},
        HttpRoute{.url = "https://a.example", .http_proxy = "http://u:p@proxy.example"},
        HttpRoute{.url = "https://a.example", .http_proxy = "socks5://proxy.example"}}) {
    EXPECT_FALSE(plan_route(route)) << route.url << route.connect_to << route.http_proxy;
  }
}

TEST(RoutePlanning, KnowsWhatStaysOnThisMachine) {
  EXPECT_TRUE(is_local_only(planned({.url = "http://127.0.0.1:3001"})));
  EXPECT_TRUE(is_local_only(planned({.url = "http://localhost:3001"})));
  EXPECT_TRUE(is_local_only(planned({.url = "http://[::1]:3001"})));
  EXPECT_TRUE(is_local_only(planned({.url = "http://a.example", .connect_to = "127.0.0.2:80"})));
  EXPECT_FALSE(is_local_only(planned({.url = "http://10.0.0.1"})));
  EXPECT_FALSE(is_local_only(planned({.url = "http://localhost", .connect_to = "10.0.0.1:80"})));
  EXPECT_FALSE(
      is_local_only(planned({.url = "http://localhost", .http_proxy = "http://127.0.0.1:1"})))
      << "the proxy's own loopback is meant then";
}

}  // namespace
}  // namespace compliance::probes::http_route_test

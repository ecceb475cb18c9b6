// The section endpoints of an installation: what is read, and what is refused where.
#include <gtest/gtest.h>

#include "exporter/config/config.h"
#include "exporter/config/parse_config.h"

namespace compliance::endpoints_config_test {
namespace {

// Reads an installation whose key `endpoints` begins at line 4, column 5.
Result<Config> parsed(const std::string& endpoints) {
  return parse_config(
      "/etc/x/exporter.yaml",
      "installations:\n  - name: a\n    compose: {files: [c.yaml]}\n    endpoints:" + endpoints +
          "\n");
}

EndpointsConfig read(const std::string& endpoints) {
  const auto config = parsed(endpoints);
  EXPECT_TRUE(config) << config.error().message;
  return config ? config.value().installations.front().endpoints : EndpointsConfig{};
}

std::string refusal(const std::string& endpoints) {
  const auto config = parsed(endpoints);
  return config ? "accepted" : config.error().message;
}

TEST(EndpointsConfig, ReadsEveryKey) {
  EXPECT_EQ(
      read(R"(
      web:
        url: https://caracal.example.net/x
        connect_to: 127.0.0.1:8443
        connect_to_http: "[::1]:8080"
        ca_file: ca.pem
        http_proxy: http://proxy:3128
        session_cookie_file: /run/cookie
        headers_file: headers
        replicas: 3
      sts: {url: "https://sts.example.net", zone: z1}
      metrics_bearer_file: bearer)"),
      (EndpointsConfig{
          .list = {{.component = Component::web,
                    .url = "https://caracal.example.net/x",
                    .connect_to = "127.0.0.1:8443",
                    .connect_to_http = "[::1]:8080",
                    .ca_file = "/etc/x/ca.pem",
                    .http_proxy = "http://proxy:3128",
                    .session_cookie_file = "/run/cookie",
                    .headers_file = "/etc/x/headers",
                    .replicas = 3},
                   {.component = Component::sts, .url = "https://sts.example.net", .zone = "z1"}},
          .metrics_bearer_file = "/etc/x/bearer"}));
}

TEST(EndpointsConfig, KnowsEveryComponentThatAnswers) {
  for (const char* name : {"web", "sts", "gateway", "api", "coordinator", "audit"}) {
    const EndpointsConfig endpoints =
        read(std::string{" {"} + name + ": {url: 'http://10.0.0.1:8080'}}");
    ASSERT_EQ(endpoints.list.size(), 1U);
    EXPECT_EQ(name_of(endpoints.list.front().component), name);
    EXPECT_EQ(endpoints.list.front().replicas, 1U);
  }
}

TEST(EndpointsConfig, IsASourceByItself) {
  EXPECT_TRUE(parse_config(
      "x.yaml", "installations:\n  - {name: a, endpoints: {web: {url: 'https://a'}}}\n"));
}

struct RefusedRow {
  const char* name;
  const char* endpoints;
  const char* message;
};

class RefusedEndpoints : public testing::TestWithParam<RefusedRow> {};

TEST_P(RefusedEndpoints, AreNamedWithTheirPlace) {
  EXPECT_EQ(refusal(GetParam().endpoints),
            std::string{"/etc/x/exporter.yaml:"} + GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    EndpointsConfig, RefusedEndpoints,
    testing::Values(
        RefusedRow{"Text", " web",
                   "4:16: endpoints must be a mapping with keys of: api, audit, "
                   "coordinator, gateway, metrics_bearer_file, sts, web"},
        RefusedRow{"UnknownComponent", " {redis: {url: 'redis://r'}}",
                   "4:17: unknown key 'redis' in endpoints; allowed: api, audit, coordinator, "
                   "gateway, metrics_bearer_file, sts, web"},
        RefusedRow{"UnknownKey", " {sts: {url: 'https://s', replicas: 2}}",
                   "4:41: unknown key 'replicas' in endpoints.sts; allowed: ca_file, connect_to, "
                   "http_proxy, url, zone"},
        RefusedRow{"ZoneOfWeb", " {web: {url: 'https://s', zone: z}}",
                   "4:41: unknown key 'zone' in endpoints.web; allowed: ca_file, connect_to, "
                   "connect_to_http, headers_file, http_proxy, replicas, session_cookie_file, url"},
        RefusedRow{"NoUrl", " {web: {replicas: 2}}", "4:22: endpoints.web needs a url"},
        RefusedRow{"EmptyUrl", " {web: {url: ''}}", "4:28: must be a non-empty string"},
        RefusedRow{"NoScheme", " {web: {url: a.example.net}}",
                   "4:28: must be an http or https URL; this is no http or https URL"},
        RefusedRow{"OtherScheme", " {web: {url: 'ftp://a'}}",
                   "4:28: must be an http or https URL; this is no http or https URL"},
        RefusedRow{"NoHost", " {web: {url: 'https://'}}",
                   "4:28: must be an http or https URL; this is a URL without host"},
        RefusedRow{"BadPort", " {web: {url: 'https://a:99999'}}",
                   "4:28: must be an http or https URL; this is a URL with a port that is none"}),
    [](const auto& row) { return row.param.name; });

TEST(EndpointsConfig, RefusesPartsOfAUrlThatDoNotBelongThere) {
  for (const char* url : {"https://user@a", "https://user:hunter2@a", "https://a?token=hunter2",
                          "https://a/#hunter2"}) {
    const std::string message = refusal(std::string{" {web: {url: '"} + url + "'}}");
    EXPECT_EQ(message, std::string{"/etc/x/exporter.yaml:4:28: must be a URL without credentials, "
                                   "query and fragment"})
        << url;
  }
}

TEST(EndpointsConfig, RefusesPeersThatAreNone) {
  for (const char* value :
       {"a", ":80", "a:", "a:0", "a:65536", "a:x", "a:80:90", "a/b:80", "user@a:80", "@a:80",
        "a b:80", "http://a:80", "::1:80", "[::1]", "a:80/", "a:80?"}) {
    EXPECT_EQ(refusal(std::string{" {web: {url: 'https://a', connect_to: '"} + value + "'}}"),
              "/etc/x/exporter.yaml:4:53: must be HOST:PORT, an IPv6 address in brackets")
        << value;
    EXPECT_NE(refusal(std::string{" {web: {url: 'https://a', connect_to_http: '"} + value + "'}}"),
              "accepted")
        << value;
  }
  for (const char* value : {"a:1", "a.example.net:65535", "10.0.0.1:443", "[fd00::1]:443"}) {
    EXPECT_EQ(refusal(std::string{" {web: {url: 'https://a', connect_to: '"} + value + "'}}"),
              "accepted")
        << value;
  }
}

TEST(EndpointsConfig, RefusesProxiesThatAreNone) {
  for (const char* value : {"proxy:3128", "socks5://proxy", "http://user:hunter2@proxy",
                            "http://proxy/x", "http://proxy?x"}) {
    const std::string message =
        refusal(std::string{" {web: {url: 'https://a', http_proxy: '"} + value + "'}}");
    EXPECT_EQ(message,
              "/etc/x/exporter.yaml:4:53: must be the http or https URL of a proxy, without "
              "credentials")
        << value;
  }
}

TEST(EndpointsConfig, RefusesOtherValues) {
  EXPECT_EQ(refusal(" {web: {url: 'https://a', replicas: 0}}"),
            "/etc/x/exporter.yaml:4:51: must be a whole number above zero");
  for (const char* key : {"connect_to", "connect_to_http", "ca_file", "http_proxy",
                          "session_cookie_file", "headers_file"}) {
    const std::string column = std::to_string(43 + std::string{key}.size());
    EXPECT_EQ(refusal(std::string{" {web: {url: 'https://a', "} + key + ": ''}}"),
              "/etc/x/exporter.yaml:4:" + column + ": must be a non-empty string");
  }
  EXPECT_EQ(refusal(" {metrics_bearer_file: ''}"),
            "/etc/x/exporter.yaml:4:38: must be a non-empty string");
}

}  // namespace
}  // namespace compliance::endpoints_config_test

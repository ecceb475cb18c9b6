// What an operator declares of an installation: split origins, private upstreams, the allowlist.
#include <gtest/gtest.h>

#include "exporter/config/parse_config.h"

namespace compliance::declarations_test {
namespace {

// Reads an installation whose fourth line is `line`, indented by four.
Result<Config> parsed(const std::string& line) {
  return parse_config(
      "x.yaml", "installations:\n  - name: a\n    compose: {files: [c.yaml]}\n    " + line + "\n");
}

InstallationConfig read(const std::string& line) {
  const auto config = parsed(line);
  EXPECT_TRUE(config) << config.error().message;
  return config ? config.value().installations.front() : InstallationConfig{};
}

std::string refusal(const std::string& line) {
  const auto config = parsed(line);
  return config ? "accepted" : config.error().message;
}

TEST(Declarations, DefaultToNothing) {
  const InstallationConfig installation = read("environment: production");
  EXPECT_TRUE(installation.split_origins.empty());
  EXPECT_TRUE(installation.private_upstreams.empty());
  EXPECT_TRUE(installation.upstream_allowlist_expected);
}

TEST(Declarations, KeepSplitOriginsAsBrowsersWriteThem) {
  EXPECT_EQ(read("split_origins: ['HTTPS://Console.Example.NET:443/', 'http://[::1]:3001', "
                 "https://b.example.net:8443]")
                .split_origins,
            (std::vector<std::string>{"https://console.example.net", "http://[::1]:3001",
                                      "https://b.example.net:8443"}));
  EXPECT_TRUE(read("split_origins: []").split_origins.empty());
}

TEST(Declarations, RefuseWhatIsNoOrigin) {
  for (const char* origin :
       {"console.example.net", "https://a/x", "https://a?x", "https://a#x", "ftp://a",
        "https://user:hunter2@a", "https://", "*", "https://a:99999"}) {
    EXPECT_EQ(refusal(std::string{"split_origins: [https://ok, '"} + origin + "']"),
              "x.yaml:4:33: must be an origin: http or https, a host, perhaps a port, nothing else")
        << origin;
  }
}

TEST(Declarations, RefuseOriginsThatAreNoTexts) {
  EXPECT_EQ(refusal("split_origins: https://a"), "x.yaml:4:20: must be a list of strings");
  EXPECT_NE(refusal("split_origins: [[https://a]]"), "accepted");
  EXPECT_NE(refusal("split_origins: [{a: b}]"), "accepted");
  for (const char* key : {"split_origins", "private_upstreams"}) {
    const std::string column = std::to_string(8 + std::string{key}.size());
    EXPECT_EQ(refusal(std::string{key} + ": ['']"),
              "x.yaml:4:" + column + ": must be a non-empty string");
  }
}

TEST(Declarations, KeepPrivateUpstreamsAsTheyStand) {
  EXPECT_EQ(read("private_upstreams: [Tool.Internal, 10.0.0.1, 'fd00::1']").private_upstreams,
            (std::vector<std::string>{"Tool.Internal", "10.0.0.1", "fd00::1"}));
}

TEST(Declarations, RefuseUpstreamsThatCouldNotMatch) {
  for (const char* host : {" ", "a,b", "https://a", "a:443", "*.a", "[::1]", "10.0.0.0/8", "a/x",
                           "user@a", "a b", ".a"}) {
    EXPECT_EQ(refusal(std::string{"private_upstreams: [ok, '"} + host + "']"),
              "x.yaml:4:29: must be a bare host name or address, as in the Gateway's allowlist")
        << host;
  }
  EXPECT_EQ(refusal("private_upstreams: tool"), "x.yaml:4:24: must be a list of strings");
}

TEST(Declarations, SayWhetherAnAllowlistIsExpected) {
  EXPECT_FALSE(read("upstream_allowlist_expected: false").upstream_allowlist_expected);
  EXPECT_TRUE(read("upstream_allowlist_expected: true").upstream_allowlist_expected);
  for (const char* value : {"no", "'false'", "0", "[]"}) {
    EXPECT_EQ(refusal(std::string{"upstream_allowlist_expected: "} + value),
              "x.yaml:4:34: must be true or false")
        << value;
  }
}

}  // namespace
}  // namespace compliance::declarations_test

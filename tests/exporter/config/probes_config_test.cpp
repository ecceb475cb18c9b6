// What serves probes beside the endpoints: what must not answer, data stores, name servers,
// manners.
#include <gtest/gtest.h>

#include "exporter/config/config.h"
#include "exporter/config/parse_config.h"

namespace compliance::probes_config_test {
namespace {

using namespace std::chrono_literals;

Config read(const std::string& keys, const std::string& rest = "") {
  const auto config =
      parse_config("x.yaml", "installations:\n  - {name: a, " + keys + "}\n" + rest);
  EXPECT_TRUE(config) << config.error().message;
  return config ? config.value() : Config{};
}

TEST(ProbesConfig, ReadsWhatMustNotAnswer) {
  const InstallationConfig installation =
      read(
          "exposure: {addresses: [Caracal.Example, 192.0.2.7, '::1', '[2001:db8::1]'], "
          "ports: [3000, 6379]}")
          .installations.front();
  EXPECT_EQ(installation.exposure,
            (ExposureConfig{.addresses = {"caracal.example", "192.0.2.7", "::1", "2001:db8::1"},
                            .ports = {3000, 6379}}));
}

TEST(ProbesConfig, ReadsDataStores) {
  EXPECT_EQ(
      read("datastores: {redis: 'rediss://redis.internal:6380', postgres: 'pg.internal:5432'}")
          .installations.front()
          .datastores,
      (DatastoresConfig{.redis = {.host = "redis.internal", .port = 6380},
                        .redis_tls = true,
                        .postgres = {.host = "pg.internal", .port = 5432}}));
  const DatastoresConfig plain =
      read("datastores: {redis: 'redis://[::1]:6379'}").installations.front().datastores;
  EXPECT_EQ(plain.redis, (HostPort{.host = "::1", .port = 6379}));
  EXPECT_FALSE(plain.redis_tls);
  EXPECT_TRUE(plain.postgres.host.empty());
}

TEST(ProbesConfig, ReadsNameServers) {
  EXPECT_EQ(
      read("compose: {files: [c]}, dns: {servers: ['127.0.0.1:5353', '[::1]:53'], "
           "search: [svc.cluster.local]}")
          .installations.front()
          .dns,
      (DnsConfig{.servers = {"127.0.0.1:5353", "[::1]:53"}, .search = {"svc.cluster.local"}}));
}

TEST(ProbesConfig, ReadsMannersAndHasThoseOfTheContractOtherwise) {
  EXPECT_EQ(read("compose: {files: [c]}").probing, (ProbeSettings{.interval = 60s,
                                                                  .timeout = 10s,
                                                                  .limiter_interval = 15min,
                                                                  .concurrency = 32,
                                                                  .offline = false}));
  EXPECT_EQ(read("compose: {files: [c]}",
                 "probe_interval: 5m\npolicy: {probe_timeout: 500ms, rate_limit_probe_interval: "
                 "1h, probe_concurrency: 4}\n")
                .probing,
            (ProbeSettings{
                .interval = 5min, .timeout = 500ms, .limiter_interval = 1h, .concurrency = 4}));
}

TEST(ProbesConfig, IsASourceByItself) {
  EXPECT_EQ(read("datastores: {postgres: 'p:1'}").installations.size(), 1U);
  EXPECT_EQ(read("exposure: {addresses: [a], ports: [1]}").installations.size(), 1U);
}

struct HostPortRow {
  const char* text;
  std::optional<HostPort> expected;
};

TEST(ReadHostPort, TakesHostsWithTheirPortAlone) {
  const std::vector<HostPortRow> rows{
      {"", std::nullopt},
      {"host", std::nullopt},
      {"host:", std::nullopt},
      {":80", std::nullopt},
      {"host:0", std::nullopt},
      {"host:65536", std::nullopt},
      {"host:+80", std::nullopt},
      {"host:80 ", std::nullopt},
      {"user@host:80", std::nullopt},
      {"http://host:80", std::nullopt},
      {"host/path:80", std::nullopt},
      {"::1:80", std::nullopt},
      {"[::1]", std::nullopt},
      {"[::1:80", std::nullopt},
      {"host:80", HostPort{.host = "host", .port = 80}},
      {"192.0.2.1:65535", HostPort{.host = "192.0.2.1", .port = 65'535}},
      {"[::1]:1", HostPort{.host = "::1", .port = 1}},
  };
  for (const HostPortRow& row : rows) {
    EXPECT_EQ(read_host_port(row.text), row.expected) << row.text;
  }
}

}  // namespace
}  // namespace compliance::probes_config_test

// internal-services-redis-transport
#include <gtest/gtest.h>

#include "tests/checks/internal_services/stores.h"

namespace compliance::test::redis_transport_test {
namespace {

constexpr auto id = "internal-services-redis-transport";
constexpr auto outside = "leads to an external Redis without TLS";

Container api_reading(const std::string& url) { return reading(Component::api, "REDIS_URL", url); }

TEST(InternalServicesRedisTransport, DoesNotApplyToTheBundledRedis) {
  Installation installation = packaged_compose();
  add_secret_file(installation, "redisUrl", "redis://:60303ae22b99@redis:6379");
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

TEST(InternalServicesRedisTransport, DoesNotApplyToAnyServiceOfTheProject) {
  Container proxy = hardened_service(Component::other);
  proxy.name = "redis-proxy";
  EXPECT_EQ(status_of(id, compose_installation({proxy, api_reading("redis://redis-proxy:6379")})),
            Outcome::not_applicable);
}

TEST(InternalServicesRedisTransport, IsUnknownForANameThatMayBeAnAlias) {
  const Finding finding = first_finding(id, api_reading("redis://cache:6379"));
  EXPECT_EQ(finding.outcome, Outcome::unknown);
  EXPECT_EQ(finding.reason, UnknownReason::not_observable);
  EXPECT_EQ(finding.message,
            "whether REDIS_URL leads outside is not visible: its host is not a service of the "
            "project, but may be an alias on one of its networks");
  EXPECT_EQ(finding.object, "service api");
  EXPECT_EQ(status_of(id, api_reading("rediss://cache:6380")), Outcome::pass);
}

TEST(InternalServicesRedisTransport, DoesNotTreatAPodAsAHost) {
  Container redis = hardened_pod_container(Component::redis);
  Installation installation = kubernetes_installation({redis, api_reading("redis://redis:6379")});
  expect_fail(id, installation, "REDIS_URL leads to an external Redis without TLS",
              at(Source::compose, 10, 7));
}

TEST(InternalServicesRedisTransport, DoesNotApplyToTheContainerItself) {
  for (const char* url : {"redis://localhost:6379", "redis://127.0.0.1", "redis://[::1]:6379",
                          "redis://x.localhost", "unix:///run/redis.sock"}) {
    EXPECT_EQ(status_of(id, api_reading(url)), Outcome::not_applicable) << url;
  }
}

TEST(InternalServicesRedisTransport, PassesForTls) {
  EXPECT_EQ(status_of(id, api_reading("rediss://:60303ae22b99@cache.example.net:6380")),
            Outcome::pass);
  EXPECT_EQ(status_of(id, api_reading("REDISS://cache.example.net")), Outcome::pass);
}

TEST(InternalServicesRedisTransport, FailsForAnExternalRedisWithoutTls) {
  const Finding finding = first_finding(id, api_reading("redis://:60303ae22b99@cache.example.net"));
  EXPECT_EQ(finding.message, std::string{"REDIS_URL "} + outside);
  EXPECT_EQ(finding.expected, "rediss://");
  EXPECT_EQ(finding.observed, "redis://");
  EXPECT_EQ(finding.component, Component::api);
  EXPECT_EQ(finding.object, "service api");
  EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
  EXPECT_EQ(first_finding(id, api_reading("http://cache.example.net")).observed, "another scheme");
}

TEST(InternalServicesRedisTransport, EvaluatesEveryServiceThatReadsIt) {
  for (const Component component : {Component::sts, Component::api, Component::gateway,
                                    Component::audit, Component::coordinator}) {
    expect_fail(id, reading(component, "REDIS_URL", "redis://cache.net"),
                "REDIS_URL leads to an external Redis without TLS", at(Source::compose, 10, 7));
  }
  EXPECT_EQ(status_of(id, reading(Component::web, "REDIS_URL", "redis://cache.net")),
            Outcome::not_applicable);
  Container init = api_reading("redis://cache.net");
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
}

TEST(InternalServicesRedisTransport, ReadsTheSecretFileOnce) {
  Installation installation = packaged_compose();
  add_secret_file(installation, "redisUrl", "redis://:60303ae22b99@cache.example.net:6379");
  const CheckResult result = result_of(id, installation);
  EXPECT_EQ(messages_of(result), std::vector<std::string>{std::string{"redisUrl "} + outside});
  EXPECT_EQ(result.findings.front().object, "secret redisUrl");
  EXPECT_EQ(result.findings.front().component, Component::installation);
  EXPECT_EQ(result.findings.front().origin.place.text(), "secrets/redisUrl");
}

TEST(InternalServicesRedisTransport, ReadsTheSecretAmongTheManifests) {
  Installation installation =
      kubernetes_installation({reading_secret(Component::api, "REDIS_URL", "redisUrl")});
  installation.kubernetes.stored_objects = {
      secret_holding("redisUrl", "redis://cache.example.net")};
  const Finding finding =
      expect_fail(id, installation, "redisUrl leads to an external Redis without TLS",
                  at(Source::kubernetes, 70));
  EXPECT_EQ(finding.object, "Secret caracal-runtime key redisUrl");
}

TEST(InternalServicesRedisTransport, TellsSecretsOfOneNameApartByTheirNamespaces) {
  Container here = reading_secret(Component::api, "REDIS_URL", "redisUrl");
  Container there = here;
  there.object_namespace = "staging";
  Installation installation = kubernetes_installation({here, there});
  installation.kubernetes.stored_objects = {
      secret_holding("redisUrl", "rediss://redis.example.net:6380"),
      secret_holding("redisUrl", "redis://redis.example.net:6379")};
  installation.kubernetes.stored_objects.back().object_namespace = "staging";
  expect_fail(id, installation, "redisUrl leads to an external Redis without TLS",
              at(Source::kubernetes, 70));
}

TEST(InternalServicesRedisTransport, IsUnknownWhereNoSecretFilesAreConfigured) {
  const CheckResult result = result_of(id, packaged_compose());
  EXPECT_EQ(messages_of(result),
            std::vector<std::string>{
                "no secret files are configured, so the URL in redisUrl is unknown"});
  EXPECT_EQ(result.findings.front().reason, UnknownReason::not_configured);
  EXPECT_EQ(result_of(id, packaged_kubernetes()).findings.front().reason,
            UnknownReason::not_configured);
}

TEST(InternalServicesRedisTransport, EvaluatesSecretFilesWithoutContainers) {
  EXPECT_EQ(status_of(id, with_files_alone("redisUrl", "rediss://redis:6380")), Outcome::pass);
  expect_fail(id, with_files_alone("redisUrl", "redis://cache.example.net"),
              "redisUrl leads to an external Redis without TLS", at_secret_file("redisUrl"));
  EXPECT_EQ(status_of(id, with_files_alone("databaseUrl", "redis://cache.example.net")),
            Outcome::not_applicable);
  expect_unknown(
      id, with_files_alone("redisUrl", "redis://redis:6379"),
      {.reason = UnknownReason::not_configured,
       .message =
           "only Compose or Kubernetes files could show whether the host of redisUrl is a service "
           "beside it"},
      at_secret_file("redisUrl"));
}

}  // namespace
}  // namespace compliance::test::redis_transport_test

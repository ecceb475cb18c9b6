// Connections to an external Redis use TLS. The bundled one has none and needs none on its bridge
// (FACTS.md 12, T56).
#include <array>

#include "checks/check.h"
#include "checks/internal_services/shared/data_store.h"

namespace compliance::internal_services {
namespace {

// All services but web, which has no Redis (FACTS.md 2.3).
constexpr std::array redis_readers{Component::sts, Component::api, Component::gateway,
                                   Component::audit, Component::coordinator};
constexpr std::array<std::string_view, 1> redis_variables{"REDIS_URL"};

// Only rediss is TLS. A scheme that is neither fails too and is not shown.
Verdict redis_url_verdict(const StoreUrl& url, const LooseUrl& shape) {
  if (shape.scheme == "rediss") {
    return pass();
  }
  const std::string observed = shape.scheme == "redis" ? "redis://" : "another scheme";
  return with_expected_observed(
      fail(url.name + " leads to an external Redis without TLS", url.shape.origin), "rediss://",
      observed);
}

Verdicts evaluate_redis_transport(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const StoreUrl& url : DataStores{installation}.urls(redis_readers, redis_variables)) {
    verdicts.push_back(attributed_to(store_url_verdict(url, installation, &redis_url_verdict),
                                     url.component, url.object));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check redis_transport{
    .id = "internal-services-redis-transport",
    .title = "Connections to an external Redis use TLS",
    .area = Area::internal_services,
    .severity = Severity::medium,
    .evidence = Source::compose | Source::kubernetes | Source::secrets,
    .why = "Without TLS the password and every event cross the network in plaintext.",
    .remediation = "Use a rediss:// URL in redisUrl.",
    .reference =
        "https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/",
    .rule = &evaluate_redis_transport,
};
}  // namespace compliance::internal_services

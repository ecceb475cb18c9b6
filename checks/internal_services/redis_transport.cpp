// An external Redis is reached over TLS.
#include <array>

#include "checks/check.h"
#include "checks/subject/data_store.h"

namespace compliance::internal_services {
namespace {

constexpr std::array readers{Component::sts, Component::api, Component::gateway, Component::audit,
                             Component::coordinator};
constexpr std::array<std::string_view, 1> variables{"REDIS_URL"};

Verdict judge(const StoreUrl& url, const UrlShape& shape) {
  if (shape.scheme == "rediss") {
    return pass();
  }
  const std::string observed = shape.scheme == "redis" ? "redis://" : "another scheme";
  return comparing(fail(url.name + " leads to an external Redis without TLS", url.shape.origin),
                   "rediss://", observed);
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const StoreUrl& url : DataStores{installation}.urls(readers, variables)) {
    verdicts.push_back(
        about(judge_store_url(url, installation, &judge), url.component, url.object));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check redis_transport{
    .id = "internal-services-redis-transport",
    .title = "An external Redis is reached over TLS",
    .area = Area::internal_services,
    .severity = Severity::medium,
    .evidence = Evidence::compose | Evidence::kubernetes | Evidence::secret_files,
    .why = "Without TLS the password and every event pass the network in plain text.",
    .remediation = "Use a rediss:// URL in redisUrl.",
    .reference =
        "https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/",
    .rule = &evaluate,
};
}  // namespace compliance::internal_services

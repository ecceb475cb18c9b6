// The services of the packaged installation of June 2026, with their variables and secret mounts.
#include "tests/support/packaged.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace compliance::test {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

const std::map<std::string, std::string>& logical_names() {
  static const std::map<std::string, std::string> names{
      {"DATABASE_URL", "databaseUrl"},
      {"REDIS_URL", "redisUrl"},
      {"ZONE_KEK", "zoneKek"},
      {"AUDIT_HMAC_KEY", "auditHmacKey"},
      {"STREAMS_HMAC_KEY", "streamsHmacKey"},
      {"GATEWAY_STS_HMAC_KEY", "gatewayStsHmacKey"},
      {"METRICS_BEARER", "metricsBearer"},
      {"CARACAL_ADMIN_TOKEN", "caracalAdminToken"},
      {"CONTROL_API_TOKEN", "caracalAdminToken"},
      {"CARACAL_COORDINATOR_TOKEN", "caracalCoordinatorToken"},
      {"CARACAL_AUTH_DATABASE_URL", "authDatabaseUrl"},
      {"CARACAL_AUTH_SECRET", "caracalAuthSecret"},
      {"POSTGRES_PASSWORD", "postgresPassword"},
      {"PGPASSWORD", "postgresPassword"},
      {"REDIS_PASSWORD", "redisPassword"}};
  return names;
}

std::vector<std::string> secrets_of(Component component) {
  switch (component) {
    case Component::sts:
      return {"DATABASE_URL",   "REDIS_URL",        "ZONE_KEK",
              "AUDIT_HMAC_KEY", "STREAMS_HMAC_KEY", "GATEWAY_STS_HMAC_KEY",
              "METRICS_BEARER"};
    case Component::api:
      return {"DATABASE_URL",         "REDIS_URL",           "ZONE_KEK",       "STREAMS_HMAC_KEY",
              "GATEWAY_STS_HMAC_KEY", "CARACAL_ADMIN_TOKEN", "METRICS_BEARER", "AUDIT_HMAC_KEY",
              "CONTROL_API_TOKEN"};
    case Component::gateway:
      return {"DATABASE_URL",         "REDIS_URL",           "STREAMS_HMAC_KEY", "AUDIT_HMAC_KEY",
              "GATEWAY_STS_HMAC_KEY", "CARACAL_ADMIN_TOKEN", "METRICS_BEARER"};
    case Component::audit:
      return {"DATABASE_URL", "REDIS_URL", "AUDIT_HMAC_KEY", "METRICS_BEARER"};
    case Component::coordinator:
      return {"DATABASE_URL", "REDIS_URL", "STREAMS_HMAC_KEY", "CARACAL_COORDINATOR_TOKEN",
              "METRICS_BEARER"};
    case Component::web:
      return {"CARACAL_AUTH_DATABASE_URL", "CARACAL_AUTH_SECRET", "CARACAL_ADMIN_TOKEN",
              "CARACAL_COORDINATOR_TOKEN"};
    case Component::postgres:
      return {"POSTGRES_PASSWORD"};
    case Component::redis:
      return {"REDIS_PASSWORD"};
    case Component::migrate:
      return {"PGPASSWORD"};
    default:
      return {};
  }
}

Pairs compose_variables(Component component) {
  switch (component) {
    case Component::sts:
      return {{"CARACAL_MODE", "stable"},
              {"ISSUER_URL", "http://localhost:8080"},
              {"STS_ADMIN_TOKEN", ""},
              {"ZONE_KEK_PROVIDER", "local"},
              {"PORT", "8080"}};
    case Component::api:
      return {{"CARACAL_MODE", "stable"},
              {"STS_URL", "http://sts:8080"},
              {"CARACAL_CONTROL_ENABLED", "true"},
              {"CONTROL_GATE_FILE", "/run/caracal-control/enabled"},
              {"STS_JWKS_URL", "http://sts:8080/.well-known/jwks.json"},
              {"STS_ISSUER_URL", "http://localhost:8080"},
              {"CONTROL_AUDIENCE", "caracal-control"},
              {"PORT", "3000"},
              {"HOST", "0.0.0.0"}};
    case Component::gateway:
      return {{"CARACAL_MODE", "stable"},
              {"STS_URL", "http://sts:8080"},
              {"UPSTREAM_HOST_ALLOWLIST", ""},
              {"PORT", "8081"}};
    case Component::audit:
      return {{"CARACAL_MODE", "stable"}, {"AUDIT_ADMIN_TOKEN", ""}, {"PORT", "9090"}};
    case Component::coordinator:
      return {{"CARACAL_MODE", "stable"},
              {"STS_URL", "http://sts:8080"},
              {"ISSUER_URL", "http://localhost:8080"},
              {"AGENT_COORDINATOR_SCOPE", "agent:lifecycle"},
              {"PORT", "4000"}};
    case Component::web:
      return {{"NODE_ENV", "production"},
              {"CARACAL_AUTH_DATABASE_SSL", "disable"},
              {"CARACAL_AUTH_AUTO_MIGRATE", "true"},
              {"CARACAL_AUTH_URL", "http://localhost:3001"},
              {"CARACAL_API_URL", "http://api:3000"},
              {"CARACAL_COORDINATOR_URL", "http://coordinator:4000"},
              {"PORT", "3002"}};
    case Component::postgres:
      return {{"POSTGRES_USER", "caracal"}, {"POSTGRES_DB", "caracal"}};
    case Component::redis:
      return {{"REDIS_MAXMEMORY", "512mb"}};
    case Component::migrate:
      return {{"PGHOST", "postgres"}, {"PGUSER", "caracal"}, {"PGSSLMODE", "disable"}};
    default:
      return {};
  }
}

std::uint16_t port_of(Component component) {
  switch (component) {
    case Component::sts:
      return 8080;
    case Component::api:
      return 3000;
    case Component::gateway:
      return 8081;
    case Component::audit:
      return 9090;
    case Component::coordinator:
      return 4000;
    case Component::web:
      return 3002;
    default:
      return 0;
  }
}

constexpr auto packaged_components = {Component::sts,    Component::api,         Component::gateway,
                                      Component::audit,  Component::coordinator, Component::web,
                                      Component::migrate};

// The chart names the same hosts differently and sets the same *_FILE variables on all five.
void apply_chart(Container& container, Component component) {
  for (const auto& [name, value] : compose_variables(component)) {
    std::string text = value;
    if (const auto host = text.find("://");
        host != std::string::npos && name != "CARACAL_AUTH_URL") {
      text.insert(host + 3, "caracal-caracal-");
    }
    set_variable(container, name, text);
  }
  remove_variable(container, "CARACAL_CONTROL_ENABLED");
  remove_variable(container, "CONTROL_GATE_FILE");
  if (!has_mode(component)) {
    return;
  }
  for (const char* name : {"DATABASE_URL", "REDIS_URL", "ZONE_KEK", "AUDIT_HMAC_KEY",
                           "STREAMS_HMAC_KEY", "GATEWAY_STS_HMAC_KEY", "CARACAL_ADMIN_TOKEN"}) {
    set_variable(container, std::string{name} + "_FILE",
                 "/run/secrets/" + logical_names().at(name));
  }
}

std::vector<MountedFile> projected_keys(Component component) {
  std::vector<MountedFile> files;
  const std::vector<std::string> keys =
      component == Component::migrate
          ? std::vector<std::string>{"postgresPassword"}
          : std::vector<std::string>{"databaseUrl",       "redisUrl",
                                     "zoneKek",           "auditHmacKey",
                                     "streamsHmacKey",    "gatewayStsHmacKey",
                                     "caracalAdminToken", "caracalCoordinatorToken"};
  files.reserve(keys.size());
  for (const std::string& key : keys) {
    files.push_back({.key = key, .path = key});
  }
  return files;
}

}  // namespace

Container packaged_service(Component component) {
  Container container = hardened_service(component);
  for (const auto& [name, value] : compose_variables(component)) {
    set_variable(container, name, value);
  }
  for (const std::string& name : secrets_of(component)) {
    const std::string& file = logical_names().at(name);
    set_variable(container, name + "_FILE", "/run/secrets/" + file);
    container.mounts.push_back({.kind = MountKind::compose_secret,
                                .source = file,
                                .target = "/run/secrets/" + file,
                                .read_only = true});
  }
  if (component == Component::api) {
    container.mounts.push_back({.kind = MountKind::bind,
                                .source = "control",
                                .target = "/run/caracal-control",
                                .read_only = true});
  }
  if (const std::uint16_t port = port_of(component); port != 0) {
    const std::uint16_t host = component == Component::web ? 3001 : port;
    container.published_ports = {{.host_address = "127.0.0.1",
                                  .host_first = host,
                                  .host_last = host,
                                  .container_first = port,
                                  .container_last = port,
                                  .origin = at(Source::compose, 20)}};
  }
  return container;
}

Container packaged_pod_container(Component component) {
  Container container = hardened_pod_container(component);
  apply_chart(container, component);
  if (component == Component::web) {
    for (const std::string& name : secrets_of(component)) {
      set_secret_reference(container, name, "caracal-runtime", logical_names().at(name));
    }
  } else {
    container.mounts.push_back({.kind = MountKind::kubernetes_secret,
                                .source = "caracal-runtime",
                                .target = "/run/secrets",
                                .read_only = true,
                                .files = projected_keys(component)});
  }
  if (component == Component::coordinator) {
    set_variable(container, "CARACAL_COORDINATOR_TOKEN_FILE",
                 "/run/secrets/caracalCoordinatorToken");
  }
  if (component == Component::migrate) {
    set_variable(container, "PGPASSWORD_FILE", "/run/secrets/postgresPassword");
  }
  if (const std::uint16_t port = port_of(component); port != 0) {
    container.declared_ports = {
        {.name = "http", .number = port, .origin = at(Source::kubernetes, 20)}};
  }
  container.pod_labels = {{"app.kubernetes.io/component", std::string{name_of(component)}}};
  return container;
}

Installation packaged_compose() {
  std::vector<Container> containers{packaged_service(Component::postgres),
                                    packaged_service(Component::redis)};
  for (const Component component : packaged_components) {
    containers.push_back(packaged_service(component));
  }
  return compose_installation(containers);
}

Installation packaged_kubernetes() {
  std::vector<Container> containers;
  for (const Component component : packaged_components) {
    containers.push_back(packaged_pod_container(component));
  }
  Installation installation = kubernetes_installation(containers);
  for (const Container& container : containers_in(installation)) {
    if (const std::uint16_t port = port_of(container.component); port != 0) {
      installation.kubernetes.services.push_back(
          {.name = "caracal-caracal-" + container.name,
           .object_namespace = "caracal",
           .object = "Service caracal-caracal-" + container.name,
           .component = container.component,
           .selector = container.pod_labels,
           .ports = {{.name = "http",
                      .port = port,
                      .target_name = "http",
                      .origin = at(Source::kubernetes, 90)}}});
    }
  }
  return installation;
}

}  // namespace compliance::test

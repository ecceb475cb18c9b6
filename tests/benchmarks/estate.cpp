// A made-up estate of Kubernetes objects: workloads carry most of the bytes, as in real dumps.
#include "tests/benchmarks/estate.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "tests/benchmarks/estate_templates.h"

namespace compliance::benchmarks {
namespace {

constexpr int file_count = 200;
constexpr int workloads_per_file = 25;
constexpr int config_maps_per_file = 8;

struct Service {
  std::string_view name;
  std::string_view kind;
  std::string_view image;
  std::string_view program;
  std::string_view port;
};

constexpr std::array<Service, 6> services{{
    {"sts", "StatefulSet", "caracal-go", "/usr/local/bin/sts", "8080"},
    {"gateway", "StatefulSet", "caracal-go", "/usr/local/bin/gateway", "8081"},
    {"audit", "Deployment", "caracal-go", "/usr/local/bin/audit", "9090"},
    {"api", "Deployment", "caracal-node", "/app/api/dist/main.js", "3000"},
    {"coordinator", "Deployment", "caracal-node", "/app/coordinator/dist/main.js", "4000"},
    {"web", "Deployment", "caracal-web", "/app/auth/dist/server.js", "3002"},
}};

constexpr std::array<std::string_view, 7> secrets{
    "databaseUrl",    "redisUrl",          "zoneKek",          "auditHmacKey",
    "streamsHmacKey", "gatewayStsHmacKey", "caracalAdminToken"};

constexpr std::array<std::string_view, 7> secret_variables{
    "DATABASE_URL_FILE",       "REDIS_URL_FILE",        "ZONE_KEK_FILE",
    "AUDIT_HMAC_KEY_FILE",     "STREAMS_HMAC_KEY_FILE", "GATEWAY_STS_HMAC_KEY_FILE",
    "CARACAL_ADMIN_TOKEN_FILE"};

using Values = std::vector<std::pair<std::string_view, std::string>>;

// `text` with every @name@ replaced.
std::string filled(std::string_view text, const Values& values) {
  std::string result;
  while (true) {
    const std::size_t start = text.find('@');
    result += text.substr(0, start);
    if (start == std::string_view::npos) {
      return result;
    }
    const std::size_t end = text.find('@', start + 1);
    const std::string_view name = text.substr(start + 1, end - start - 1);
    for (const auto& [known, value] : values) {
      result += known == name ? value : std::string{};
    }
    text.remove_prefix(end + 1);
  }
}

Values values_of(const Service& service, std::string_view group, std::string_view kind,
                 int number) {
  return {{"group", std::string{group}},         {"kind", std::string{kind}},
          {"name", std::string{service.name}},   {"number", std::to_string(number)},
          {"image", std::string{service.image}}, {"program", std::string{service.program}},
          {"port", std::string{service.port}},   {"scaled", std::string{service.kind}}};
}

std::string workload(int number) {
  const Service& service = services[static_cast<std::size_t>(number) % services.size()];
  const Values values = values_of(service, "apps/v1", service.kind, number);
  std::string text = filled(header, values) + filled(workload_start, values);
  for (std::size_t index = 0; index < secrets.size(); ++index) {
    text += "            - name: " + std::string{secret_variables[index]} +
            "\n              value: /run/secrets/" + std::string{secrets[index]} + "\n";
  }
  text += filled(workload_middle, values);
  for (const std::string_view secret : secrets) {
    text += "              - key: " + std::string{secret} +
            "\n                path: " + std::string{secret} + "\n";
  }
  return text;
}

std::string config_map(int number) {
  const Service& service = services[static_cast<std::size_t>(number) % services.size()];
  std::string text = filled(header, values_of(service, "v1", "ConfigMap", number)) + "data:\n";
  for (int line = 0; line < 24; ++line) {
    text += "  SETTING_" + std::to_string(line) + ": \"value " + std::to_string(line * number) +
            " of a setting that nobody reads\"\n";
  }
  return text + "  notes.txt: |\n    First line of notes.\n    Second line of notes.\n";
}

// A kind of object with few lines, and how many of it a file holds.
struct SmallKind {
  std::string_view group;
  std::string_view kind;
  std::string_view body;
  int count;
};

constexpr std::array<SmallKind, 6> small_kinds{{
    {"v1", "Service", service_body, 8},
    {"networking.k8s.io/v1", "NetworkPolicy", policy_body, 3},
    {"networking.k8s.io/v1", "Ingress", ingress_body, 2},
    {"policy/v1", "PodDisruptionBudget", budget_body, 2},
    {"autoscaling/v2", "HorizontalPodAutoscaler", autoscaler_body, 1},
    {"monitoring.coreos.com/v1", "ServiceMonitor", monitor_body, 1},
}};

std::string small_object(const SmallKind& kind, int number) {
  const Service& service = services[static_cast<std::size_t>(number) % services.size()];
  const Values values = values_of(service, kind.group, kind.kind, number);
  return filled(header, values) + filled(kind.body, values);
}

SourceText file(int index) {
  std::string text;
  for (int count = 0; count < workloads_per_file; ++count) {
    text += "---\n" + workload(index * workloads_per_file + count);
  }
  for (int count = 0; count < config_maps_per_file; ++count) {
    text += "---\n" + config_map(index * workloads_per_file + count);
  }
  for (const SmallKind& kind : small_kinds) {
    for (int count = 0; count < kind.count; ++count) {
      text += "---\n" + small_object(kind, index * workloads_per_file + count);
    }
  }
  return {.path = "estate/" + std::to_string(index) + ".yaml", .text = std::move(text)};
}

std::vector<SourceText> all_files() {
  std::vector<SourceText> files;
  for (int index = 0; index < file_count; ++index) {
    files.push_back(file(index));
  }
  return files;
}

}  // namespace

const std::vector<SourceText>& estate() {
  static const std::vector<SourceText> files = all_files();
  return files;
}

std::size_t bytes_of(const std::vector<SourceText>& files) {
  std::size_t bytes = 0;
  for (const SourceText& source : files) {
    bytes += source.text.size();
  }
  return bytes;
}

}  // namespace compliance::benchmarks

// A made-up estate of Kubernetes objects: workloads carry most of the bytes, as in real dumps.
#include "tests/benchmarks/estate.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace compliance::benchmarks {
namespace {

constexpr int file_count = 200;
constexpr int workloads_per_file = 25;
constexpr int services_per_file = 11;
constexpr int config_maps_per_file = 11;
constexpr int policies_per_file = 3;

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

constexpr std::string_view header = R"(apiVersion: @group@
kind: @kind@
metadata:
  name: bench-caracal-@name@-@number@
  namespace: estate
  labels:
    app.kubernetes.io/name: caracal
    app.kubernetes.io/instance: bench
    app.kubernetes.io/version: "2026.06.22-rc.1"
    app.kubernetes.io/managed-by: Helm
    app.kubernetes.io/part-of: caracal
    app.kubernetes.io/component: @name@
  annotations:
    example.com/owner: "team-@number@"
    example.com/note: "object @number@ of a generated estate"
)";

constexpr std::string_view workload_start = R"(spec:
  replicas: 2
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      app.kubernetes.io/name: caracal
      app.kubernetes.io/instance: bench
      app.kubernetes.io/component: @name@
      example.com/number: "@number@"
  template:
    metadata:
      labels:
        app.kubernetes.io/name: caracal
        app.kubernetes.io/instance: bench
        app.kubernetes.io/component: @name@
        example.com/number: "@number@"
    spec:
      serviceAccountName: bench-caracal
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 30
      securityContext:
        runAsNonRoot: true
        runAsUser: 65532
        fsGroup: 65532
        seccompProfile:
          type: RuntimeDefault
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 50
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector:
                  matchLabels:
                    app.kubernetes.io/component: @name@
                    example.com/number: "@number@"
      containers:
        - name: @name@
          image: registry.example.com/estate/@image@:v2026.06.22-rc.1
          imagePullPolicy: IfNotPresent
          command: ["@program@"]
          ports:
            - name: http
              containerPort: @port@
          env:
            - name: CARACAL_MODE
              value: "stable"
            - name: PORT
              value: "@port@"
            - name: LOG_LEVEL
              value: "info"
            - name: ISSUER_URL
              value: "https://sts-@number@.example.com"
            - name: OTEL_SERVICE_NAME
              value: caracal-@name@-@number@
)";

constexpr std::string_view workload_middle = R"(          envFrom:
            - configMapRef:
                name: bench-caracal-@name@-@number@
          volumeMounts:
            - name: runtime-secrets
              mountPath: /run/secrets
              readOnly: true
            - name: scratch
              mountPath: /tmp
          startupProbe: {httpGet: {path: /health, port: http}, failureThreshold: 30, periodSeconds: 5}
          livenessProbe:
            httpGet:
              path: /health
              port: http
            initialDelaySeconds: 10
            periodSeconds: 10
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            initialDelaySeconds: 10
            periodSeconds: 10
          resources:
            limits:
              cpu: "1"
              memory: "768Mi"
            requests:
              cpu: "250m"
              memory: "256Mi"
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ALL
      volumes:
        - name: scratch
          emptyDir: {medium: Memory, sizeLimit: 64Mi}
        - name: runtime-secrets
          secret:
            secretName: bench-runtime-@number@
            items:
)";

constexpr std::string_view service_body = R"(spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: caracal
    app.kubernetes.io/instance: bench
    app.kubernetes.io/component: @name@
    example.com/number: "@number@"
  ports:
    - name: http
      port: @port@
      targetPort: http
      protocol: TCP
)";

constexpr std::string_view policy_body = R"(spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: caracal
      app.kubernetes.io/instance: bench
      example.com/number: "@number@"
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: caracal
              app.kubernetes.io/instance: bench
      ports:
        - protocol: TCP
          port: @port@
  egress:
    - to:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: caracal
              app.kubernetes.io/instance: bench
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
      ports:
        - {protocol: UDP, port: 53}
        - {protocol: TCP, port: 53}
)";

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
          {"port", std::string{service.port}}};
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

std::string with_body(std::string_view body, std::string_view group, std::string_view kind,
                      int number) {
  const Service& service = services[static_cast<std::size_t>(number) % services.size()];
  const Values values = values_of(service, group, kind, number);
  return filled(header, values) + filled(body, values);
}

SourceText file(int index) {
  std::string text;
  for (int count = 0; count < workloads_per_file; ++count) {
    text += "---\n" + workload(index * workloads_per_file + count);
  }
  for (int count = 0; count < services_per_file; ++count) {
    text += "---\n" + with_body(service_body, "v1", "Service", index * workloads_per_file + count);
  }
  for (int count = 0; count < config_maps_per_file; ++count) {
    text += "---\n" + config_map(index * workloads_per_file + count);
  }
  for (int count = 0; count < policies_per_file; ++count) {
    text += "---\n" + with_body(policy_body, "networking.k8s.io/v1", "NetworkPolicy",
                                index * workloads_per_file + count);
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

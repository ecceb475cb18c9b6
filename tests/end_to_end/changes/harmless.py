"""Changes that must flip nothing: other spellings of the same, and other legitimate installations."""

from change import (Append, Put, Remove, Swap, compose, in_object, in_service, in_workload, kubernetes, manifest,
                    set_pod_variable, set_variable)
from container_rights import POD, SIDECAR, VOLUMES, mount, pod_line, service_line
from secret_contents import content
from secret_handling import STRONG

NOTHING = {}
KEY = "8c1d5e0f7a2b9364c8e1f0a5d7b3926e4f8a1c0d5b7e9f3a2c6d8e0b1f4a7c93"

# A mesh's sidecars, as its injector writes them.
MESH = f"""      initContainers:
        - name: istio-init
          image: docker.io/istio/proxyv2:1.22.3
          resources: {{limits: {{cpu: 100m, memory: 64Mi}}}}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            runAsNonRoot: false
            runAsUser: 0
            capabilities: {{drop: [ALL], add: [NET_ADMIN, NET_RAW]}}
{POD}        - name: istio-proxy
          image: docker.io/istio/proxyv2:1.22.3
          ports: [{{name: http-envoy-prom, containerPort: 15090}}]
          resources: {{limits: {{cpu: 100m, memory: 128Mi}}}}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            runAsUser: 1337
            capabilities: {{drop: [ALL]}}
"""

# What the chart projects into each service.
PROJECTED = {
    "sts": ("stsDatabaseUrl", "redisUrl", "auditHmacKey", "secretStoreKek", "streamsHmacKey", "gatewayStsHmacKey", "metricsBearer"),
    "api": ("apiDatabaseUrl", "redisUrl", "auditHmacKey", "secretStoreKek", "streamsHmacKey", "gatewayStsHmacKey",
            "caracalAdminToken", "metricsBearer"),
    "gateway": ("gatewayDatabaseUrl", "redisUrl", "auditHmacKey", "streamsHmacKey", "gatewayStsHmacKey", "caracalAdminToken",
                "metricsBearer"),
    "audit": ("auditDatabaseUrl", "redisUrl", "auditHmacKey", "metricsBearer"),
    "coordinator": ("coordinatorDatabaseUrl", "redisUrl", "streamsHmacKey", "idempotencyHmacKey", "caracalCoordinatorToken",
                    "metricsBearer"),
}
SECRET_VOLUME = "          secret:\n            secretName: caracal-runtime\n            items:\n"
CSI_VOLUME = """          csi:
            driver: secrets-store.csi.k8s.io
            readOnly: true
            volumeAttributes: {secretProviderClass: harbour}
"""
PROJECTED_SOURCE = "              - secret:\n                  name: caracal-runtime\n                  items:\n"


def items(*keys, indent=14):
    return "".join(f"{' ' * indent}- {{key: {key}, path: {key}}}\n" for key in keys)


COMPOSE = [
    compose("environment as a list", in_service("audit", """    environment:
      CARACAL_MODE: ${CARACAL_MODE:-stable}
      DATABASE_URL_FILE: /run/secrets/databaseUrl
      REDIS_URL_FILE: /run/secrets/redisUrl
      AUDIT_HMAC_KEY_FILE: /run/secrets/auditHmacKey
      AUDIT_ADMIN_TOKEN: ${AUDIT_ADMIN_TOKEN:-}
      METRICS_BEARER_FILE: /run/secrets/metricsBearer
      PORT: "9090"
""", """    environment:
      - CARACAL_MODE=${CARACAL_MODE:-stable}
      - DATABASE_URL_FILE=/run/secrets/databaseUrl
      - "REDIS_URL_FILE=/run/secrets/redisUrl"
      - AUDIT_HMAC_KEY_FILE=/run/secrets/auditHmacKey
      - AUDIT_ADMIN_TOKEN=
      - METRICS_BEARER_FILE=/run/secrets/metricsBearer
      - PORT=9090
"""), NOTHING),
    compose("port in the long form", in_service("api", "      - '127.0.0.1:3000:3000'", """\
      - target: 3000
        published: "3000"
        host_ip: 127.0.0.1
        protocol: tcp"""), NOTHING),
    compose("port on the other loopback", in_service("redis", "'127.0.0.1:6379:6379'", "'[::1]:6379:6379'"), NOTHING),
    compose("port of the engine's choice on loopback", in_service("audit", "'127.0.0.1:9090:9090'", "'127.0.0.1::9090'"), NOTHING),
    compose("port out of a range on loopback", in_service("coordinator", "'127.0.0.1:4000:4000'", "'127.0.0.1:4000-4010:4000'"), NOTHING),
    compose("no port at all for the database", in_service("postgres", "    ports:\n      - '127.0.0.1:5432:5432'\n", ""), NOTHING),
    compose("quoted port number of the service", in_service("sts", "PORT: 8080", 'PORT: "8080"'), NOTHING),
    compose("service without PORT", in_service("gateway", "      PORT: '8081'\n", ""), NOTHING),
    compose("no-new-privileges in another spelling", service_line("web", "security_opt: ['no-new-privileges=true']"), NOTHING),
    compose("bare no-new-privileges and a filter of its own",
            service_line("api", "security_opt: [no-new-privileges, 'seccomp=./profile.json', 'apparmor=docker-default']"), NOTHING),
    compose("capabilities in small letters", service_line("sts", "cap_drop: [all]"), NOTHING),
    compose("fewer capabilities for the database", in_service("postgres", "SETGID, SETUID]", "SETGID]"), NOTHING),
    compose("user by number", service_line("gateway", 'user: "65532:65532"'), NOTHING),
    compose("one capability of the database with its prefix", in_service("postgres", "[CHOWN,", "[CAP_CHOWN,"), NOTHING),
    compose("mode unset", in_service("audit", "      CARACAL_MODE: ${CARACAL_MODE:-stable}\n", ""), NOTHING),
    compose("mode empty", in_service("coordinator", "CARACAL_MODE: ${CARACAL_MODE:-stable}", 'CARACAL_MODE: ""'), NOTHING),
    compose("environment of web left to the image", in_service("web", "      NODE_ENV: production\n", ""), NOTHING),
    compose("switches that are off", (set_variable("gateway", 'JTI_FAIL_OPEN: "false"'), set_variable("sts", "INSECURE_STS: '0'"),
                                      set_variable("api", "INSECURE_HTTP:")), NOTHING),
    compose("empty variable beside its file", set_variable("sts", 'AUDIT_HMAC_KEY: ""'), NOTHING),
    compose("variable without value that nothing sets", set_variable("api", "CARACAL_ADMIN_TOKEN:"), NOTHING),
    compose("names that look secret", set_variable("api", "STS_MINT_RATE_LIMIT_PER_MIN: 600\n      CARACAL_SECRET_BACKEND: local\n"
                                                          "      SESSION_TOKEN_LIFETIME_SECONDS: 3600"), NOTHING),
    compose("key in capitals with the line end of another system", content("auditHmacKey", KEY.upper() + "\r\n"), NOTHING),
    compose("key of 64 bytes", content("streamsHmacKey", KEY + STRONG), NOTHING),
    compose("gateway asks the token service over TLS", in_service("gateway", "STS_URL: http://sts:8080", "STS_URL: https://sts.harbour.test"), NOTHING),
    compose("api asks an address of the private network", in_service("api", "STS_URL: http://sts:8080", "STS_URL: http://10.20.0.5:8080"), NOTHING),
    compose("control off", in_service("api", 'CARACAL_CONTROL_ENABLED: "true"', 'CARACAL_CONTROL_ENABLED: "false"'), NOTHING),
    compose("one-shot services that are gone after the start",
            (Swap("compose.yaml", "dbMigrate", "    <<:", "    profiles: [install]\n    <<:"),
             Swap("compose.yaml", "replayVolumeInit", "    <<:", "    profiles: [install]\n    <<:")), NOTHING),
    compose("another registry and its digest",
            in_service("web", "${CARACAL_REGISTRY:-ghcr.io/garudex-labs/}caracal-web:v${CARACAL_VERSION}",
                       "registry.harbour.test:5000/mirror/caracal-web:v1.0.0@sha256:"
                       "9532d8c39891ca2ecde4d30d7710e01fb739c87a8b9299685c63704296b16028"), NOTHING),
    compose("settings moved into an override of the service",
            (Put("base.yaml", "services:\n  plain:\n    environment: {LOG_LEVEL: info}\n    stop_grace_period: 20s\n"),
             service_line("audit", "extends: {file: base.yaml, service: plain}")), NOTHING),
    compose("one more file that is included",
            (Put("extra/compose.yaml", "volumes:\n  scratch: {}\n"),
             Swap("compose.yaml", "", "x-logging:", "include: [extra/compose.yaml]\nx-logging:")), NOTHING),
    compose("release candidates in staging", Swap("caracal.env", "", "CARACAL_VERSION", "CARACAL_MODE=rc\nCARACAL_VERSION"),
            {"published-mode-stable-in-production": "not_applicable"}, config={"environment": "staging"}),
    compose("secrets by a read-only bind",
            (in_service("coordinator", "      - idempotencyHmacKey\n", ""),
             service_line("coordinator", "volumes: ['./secrets/idempotencyHmacKey:/run/secrets/idempotencyHmacKey:ro']")), NOTHING),
    compose("a volume of one's own, and a bind below the project", mount("audit", "'./export:/var/lib/export'"), NOTHING),
    compose("July's release with the older key and one database address",
            (Swap("caracal.env", "", "CARACAL_VERSION=1.0.0", "CARACAL_VERSION=2026.07.03-rc.1"),
             Swap("compose.yaml", "", '  secretStoreKek: {file: "${CARACAL_SECRETS_DIR:-./secrets}/secretStoreKek"}',
                  '  zoneKek: {file: "${CARACAL_SECRETS_DIR:-./secrets}/zoneKek"}'),
             Remove("secrets/secretStoreKek"), content("zoneKek", KEY + "\n"),
             *(in_service(service, old, new) for service in ("sts", "api") for old, new in (
                 ("      - secretStoreKek\n", "      - zoneKek\n"),
                 ("      SECRET_STORE_KEK_FILE: /run/secrets/secretStoreKek\n", "      ZONE_KEK_FILE: /run/secrets/zoneKek\n"))),
             in_service("coordinator", "      - idempotencyHmacKey\n", ""),
             in_service("coordinator", "      IDEMPOTENCY_HMAC_KEY_FILE: /run/secrets/idempotencyHmacKey\n", ""),
             in_service("api", "      CARACAL_GATEWAY_URL: http://gateway:8081\n", "")),
            {"signing-keys-idempotency-hmac": "not_applicable"}),
]

KUBERNETES = [
    kubernetes("sidecars of a mesh", in_workload("api", POD, MESH), NOTHING),
    kubernetes("an agent that fills a volume in memory with secrets",
               (in_workload("audit", POD, POD + SIDECAR.replace("name: logs", "name: vault-agent").replace(
                   "          resources", "          volumeMounts: [{name: filled, mountPath: /filled}]\n          resources")),
                in_workload("audit", VOLUMES, VOLUMES + "        - {name: filled, emptyDir: {medium: Memory}}\n"),
                in_workload("audit", "          volumeMounts:\n            - {name: runtime",
                            "          volumeMounts:\n            - {name: filled, mountPath: /filled}\n            - {name: runtime"),
                in_workload("audit", "value: /run/secrets/metricsBearer", "value: /filled/metricsBearer")), NOTHING),
    kubernetes("a hardened sidecar of one's own", in_workload("audit", POD, POD + SIDECAR), NOTHING),
    kubernetes("capabilities in small letters", in_workload("api", 'drop: ["ALL"]', "drop: [all]"), NOTHING),
    kubernetes("low ports", in_workload("web", '              drop: ["ALL"]\n', '              drop: ["ALL"]\n              add: [NET_BIND_SERVICE]\n'), NOTHING),
    kubernetes("user of the June chart", in_workload("audit", "        runAsUser: 65532\n        runAsGroup: 65532\n        fsGroup: 65532\n", ""), NOTHING),
    kubernetes("what the pod says said by the container",
               (in_workload("sts", "        runAsNonRoot: true\n        runAsUser: 65532\n", ""),
                in_workload("sts", "            allowPrivilegeEscalation: false\n",
                            "            runAsNonRoot: true\n            runAsUser: 65532\n            allowPrivilegeEscalation: false\n")), NOTHING),
    kubernetes("account token denied by the account alone", in_workload("web", "      automountServiceAccountToken: false\n", ""), NOTHING),
    kubernetes("mode out of a ConfigMap that all share",
               (*(in_workload(component, "{name: CARACAL_MODE, value: stable}",
                              "{name: CARACAL_MODE, valueFrom: {configMapKeyRef: {name: modes, key: mode}}}")
                  for component in ("sts", "api", "gateway", "audit", "coordinator")),
                manifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: modes, namespace: harbour}\ndata: {mode: stable}\n")), NOTHING),
    kubernetes("harmless ConfigMap as environment",
               (in_workload("audit", "          env:\n", "          envFrom: [{configMapRef: {name: settings}}]\n          env:\n"),
                manifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: harbour}\ndata: {LOG_LEVEL: info}\n")), NOTHING),
    kubernetes("sealed Secret", Append("kubernetes/namespace.yaml", """apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: spare, namespace: harbour}
spec: {encryptedData: {auditHmacKey: AgBy3i4OJSWK8PiTySYZZA9rO43cGDEqJkT1rbmVmT1c}}
"""), NOTHING),
    kubernetes("Secret that SOPS encrypts", Append("kubernetes/namespace.yaml", """apiVersion: v1
kind: Secret
metadata: {name: spare, namespace: harbour}
stringData: {streamsHmacKey: "ENC[AES256_GCM,data:Tr7o1w==,iv:1vZ2XUwq,tag:XbW8gA==,type:str]"}
sops: {version: 3.9.0, mac: "ENC[AES256_GCM,data:Zm9v,iv:YmFy,tag:YmF6,type:str]"}
"""), NOTHING),
    kubernetes("Secret as the API server shows it", Append("kubernetes/namespace.yaml", """apiVersion: v1
kind: Secret
metadata: {name: caracal-runtime, namespace: harbour, uid: 0b0f1e5e-6c0e-4a44-9c15-2a7a1f1b9d11, resourceVersion: "81"}
data: {auditHmacKey: N2QxZjBjNGJlODVhOTM2MjZlMGQ3YTFiYzlmNGUzNTgyMGI2YWQ5NzEzNWNlOGY0YTI2OTBiN2Q4ZTEzZjVjNg==}
"""), NOTHING),
    kubernetes("secrets of an outside store through CSI",
               tuple(in_workload(component, SECRET_VOLUME + items(*keys), CSI_VOLUME) for component, keys in PROJECTED.items()),
               NOTHING),
    kubernetes("a projected volume of the same Secret",
               in_workload("coordinator", SECRET_VOLUME + items(*PROJECTED["coordinator"]),
                           "          projected:\n            sources:\n" + PROJECTED_SOURCE +
                           items(*PROJECTED["coordinator"][:1], indent=20) + PROJECTED_SOURCE +
                           items(*PROJECTED["coordinator"][1:], indent=20)), NOTHING),
    kubernetes("the whole Secret mounted", in_workload("gateway", "            items:\n" + items(*PROJECTED["gateway"]), ""), NOTHING),
    kubernetes("file variable that the service never reads", set_pod_variable("audit", "{name: SECRET_STORE_KEK_FILE, value: /run/secrets/secretStoreKek}"), NOTHING),
    kubernetes("target port by number, and no targetPort",
               (in_object("api", "Service", "targetPort: http", "targetPort: 3000"),
                in_object("audit", "Service", "      targetPort: http\n", "")), NOTHING),
    kubernetes("headless Service beside the other", Append("kubernetes/sts.yaml", """apiVersion: v1
kind: Service
metadata:
  name: harbour-caracal-sts-headless
  namespace: harbour
  labels: {app.kubernetes.io/name: caracal, app.kubernetes.io/instance: harbour, app.kubernetes.io/component: sts}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector: {app.kubernetes.io/name: caracal, app.kubernetes.io/instance: harbour, app.kubernetes.io/component: sts}
  ports: [{name: http, port: 8080}]
"""), NOTHING),
    kubernetes("throw-away database of another application", manifest("""apiVersion: apps/v1
kind: Deployment
metadata: {name: postgres, namespace: default}
spec:
  selector: {matchLabels: {app: postgres}}
  template:
    metadata: {labels: {app: postgres}}
    spec:
      containers: [{name: postgres, image: "postgres:latest", env: [{name: POSTGRES_PASSWORD, value: caracal}]}]
"""), NOTHING),
    kubernetes("pods that a controller made, in a dump", manifest("""apiVersion: v1
kind: Pod
metadata:
  name: harbour-caracal-audit-7c9d8-x2x4z
  namespace: harbour
  labels: {app.kubernetes.io/name: caracal, app.kubernetes.io/instance: harbour, app.kubernetes.io/component: audit}
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: harbour-caracal-audit, uid: "1", controller: true}]
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: audit
      image: ghcr.io/garudex-labs/caracal-go:v1.0.0
      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
"""), NOTHING),
    kubernetes("release of another instance in the same files", manifest("""apiVersion: v1
kind: Pod
metadata:
  name: trial
  namespace: trial
  labels: {app.kubernetes.io/name: caracal, app.kubernetes.io/instance: trial, app.kubernetes.io/component: api}
spec:
  containers: [{name: api, image: "ghcr.io/garudex-labs/caracal-node:latest", env: [{name: CARACAL_MODE, value: dev}]}]
"""), NOTHING),
    kubernetes("hooks that are gone after the release", Remove("kubernetes/jobs.yaml"), NOTHING),
    kubernetes("topology and priority", pod_line("web", "      priorityClassName: high\n      terminationGracePeriodSeconds: 30\n"), NOTHING),
]

CHANGES = COMPOSE + KUBERNETES

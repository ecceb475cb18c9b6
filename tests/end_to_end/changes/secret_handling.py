"""Changes to how secrets are handed over: inline values, references, mounts, manifests, Compose secrets."""

from change import (Append, Put, Swap, compose, in_service, in_workload, kubernetes, manifest, set_pod_variable,
                    set_variable)

STRONG = "7d1f0c4be85a93626e0d7a1bc9f4e35820b6ad97135ce8f4a2690b7d8e13f5c6"
RANDOM_LOOKING = "q7Vt2LxWz9KfRb4NcYp8HsJd3MgTa6Ue"

ANOTHER_SOURCE = "and it is no longer the key that the others read"

CHANGES = [
    compose("inline key beside its file wins", set_variable("api", f"AUDIT_HMAC_KEY: {STRONG}"),
            {"secrets-no-inline-values": "fail api", "signing-keys-same-on-both-sides": "fail api"}, ANOTHER_SOURCE),
    compose("admin token from the env file",
            Swap("caracal.env", "", "CARACAL_VERSION", f"STS_ADMIN_TOKEN={STRONG}\nCARACAL_VERSION"),
            {"secrets-no-inline-values": "fail sts"}),
    compose("secret in an env_file of the service",
            (in_service("coordinator", "    environment:\n", "    env_file: [coordinator.env]\n    environment:\n"),
             Put("coordinator.env", f"CARACAL_COORDINATOR_TOKEN={STRONG}\n")),
            {"secrets-no-inline-values": "fail coordinator"}),
    compose("password in a mail address", (set_variable("web", f"CARACAL_SMTP_URL: smtps://mailer:{STRONG}@mail.harbour.test"),
                                           set_variable("web", "CARACAL_SMTP_FROM: console@harbour.test")),
            {"secrets-no-inline-values": "fail web"}),
    compose("database address inline", set_variable("audit", f"DATABASE_URL: postgres://audit:{STRONG}@postgres:5432/caracal"),
            {"secrets-no-inline-values": "fail audit"}),
    compose("the product's own sample password inline",
            in_service("postgres", "POSTGRES_PASSWORD_FILE: /run/secrets/postgresPassword", "POSTGRES_PASSWORD: caracal"),
            {"secrets-no-inline-values": "fail postgres", "secrets-placeholder-values": "fail postgres"},
            "an inline secret, and one that everybody knows"),
    compose("inline secret of another proxy", in_service("edge", "    cap_add:", f"    environment: {{ACME_API_KEY: {RANDOM_LOOKING}}}\n    cap_add:"),
            {"secrets-unknown-inline-values": "fail edge"}),
    compose("a key that nobody has heard of", set_variable("audit", f"AUDIT_EXPORT_SIGNING_KEY: {RANDOM_LOOKING}"),
            {"secrets-unknown-inline-values": "fail audit"}),
    compose("another address with a password", set_variable("sts", f"BROKER_URL: amqp://sts:{RANDOM_LOOKING}@broker:5672"),
            {"secrets-unknown-inline-values": "fail sts"}),
    compose("key file that nothing mounts",
            in_service("audit", "AUDIT_HMAC_KEY_FILE: /run/secrets/auditHmacKey", "AUDIT_HMAC_KEY_FILE: /etc/keys/auditHmacKey"),
            {"secrets-mounted-files": "fail audit", "signing-keys-same-on-both-sides": "unknown"},
            "nobody can say which key it reads"),
    compose("key file on a bind that the container may write to",
            (in_service("gateway", "      - gatewayReplay:/var/lib/caracal", "      - gatewayReplay:/var/lib/caracal\n      - ./keys:/keys"),
             in_service("gateway", "STREAMS_HMAC_KEY_FILE: /run/secrets/streamsHmacKey", "STREAMS_HMAC_KEY_FILE: /keys/streamsHmacKey")),
            {"secrets-mounted-files": "fail gateway", "signing-keys-same-on-both-sides": "fail gateway"},
            "and it is no longer the file that the others read"),
    compose("secret that the service does not take",
            in_service("coordinator", "      - idempotencyHmacKey\n", ""),
            {"secrets-mounted-files": "fail coordinator"}),
    compose("Compose secret out of the environment",
            Swap("compose.yaml", "", 'metricsBearer: {file: "${CARACAL_SECRETS_DIR:-./secrets}/metricsBearer"}',
                 "metricsBearer: {environment: METRICS_BEARER}"),
            {"secrets-not-in-compose": "fail installation"}),
    compose("Compose secret in the file itself",
            Swap("compose.yaml", "", 'githubClientSecret: {file: "${CARACAL_SECRETS_DIR:-./secrets}/githubClientSecret"}',
                 f"githubClientSecret: {{content: {RANDOM_LOOKING}}}"),
            {"secrets-not-in-compose": "fail installation"}),

    kubernetes("inline key beside its file wins", set_pod_variable("gateway", f"{{name: STREAMS_HMAC_KEY, value: {STRONG}}}"),
               {"secrets-no-inline-values": "fail gateway", "signing-keys-same-on-both-sides": "fail gateway"}, ANOTHER_SOURCE),
    kubernetes("inline coordinator token on web",
               in_workload("web", """            - name: CARACAL_COORDINATOR_TOKEN
              valueFrom: {secretKeyRef: {name: caracal-runtime, key: caracalCoordinatorToken}}
""", f"            - {{name: CARACAL_COORDINATOR_TOKEN, value: {STRONG}}}\n"),
               {"secrets-no-inline-values": "fail web"}),
    kubernetes("secret out of a ConfigMap",
               (in_workload("audit", "          env:\n", "          envFrom: [{configMapRef: {name: settings}}]\n          env:\n"),
                manifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: harbour}\n"
                         f"data: {{AUDIT_ADMIN_TOKEN: {STRONG}}}\n")),
               {"secrets-no-inline-values": "fail audit", "secrets-not-in-manifests": "fail installation"},
               "it is inline in the pod, and it stands in the ConfigMap"),
    kubernetes("sample value inline in the migration", set_pod_variable("migrate", "{name: PGPASSWORD, value: changeme}"),
               {"secrets-no-inline-values": "fail migrate", "secrets-placeholder-values": "fail migrate"},
               "an inline secret, and one that everybody knows"),
    kubernetes("a key that nobody has heard of", set_pod_variable("web", f"{{name: ANALYTICS_API_KEY, value: {RANDOM_LOOKING}}}"),
               {"secrets-unknown-inline-values": "fail web"}),
    kubernetes("key file that the Secret does not hold",
               in_workload("audit", "              - {key: auditHmacKey, path: auditHmacKey}\n", ""),
               {"secrets-mounted-files": "fail audit", "signing-keys-same-on-both-sides": "unknown"},
               "which key it is meant to be is not said"),
    kubernetes("key file out of a ConfigMap",
               (in_workload("coordinator", "      volumes:\n", "      volumes:\n        - name: keys\n          configMap: {name: keys}\n"),
                in_workload("coordinator", "          volumeMounts:\n", "          volumeMounts:\n            - {name: keys, mountPath: /keys}\n"),
                in_workload("coordinator", "value: /run/secrets/idempotencyHmacKey", "value: /keys/idempotencyHmacKey")),
               {"secrets-mounted-files": "fail coordinator"}),
    kubernetes("key on a volume that every pod of the node may see",
               (in_workload("sts", "      volumes:\n", "      volumes:\n        - name: keys\n          emptyDir: {}\n"),
                in_workload("sts", "          volumeMounts:\n", "          volumeMounts:\n            - {name: keys, mountPath: /keys}\n"),
                in_workload("sts", "value: /run/secrets/metricsBearer", "value: /keys/metricsBearer")),
               {"secrets-mounted-files": "fail sts"}),
    kubernetes("secret by reference where files are packaged",
               in_workload("api", "            - {name: CARACAL_ADMIN_TOKEN_FILE, value: /run/secrets/caracalAdminToken}\n", """\
            - name: CARACAL_ADMIN_TOKEN
              valueFrom: {secretKeyRef: {name: caracal-runtime, key: caracalAdminToken}}
"""), {"secrets-environment-references": "fail api"}),
    kubernetes("another secret by reference on web",
               in_workload("web", "            - {name: GITHUB_CLIENT_SECRET_FILE, value: /run/secrets/githubClientSecret}\n", """\
            - name: GITHUB_CLIENT_SECRET
              valueFrom: {secretKeyRef: {name: caracal-runtime, key: githubClientSecret}}
"""), {"secrets-environment-references": "fail web"}),
    kubernetes("a whole Secret as environment",
               in_workload("audit", "          env:\n", "          envFrom: [{secretRef: {name: caracal-runtime}}]\n          env:\n"),
               {"secrets-environment-references": "fail audit", "published-mode-fail-open-settings": "unknown",
                "published-mode-service-urls": "unknown"},
               "any variable may come out of the Secret"),
    kubernetes("Secret in plain beside the ExternalSecret",
               Append("kubernetes/namespace.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: caracal-runtime, namespace: harbour}\n"
                      f"stringData: {{auditHmacKey: {STRONG}}}\n"),
               {"secrets-not-in-manifests": "fail installation"}),
    kubernetes("Secret in base64", Append("kubernetes/namespace.yaml", """apiVersion: v1
kind: Secret
metadata: {name: spare, namespace: harbour}
data: {streamsHmacKey: N2QxZjBjNGJlODVhOTM2MjZlMGQ3YTFiYzlmNGUzNTgyMGI2YWQ5NzEzNWNlOGY0YTI2OTBiN2Q4ZTEzZjVjNg==}
"""), {"secrets-not-in-manifests": "fail installation"}),
    kubernetes("Secret that an apply left behind", Append("kubernetes/namespace.yaml", """apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Secret
    metadata: {name: caracal-runtime, namespace: harbour}
    stringData: {metricsBearer: placeholder}
"""), {"secrets-not-in-manifests": "fail installation", "secrets-placeholder-values": "fail installation"},
               "it is in plain, and a word"),
]

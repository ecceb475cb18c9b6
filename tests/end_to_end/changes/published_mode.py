"""Changes to modes, switches, addresses and ports."""

from change import (Swap, compose, in_object, in_service, in_workload, kubernetes, manifest, set_pod_variable,
                    set_variable)

MODE = "CARACAL_MODE: ${CARACAL_MODE:-stable}"
POD_MODE = "{name: CARACAL_MODE, value: stable}"
EVERY_MODE = "fail api audit coordinator gateway sts"
ALONE = "one service of five: the modes differ too"

CHANGES = [
    compose("every service in development mode", Swap("caracal.env", "", "CARACAL_VERSION", "CARACAL_MODE=dev\nCARACAL_VERSION"),
            {"published-mode-caracal-mode": EVERY_MODE, "published-mode-stable-in-production": "not_applicable"},
            "a mode that is not published is the other check's alone"),
    compose("api alone in development mode", in_service("api", MODE, "CARACAL_MODE: dev"),
            {"published-mode-caracal-mode": "fail api", "published-mode-one-mode": "fail api"}, ALONE),
    compose("audit in a mode that nobody knows", in_service("audit", MODE, "CARACAL_MODE: production"),
            {"published-mode-caracal-mode": "fail audit", "published-mode-one-mode": "fail audit"}, ALONE),
    compose("mode with capitals and blanks is development all the same", in_service("sts", MODE, 'CARACAL_MODE: " Dev "'),
            {"published-mode-caracal-mode": "fail sts", "published-mode-one-mode": "fail sts"}, ALONE),
    compose("mode that a variable without value decides", in_service("gateway", MODE, "CARACAL_MODE: ${MODE_OF_GATEWAY}x"),
            {"published-mode-caracal-mode": "unknown", "published-mode-one-mode": "unknown",
             "published-mode-stable-in-production": "unknown"}, "all three read the mode"),
    compose("web without production environment", in_service("web", "NODE_ENV: production", "NODE_ENV: development"),
            {"published-mode-caracal-mode": "fail web"}),
    compose("web with an empty environment", in_service("web", "NODE_ENV: production", 'NODE_ENV: ""'),
            {"published-mode-caracal-mode": "fail web"}),
    compose("release candidate mode everywhere", Swap("caracal.env", "", "CARACAL_VERSION", "CARACAL_MODE=rc\nCARACAL_VERSION"),
            {"published-mode-stable-in-production": EVERY_MODE}),
    compose("one service in release candidate mode", in_service("audit", MODE, "CARACAL_MODE: rc"),
            {"published-mode-stable-in-production": "fail audit", "published-mode-one-mode": "fail audit"}, ALONE),
    compose("replay check fails open in Go's shortest word", set_variable("gateway", "JTI_FAIL_OPEN: t"),
            {"published-mode-fail-open-settings": "fail gateway"}),
    compose("insecure token service", set_variable("api", 'INSECURE_STS: "YES"'),
            {"published-mode-fail-open-settings": "fail api"}),
    compose("insecure transport from the env file",
            (set_variable("sts", "INSECURE_HTTP: ${ALLOW_HTTP:-}"),
             Swap("caracal.env", "", "CARACAL_VERSION", "ALLOW_HTTP=1\nCARACAL_VERSION")),
            {"published-mode-fail-open-settings": "fail sts"}),
    compose("a fail-open switch of another name", set_variable("web", 'LIMITER_FAIL_OPEN: "true"'),
            {"published-mode-fail-open-settings": "fail web"}),
    compose("gateway asks the token service over the open network",
            in_service("gateway", "STS_URL: http://sts:8080", "STS_URL: http://10.4.0.7:8080"),
            {"published-mode-service-urls": "fail gateway"}),
    compose("api asks the token service by its public name in plain",
            in_service("api", "STS_URL: http://sts:8080", "STS_URL: http://sts.harbour.test"),
            {"published-mode-service-urls": "fail api"}),
    compose("insecure addresses allowed on web", set_variable("web", "CARACAL_ALLOW_INSECURE_CONFIG_URLS: 'true'"),
            {"published-mode-service-urls": "fail web"}),
    compose("token service on a port that the product refuses", in_service("sts", "PORT: 8080", "PORT: 8082"),
            {"published-mode-service-ports": "fail sts"}),
    compose("published port leads nowhere", in_service("api", "127.0.0.1:3000:3000", "127.0.0.1:3000:3001"),
            {"published-mode-service-ports": "fail api"}),
    compose("coordinator without its scope", in_service("coordinator", "      AGENT_COORDINATOR_SCOPE: agent:lifecycle\n", ""),
            {"published-mode-required-settings": "fail coordinator"}),
    compose("api of this release without the gateway's address",
            in_service("api", "      CARACAL_GATEWAY_URL: http://gateway:8081\n", ""),
            {"published-mode-required-settings": "fail api"}),
    compose("control without its audience",
            in_service("api", "      CONTROL_AUDIENCE: ${CONTROL_AUDIENCE:-caracal-control}\n", ""),
            {"published-mode-required-settings": "fail api"}),
    compose("control without its gate", in_service("api", "      CONTROL_GATE_FILE: /run/caracal-control/enabled\n", ""),
            {"published-mode-control-gate": "fail api"}),

    kubernetes("one pod template in development mode", in_workload("coordinator", POD_MODE, "{name: CARACAL_MODE, value: dev}"),
               {"published-mode-caracal-mode": "fail coordinator", "published-mode-one-mode": "fail coordinator"}, ALONE),
    kubernetes("mode out of a ConfigMap",
               (in_workload("api", POD_MODE,
                            "{name: CARACAL_MODE, valueFrom: {configMapKeyRef: {name: modes, key: api}}}"),
                manifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: modes, namespace: harbour}\ndata: {api: dev}\n")),
               {"published-mode-caracal-mode": "fail api", "published-mode-one-mode": "fail api"}, ALONE),
    kubernetes("mode out of a ConfigMap that is not among the objects",
               in_workload("api", POD_MODE,
                           "{name: CARACAL_MODE, valueFrom: {configMapKeyRef: {name: modes, key: api}}}"),
               {"published-mode-caracal-mode": "unknown", "published-mode-one-mode": "unknown",
                "published-mode-stable-in-production": "unknown"}, "all three read the mode"),
    kubernetes("web in development", in_workload("web", "{name: NODE_ENV, value: production}", "{name: NODE_ENV, value: test}"),
               {"published-mode-caracal-mode": "fail web"}),
    kubernetes("one workload in release candidate mode", in_workload("sts", POD_MODE, "{name: CARACAL_MODE, value: rc}"),
               {"published-mode-stable-in-production": "fail sts", "published-mode-one-mode": "fail sts"}, ALONE),
    kubernetes("replay check fails open", set_pod_variable("gateway", '{name: JTI_FAIL_OPEN, value: "True"}'),
               {"published-mode-fail-open-settings": "fail gateway"}),
    kubernetes("fail-open switch in an init container",
               in_workload("audit", "      containers:\n", """      initContainers:
        - name: wait
          image: ghcr.io/garudex-labs/caracal-go:v1.0.0
          command: [/usr/local/bin/audit, --wait]
          env: [{name: INSECURE_HTTP, value: "1"}]
          resources: {limits: {cpu: 100m, memory: 64Mi}}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
      containers:
"""), {"published-mode-fail-open-settings": "fail audit"}),
    kubernetes("gateway asks a name with dots in plain",
               in_workload("gateway", "http://harbour-caracal-sts:8080",
                           "http://harbour-caracal-sts.harbour.svc.cluster.local:8080"),
               {"published-mode-service-urls": "fail gateway"}),
    kubernetes("insecure addresses allowed on api", set_pod_variable("api", '{name: CARACAL_ALLOW_INSECURE_CONFIG_URLS, value: "true"}'),
               {"published-mode-service-urls": "fail api"}),
    kubernetes("gateway on another port", in_workload("gateway", '{name: PORT, value: "8081"}', '{name: PORT, value: "8443"}'),
               {"published-mode-service-ports": "fail gateway"}),
    kubernetes("Service leads to another port", in_object("audit", "Service", "targetPort: http", "targetPort: 9091"),
               {"published-mode-service-ports": "fail audit"}),
    kubernetes("container declares another port", in_workload("web", "containerPort: 3002", "containerPort: 8080"),
               {"published-mode-service-ports": "fail web"}),
    kubernetes("token service without issuer",
               in_workload("sts", '            - {name: ISSUER_URL, value: "https://sts.harbour.test"}\n', ""),
               {"published-mode-required-settings": "fail sts", "token-issuer-consistent": "not_applicable"},
               "one issuer is left, with nothing to compare it to"),
    kubernetes("control without its gate",
               in_workload("api", "          env:\n", """          env:
            - {name: CARACAL_CONTROL_ENABLED, value: "true"}
            - {name: STS_JWKS_URL, value: "http://harbour-caracal-sts:8080/.well-known/jwks.json"}
            - {name: STS_ISSUER_URL, value: "https://sts.harbour.test"}
            - {name: CONTROL_AUDIENCE, value: caracal-control}
            - {name: CONTROL_API_TOKEN_FILE, value: /run/secrets/caracalAdminToken}
"""), {"published-mode-control-gate": "fail api"}),
]

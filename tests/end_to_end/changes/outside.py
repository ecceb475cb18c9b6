"""Changes to what the outside reaches: URLs, Ingresses, Services, published ports, networks, data stores."""

from change import (Swap, compose, in_object, in_service, in_workload, kubernetes, manifest, set_pod_variable,
                    set_variable)

INGRESS = "kubernetes/ingress.yaml"
TLS = "  tls:\n    - hosts: [console.harbour.test]\n      secretName: console-harbour-test\n"
LABELS = "app.kubernetes.io/name: caracal, app.kubernetes.io/instance: harbour, app.kubernetes.io/component: "


def in_console(old, new):
    return Swap(INGRESS, "Ingress harbour-console", old, new)


def in_env_file(old, new):
    return Swap("caracal.env", "", old, new)


def ingress(component, port, tls="  tls: [{hosts: [x.harbour.test]}]\n"):
    return f"""apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: added, namespace: harbour}}
spec:
{tls}  rules:
    - host: x.harbour.test
      http:
        paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: harbour-caracal-{component}, port: {{number: {port}}}}}}}}}]
"""


def service(component, port, spec):
    return f"""apiVersion: v1
kind: Service
metadata: {{name: added, namespace: harbour, labels: {{{LABELS}{component}}}}}
spec:
  selector: {{{LABELS}{component}}}
  ports: [{{port: {port}, targetPort: {port}}}]
  {spec}
"""


DATABASE = """apiVersion: apps/v1
kind: StatefulSet
metadata: {name: harbour-postgres, namespace: harbour, labels: {LABELSpostgres}}
spec:
  replicas: 1
  selector: {matchLabels: {LABELSpostgres}}
  template:
    metadata: {labels: {LABELSpostgres}}
    spec:
      automountServiceAccountToken: false
      securityContext: {runAsNonRoot: true, runAsUser: 70, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: postgres
          image: ghcr.io/garudex-labs/caracal-postgres:v1.0.0
          ports: [{containerPort: 5432PORT}]
          env: [{name: POSTGRES_PASSWORD_FILE, value: /run/secrets/postgresPassword}]
          volumeMounts: [{name: runtime-secrets, mountPath: /run/secrets, readOnly: true}]
          resources: {limits: {cpu: "1", memory: 512Mi}}
          securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      volumes:
        - name: runtime-secrets
          secret: {secretName: caracal-runtime, items: [{key: postgresPassword, path: postgresPassword}]}
""".replace("LABELS", LABELS)

URL = [
    compose("console in plain", in_env_file("CARACAL_WEB_URL=https:", "CARACAL_WEB_URL=http:"),
            {"external-tls-public-url": "fail web", "web-edge-public-origin": "fail web"}, "the endpoint has another scheme"),
    compose("packaged URL of the console", in_env_file("CARACAL_WEB_URL=https://console.harbour.test\n", ""),
            {"external-tls-public-url": "fail web", "web-edge-public-origin": "fail web"}, "it is plain and this machine's"),
    compose("further origin in plain", in_env_file("CARACAL_VERSION", "CARACAL_WEB_ORIGIN=http://old.harbour.test\nCARACAL_VERSION"),
            {"external-tls-public-url": "fail web", "web-edge-same-origin": "fail web"}, "no split is declared either"),
    compose("certificate without key", set_variable("gateway", "TLS_CERT_FILE: /etc/caracal/tls.crt"),
            {"external-tls-gateway-files": "fail gateway", "external-tls-certificate-expiry": "unknown",
             "external-tls-certificate-strength": "unknown"}, "the file is seen nowhere"),
    compose("key without certificate", set_variable("gateway", "TLS_KEY_FILE: /var/lib/caracal/tls.key"),
            {"external-tls-gateway-files": "fail gateway"}),
    compose("TLS files that no mount provides",
            set_variable("gateway", "TLS_CERT_FILE: /etc/caracal/tls.crt\n      TLS_KEY_FILE: /etc/caracal/tls.key"),
            {"external-tls-gateway-files": "fail gateway", "external-tls-certificate-expiry": "unknown",
             "external-tls-certificate-strength": "unknown"}, "the file is seen nowhere"),
    kubernetes("console in plain",
               in_workload("web", '{name: CARACAL_AUTH_URL, value: "https:', '{name: CARACAL_AUTH_URL, value: "http:'),
               {"external-tls-public-url": "fail web", "web-edge-public-origin": "fail web", "web-edge-same-origin": "fail web"},
               "the endpoint and the further origin have another scheme"),
    kubernetes("key without certificate", set_pod_variable("gateway", "{name: TLS_KEY_FILE, value: /var/lib/caracal/tls.key}"),
               {"external-tls-gateway-files": "fail gateway"}),
]

ROUTES = [
    kubernetes("Ingress without TLS, its endpoint not asked yet", in_console(TLS, ""), {"external-tls-ingress": "unknown"}),
    kubernetes("Ingress without TLS for a host that nothing proves",
               (in_console(TLS, ""), in_console("host: console.harbour.test", "host: old.harbour.test")),
               {"external-tls-ingress": "fail web"}),
    kubernetes("TLS for another host than the rule's", in_console("    - host: console", "    - host: konsole"),
               {"external-tls-ingress": "fail web"}),
    kubernetes("wildcard one level too high", (in_console("hosts: [console.harbour.test]", 'hosts: ["*.test"]'),
                                               in_console("    - host: console", "    - host: konsole")),
               {"external-tls-ingress": "fail web"}),
    kubernetes("route that the Gateway listens to in plain", manifest("""apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: harbour}
spec:
  gatewayClassName: cilium
  listeners: [{name: plain, port: 80, protocol: HTTP}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: added, namespace: harbour}
spec:
  parentRefs: [{name: edge}]
  hostnames: [x.harbour.test]
  rules: [{backendRefs: [{name: harbour-caracal-web, port: 3002}]}]
"""), {"external-tls-ingress": "fail web"}),
    kubernetes("route whose Gateway is not among the objects", manifest("""apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: added, namespace: harbour}
spec:
  parentRefs: [{name: edge, namespace: edge}]
  hostnames: [x.harbour.test]
  rules: [{backendRefs: [{name: harbour-caracal-web, port: 3002}]}]
"""), {"external-tls-ingress": "unknown"}),
    kubernetes("route of OpenShift without termination", manifest("""apiVersion: route.openshift.io/v1
kind: Route
metadata: {name: added, namespace: harbour}
spec: {host: x.harbour.test, to: {kind: Service, name: harbour-caracal-web}}
"""), {"external-tls-ingress": "fail web"}),
    kubernetes("route of Traefik without TLS", manifest("""apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {name: added, namespace: harbour}
spec:
  entryPoints: [web]
  routes: [{match: Host(`x.harbour.test`), kind: Rule, services: [{name: harbour-caracal-web, port: 3002}]}]
"""), {"external-tls-ingress": "fail web"}),
    kubernetes("load balancer of the cloud that listens in plain", manifest(ingress("web", 3002, "").replace(
        "namespace: harbour}", 'namespace: harbour, annotations: {alb.ingress.kubernetes.io/listen-ports: \'[{"HTTP":80}]\'}}')),
               {"external-tls-ingress": "fail web"}),
    kubernetes("Ingress to the admin API", manifest(ingress("api", 3000)), {"internal-services-ingress-targets": "fail api"}),
    kubernetes("Ingress to audit", manifest(ingress("audit", 9090)), {"internal-services-ingress-targets": "fail audit"}),
    kubernetes("default backend that is internal", in_console("spec:\n", """spec:
  defaultBackend: {service: {name: harbour-caracal-coordinator, port: {number: 4000}}}
"""), {"internal-services-ingress-targets": "fail coordinator", "external-tls-ingress": "fail coordinator"},
               "a default backend has every host, and TLS is for one"),
    kubernetes("public components fewer than routes", (), {"internal-services-ingress-targets": "fail sts",
                                                          "network-policy-internal-closed": "fail sts"},
               "the edge may reach what is public alone", config={"public_components": ["web"]}),
]

SERVICES = [
    kubernetes("admin API on every node", in_object("api", "Service", "type: ClusterIP", "type: NodePort"),
               {"internal-services-service-type": "fail api"}),
    kubernetes("coordinator behind a load balancer", in_object("coordinator", "Service", "type: ClusterIP", "type: LoadBalancer"),
               {"internal-services-service-type": "fail coordinator"}),
    kubernetes("external addresses of audit", in_object("audit", "Service", "type: ClusterIP", "type: ClusterIP\n  externalIPs: [198.51.100.7]"),
               {"internal-services-service-type": "fail audit"}),
    kubernetes("second Service that opens the gateway", manifest(service("gateway", 8081, "type: LoadBalancer")),
               {"internal-services-service-type": "fail gateway"}),
    kubernetes("console behind a load balancer without proof of TLS", in_object("web", "Service", "type: ClusterIP", "type: LoadBalancer"),
               {"external-tls-load-balancer": "unknown"}),
    kubernetes("database on a port of the node", manifest(DATABASE.replace("PORT", ", hostPort: 5432")),
               {"internal-services-data-stores-private": "fail postgres", "containers-host-ports": "fail postgres"},
               "it is a host port too"),
    kubernetes("database on every node", manifest(DATABASE.replace("PORT", "") + "---\n" + service("postgres", 5432, "type: NodePort")),
               {"internal-services-data-stores-private": "fail postgres", "internal-services-service-type": "fail postgres"},
               "its Service is external too"),
]

PORTS = [
    compose("admin API on every address", in_service("api", "'127.0.0.1:3000:3000'", "'3000:3000'"),
            {"internal-services-published-ports": "fail api"}),
    compose("coordinator on an address of the network", in_service("coordinator", "127.0.0.1:4000", "10.0.0.4:4000"),
            {"internal-services-published-ports": "fail coordinator"}),
    compose("audit on every address of IPv6", in_service("audit", "127.0.0.1:9090", "[::]:9090"),
            {"internal-services-published-ports": "fail audit"}),
    compose("gateway in the long form without address", in_service("gateway", "- '127.0.0.1:8081:8081'", "- {target: 8081, published: '8081'}"),
            {"internal-services-published-ports": "fail gateway"}),
    compose("port by number alone", in_service("coordinator", "'127.0.0.1:4000:4000'", "4000"),
            {"internal-services-published-ports": "fail coordinator"}),
    compose("database on every address", in_service("postgres", "127.0.0.1:5432", "0.0.0.0:5432"),
            {"internal-services-published-ports": "fail postgres", "internal-services-data-stores-private": "fail postgres"},
            "it is a data store too"),
    compose("cache on an address that a variable decides", in_service("redis", "127.0.0.1:6379", "${REDIS_BIND}:6379"),
            {"internal-services-published-ports": "unknown", "internal-services-data-stores-private": "unknown"},
            "it is a data store too"),
    compose("proxy that publishes its admin port", in_service("edge", '      - "80:80"\n', '      - "80:80"\n      - "2019:2019"\n'),
            {"internal-services-published-ports": "fail edge"}),
    compose("proxy with a range", in_service("edge", '"443:443"', '"440-443:440-443"'),
            {"internal-services-published-ports": "fail edge"}),
    compose("stranger on the network that is open", Swap("compose.yaml", "", "\nservices:\n", """
services:
  viewer:
    <<: [*application, *limited]
    image: adminer:5.3.0
    user: "1000:1000"
    healthcheck: {disable: true}
    ports: ["8088:8080"]
"""), {"internal-services-published-ports": "fail other", "internal-services-foreign-members": "fail other"}, "it is a stranger too"),
    compose("stranger on the data network", Swap("compose.yaml", "", "\nservices:\n", """
services:
  backup:
    <<: [*application, *limited]
    image: registry.harbour.test/backup:1.4.0
    user: "1000:1000"
    healthcheck: {disable: true}
"""), {"internal-services-foreign-members": "fail other"}),
    compose("driver that gives addresses of the outer network", Swap("compose.yaml", "", "    driver: bridge\n", "    driver: macvlan\n"),
            {"internal-services-bridge-network": "fail api audit coordinator edge gateway migrate postgres redis sts web"}),
    compose("engine's own bridge", in_service("audit", "    image:", "    network_mode: bridge\n    networks: !reset []\n    image:"),
            {"internal-services-bridge-network": "fail audit"}),
    compose("network of somebody else", Swap("compose.yaml", "", "    driver: bridge\n", "    external: true\n"),
            {"internal-services-bridge-network": "unknown", "internal-services-foreign-members": "unknown"},
            "neither driver nor members are seen"),
]

CHANGES = URL + ROUTES + SERVICES + PORTS

"""Changes to NetworkPolicies, to what keeps workloads available, and to scraping."""

from change import Append, Swap, in_object, in_workload, kubernetes, manifest

POLICIES = "kubernetes/network.yaml"
SERVICES = "api audit auth-migrate coordinator gateway migrate sts web"
INTERNAL = "api audit auth-migrate coordinator gateway migrate"
DNS = """    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - {protocol: UDP, port: 53}
        - {protocol: TCP, port: 53}
"""
STORES = """    - ports:
        - {protocol: TCP, port: 5432}
        - {protocol: TCP, port: 6380}
        - {protocol: TCP, port: 4317}
        - {protocol: TCP, port: 4318}
"""
OWN = """    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: caracal
              app.kubernetes.io/instance: harbour
"""


def in_policy(name, old, new):
    return Swap(POLICIES, f"NetworkPolicy {name}", old, new)


def in_chart(old, new):
    return in_policy("harbour-caracal", old, new)


def policy(component, rules, types="[Ingress]"):
    return f"""apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: added, namespace: harbour}}
spec:
  podSelector: {{matchLabels: {{app.kubernetes.io/instance: harbour, app.kubernetes.io/component: {component}}}}}
  policyTypes: {types}
  {rules}
"""


INGRESS_MINIMAL = "network-policy-ingress-minimal"
CLOSED = "network-policy-internal-closed"
EGRESS_MINIMAL = "network-policy-egress-minimal"
BOTH = "a stranger is admitted, and by too wide a rule"

POLICY = [
    kubernetes("policy without egress", in_chart("policyTypes: [Ingress, Egress]", "policyTypes: [Ingress]"),
               {"network-policy-covers-all": "fail api audit auth-migrate coordinator migrate sts web",
                "network-policy-dns-egress": "fail gateway"},
               "the gateway alone has another egress policy, which resolves no names"),
    kubernetes("policy that forgets a component",
               in_chart("      app.kubernetes.io/instance: harbour\n  policyTypes",
                        "      app.kubernetes.io/instance: harbour\n    matchExpressions:\n"
                        "      - {key: app.kubernetes.io/component, operator: NotIn, values: [migrate]}\n  policyTypes"),
               {"network-policy-covers-all": "fail migrate"}),
    kubernetes("policy in another namespace", in_chart("  namespace: harbour\n", "  namespace: default\n"),
               {"network-policy-covers-all": "fail api audit auth-migrate coordinator migrate sts web",
                "network-policy-dns-egress": "fail gateway"}, "no egress policy is left but the gateway's"),
    kubernetes("source left out", in_chart("  egress:\n", "    - ports: [{protocol: TCP, port: 3000}]\n  egress:\n"),
               {INGRESS_MINIMAL: "fail api", CLOSED: "fail api"}, BOTH),
    kubernetes("empty rule", manifest(policy("audit", "ingress: [{}]")), {INGRESS_MINIMAL: "fail audit", CLOSED: "fail audit"}, BOTH),
    kubernetes("two halves of IPv4", manifest(policy(
        "coordinator", "ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/1}}, {ipBlock: {cidr: 128.0.0.0/1}}], ports: [{port: 4000}]}]")),
               {INGRESS_MINIMAL: "fail coordinator", CLOSED: "fail coordinator"}, BOTH),
    kubernetes("all of IPv6", manifest(policy("gateway", 'ingress: [{from: [{ipBlock: {cidr: "::/0"}}], ports: [{port: http}]}]')),
               {INGRESS_MINIMAL: "fail gateway", CLOSED: "fail gateway"}, BOTH),
    kubernetes("stranger on every port", manifest(policy(
        "web", "ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: tools}}}]}]")),
               {INGRESS_MINIMAL: "fail web"}),
    kubernetes("network of the office to the admin API", manifest(policy(
        "api", "ingress: [{from: [{ipBlock: {cidr: 10.60.0.0/16}}], ports: [{protocol: TCP, port: 3000}]}]")), {CLOSED: "fail api"}),
    kubernetes("controller of the edge for all pods", in_chart("  egress:\n", """    - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}]
      ports: [{protocol: TCP, port: 3002}, {protocol: TCP, port: 8081}]
  egress:
"""), {CLOSED: "fail gateway"}),
    kubernetes("scraping from more pods than declared", in_policy("harbour-scraping", "              app: prometheus\n", "              team: observability\n"),
               {CLOSED: "fail api audit coordinator gateway"}),
    kubernetes("scraping from every namespace", in_policy("harbour-scraping", """        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: monitoring
""", "        - namespaceSelector: {}\n"), {CLOSED: "fail api audit coordinator gateway"}),
    kubernetes("pods of the own namespace, whoever they are", manifest(policy(
        "audit", "ingress: [{from: [{podSelector: {}}], ports: [{port: 9090}]}]")), {CLOSED: "fail audit"}),
    kubernetes("egress without bounds", in_chart(STORES, "    - {}\n"),
               {EGRESS_MINIMAL: f"fail {SERVICES}"}),
    kubernetes("egress to every address on a range", in_chart(STORES, "    - ports: [{protocol: TCP, port: 5432, endPort: 6380}]\n"),
               {EGRESS_MINIMAL: f"fail {SERVICES}"}),
    kubernetes("egress by ssh", in_chart(STORES, STORES + "        - {protocol: TCP, port: 22}\n"),
               {EGRESS_MINIMAL: f"fail {SERVICES}"}),
    kubernetes("seven ports to everywhere", in_chart(STORES, STORES + "        - {port: 9000}\n        - {port: 9001}\n        - {port: 9002}\n"),
               {EGRESS_MINIMAL: f"fail {SERVICES}"}),
    kubernetes("egress to the whole internet but a corner", in_policy("harbour-upstreams", """        - ipBlock: {cidr: 203.0.113.0/24}
      ports:
        - {protocol: TCP, port: 443}
""", "        - ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 169.254.0.0/16]}\n"),
               {EGRESS_MINIMAL: "fail gateway"}),
    kubernetes("peer in place of a rule, as the examples write it", in_chart(DNS, """    - namespaceSelector:
        matchLabels: {kubernetes.io/metadata.name: kube-system}
      ports:
        - {protocol: UDP, port: 53}
"""), {"network-policy-dns-egress": f"fail {SERVICES}"}),
    kubernetes("peer without ports in place of a rule", in_chart(DNS, "    - ipBlock: {cidr: 10.96.0.10/32}\n"),
               {"network-policy-dns-egress": f"fail {SERVICES}", EGRESS_MINIMAL: f"fail {SERVICES}"},
               "what is left is an empty rule"),
    kubernetes("no way to the name servers", in_chart(DNS, ""), {"network-policy-dns-egress": f"fail {SERVICES}"}),
    kubernetes("name servers over TCP alone", in_chart("        - {protocol: UDP, port: 53}\n", ""),
               {"network-policy-dns-egress": f"fail {SERVICES}"}),
    kubernetes("gateway that cannot reach its upstreams", in_policy("harbour-upstreams", "port: 443", "port: 8080"),
               {"network-policy-upstream-egress": "fail gateway"}),
    kubernetes("console that no controller reaches", in_policy("harbour-web-edge", "port: 3002", "port: 3003"),
               {"network-policy-web-ingress": "fail web"}),
    kubernetes("policy for all sources of the public console without ports", manifest(policy("web", "ingress: [{}]")), {INGRESS_MINIMAL: "fail web"}),
]


def in_budget(component, old, new):
    return in_object(component, "PodDisruptionBudget", old, new)


def in_autoscaler(component, old, new):
    return in_object(component, "HorizontalPodAutoscaler", old, new)


BUDGET = "kubernetes-controls-disruption-budget"
AUTOSCALER = "kubernetes-controls-autoscaler"
REPLICAS = "kubernetes-controls-replicas"

CONTROLS = [
    kubernetes("budget that lets nothing go", in_budget("api", "minAvailable: 50%", "maxUnavailable: 0"), {BUDGET: "fail api"}),
    kubernetes("budget that protects nothing", in_budget("audit", "minAvailable: 50%", "minAvailable: 0"), {BUDGET: "fail audit"}),
    kubernetes("budget of all", in_budget("sts", "minAvailable: 50%", "minAvailable: 100%"), {BUDGET: "fail sts"}),
    kubernetes("budget for other pods", in_budget("gateway", "    matchLabels:\n      app.kubernetes.io/name: caracal\n",
                                                         "    matchLabels:\n      app.kubernetes.io/name: other\n"),
               {BUDGET: "fail gateway"}),
    kubernetes("two budgets for the same pods", manifest("""apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: added, namespace: harbour}
spec: {minAvailable: 1, selector: {matchLabels: {app.kubernetes.io/instance: harbour, app.kubernetes.io/component: web}}}
"""), {BUDGET: "fail web"}),
    kubernetes("budget in another namespace", in_budget("coordinator", "  namespace: harbour\n", "  namespace: default\n"),
               {BUDGET: "fail coordinator"}),
    kubernetes("autoscaler that goes down to one", in_autoscaler("api", "minReplicas: 2", "minReplicas: 1"),
               {AUTOSCALER: "fail api", REPLICAS: "fail api", BUDGET: "fail api"},
               "one pod is fewer than two, and half of one is one"),
    kubernetes("autoscaler without minimum", in_autoscaler("web", "  minReplicas: 2\n", ""),
               {AUTOSCALER: "fail web", REPLICAS: "fail web", BUDGET: "fail web"},
               "the platform's minimum is one, and half of one is one"),
    kubernetes("autoscaler for another workload", in_autoscaler("audit", "kind: Deployment, name: harbour-caracal-audit}", "kind: Deployment, name: harbour-audit}"),
               {AUTOSCALER: "fail audit"}),
    kubernetes("autoscaler of the wrong kind", in_autoscaler("sts", "kind: StatefulSet,", "kind: Deployment,"), {AUTOSCALER: "fail sts"}),
    kubernetes("one replica and no autoscaler",
               (in_workload("coordinator", "replicas: 2", "replicas: 1"),
                in_autoscaler("coordinator", "name: harbour-caracal-coordinator}\n", "name: another}\n")),
               {AUTOSCALER: "fail coordinator", REPLICAS: "fail coordinator"}, "nothing scales it"),
    kubernetes("replicas anywhere", in_workload("gateway", "              app.kubernetes.io/component: gateway\n      containers",
                                                "              app.kubernetes.io/component: other\n      containers"),
               {"kubernetes-controls-spread": "fail gateway"}),
    kubernetes("namespace that enforces the baseline",
               Swap("kubernetes/namespace.yaml", "Namespace harbour", "enforce: restricted", "enforce: baseline"),
               {"kubernetes-controls-pod-security-admission": "fail installation"}),
    kubernetes("namespace that only warns",
               Swap("kubernetes/namespace.yaml", "Namespace harbour", "/enforce: restricted", "/warn: restricted"),
               {"kubernetes-controls-pod-security-admission": "fail installation"}),
]

MONITORS = "kubernetes/monitoring.yaml"
SCRAPING = "metrics-access-service-monitor"
AUTHORIZATION = """      authorization:
        type: Bearer
        credentials: {name: caracal-runtime, key: metricsBearer}
"""


def in_monitor(component, old, new):
    return Swap(MONITORS, f"ServiceMonitor harbour-caracal-{component}", old, new)


SCRAPES = [
    kubernetes("monitor without bearer", in_monitor("sts", AUTHORIZATION, ""), {SCRAPING: "fail sts"}),
    kubernetes("monitor with another scheme", in_monitor("audit", "type: Bearer", "type: Token"), {SCRAPING: "fail audit"}),
    kubernetes("monitor with a password", in_monitor("api", AUTHORIZATION, "      basicAuth: {username: {name: m, key: u}, password: {name: m, key: p}}\n"),
               {SCRAPING: "fail api"}),
    kubernetes("monitor for the console", Append(MONITORS, """apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: added, namespace: harbour}
spec:
  selector: {matchLabels: {app.kubernetes.io/component: web}}
  endpoints: [{port: http, path: /metrics, authorization: {credentials: {name: caracal-runtime, key: metricsBearer}}}]
"""), {SCRAPING: "fail web"}),
    kubernetes("PodMonitor without bearer", Append(MONITORS, """apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: added, namespace: monitoring}
spec:
  namespaceSelector: {matchNames: [harbour]}
  selector: {matchLabels: {app.kubernetes.io/component: coordinator}}
  podMetricsEndpoints: [{port: http}]
"""), {SCRAPING: "fail coordinator"}),
    kubernetes("service without bearer for its metrics",
               in_workload("audit", "            - {name: METRICS_BEARER_FILE, value: /run/secrets/metricsBearer}\n", ""),
               {"metrics-access-bearer-configured": "fail audit"}),
]

CHANGES = POLICY + CONTROLS + SCRAPES

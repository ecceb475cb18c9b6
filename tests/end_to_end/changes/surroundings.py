"""Other legitimate surroundings: TLS elsewhere, policies beside the chart's, other controllers, exempt pods."""

from change import Append, in_workload, kubernetes, manifest
from network import (AUTHORIZATION, DNS, in_autoscaler, in_budget, in_chart, in_monitor, in_policy, policy)
from outside import in_console, ingress, service

ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: added, namespace: harbour}
spec:
  parentRefs: [{name: edge}]
  hostnames: [x.harbour.test]
  rules: [{backendRefs: [{name: harbour-caracal-web, port: 3002}]}]
"""


def annotated(annotations):
    return manifest(ingress("web", 3002, "").replace("namespace: harbour}", f"namespace: harbour, annotations: {{{annotations}}}}}"))


CHANGES = [
    kubernetes("TLS without hosts", in_console("    - hosts: [console.harbour.test]\n      secretName:", "    - secretName:"), {}),
    kubernetes("wildcard certificate", in_console("hosts: [console.harbour.test]", 'hosts: ["*.harbour.test"]'), {}),
    kubernetes("load balancer of AWS", annotated(
        "alb.ingress.kubernetes.io/certificate-arn: 'arn:aws:acm:x:1:certificate/1', "
        "alb.ingress.kubernetes.io/listen-ports: '[{\"HTTPS\":443}]'"), {}),
    kubernetes("managed certificate of GKE", annotated(
        "networking.gke.io/managed-certificates: x, kubernetes.io/ingress.allow-http: 'false'"), {}),
    kubernetes("listener of the Gateway API with TLS", manifest("""apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: harbour}
spec:
  gatewayClassName: cilium
  listeners: [{name: tls, port: 443, protocol: HTTPS, hostname: "*.harbour.test", tls: {certificateRefs: [{name: x}]}}]
---
""" + ROUTE), {}),
    kubernetes("route of OpenShift that ends TLS", manifest("""apiVersion: route.openshift.io/v1
kind: Route
metadata: {name: added, namespace: harbour}
spec: {host: x.harbour.test, to: {kind: Service, name: harbour-caracal-web}, tls: {termination: edge, insecureEdgeTerminationPolicy: Redirect}}
"""), {}),
    kubernetes("route of Traefik with TLS", manifest("""apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {name: added, namespace: harbour}
spec:
  entryPoints: [websecure]
  routes: [{match: Host(`x.harbour.test`), kind: Rule, services: [{name: harbour-caracal-web, port: 3002}]}]
  tls: {secretName: x}
"""), {}),
    kubernetes("Ingress of another application", manifest(ingress("api", 3000).replace("harbour-caracal-api", "shop")), {}),
    kubernetes("Service of another application on a node port", manifest(
        service("api", 8080, "type: NodePort").replace("app.kubernetes.io/name: caracal", "app.kubernetes.io/name: shop")), {}),
    kubernetes("policy that denies everything beside the chart's", manifest("""apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: harbour}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
"""), {}),
    kubernetes("policy of another namespace that is open", manifest("""apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: open, namespace: shop}
spec: {podSelector: {}, ingress: [{}], egress: [{}]}
"""), {}),
    kubernetes("policy of other pods that is open", manifest(policy("viewer", "ingress: [{}]")), {}),
    kubernetes("policies of Cilium beside the chart's", manifest("""apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: l7, namespace: harbour}
spec: {endpointSelector: {}, ingress: [{fromEntities: [cluster]}]}
"""), {}),
    kubernetes("policy without types", in_policy("harbour-web-edge", "  policyTypes: [Ingress]\n", ""), {}),
    kubernetes("port by its name", in_policy("harbour-web-edge", "port: 3002", "port: http"), {}),
    kubernetes("ports as a range", in_policy("harbour-sts-edge", "port: 8080}", "port: 8080, endPort: 8080}"), {}),
    kubernetes("name servers by address", in_chart(DNS, """    - to: [{ipBlock: {cidr: 10.96.0.10/32}}]
      ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
"""), {}),
    kubernetes("name servers anywhere", in_chart(DNS, "    - ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]\n"), {}),
    kubernetes("open https", in_policy("harbour-upstreams", "203.0.113.0/24", "0.0.0.0/0"), {}),
    kubernetes("further rule for a declared peer", manifest(policy(
        "audit", "ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}, "
                 "podSelector: {matchLabels: {app: prometheus, shard: a}}}], ports: [{port: 9090}]}]")), {}),
    kubernetes("part of a declared network", manifest(policy(
        "api", "ingress: [{from: [{ipBlock: {cidr: 10.60.4.0/24}}], ports: [{port: 3000}]}]")), {},
               config={"allowed_ingress": [{"cidr": "10.60.0.0/16", "components": ["api"]},
                                           {"namespace": "monitoring", "pods": {"app": "prometheus"}}]}),
    kubernetes("budget by the number that may go", in_budget("api", "minAvailable: 50%", "maxUnavailable: 1"), {}),
    kubernetes("autoscaler of KEDA",
               (in_autoscaler("audit", "name: harbour-caracal-audit}\n", "name: another}\n"), manifest("""apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: audit, namespace: harbour}
spec: {scaleTargetRef: {name: harbour-caracal-audit}, minReplicaCount: 2, triggers: []}
""")), {}),
    kubernetes("replicas spread by affinity", in_workload("web", """      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: caracal
              app.kubernetes.io/instance: harbour
              app.kubernetes.io/component: web
""", """      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector: {matchLabels: {app.kubernetes.io/component: web}}
"""), {}),
    kubernetes("replicas left to the autoscaler", in_workload("api", "  replicas: 2\n", ""), {}),
    kubernetes("bearer by the older field", in_monitor("sts", AUTHORIZATION,
                                                       "      bearerTokenSecret: {name: caracal-runtime, key: metricsBearer}\n"), {}),
    kubernetes("monitor of another application", Append("kubernetes/monitoring.yaml", """apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: shop, namespace: harbour}
spec: {selector: {matchLabels: {app: shop}}, endpoints: [{port: http}]}
"""), {}),
    kubernetes("console without Ingress", in_console("harbour-caracal-web", "shop"),
               {"network-policy-web-ingress": "not_applicable"}),
]

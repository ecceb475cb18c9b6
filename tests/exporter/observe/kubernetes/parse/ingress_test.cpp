// Ingresses and OpenShift Routes: hosts, backends, TLS.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/parse/routes.h"

namespace compliance::test::ingress_test {
namespace {

// An Ingress with these entries of its spec.
std::string ingress(const std::string& spec, const std::string& annotations = "") {
  return "{apiVersion: networking.k8s.io/v1, kind: Ingress,\n metadata: {name: in, namespace: "
         "caracal, annotations: {" +
         annotations + "}},\n spec: {" + spec + "}}\n";
}

std::string rule(const std::string& host, const std::string& service = "caracal-web") {
  return "{" + (host.empty() ? "" : "host: \"" + host + "\", ") +
         "http: {paths: [{path: /, backend: {service: {name: " + service +
         ", port: {name: http}}}}]}}";
}

TEST(Ingress, HasNoTlsUnlessItStatesSome) {
  EXPECT_EQ(summary_of(ingress("rules: [" + rule("a.example.com") + "]")),
            (Lines{"a.example.com web -"}));
}

TEST(Ingress, HasTlsForTheHostsThatTlsNames) {
  EXPECT_EQ(summary_of(ingress("tls: [{hosts: [A.example.com], secretName: s}], rules: [" +
                               rule("a.Example.com") + ", " + rule("b.example.com") + "]")),
            (Lines{"a.example.com web spec.tls", "b.example.com web -"}));
}

TEST(Ingress, HasTlsForAllHostsByAnEntryWithoutHosts) {
  EXPECT_EQ(summary_of(ingress("tls: [{secretName: s}], rules: [" + rule("a.example.com") + ", " +
                               rule("") + "]")),
            (Lines{"a.example.com web spec.tls", "* web spec.tls"}));
}

TEST(Ingress, HasTlsForOneLabelBelowAWildcard) {
  EXPECT_EQ(
      summary_of(ingress("tls: [{hosts: [\"*.example.com\"]}], rules: [" + rule("a.example.com") +
                         ", " + rule("a.b.example.com") + ", " + rule("example.com") + ", " +
                         rule("*.example.com") + ", " + rule("") + "]")),
      (Lines{"a.example.com web spec.tls", "a.b.example.com web -", "example.com web -",
             "*.example.com web spec.tls", "* web -"}));
}

TEST(Ingress, DoesNotTakeOneHostOfAWildcardForAllOfThem) {
  EXPECT_EQ(summary_of(
                ingress("tls: [{hosts: [a.example.com]}], rules: [" + rule("*.example.com") + "]")),
            (Lines{"*.example.com web -"}));
}

TEST(Ingress, LeadsToEveryBackendOfARule) {
  EXPECT_EQ(summary_of(ingress("rules: [{host: a, http: {paths: ["
                               "{backend: {service: {name: caracal-web}}},"
                               "{backend: {service: {name: caracal-api}}},"
                               "{backend: {service: {name: caracal-web}}}]}}]")),
            (Lines{"a web -", "a api -"}));
}

TEST(Ingress, LeadsToTheDefaultBackendForEveryHost) {
  EXPECT_EQ(summary_of(ingress("defaultBackend: {service: {name: caracal-api}}")),
            (Lines{"* api -"}));
  EXPECT_EQ(summary_of(ingress("defaultBackend: {service: {name: caracal-api}}, rules: [" +
                               rule("a") + ", {host: b}]")),
            (Lines{"a web -", "b api -", "* api -"}));
}

TEST(Ingress, IsReadInItsOlderShape) {
  for (const char* version : {"extensions/v1beta1", "networking.k8s.io/v1beta1"}) {
    EXPECT_EQ(summary_of("{apiVersion: " + std::string{version} +
                         ", kind: Ingress, metadata: {name: in, namespace: caracal}, spec: "
                         "{backend: {serviceName: caracal-api, servicePort: 80}, rules: [{host: a, "
                         "http: {paths: [{backend: {serviceName: caracal-web}}]}}]}}"),
              (Lines{"a web -", "* api -"}))
        << version;
  }
}

TEST(Ingress, IsLeftOutWhenItLeadsElsewhere) {
  EXPECT_EQ(summary_of(ingress("rules: [" + rule("a", "shop") + "]")), Lines{});
  EXPECT_EQ(summary_of("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: in, "
                       "namespace: shop}, spec: {rules: [" +
                       rule("a") + "]}}"),
            Lines{});
  EXPECT_EQ(summary_of(ingress("rules: [{host: a, http: {paths: [{backend: {resource: {kind: "
                               "Bucket, name: caracal-web}}}]}}]")),
            Lines{});
}

TEST(Ingress, LivesInTheReleasesNamespaceWhenItNamesNone) {
  EXPECT_EQ(summary_of("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: in}, "
                       "spec: {rules: [" +
                       rule("a") + "]}}"),
            (Lines{"a web -"}));
}

TEST(Ingress, SaysWhereTheHostStands) {
  const auto routes = routes_of(ingress("rules: [" + rule("a") + "]"));
  ASSERT_EQ(routes.size(), 1U);
  EXPECT_EQ(routes.front().origin, origin_at(3, 24));
  EXPECT_EQ(routes.front().object, "Ingress in");
  EXPECT_EQ(routes.front().object_namespace, "caracal");
  EXPECT_EQ(routes.front().service, "caracal-web");
  EXPECT_EQ(routes.front().service_namespace, "caracal");
  EXPECT_EQ(routes.front().kind, RouteKind::ingress);
}

TEST(Ingress, SaysWhereTheRuleStandsWithoutAHost) {
  const auto routes = routes_of(ingress("rules: [" + rule("") + "]"));
  ASSERT_EQ(routes.size(), 1U);
  EXPECT_EQ(routes.front().origin, origin_at(3, 17));
}

TEST(Ingress, IsNoEvidenceWhenItsShapeIsWrong) {
  for (const char* spec :
       {"rules: {a: b}", "tls: a", "tls: [{hosts: a}]", "defaultBackend: x",
        "rules: [{http: {paths: x}}]", "rules: [{http: {paths: [{backend: x}]}}]"}) {
    EXPECT_EQ(fault_of(ingress(spec)).fault.reason, UnknownReason::unparsable) << spec;
  }
}

struct AnnotationCase {
  const char* name;
  const char* annotations;
  const char* spec;
  const char* tls;
};

class IngressAnnotations : public testing::TestWithParam<AnnotationCase> {};

TEST_P(IngressAnnotations, StateTls) {
  const std::string spec = std::string{GetParam().spec} + "rules: [" + rule("a") + "]";
  EXPECT_EQ(summary_of(ingress(spec, GetParam().annotations)),
            (Lines{std::string{"a web "} + GetParam().tls}));
}

constexpr auto arn = "alb.ingress.kubernetes.io/certificate-arn: 'arn:x'";

INSTANTIATE_TEST_SUITE_P(
    Controllers, IngressAnnotations,
    testing::Values(
        AnnotationCase{"AlbPort", "alb.ingress.kubernetes.io/listen-ports: '[{\"HTTPS\":443}]'", "",
                       "alb.ingress.kubernetes.io/listen-ports"},
        AnnotationCase{"AlbTwoPorts",
                       "alb.ingress.kubernetes.io/listen-ports: '[{\"HTTP\":80},{\"HTTPS\":443}]'",
                       "", "alb.ingress.kubernetes.io/listen-ports"},
        AnnotationCase{"AlbPlainPort",
                       "alb.ingress.kubernetes.io/listen-ports: '[{\"HTTP\":80}]', "
                       "alb.ingress.kubernetes.io/certificate-arn: x",
                       "", "-"},
        AnnotationCase{"AlbBrokenPorts", "alb.ingress.kubernetes.io/listen-ports: '[{'", "", "?"},
        AnnotationCase{"AlbPortsNoList", "alb.ingress.kubernetes.io/listen-ports: 'HTTPS'", "",
                       "?"},
        AnnotationCase{"AlbCertificate", arn, "", "alb.ingress.kubernetes.io/certificate-arn"},
        AnnotationCase{"AlbOfClassAlb", arn, "ingressClassName: alb, ",
                       "alb.ingress.kubernetes.io/certificate-arn"},
        AnnotationCase{"AlbOfOwnClass", arn, "ingressClassName: public, ",
                       "alb.ingress.kubernetes.io/certificate-arn"},
        AnnotationCase{"AlbOfClassNginx", arn, "ingressClassName: nginx, ", "-"},
        AnnotationCase{"AlbOfOlderClassNginx",
                       "kubernetes.io/ingress.class: nginx, "
                       "alb.ingress.kubernetes.io/certificate-arn: x",
                       "", "-"},
        AnnotationCase{"Agic", "appgw.ingress.kubernetes.io/appgw-ssl-certificate: c",
                       "ingressClassName: azure-application-gateway, ",
                       "appgw.ingress.kubernetes.io/appgw-ssl-certificate"},
        AnnotationCase{"AgicByOlderClass",
                       "appgw.ingress.kubernetes.io/appgw-ssl-certificate: c, "
                       "kubernetes.io/ingress.class: azure/application-gateway",
                       "", "appgw.ingress.kubernetes.io/appgw-ssl-certificate"},
        AnnotationCase{"AgicOfClassNginx", "appgw.ingress.kubernetes.io/appgw-ssl-certificate: c",
                       "ingressClassName: nginx, ", "-"},
        AnnotationCase{"AgicEmpty", "appgw.ingress.kubernetes.io/appgw-ssl-certificate: ''", "",
                       "-"},
        AnnotationCase{"AgicRedirectAlone", "appgw.ingress.kubernetes.io/ssl-redirect: 'true'", "",
                       "-"},
        AnnotationCase{"GkeManaged", "networking.gke.io/managed-certificates: c", "",
                       "networking.gke.io/managed-certificates"},
        AnnotationCase{"GkeShared", "ingress.gcp.kubernetes.io/pre-shared-cert: c",
                       "ingressClassName: gce, ", "ingress.gcp.kubernetes.io/pre-shared-cert"},
        AnnotationCase{"GkeMap", "networking.gke.io/certmap: c", "ingressClassName: gce-internal, ",
                       "networking.gke.io/certmap"},
        AnnotationCase{"GkeEmpty", "networking.gke.io/managed-certificates: ''", "", "-"},
        AnnotationCase{"GkeOfClassAlb", "networking.gke.io/managed-certificates: c",
                       "ingressClassName: alb, ", "-"},
        AnnotationCase{"GkeOnlyNoHttp", "kubernetes.io/ingress.allow-http: 'false'", "", "-"},
        AnnotationCase{"TraefikTls", "traefik.ingress.kubernetes.io/router.tls: 'true'",
                       "ingressClassName: traefik, ", "traefik.ingress.kubernetes.io/router.tls"},
        AnnotationCase{"TraefikNoTls", "traefik.ingress.kubernetes.io/router.tls: 'false'", "",
                       "-"},
        AnnotationCase{"TraefikResolver",
                       "traefik.ingress.kubernetes.io/router.tls.certresolver: le", "",
                       "traefik.ingress.kubernetes.io/router.tls.certresolver"},
        AnnotationCase{"TraefikOtherOption", "traefik.ingress.kubernetes.io/router.tlsx: le", "",
                       "-"},
        AnnotationCase{"TraefikEntryPoint",
                       "traefik.ingress.kubernetes.io/router.entrypoints: 'web, websecure'", "",
                       "traefik.ingress.kubernetes.io/router.entrypoints"},
        AnnotationCase{"TraefikPlainEntryPoint",
                       "traefik.ingress.kubernetes.io/router.entrypoints: web", "", "-"},
        AnnotationCase{"TraefikOfClassNginx", "traefik.ingress.kubernetes.io/router.tls: 'true'",
                       "ingressClassName: nginx, ", "-"},
        AnnotationCase{"CertManagerAlone", "cert-manager.io/cluster-issuer: le", "", "-"}),
    [](const auto& row) { return row.param.name; });

// Whether an Ingress with TLS is served in clear too.
bool serves_in_clear(const std::string& annotations, const std::string& spec = "") {
  return !clear_of(ingress(spec + "tls: [{hosts: [a]}], rules: [" + rule("a") + "]", annotations))
              .empty();
}

TEST(Ingress, IsServedInClearByALoadBalancerThatListensOnBoth) {
  const std::string both =
      R"(alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]')";
  EXPECT_TRUE(serves_in_clear(both));
  EXPECT_FALSE(serves_in_clear(both + ", alb.ingress.kubernetes.io/ssl-redirect: '443'"));
  EXPECT_FALSE(serves_in_clear(both + ", alb.ingress.kubernetes.io/actions.to-tls: '{}'"));
  EXPECT_FALSE(serves_in_clear(both, "ingressClassName: nginx, "));
  EXPECT_FALSE(serves_in_clear(R"(alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]')"));
}

TEST(Ingress, IsServedInClearWhereNginxIsToldNotToRedirect) {
  const std::string off = "nginx.ingress.kubernetes.io/ssl-redirect: 'false'";
  EXPECT_TRUE(serves_in_clear(off));
  EXPECT_FALSE(serves_in_clear("nginx.ingress.kubernetes.io/ssl-redirect: 'true'"));
  EXPECT_FALSE(serves_in_clear(off + ", nginx.ingress.kubernetes.io/force-ssl-redirect: 'true'"));
  EXPECT_FALSE(serves_in_clear(off, "ingressClassName: traefik, "));
}

std::string openshift(const std::string& spec) {
  return "{apiVersion: route.openshift.io/v1, kind: Route, metadata: {name: r, namespace: "
         "caracal},\n spec: {" +
         spec + "}}\n";
}

TEST(OpenShiftRoute, HasTlsWhenItStatesATermination) {
  for (const char* termination : {"edge", "passthrough", "reencrypt"}) {
    EXPECT_EQ(summary_of(openshift("host: A.example.com, to: {kind: Service, name: caracal-web}, "
                                   "tls: {termination: " +
                                   std::string{termination} + "}")),
              (Lines{"a.example.com web spec.tls.termination"}));
  }
}

TEST(OpenShiftRoute, IsServedInClearWhereThatIsAllowed) {
  const auto clear = [](const std::string& policy) {
    return clear_of(
        openshift("host: a, to: {name: caracal-web}, tls: {termination: edge, "
                  "insecureEdgeTerminationPolicy: " +
                  policy + "}"));
  };
  EXPECT_EQ(clear("Allow"), (Lines{"a insecureEdgeTerminationPolicy: Allow"}));
  EXPECT_EQ(clear("Redirect"), Lines{});
  EXPECT_EQ(clear("None"), Lines{});
}

TEST(OpenShiftRoute, HasNoneOtherwise) {
  EXPECT_EQ(summary_of(openshift("to: {name: caracal-web}")), (Lines{"* web -"}));
  EXPECT_EQ(summary_of(openshift("host: a, tls: {}, to: {name: caracal-web}")), (Lines{"a web -"}));
}

TEST(OpenShiftRoute, LeadsToAlternateBackendsToo) {
  EXPECT_EQ(summary_of(openshift("host: a, to: {name: shop}, alternateBackends: [{kind: Service, "
                                 "name: caracal-api}]")),
            (Lines{"a api -"}));
}

}  // namespace
}  // namespace compliance::test::ingress_test

"""The exporter judges its own deployment files by the rules that it holds against Caracal.

They are given to it as an installation whose services are declared to be Caracal's. The areas below must be free of
failures; the others ask for what only Caracal has, and OTHER_AREAS says why they are left out."""

import json
import os
import re
import subprocess
import unittest

import yaml
from support import SOURCE, EndToEnd, run

from kustomized import build

DEPLOY = SOURCE / "deploy"
# Each stands in for an internal component: the strictest kind.
COMPOSE_COMPONENTS = {"exporter": "audit", "prometheus": "api", "alertmanager": "coordinator", "grafana": "sts"}
KUBERNETES_COMPONENTS = {"caracal-compliance-exporter": "audit"}
SCRAPER = {"namespace": "monitoring", "pods": {"app.kubernetes.io/name": "prometheus"}, "components": ["audit"],
           "ports": [9787]}
AREAS = {"containers", "secrets", "internal-services", "network-policy"}
OTHER_AREAS = {
    "published-mode": "CARACAL_MODE, ports and settings of Caracal's own programs",
    "external-tls": "certificates and routes of public endpoints; the exporter has none",
    "web-edge": "headers, cookies and sign-up of the console",
    "gateway-upstreams": "the Gateway's allowlist",
    "runtime-cli": "the runtime CLI's commands",
    "signing-keys": "keys that only Caracal's services sign with",
    "metrics-access": "METRICS_BEARER of Caracal's services; the exporter's own token is a flag",
    "token-issuer": "the issuer that sts names in its tokens",
    "kubernetes-controls": "an autoscaler, among others: more pods would only ask the same questions again",
    "exporter-posture": "judged by the running daemon, of itself",
}
# Rows without evidence in files: they need a running stack.
NEED_ENDPOINTS = {"internal-services-redis-authentication", "internal-services-unreachable"}
NEED_SECRET_FILES = {"secrets-distinct-values", "secrets-file-permissions", "secrets-placeholder-values",
                     "secrets-rotation-age", "secrets-token-strength"}


class OwnCompliance(EndToEnd):
    def judged(self, installation):
        """Checks by id, every row turned on, the ones that are off by default too."""
        config = self.write("own.yaml", yaml.safe_dump({"installations": [{"name": "own", **installation}]}))
        code, output, errors = run("check", f"--config.file={config}", "--extended", "--format=json", "--verbose",
                                   "--offline")
        self.assertIn(code, (0, 1, 3), errors)
        return {check["id"]: check for check in json.loads(output)["installations"][0]["checks"]}

    def compose(self, *names, **options):
        files = [str(DEPLOY / name) for name in names or ("compose.yaml",)]
        return self.judged({"components": COMPOSE_COMPONENTS, "compose": {"files": files, **options}})

    def manifests(self, objects):
        path = self.write("rendered.yaml", yaml.safe_dump_all(objects))
        return self.judged({"components": KUBERNETES_COMPONENTS, "allowed_ingress": [SCRAPER],
                            "kubernetes": {"manifests": [str(path)]}})

    def assert_no_failure(self, checks, unknown):
        own = {id: check for id, check in checks.items() if check["area"] in AREAS}
        for id, check in own.items():
            with self.subTest(id):
                findings = [finding for finding in check["findings"] if finding["status"] != "pass"]
                self.assertNotEqual(check["status"], "fail", findings)
                self.assertEqual(check["status"] == "unknown", id in unknown, findings)

    def assert_pass(self, checks, *ids):
        for id in ids:
            with self.subTest(id):
                self.assertEqual(checks[id]["status"], "pass", checks[id]["findings"])

    def test_every_area_is_either_judged_or_left_out_for_a_reason(self):
        code, output, _ = run("list", "--format=json")
        self.assertEqual(code, 0)
        areas = {check["area"] for check in json.loads(output)}
        self.assertLessEqual(areas, AREAS | set(OTHER_AREAS))
        self.assertFalse(AREAS & set(OTHER_AREAS))

    def test_the_compose_stack_has_no_failure(self):
        checks = self.compose()
        self.assert_no_failure(checks, NEED_ENDPOINTS | NEED_SECRET_FILES)
        self.assert_pass(checks, "containers-non-root", "containers-read-only-root", "containers-resource-limits",
                         "containers-pinned-images", "containers-host-paths", "internal-services-published-ports",
                         "internal-services-bridge-network", "secrets-not-in-compose", "secrets-no-inline-values")
        components = {finding["component"] for finding in checks["containers-non-root"]["findings"]}
        self.assertEqual(components, set(COMPOSE_COMPONENTS.values()))

    def test_the_stack_on_caracals_network_has_no_failure_and_says_that_others_may_be_there(self):
        checks = self.compose("compose.yaml", "compose.caracal-network.yaml")
        others_unseen = {"internal-services-bridge-network", "internal-services-foreign-members"}
        self.assert_no_failure(checks, NEED_ENDPOINTS | NEED_SECRET_FILES | others_unseen)

    def test_the_compose_stack_of_a_prepared_site_has_no_failure(self):
        caracal = self.directory / "caracal"
        (caracal / "secrets").mkdir(parents=True)
        site = self.prepare_site(caracal)
        checks = self.compose(env_files=[str(site / "site.env")])
        self.assert_no_failure(checks, NEED_ENDPOINTS)

    def prepare_site(self, caracal):
        if os.geteuid() == 0:
            os.chown(caracal, 1000, 1000)
        site = self.directory / "site"
        subprocess.run([DEPLOY / "compose" / "make_site.sh", caracal, site], check=True, capture_output=True)
        return site

    def test_a_stack_with_a_fault_is_seen(self):
        """The rows above are judged, not passed over."""
        text = (DEPLOY / "compose.yaml").read_text()
        faults = {
            "containers-read-only-root": (r"  read_only: true\n", "", 1),
            "containers-capabilities-dropped": (r"  cap_drop: \[ALL\]\n", "", 1),
            "containers-no-new-privileges": (r'  security_opt: .*\n', "", 1),
            "containers-non-root": (r'user: "472:0"', 'user: "0"', 1),
            "containers-pinned-images": (r":v3.5.0", ":latest", 1),
            "containers-resource-limits": (r"    mem_limit: 128m\n", "", 1),
            "internal-services-published-ports": (r"127\.0\.0\.1:\$\{GRAFANA_PORT", "${GRAFANA_PORT", 1),
        }
        for id, (old, new, count) in faults.items():
            with self.subTest(id):
                changed, times = re.subn(old, new, text, count)
                self.assertEqual(times, 1)
                path = self.write("compose.yaml", changed)
                checks = self.judged({"components": COMPOSE_COMPONENTS, "compose": {"files": [str(path)]}})
                self.assertEqual(checks[id]["status"], "fail")

    def test_the_kubernetes_manifests_have_no_failure(self):
        for folder in ("base", "overlays/example"):
            with self.subTest(folder):
                checks = self.manifests(build(DEPLOY / "kubernetes" / folder))
                self.assert_no_failure(checks, NEED_ENDPOINTS | NEED_SECRET_FILES)
                self.assert_pass(checks, "containers-non-root", "containers-seccomp",
                                 "containers-service-account-token", "containers-resource-limits",
                                 "internal-services-service-type",
                                 "network-policy-covers-all", "network-policy-dns-egress",
                                 "network-policy-egress-minimal", "network-policy-ingress-minimal",
                                 "network-policy-internal-closed", "secrets-not-in-manifests")
                # Beyond the areas that have to hold.
                self.assert_pass(checks, "kubernetes-controls-replicas", "kubernetes-controls-disruption-budget",
                                 "kubernetes-controls-spread", "kubernetes-controls-pod-security-admission",
                                 "metrics-access-service-monitor")

    def test_manifests_with_a_fault_are_seen(self):
        faults = {"network-policy-covers-all": ("NetworkPolicy", ["spec"], {"policyTypes": ["Ingress"]}),
                  "network-policy-ingress-minimal": ("NetworkPolicy", ["spec"], {"ingress": [{}]}),
                  "containers-service-account-token": ("Deployment", ["spec", "template", "spec"],
                                                       {"automountServiceAccountToken": True}),
                  "internal-services-service-type": ("Service", ["spec"], {"type": "LoadBalancer"})}
        for id, (kind, way, fault) in faults.items():
            with self.subTest(id):
                objects = build(DEPLOY / "kubernetes" / "base")
                (place,) = (one for one in objects if one["kind"] == kind)
                for step in way:
                    place = place[step]
                place.update(fault)
                self.assertEqual(self.manifests(objects)[id]["status"], "fail")


if __name__ == "__main__":
    unittest.main()

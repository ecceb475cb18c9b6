"""The Kubernetes manifests and the Helm chart: valid by the published schemas, alike, and whole."""

import copy
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

import yaml
from support import SOURCE, EndToEnd, run

from kustomized import build, objects_of

DEPLOY = SOURCE / "deploy"
BASE = DEPLOY / "kubernetes" / "base"
OVERLAY = DEPLOY / "kubernetes" / "overlays" / "example"
CHART = DEPLOY / "helm" / "caracal-compliance-exporter"
NAME = "caracal-compliance-exporter"
NODE_MODULES = pathlib.Path(os.environ.get("COMPLIANCE_NODE_MODULES", SOURCE / "build" / "node" / "node_modules"))
SCHEMAS = [NODE_MODULES / "kubernetes-models", NODE_MODULES / "@kubernetes-models" / "prometheus-operator"]
# Labels that Helm adds to every object; one of them to selectors too.
OF_HELM = {"app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/managed-by", "helm.sh/chart"}


def named(objects, kind):
    return {one["metadata"]["name"]: one for one in objects if one["kind"] == kind}


def helm(*arguments):
    """The chart's objects; the version of Kubernetes is that of the schemas, not of a cluster."""
    done = subprocess.run(["helm", "template", NAME, CHART, "--namespace=caracal-compliance", "--kube-version=1.31.0",
                           *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def rendered(*arguments):
    code, output, errors = helm(*arguments)
    assert code == 0, errors
    return objects_of(output)


def without_labels(value):
    """`value` without the labels that Helm adds, wherever they stand."""
    if isinstance(value, list):
        return [without_labels(one) for one in value]
    if isinstance(value, dict):
        return {key: without_labels(below) for key, below in value.items() if key not in OF_HELM}
    return value


def comparable(objects):
    """Kind and name -> what the object says, without what Helm and kustomize do differently by design."""
    table = {}
    for one in map(without_labels, copy.deepcopy(objects)):
        kind, name = one["kind"], one["metadata"]["name"]
        one["metadata"] = {"namespace": one["metadata"].get("namespace")}
        if kind == "PrometheusRule":
            name = NAME
        if kind == "ConfigMap" and "exporter.yaml" in one["data"]:
            one["data"] = {key: yaml.safe_load(text) for key, text in one["data"].items()}
        if kind == "ConfigMap" and all(key.endswith(".json") for key in one["data"]):
            name = "+".join(sorted(one["data"]))
        if kind == "Deployment":
            one["spec"]["template"]["metadata"].pop("annotations", None)
        table[kind, name] = one
    return table


class Manifests(EndToEnd):
    def test_the_base_holds_every_object_that_a_hardened_deployment_needs(self):
        kinds = {one["kind"] for one in build(BASE)}
        self.assertLessEqual({"Namespace", "ServiceAccount", "ConfigMap", "Deployment", "Service", "NetworkPolicy",
                              "PodDisruptionBudget", "ServiceMonitor", "PrometheusRule"}, kinds)

    def test_no_object_holds_a_secret_and_every_secret_is_named(self):
        objects = build(BASE)
        self.assertFalse(named(objects, "Secret"))
        pod = named(objects, "Deployment")[NAME]["spec"]["template"]["spec"]
        mounted = {volume["secret"]["secretName"] for volume in pod["volumes"] if "secret" in volume}
        self.assertEqual(mounted, {"caracal-compliance-bearer", "caracal-compliance-tls"})

    def test_every_selector_selects_the_pods(self):
        objects = build(BASE)
        labels = named(objects, "Deployment")[NAME]["spec"]["template"]["metadata"]["labels"]
        selectors = {
            "Deployment": named(objects, "Deployment")[NAME]["spec"]["selector"]["matchLabels"],
            "Service": named(objects, "Service")[NAME]["spec"]["selector"],
            "NetworkPolicy": named(objects, "NetworkPolicy")[NAME]["spec"]["podSelector"]["matchLabels"],
            "PodDisruptionBudget": named(objects, "PodDisruptionBudget")[NAME]["spec"]["selector"]["matchLabels"]}
        for kind, selector in selectors.items():
            with self.subTest(kind):
                self.assertTrue(selector)
                self.assertLessEqual(selector.items(), labels.items())
        monitor = named(objects, "ServiceMonitor")[NAME]["spec"]["selector"]["matchLabels"]
        self.assertLessEqual(monitor.items(), named(objects, "Service")[NAME]["metadata"]["labels"].items())

    def test_the_monitor_scrapes_with_the_token_that_the_pods_demand_and_under_the_job_of_the_alerts(self):
        objects = build(BASE)
        (endpoint,) = named(objects, "ServiceMonitor")[NAME]["spec"]["endpoints"]
        self.assertEqual(endpoint["authorization"]["credentials"],
                         {"name": "caracal-compliance-bearer", "key": "token"})
        self.assertEqual(endpoint["scheme"], "https")
        self.assertEqual(endpoint["tlsConfig"]["serverName"], f"{NAME}.caracal-compliance.svc")
        job = endpoint["relabelings"][0]["replacement"]
        self.assertIn(f'job="{job}"', (DEPLOY / "prometheus" / "rules.yaml").read_text())

    def test_the_program_takes_the_arguments_and_the_configuration(self):
        """The arguments are a container's: only its file names are replaced."""
        for folder in (BASE, OVERLAY):
            with self.subTest(folder.name):
                objects = build(folder)
                data = named(objects, "ConfigMap")[NAME]["data"]
                config = self.write("exporter.yaml", data["exporter.yaml"].replace("/caracal/manifests", str(BASE)))
                (container,) = named(objects, "Deployment")[NAME]["spec"]["template"]["spec"]["containers"]
                arguments = [str(one).replace("/etc/caracal-compliance", str(self.directory))
                             for one in container["args"]]
                code, output, errors = run(*arguments, "--config.check")
                self.assertEqual(code, 0, output + errors)
                self.assertEqual(config.parent, self.directory)

    def test_every_board_is_in_a_config_map(self):
        plan = yaml.safe_load((SOURCE / "dashboards" / "kustomization.yaml").read_text())
        listed = [name for entry in plan["configMapGenerator"] for name in entry["files"]]
        boards = sorted(path.name for path in (SOURCE / "dashboards").glob("*.json"))
        self.assertEqual(sorted(listed), boards, "list each board in dashboards/kustomization.yaml")
        self.assertTrue(all(len(entry["files"]) == 1 for entry in plan["configMapGenerator"]))

    def test_the_chart_ships_the_same_rules_and_boards(self):
        files = CHART / "files"
        self.assertEqual((files / "prometheus-rule.yaml").resolve(), DEPLOY / "prometheus" / "prometheus-rule.yaml")
        self.assertEqual((files / "dashboards").resolve(), SOURCE / "dashboards")

    def test_the_charts_schema_describes_every_value_and_no_other(self):
        values = yaml.safe_load((CHART / "values.yaml").read_text())
        schema = json.loads((CHART / "values.schema.json").read_text())
        self.assertEqual(set(schema["properties"]) - {"global"}, set(values))
        for key, described in schema["properties"].items():
            if "properties" in described and described.get("additionalProperties") is False:
                with self.subTest(key):
                    self.assertEqual(set(described["properties"]), set(values[key]))

    def test_every_value_is_used_by_a_template(self):
        templates = "".join(path.read_text() for path in (CHART / "templates").iterdir())
        used = set(re.findall(r"\.Values\.([a-zA-Z]+)", templates))
        self.assertEqual(used, set(yaml.safe_load((CHART / "values.yaml").read_text())))


@unittest.skipUnless(all(path.is_dir() for path in SCHEMAS) and shutil.which("node"),
                     "no schemas: kubernetes-models and @kubernetes-models/prometheus-operator are not installed")
class SkippedWithoutNpmSchemas(EndToEnd):
    def problems(self, objects):
        done = subprocess.run(["node", SOURCE / "tests" / "support" / "validate_manifests.mjs", NODE_MODULES],
                              input=json.dumps(objects), capture_output=True, check=True, text=True)
        return json.loads(done.stdout)

    def test_the_manifests_are_valid(self):
        for folder in (BASE, OVERLAY):
            with self.subTest(folder.name):
                self.assertEqual(self.problems(build(folder)), [])

    def test_faults_are_seen(self):
        faults = {"unknown key": lambda spec: spec.update(replica=2),
                  "must be": lambda spec: spec.update(replicas="two"),
                  "required": lambda spec: spec["template"]["spec"].pop("containers")}
        for words, spoil in faults.items():
            with self.subTest(words):
                deployment = copy.deepcopy(named(build(BASE), "Deployment")[NAME])
                spoil(deployment["spec"])
                (problem,) = self.problems([deployment])
                self.assertIn(words, problem)
        self.assertEqual(self.problems([{"apiVersion": "v1", "kind": "Nonsense", "metadata": {"name": "x"}}]),
                         ["Nonsense x: no schema of v1"])

    @unittest.skipUnless(shutil.which("helm"), "helm is not installed")
    def test_the_chart_renders_valid_objects(self):
        for arguments in ((), ("--set=tls.enabled=false", "--set=installationSecret=caracal-runtime")):
            with self.subTest(arguments):
                self.assertEqual(self.problems(rendered(*arguments)), [])


@unittest.skipUnless(shutil.which("kustomize"), "kustomize is not installed")
class SkippedWithoutKustomize(unittest.TestCase):
    def test_it_builds_what_the_tests_judge(self):
        for folder in (BASE, OVERLAY):
            with self.subTest(folder.name):
                done = subprocess.run(["kustomize", "build", folder], capture_output=True, check=True, text=True)
                text = re.sub(rf"{NAME}-[0-9a-z]{{10}}\b", NAME, done.stdout)
                order = lambda one: (one["kind"], one["metadata"]["name"])
                self.assertEqual(sorted(objects_of(text), key=order), sorted(build(folder), key=order))


@unittest.skipUnless(shutil.which("helm"), "helm is not installed")
class SkippedWithoutHelm(EndToEnd):
    def test_the_chart_renders_the_objects_of_the_base(self):
        chart, base = comparable(rendered()), comparable(build(BASE))
        del base["Namespace", "caracal-compliance"]  # made by whoever installs the chart
        self.assertEqual(set(chart), set(base))
        for key in base:
            with self.subTest(key):
                self.assertEqual(chart[key], base[key])

    def test_the_chart_has_no_faults(self):
        subprocess.run(["helm", "lint", "--strict", CHART], check=True, capture_output=True)

    def test_what_can_be_left_out_is_left_out(self):
        switches = ("networkPolicy", "serviceMonitor", "prometheusRule", "dashboards", "disruptionBudget")
        kinds = {one["kind"] for one in rendered(*(f"--set={one}.enabled=false" for one in switches))}
        self.assertEqual(kinds, {"ConfigMap", "Deployment", "Service", "ServiceAccount"})

    def test_one_pod_has_no_disruption_budget_since_it_would_block_every_drain(self):
        self.assertFalse(named(rendered("--set=replicas=1"), "PodDisruptionBudget"))

    def test_without_tls_the_listener_is_declared_to_stand_behind_something_that_encrypts(self):
        objects = rendered("--set=tls.enabled=false")
        web = yaml.safe_load(named(objects, "ConfigMap")[NAME]["data"]["web.yaml"])
        self.assertEqual(web, {"bearer_token_files": ["/run/secrets/bearer/token"], "behind_tls_proxy": True})
        self.assertEqual(named(objects, "ServiceMonitor")[NAME]["spec"]["endpoints"][0]["scheme"], "http")

    def test_values_that_weaken_it_are_refused(self):
        for value in ("image.tag=latest", "image.digest=sha256:abc", "bearer.secretName=", "replicas=0",
                      "networkPolicy.from=null", "networkPolicy.form=x", "tls.enabled=maybe"):
            with self.subTest(value):
                kind = "--set-json" if value.endswith("null") else "--set"
                value = value.replace("=null", "=[]")
                code, output, errors = helm(f"{kind}={value}")
                self.assertNotEqual(code, 0, output)
                self.assertIn("values don't meet the specifications of the schema", errors)


if __name__ == "__main__":
    unittest.main()

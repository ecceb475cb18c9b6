"""The alerting rules: Prometheus accepts them, they do what their unit tests say, and nothing of them is left unsaid."""

import re
import shutil
import subprocess
import sys
import unittest

import yaml
from support import SOURCE, EndToEnd

RULES = SOURCE / "deploy" / "prometheus"
TEST_FILES = sorted((RULES / "tests").glob("*.yaml"))
RUNBOOK = "https://runbooks.example.com/caracal-compliance/runbook.md"
PREFIX = "CaracalCompliance"
ALERTS = {PREFIX + name for name in (
    "CheckFailing", "CheckUnknown", "DriftDetected", "CheckFlapping", "CheckStale", "CoverageLow", "ScoreDropped",
    "SourceDown", "WatchDegraded", "CertificateExpiring", "WeakTLSOffered", "SecretRotationDue", "WaiverExpiring",
    "WaiverExpired", "WaiverUnused", "SnapshotStale", "ConfigReloadFailed", "StateStoreBroken", "SeriesDropped",
    "AuthenticationFailures", "ExporterAbsent", "ExporterPostureFailing")}
KINDS = {"fire", "no fire", "unknown", "waived", "restart", "removed target", "exporter down", "missed scrape"}
SEVERITIES = {"critical", "warning", "info"}
RUNBOOK_PARTS = ("**Means.**", "**Look first.**", "**Do.**", "**Not a problem**")


def read_yaml(path):
    return yaml.safe_load(path.read_text())


def rules(kind):
    return [rule for group in read_yaml(RULES / "rules.yaml")["groups"] for rule in group["rules"] if kind in rule]


def published_families():
    header = (SOURCE / "exporter" / "publish" / "metrics" / "metric_names.h").read_text()
    return set(re.findall(r'"((?:caracal_compliance|process)_[a-z_]+)"', header))


def families_in(text):
    """Names of families; those that rules record hold a colon and are none."""
    return {re.sub("_seconds_(sum|count|bucket)$", "_seconds", name)
            for name in re.findall(r"\bcaracal_compliance_[a-z_]+\b(?!:)", text)}


def unit_tests():
    """Alert, kind, and the test itself, of every unit test."""
    for path in TEST_FILES:
        for test in read_yaml(path)["tests"]:
            alert, rest = test["name"].split(", ", 1)
            yield alert, rest.split(":", 1)[0], test


def fires(test):
    return any(check["exp_alerts"] for check in test["alert_rule_test"])


def runbook_sections():
    """Text by heading of the second level."""
    parts = re.split(r"^## (.+)\n", (RULES / "runbook.md").read_text(), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def runbook_blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", (RULES / "runbook.md").read_text(), flags=re.M | re.S)


class AlertRules(unittest.TestCase):
    def test_every_alert_of_the_contract_is_there_and_no_other(self):
        self.assertEqual({rule["alert"] for rule in rules("alert")}, ALERTS)

    def test_every_alert_says_how_long_how_bad_what_and_where_to_read_on(self):
        for rule in rules("alert"):
            with self.subTest(rule["alert"], severity=rule["labels"].get("severity")):
                self.assertEqual(set(rule), {"alert", "expr", "for", "labels", "annotations"})
                self.assertEqual(set(rule["labels"]), {"severity"})
                self.assertIn(rule["labels"]["severity"], SEVERITIES)
                self.assertEqual(set(rule["annotations"]), {"summary", "description", "runbook_url"})
                self.assertTrue(all(rule["annotations"].values()))
                self.assertEqual(rule["annotations"]["runbook_url"], f"{RUNBOOK}#{rule['alert'].lower()}")

    def test_the_runbook_has_a_whole_section_for_each_alert(self):
        sections = runbook_sections()
        self.assertEqual({heading for heading in sections if heading.startswith(PREFIX)}, ALERTS)
        for alert in ALERTS:
            for part in RUNBOOK_PARTS:
                with self.subTest(alert, part=part):
                    self.assertIn(part, sections[alert])

    def test_a_shell_understands_every_command_of_the_runbook(self):
        for commands in runbook_blocks("sh"):
            parsed = subprocess.run(["bash", "-n"], input=commands, capture_output=True, text=True)
            self.assertEqual((parsed.returncode, parsed.stderr), (0, ""), commands)

    def test_every_metric_that_is_named_is_one_of_the_contract(self):
        published = published_families()
        for name in ("rules.yaml", "runbook.md"):
            with self.subTest(name):
                self.assertEqual(families_in((RULES / name).read_text()) - published, set())

    def test_every_alert_has_a_unit_test_of_each_kind(self):
        kinds = {alert: set() for alert in ALERTS}
        for alert, kind, test in unit_tests():
            with self.subTest(test["name"]):
                self.assertIn(kind, KINDS)
                self.assertEqual({check["alertname"] for check in test["alert_rule_test"]}, {alert})
                if kind == "fire":
                    self.assertTrue(fires(test))
            kinds[alert].add(kind)
        self.assertEqual(kinds, {alert: KINDS for alert in ALERTS})

    def test_every_severity_of_an_alert_is_seen_to_fire(self):
        seen = {(alert, expected["exp_labels"]["severity"]) for alert, _, test in unit_tests()
                for check in test["alert_rule_test"] for expected in check["exp_alerts"]}
        self.assertEqual(seen, {(rule["alert"], rule["labels"]["severity"]) for rule in rules("alert")})

    def test_inhibitions_name_alerts_that_exist(self):
        text = (RULES / "alertmanager.yaml").read_text()
        self.assertLessEqual(set(re.findall(r'"(CaracalCompliance\w+)"', text)), ALERTS)


class OperatorForm(unittest.TestCase):
    def written(self, *options):
        program = [sys.executable, RULES / "make_prometheus_rule.py", "--output=-", *options]
        return subprocess.run(program, capture_output=True, check=True, text=True).stdout

    def test_is_fresh(self):
        self.assertEqual(self.written(), (RULES / "prometheus-rule.yaml").read_text(),
                         "run deploy/prometheus/make_prometheus_rule.py")

    def test_holds_the_same_rules(self):
        resource = read_yaml(RULES / "prometheus-rule.yaml")
        self.assertEqual((resource["apiVersion"], resource["kind"]), ("monitoring.coreos.com/v1", "PrometheusRule"))
        self.assertEqual(resource["spec"], read_yaml(RULES / "rules.yaml"))

    def test_fits_the_rules_to_a_site(self):
        text = self.written("--job=compliance/exporter", "--interval=300", "--runbook=https://wiki.example.com/page")
        for word, count in {'job="compliance/exporter"': 2, "vector(300)": 1, "https://wiki.example.com/page#": 24,
                            'job="caracal-compliance"': 0, "vector(60)": 0, "runbooks.example.com": 0}.items():
            with self.subTest(word):
                self.assertEqual(text.count(word), count)


@unittest.skipUnless(shutil.which("promtool"), "prometheus is not installed")
class PrometheusTools(EndToEnd):
    def checked(self, *command):
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_the_rules_do_what_their_unit_tests_say(self):
        # promtool uses one core: two of them take half the time.
        halves = [subprocess.Popen(["promtool", "test", "rules", *map(str, TEST_FILES[start::2])],
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for start in (0, 1)]
        outputs = [half.communicate()[0] for half in halves]
        self.assertEqual([half.returncode for half in halves], [0, 0], "".join(outputs))

    def test_prometheus_accepts_rules_and_example(self):
        for name in ("rules.yaml", "prometheus.yaml"):
            self.write(name, (RULES / name).read_bytes())
        self.write("caracal-compliance-token", "an-example-token-0123456789")
        self.checked("promtool", "check", "rules", "--lint=all", "--lint-fatal", self.directory / "rules.yaml")
        self.checked("promtool", "check", "config", "--lint=all", "--lint-fatal", self.directory / "prometheus.yaml")

    def test_prometheus_accepts_the_rules_in_the_operators_form(self):
        spec = read_yaml(RULES / "prometheus-rule.yaml")["spec"]
        self.checked("promtool", "check", "rules", self.write("rules.yaml", yaml.safe_dump(spec)))

    def test_prometheus_understands_every_query_of_the_runbook(self):
        queries = [query for block in runbook_blocks("promql") for query in re.split(r"\n(?!\s)", block.strip())]
        self.assertGreater(len(queries), len(ALERTS))
        recorded = [{"record": "a:query", "labels": {"number": str(number)}, "expr": query}
                    for number, query in enumerate(queries)]
        rules_file = self.write("queries.yaml", yaml.safe_dump({"groups": [{"name": "runbook", "rules": recorded}]}))
        self.checked("promtool", "check", "rules", rules_file)

    @unittest.skipUnless(shutil.which("amtool"), "prometheus-alertmanager is not installed")
    def test_alertmanager_accepts_the_example_and_wakes_somebody_for_critical_alerts_alone(self):
        example = RULES / "alertmanager.yaml"
        self.checked("amtool", "check-config", example)
        for severity, receiver in (("critical", "night"), ("warning", "day"), ("info", "day")):
            route = self.checked("amtool", "config", "routes", "test", f"--config.file={example}",
                                 "alertname=CaracalComplianceCheckFailing", f"severity={severity}")
            self.assertEqual(route.strip(), receiver)


if __name__ == "__main__":
    unittest.main()

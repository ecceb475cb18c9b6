"""The boards without any server: they keep every rule, each rule can fail, their files are fresh and provisioned."""

import copy
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import yaml

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(SOURCE / "tests" / "support"))

from board_rules import RULES, Surroundings, problems  # noqa: E402
from boards import DIRECTORY, boards, built_in, chosen, filled_in, panels, queries, variables  # noqa: E402
from promql import SYNTHETIC, exposition, selectors  # noqa: E402

PROGRAM = os.environ.get("COMPLIANCE_PROGRAM", str(SOURCE / "build/dev/exporter/caracal-compliance-exporter"))
NAMES = SOURCE / "exporter" / "publish" / "metrics" / "metric_names.h"
PROVISIONING = SOURCE / "deploy" / "grafana" / "provisioning"
DECLARED = re.compile(r'MetricName \w+\{\s*"([a-z_]+)",\s*(gauge|counter|histogram)')
STATES = ("pass", "not applicable", "UNKNOWN", "waived", "FAIL")


def published_labels():
    """Labels of the families that one `check` of the program gives."""
    with tempfile.TemporaryDirectory(prefix="compliance-boards-") as directory:
        compose = pathlib.Path(directory) / "compose.yaml"
        compose.write_text("services: {api: {image: 'caracal-node:v1.0.0'}}\n")
        done = subprocess.run([PROGRAM, "check", f"--compose={compose}", "--format=metrics"], capture_output=True,
                              text=True, timeout=120)
    if done.returncode not in (0, 1, 3):
        raise AssertionError(f"check ended with {done.returncode}: {done.stderr}")
    return exposition(done.stdout)[1]


def shows_state(query):
    """Whether the values of a query are states, and not numbers of them or times."""
    return query.lstrip("(").startswith("sum without (status)") and " == " not in query


class Boards(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.boards = boards()
        cls.surroundings = Surroundings(dict(DECLARED.findall(NAMES.read_text())), published_labels(),
                                        {board["uid"]: board for board in cls.boards.values()})

    def test_there_are_the_four_of_the_contract_and_each_has_its_own_uid(self):
        self.assertEqual({name: board["uid"] for name, board in self.boards.items()}, {
            "compliance-overview.json": "caracal-compliance-overview", "check-detail.json": "caracal-compliance-check",
            "edge-and-certificates.json": "caracal-compliance-edge",
            "exporter-health.json": "caracal-compliance-exporter"})

    def test_they_keep_every_rule(self):
        for name, board in self.boards.items():
            with self.subTest(name):
                self.assertEqual(problems(board, self.surroundings), [])

    def test_every_family_of_the_program_stands_on_a_board(self):
        self.assertGreater(len(self.surroundings.types), 35)
        asked = {one.family for board in self.boards.values() for _, query in queries(board)
                 for one in selectors(query)}
        self.assertEqual(asked - SYNTHETIC, set(self.surroundings.types))

    def test_states_are_shown_by_word_and_unknown_is_not_green(self):
        showing = [panel for board in self.boards.values() for panel in panels(board)
                   if any(shows_state(target["expr"]) for target in panel["targets"])]
        self.assertEqual(len(showing), 8)
        for panel in showing:
            with self.subTest(panel["title"]):
                self.assert_states(panel)

    def assert_states(self, panel):
        config = panel["fieldConfig"]
        found = [*config["defaults"]["mappings"], *(mapping for override in config["overrides"]
                                                    if override["matcher"]["options"] == "State"
                                                    for one in override["properties"] if one["id"] == "mappings"
                                                    for mapping in one["value"])]
        by_number = found[0]["options"]
        self.assertEqual(tuple(by_number[str(number)]["text"] for number in range(5)), STATES)
        colours = [by_number[str(number)]["color"] for number in range(5)]
        self.assertEqual(len(set(colours)), 5)
        self.assertEqual([number for number, colour in enumerate(colours) if "green" in colour], [0])
        self.assertEqual(found[1]["options"]["result"]["text"], "no data")

    def test_each_leads_to_the_others_and_the_detail_to_the_exporters_page(self):
        detail = self.boards["check-detail.json"]
        pages = [link["url"] for panel in panels(detail) for link in panel["fieldConfig"]["defaults"].get("links", [])]
        self.assertIn("${exporter_url}/checks/${check}", pages)
        self.assertTrue(variables(detail)["exporter_url"]["skipUrlSync"], "a link could name somebody else's page")


class Rules(unittest.TestCase):
    """A board that keeps every rule, and what each of them says of one fault."""

    FAULTS = {
        "datasource written down": (lambda b: b["panels"][1].update(datasource={"type": "prometheus", "uid": "P1"}),
                                    "datasource_is_a_variable"),
        "datasource of a target": (lambda b: target(b).update(datasource={"type": "prometheus", "uid": "P1"}),
                                   "datasource_is_a_variable"),
        "datasource of an annotation": (lambda b: b["annotations"]["list"][0].update(datasource=None),
                                        "datasource_is_a_variable"),
        "datasource of a variable": (lambda b: variables(b)["job"].update(datasource={"uid": "P1"}),
                                     "datasource_is_a_variable"),
        "no datasource variable": (lambda b: b["templating"]["list"].pop(0), "datasource_is_a_variable"),
        "no severity": (lambda b: drop(b, "severity"), "variables_are_complete"),
        "a variable that stays old": (lambda b: variables(b)["area"].update(refresh=1), "variables_are_complete"),
        "all jobs are those of today": (lambda b: variables(b)["job"].update(allValue=None), "variables_are_complete"),
        "somebody's installation is chosen": (
            lambda b: variables(b)["installation"].update(current={"value": "acme"}), "variables_are_complete"),
        "a variable nobody uses": (lambda b: b["templating"]["list"].append(
            {**variables(b)["area"], "name": "zone"}), "variables_are_used_and_known"),
        "a variable nobody knows": (lambda b: ask(b, 'up{job=~"$job", instance=~"$instance", zone="$zone"}'),
                                    "variables_are_used_and_known"),
        "no title": (lambda b: b["panels"][1].update(title=""), "panels_speak"),
        "no description": (lambda b: b["panels"][1].update(description=""), "panels_speak"),
        "no target": (lambda b: b["panels"][1].update(targets=[]), "panels_speak"),
        "two targets alike": (lambda b: b["panels"][1]["targets"].append(target(b)), "panels_speak"),
        "another kind of panel": (lambda b: b["panels"][1].update(type="graph"), "panels_speak"),
        "no unit": (lambda b: defaults(b).pop("unit"), "units_are_grafanas"),
        "a unit that is none": (lambda b: defaults(b).update(unit="seconds"), "units_are_grafanas"),
        "a unit of an override": (lambda b: b["panels"][1]["fieldConfig"]["overrides"].append(
            {"matcher": {"id": "byName", "options": "a"}, "properties": [{"id": "unit", "value": "secs"}]}),
                                  "units_are_grafanas"),
        "a value without a colour": (lambda b: mapped(b, {"text": "fails"}), "values_have_words_and_colours"),
        "a value without a word": (lambda b: mapped(b, {"color": "red"}), "values_have_words_and_colours"),
        "unknown in green": (lambda b: mapped(b, {"text": "UNKNOWN", "color": "dark-green"}),
                             "values_have_words_and_colours"),
        "one id twice": (lambda b: b["panels"][2].update(id=b["panels"][1]["id"]), "layout_fits"),
        "one place twice": (lambda b: b["panels"][2].update(gridPos=b["panels"][1]["gridPos"]), "layout_fits"),
        "a corner in another": (lambda b: move(b, dx=-1), "layout_fits"),
        "beyond the right edge": (lambda b: b["panels"][0]["gridPos"].update(w=25), "layout_fits"),
        "a link to no board": (lambda b: b["links"][0].update(url="/d/gone"), "links_lead_somewhere"),
        "a link with another variable": (lambda b: b["links"][0].update(url=b["links"][0]["url"] + "?var-zone=a"),
                                         "links_lead_somewhere"),
        "a link elsewhere": (lambda b: b["links"][0].update(url="http://grafana.internal/d/x"),
                             "links_lead_somewhere"),
        "a link that needs another field": (lambda b: defaults(b).update(links=[
            {"title": "a", "url": "/d/caracal-compliance-check?var-check=${__data.fields.rule}"}]) or
            b["panels"][1].update(type="table", transformations=[]), "links_lead_somewhere"),
        "an override of nothing": (lambda b: b["panels"][1].update(fieldConfig={
            **b["panels"][1]["fieldConfig"], "overrides": [{"matcher": {"id": "byName", "options": "gone"},
                                                            "properties": []}]}) or
            target(b).update(legendFormat="one"), "overrides_find_their_fields"),
        "a metric nobody publishes": (lambda b: ask(b, 'caracal_up{job=~"$job", instance=~"$instance"}'),
                                      "metrics_exist"),
        "a metric of everybody": (lambda b: ask(b, "process_resident_memory_bytes"), "metrics_exist"),
        "a variable of a metric nobody publishes": (lambda b: variables(b)["area"]["query"].update(
            query="label_values(caracal_info, area)"), "metrics_exist"),
        "no job": (lambda b: ask(b, 'up{instance=~"$instance"}'), "selectors_name_their_target"),
        "one instance": (lambda b: ask(b, 'up{job=~"$job", instance="10.0.0.1:9787"}'), "selectors_name_their_target"),
        "an installation written down": (
            lambda b: ask(b, 'caracal_compliance_score_ratio{job=~"$job", instance=~"$instance", installation="acme"}'),
            "installation_is_chosen"),
        "every installation": (
            lambda b: ask(b, 'caracal_compliance_check_waived{job=~"$job", instance=~"$instance"}'),
            "installation_is_chosen"),
        "an installation in a variable": (lambda b: variables(b)["area"]["query"].update(
            query='label_values(caracal_compliance_check_status{installation="acme"}, area)'),
                                          "installation_is_chosen"),
        "a bare counter": (lambda b: ask(b, 'process_cpu_seconds_total{job=~"$job", instance=~"$instance"}'),
                           "counters_are_rates"),
        "the rate of a gauge": (lambda b: ask(
            b, 'rate(process_open_fds{job=~"$job", instance=~"$instance"}[$__rate_interval])'), "counters_are_rates"),
        "a rate over five minutes": (lambda b: ask(
            b, 'rate(process_cpu_seconds_total{job=~"$job", instance=~"$instance"}[5m])'), "counters_are_rates"),
        "a rate over the whole time": (lambda b: ask(
            b, 'rate(process_cpu_seconds_total{job=~"$job", instance=~"$instance"}[$__range])'),
                                       "counters_are_rates"),
        "a quantile without le": (lambda b: ask(
            b, 'histogram_quantile(0.9, sum by (source) (rate(caracal_compliance_probe_duration_seconds_bucket'
               '{job=~"$job", instance=~"$instance"}[$__rate_interval])))'), "counters_are_rates"),
        "open to edits": (lambda b: b.update(editable=True), "board_is_whole"),
        "an old schema": (lambda b: b.update(schemaVersion=36), "board_is_whole"),
        "no uid": (lambda b: b.update(uid=""), "board_is_whole"),
        "no alerts": (lambda b: b["annotations"].update(list=[]), "board_is_whole"),
    }

    def setUp(self):
        self.known = Surroundings(dict(DECLARED.findall(NAMES.read_text())),
                                  {"caracal_compliance_check_waived": {"installation", "check"}},
                                  {board["uid"]: board for board in boards().values()})

    def test_each_fault_is_found_by_its_rule(self):
        for name, (breaks, rule) in self.FAULTS.items():
            with self.subTest(name):
                board = copy.deepcopy(boards()["compliance-overview.json"])
                breaks(board)
                self.assertIn(rule, {problem.split(":")[0] for problem in problems(board, self.known)})

    def test_every_rule_is_seen_to_fail(self):
        self.assertEqual({rule for _, rule in self.FAULTS.values()}, {rule.__name__ for rule in RULES})


def target(board):
    return board["panels"][1]["targets"][0]


def defaults(board):
    return board["panels"][1]["fieldConfig"]["defaults"]


def ask(board, query):
    target(board).update(expr=query)


def drop(board, name):
    board["templating"]["list"] = [one for one in board["templating"]["list"] if one["name"] != name]


def mapped(board, result):
    defaults(board).update(mappings=[{"type": "value", "options": {"1": result}}])


def move(board, dx):
    board["panels"][1]["gridPos"]["x"] += dx


class FilledIn(unittest.TestCase):
    def test_values_are_written_as_grafana_writes_them(self):
        many = {"multi": True, "includeAll": True}
        for variable, values, text in ((many, ["a"], "a"), (many, ["a", "b.c"], r"(a|b\\.c)"),
                                       ({**many, "allValue": ".+"}, None, ".+"),
                                       ({"multi": False, "includeAll": False}, ["10.0.0.1"], "10.0.0.1")):
            with self.subTest(text):
                self.assertEqual(chosen(variable, values), text)
        self.assertEqual(filled_in("a{x=~\"$x\"}[$__range] ${x}", {"x": "1", "__range": "60s"}), 'a{x=~"1"}[60s] 1')
        with self.assertRaises(ValueError):
            filled_in("$gone", {})
        self.assertEqual(built_in(3600, 15, 1000), ({"__interval": "15s", "__rate_interval": "60s",
                                                     "__range": "3600s"}, 15))
        self.assertEqual(built_in(86400, 15, 100)[0]["__rate_interval"], "879s")


class Files(unittest.TestCase):
    def written(self, directory, *options):
        subprocess.run([sys.executable, "-B", DIRECTORY / "generate.py", f"--output={directory}", *options], check=True)
        return {path.name: path.read_text() for path in pathlib.Path(directory).iterdir()}

    def test_are_what_the_generator_writes(self):
        with tempfile.TemporaryDirectory(prefix="compliance-boards-") as directory:
            written = self.written(directory)
        self.assertEqual(set(written), {path.name for path in DIRECTORY.glob("*.json")})
        for name, text in written.items():
            self.assertTrue(text == (DIRECTORY / name).read_text(), f"{name}: run dashboards/generate.py")

    def test_fit_a_site(self):
        with tempfile.TemporaryDirectory(prefix="compliance-boards-") as directory:
            written = self.written(directory, "--exporter=https://compliance.example.com",
                                   "--runbook=https://wiki.example.com/page")
        text = "".join(written.values())
        for word, present in {"https://compliance.example.com": True, "https://wiki.example.com/page": True,
                              "http://127.0.0.1:9787": False, "runbooks.example.com": False}.items():
            with self.subTest(word):
                self.assertEqual(word in text, present)


class Provisioning(unittest.TestCase):
    def read(self, name):
        return yaml.safe_load((PROVISIONING / name).read_text())

    def test_grafana_finds_its_prometheus_under_a_stable_uid(self):
        document = self.read("datasources/prometheus.yaml")
        self.assertEqual(document["apiVersion"], 1)
        [source] = document["datasources"]
        self.assertEqual((source["type"], source["uid"], source["access"], source["url"]),
                         ("prometheus", "caracal-prometheus", "proxy", "http://prometheus:9090"))
        self.assertTrue(source["isDefault"])
        scrape = yaml.safe_load((SOURCE / "deploy/prometheus/prometheus.yaml").read_text())["global"]
        self.assertEqual(source["jsonData"]["timeInterval"], scrape["scrape_interval"])

    def test_grafana_finds_the_boards_and_keeps_them_as_they_are(self):
        document = self.read("dashboards/caracal-compliance.yaml")
        self.assertEqual(document["apiVersion"], 1)
        [provider] = document["providers"]
        self.assertEqual((provider["type"], provider["options"]["path"]), ("file", "/var/lib/grafana/dashboards"))
        self.assertEqual((provider["allowUiUpdates"], provider["disableDeletion"]), (False, True))


if __name__ == "__main__":
    unittest.main()

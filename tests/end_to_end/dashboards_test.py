"""The boards against a real Prometheus that scrapes the real program: every query of every panel, variable and
annotation is understood and returns data.

The fixture makes that true: a check that fails after a change, is waived in another installation and unknown in a
third; endpoints over TLS; a port that must not answer and does; a source that cannot be read; a wrong token. The rules
are the shipped ones but for their waiting times."""

import json
import math
import re
import shutil
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

from probing import Probing
from support import SOURCE, TOKEN, free_port, get

import edge
from board_rules import Surroundings, columns, every_link, problems
from boards import boards, built_in, chosen, filled_in, label_values, panels, queries, variables
from console import Console
from promql import exposition, selectors
from services import Service

CHECK = "containers-not-privileged"
COMPOSE = """services:
  api:
    image: ghcr.io/garudex-labs/caracal-node:v1.0.0
    privileged: false
"""
WAIVER = f"""- id: TEST-1
  check: {CHECK}
  installation: accepted
  reason: the test accepts it
  approved_by: the test
  expires: 2999-01-01
"""
# The program judges itself once its catalogue has this area; until then no board can show it.
OWN_POSTURE = "exporter-posture"
SCRAPE_INTERVAL = 1  # seconds
STARTING = 503  # what Prometheus answers until it has read its files
POINTS = 500  # that a panel of usual width asks for
LEGEND_LABEL = re.compile(r"\{\{ *(\w+) *\}\}")
LINK_LABEL = re.compile(r"\$\{__field\.labels\.(\w+)\}")


@unittest.skipUnless(shutil.which("prometheus"), "prometheus is not installed")
class Dashboards(Probing):
    maxDiff = None

    def start_everything(self):
        """The program on the fixture, Prometheus with the rules, and then what has to happen while they watch."""
        self.compose = self.write("compose.yaml", COMPOSE)
        _, self.base = self.serve(self.fixture(), f"--state.path={self.directory / 'state.db'}")
        self.started = time.time()
        self.start_prometheus()
        # Counters that rise from their first sample alone would show no increase.
        self.wait_until(lambda: self.ask("count_over_time(up[1m]) > 3"), "some scrapes", 60)
        self.compose.write_text(COMPOSE.replace("false", "true"))
        self.assertEqual(get(self.base + "/metrics", token="a-wrong-token-0123456789abcdef")[0], 401)
        for severity in ("critical", "warning"):
            self.wait_until(lambda: self.ask(f'ALERTS{{alertstate="firing",check="{CHECK}",severity="{severity}"}}'),
                            f"an alert, {severity}", 90)

    def fixture(self):
        secret = self.write("secrets/zoneKek", "5c" * 32, 0o600)
        web = self.door(edge.stripping(Console()))
        exposed, dead = self.server.open(Service("api")), free_port()
        installations = {
            "production": {"compose": {"files": [str(self.compose)]}, "secrets": {"directories": [str(secret.parent)]},
                           "endpoints": {"web": self.web(web), "api": {"url": f"http://127.0.0.1:{dead}"}},
                           "exposure": {"addresses": ["127.0.0.1"], "ports": [exposed.port]}},
            "accepted": {"compose": {"files": [str(self.write(
                "accepted/compose.yaml", COMPOSE.replace("false", "true")))]}},
            "broken": {"compose": {"files": [str(self.write("broken/compose.yaml", "services: [\n"))]}}}
        return self.configuration(installations, interval="1s", probe_interval="2s",
                                  waivers_file=str(self.write("waivers.yaml", WAIVER)))

    def start_prometheus(self):
        shipped = (SOURCE / "deploy/prometheus/rules.yaml").read_text()
        rules = self.write("rules.yaml", re.sub(r"^(\s+for:) .*$", r"\1 1s", shipped, flags=re.M))
        bearer = self.write("credentials", TOKEN)
        config = self.write("prometheus.yaml", json.dumps({
            "global": {"scrape_interval": f"{SCRAPE_INTERVAL}s", "evaluation_interval": "1s"},
            "rule_files": [str(rules)],
            "scrape_configs": [{"job_name": "caracal-compliance", "authorization": {"credentials_file": str(bearer)},
                                "static_configs": [{"targets": [self.base.removeprefix("http://")]}]}]}))
        port = free_port()
        self.prometheus = f"http://127.0.0.1:{port}"
        self.start("prometheus", f"--config.file={config}", f"--storage.tsdb.path={self.directory / 'tsdb'}",
                   f"--web.listen-address=127.0.0.1:{port}", log="prometheus.log")

    def call(self, path, **parameters):
        """Data of Prometheus' API; what it does not understand ends the test, not the waiting."""
        url = f"{self.prometheus}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            with error:
                if error.code != STARTING:
                    raise AssertionError(f"{parameters}: {error.read().decode()}") from None
                return None
        except OSError:
            return None

    def ask(self, query):
        return (self.call("query", query=query) or {}).get("result", [])

    def ask_target(self, query, values, instant):
        """Series of a query as Grafana asks it, those left out that hold no number at all."""
        seconds = max(60, math.ceil(time.time() - self.started))
        own, step = built_in(seconds, SCRAPE_INTERVAL, POINTS)
        text = filled_in(query, {**values, **own})
        if instant:
            found = self.ask(text)
        else:
            end = time.time()
            answer = self.call("query_range", query=text, start=end - seconds, end=end, step=step)
            found = (answer or {}).get("result", [])
        return [one for one in found if any(math.isfinite(float(value))
                                            for _, value in one.get("values", [one.get("value")]))]

    def values_of(self, board, selections):
        """{variable: text} of a board; those that are not in `selections` stand on All. Each query has values."""
        values = {}
        for name, variable in variables(board).items():
            if variable["type"] == "datasource":
                continue
            known = self.variable_values(variable, values)
            self.assertTrue(known, f"{board['title']}: variable {name} has no values")
            if name in selections:
                self.assertLessEqual(set(selections[name]), set(known), name)
            picked = selections.get(name) or (None if variable.get("allValue") else known)
            values[name] = chosen({"multi": False, "includeAll": False, **variable}, picked)
        return values

    def variable_values(self, variable, values):
        if variable["type"] != "query":
            return variable["query"].split(",")
        selector, label = label_values(variable)
        return self.call(f"label/{label}/values", **{"match[]": filled_in(selector, values)})

    def judges_itself(self):
        return f'area="{OWN_POSTURE}"' in self.scraped()

    def scraped(self):
        return get(self.base + "/metrics")[2].decode()

    def test_every_query_returns_data_and_shows_what_it_names(self):
        self.start_everything()
        self.check_that_all_states_are_there()
        for name, board in boards().items():
            values = self.values_of(board, {"check": [CHECK]})
            for panel in panels(board):
                with self.subTest(board=name, panel=panel["title"]):
                    self.check_panel(panel, values)
            for annotation in board["annotations"]["list"]:
                with self.subTest(board=name, annotation=annotation["name"]):
                    self.check_annotation(annotation, values)
            self.check_one_choice(board)
        self.check_rules_with_all_labels()

    def check_that_all_states_are_there(self):
        """The fixture is what it should be, and the overview says so of the one check in three installations."""
        overview = boards()["compliance-overview.json"]
        query = next(panel for panel in panels(overview) if panel["title"] == "All checks")["targets"][0]["expr"]
        found = self.ask_target(query, self.values_of(overview, {}), instant=True)
        self.assertEqual({one["value"][1] for one in found}, {"0", "1", "2", "3", "4"})
        self.assertEqual({one["metric"]["installation"]: one["value"][1] for one in found
                          if one["metric"]["check"] == CHECK}, {"production": "4", "accepted": "3", "broken": "2"})

    def check_panel(self, panel, values):
        found = []
        for target in panel["targets"]:
            if OWN_POSTURE in target["expr"] and not self.judges_itself():
                self.assertEqual(self.ask_target(target["expr"], values, target["instant"]), [])
                return
            found.append(self.wait_until(lambda: self.ask_target(target["expr"], values, target["instant"]),
                                         f"{panel['title']}, {target['refId']}: {target['expr']}", 60))
        for target, series in zip(panel["targets"], found):
            self.check_legend(target, series)
        if panel["type"] == "table":
            self.check_columns(panel, [label for series in found for one in series for label in one["metric"]])
        else:
            self.check_names(panel, found)

    def check_legend(self, target, series):
        for label in LEGEND_LABEL.findall(target["legendFormat"]):
            self.assertTrue(all(label in one["metric"] for one in series), f"{target['expr']} has no {label}")

    def check_columns(self, panel, labels):
        """Every field of a table is shown or hidden, and none is named that does not come."""
        organize = next(one["options"] for one in panel["transformations"] if one["id"] == "organize")
        placed = set(organize["indexByName"]) | set(organize["excludeByName"])
        if panel["transformations"][0]["id"] == "groupingToMatrix":
            matrix = panel["transformations"][0]["options"]
            self.assertLessEqual({matrix["rowField"], matrix["columnField"]}, set(labels))
            return
        self.assertLessEqual(set(labels), placed)
        # Labels of some alerts alone, that no alert of the fixture has.
        sometimes = {"component", "source", "waiver"} if panel["title"] == "Alerts that fire" else set()
        self.assertLessEqual({name for name in columns(panel) if not name.startswith("Value")} - sometimes,
                             set(labels))

    def check_names(self, panel, found):
        """Curves that overrides and links are about are there."""
        names, labels = set(), set()
        for target, series in zip(panel["targets"], found):
            for one in series:
                names.add(LEGEND_LABEL.sub(lambda match: one["metric"][match[1]], target["legendFormat"]))
                labels.update(one["metric"])
        wanted = [one["matcher"] for one in panel["fieldConfig"]["overrides"]]
        self.assertLessEqual({one["options"] for one in wanted if one["id"] == "byName"}, names)
        for pattern in (one["options"] for one in wanted if one["id"] == "byRegexp"):
            self.assertTrue(any(re.fullmatch(pattern, name) for name in names), pattern)
        for owner, link in every_link({"links": [], "panels": [panel]}):
            self.assertLessEqual(set(LINK_LABEL.findall(link["url"])), labels, owner["title"])

    def check_annotation(self, annotation, values):
        found = self.wait_until(lambda: self.ask_target(annotation["expr"], values, instant=False),
                                annotation["expr"], 60)
        if annotation["useValueForTime"]:
            instant = float(found[0]["values"][-1][1]) / 1000
            self.assertLess(abs(instant - time.time()), 3600)

    def check_one_choice(self, board):
        """One value of each variable makes another text than all of them: it has to be understood as well."""
        values = self.values_of(board, {"installation": ["production"], "severity": ["critical"], "check": [CHECK],
                                        "area": ["containers"]})
        for where, query in queries(board):
            self.assertIsInstance(self.ask_target(query, values, instant=True), list, where)

    def check_rules_with_all_labels(self):
        """The rules once more with what was scraped: every family is there, with its labels."""
        types, labels = exposition(self.scraped())
        surroundings = Surroundings(types, labels, {board["uid"]: board for board in boards().values()})
        for name, board in boards().items():
            with self.subTest(board=name):
                self.assertEqual(problems(board, surroundings), [])
        asked = {one.family for board in boards().values() for _, query in queries(board)
                 for one in selectors(query)}
        self.assertEqual(set(types) - asked, set())


if __name__ == "__main__":
    unittest.main()

"""The formats of `check`: they agree, point to the right lines, and are served by the daemon too."""

import collections
import json
import os
import subprocess
import unittest
import urllib.parse
import xml.etree.ElementTree

from report_fixture import COMPOSE, PLANTED, planted_faults, write_fixture
from support import EndToEnd, get, run

CONTENT_TYPES = {
    "json": "application/json", "sarif": "application/sarif+json", "junit": "application/xml",
    "oscal": "application/json", "table": "text/plain; charset=utf-8",
    "metrics": "text/plain; version=0.0.4; charset=utf-8"}


def json_findings(text):
    """How many findings of each status an installation has."""
    return {installation["name"]: collections.Counter(finding["status"] for check in installation["checks"]
                                                      for finding in check["findings"])
            for installation in json.loads(text)["installations"]}


def sarif_findings(text):
    words = {"fail": "fail", "open": "unknown", "pass": "pass"}
    return {run["properties"]["installation"]: collections.Counter(words[result["kind"]] for result in run["results"])
            for run in json.loads(text)["runs"]}


def oscal_properties(thing):
    return {prop["name"]: prop["value"] for prop in thing.get("props", [])}


def oscal_findings(text):
    return {oscal_properties(result)["installation"]: collections.Counter(
        oscal_properties(evidence)["status"] for observation in result["observations"]
        for evidence in observation.get("relevant-evidence", []))
        for result in json.loads(text)["assessment-results"]["results"]}


def junit_findings(text):
    counts = collections.defaultdict(collections.Counter)
    for case in xml.etree.ElementTree.fromstring(text).iter("testcase"):
        for problem in case:
            body = problem.text or ""
            waived = problem.tag == "skipped" and body.startswith("waived")
            usual = "fail" if problem.tag == "failure" or waived else "unknown"
            for line in body.splitlines():
                if line.startswith("- "):
                    other = line[2:].partition(") ")[0]
                    status = other[1:] if other in ("(unknown", "(pass", "(fail") else usual
                    counts[case.get("classname").partition(".")[0]][status] += 1
    return counts


READERS = {"json": json_findings, "sarif": sarif_findings, "junit": junit_findings, "oscal": oscal_findings}


class Reports(EndToEnd):
    def setUp(self):
        super().setUp()
        self.config = write_fixture(self.directory)

    def check(self, *arguments, expected=1):
        """`check`, run in the directory of the fixture so that paths are relative."""
        code, out, err = run("check", "--config.file=exporter.yaml", *arguments,
                             preexec_fn=lambda: os.chdir(self.directory))
        self.assertEqual(code, expected, err)
        return out

    def test_agree_in_the_number_of_findings(self):
        expected = json_findings(self.check("--format=json"))
        self.assertEqual(set(expected), {"production", "staging"})
        for counts in expected.values():
            self.assertGreater(counts["fail"], 5)
            self.assertGreater(counts["unknown"], 5)
        for name, read in READERS.items():
            self.assertEqual(read(self.check(f"--format={name}")), expected, name)

    def test_add_the_passing_findings_where_they_are_verbose(self):
        expected = json_findings(self.check("--format=json", "--verbose"))
        self.assertGreater(expected["production"]["pass"], 5)
        for name in ("sarif", "oscal"):
            self.assertEqual(READERS[name](self.check(f"--format={name}", "--verbose")), expected, name)

    def test_agree_in_the_verdicts(self):
        checks = [check for installation in json.loads(self.check("--format=json"))["installations"]
                  for check in installation["checks"]]
        statuses = collections.Counter(check["status"] for check in checks)
        root = xml.etree.ElementTree.fromstring(self.check("--format=junit"))
        waived = sum(check["waived"] for check in checks)
        self.assertEqual(waived, 1)
        self.assertEqual(int(root.get("tests")), len(checks))
        self.assertEqual(int(root.get("failures")), statuses["fail"] - waived)
        self.assertEqual(len(list(root.iter("failure"))), statuses["fail"] - waived)
        self.assertEqual(len(list(root.iter("error"))), int(root.get("errors")))
        self.assertEqual(len(list(root.iter("error"))) + len(list(root.iter("skipped"))),
                         statuses["unknown"] + statuses["not_applicable"] + waived)
        for suite in root:
            for attribute, element in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"),
                                       ("skipped", "skipped")):
                self.assertEqual(int(suite.get(attribute)), len(list(suite.iter(element))), suite.get("name"))
        states = collections.Counter(
            finding["target"]["status"]["state"]
            for result in json.loads(self.check("--format=oscal"))["assessment-results"]["results"]
            for finding in result["findings"])
        self.assertEqual(states, {"satisfied": statuses["pass"],
                                  "not-satisfied": statuses["fail"] + statuses["unknown"]})

    def test_sarif_points_to_the_planted_lines(self):
        found = collections.defaultdict(set)
        for sarif_run in json.loads(self.check("--format=sarif"))["runs"]:
            rules = [rule["id"] for rule in sarif_run["tool"]["driver"]["rules"]]
            for result in sarif_run["results"]:
                self.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
                place = result["locations"][0]["physicalLocation"]
                uri = place["artifactLocation"]["uri"]
                if result["kind"] == "fail" and result["ruleId"] in PLANTED and uri.endswith(".yaml"):
                    self.assertNotIn(" ", uri)
                    name = urllib.parse.unquote(uri)
                    line = (self.directory / name).read_text().splitlines()[place["region"]["startLine"] - 1]
                    self.assertIn(f"# fault: {result['ruleId']}", line)
                    self.assertRegex(line[place["region"]["startColumn"] - 1:], r"^\S")
                    found[name].add((result["ruleId"], place["region"]["startLine"]))
        for name in ("deploy dir/compose.yaml", "deploy dir/hostile.yaml"):
            self.assertEqual(found[name], planted_faults((self.directory / name).read_text()), name)

    def test_sarif_keeps_its_fingerprints_when_lines_move(self):
        def fingerprints():
            return {result["partialFingerprints"]["caracalComplianceFinding/v1"]
                    for sarif_run in json.loads(self.check("--format=sarif"))["runs"] for result in sarif_run["results"]}

        before = fingerprints()
        compose = self.directory / "deploy dir/compose.yaml"
        compose.write_text("# one\n# two\n" + compose.read_text())
        self.assertEqual(fingerprints(), before)

    def test_show_the_waiver(self):
        reason = "vendor <image> & ]]>"
        results = [result for sarif_run in json.loads(self.check("--format=sarif"))["runs"]
                   for result in sarif_run["results"] if result["suppressions"]]
        self.assertEqual([result["ruleId"] for result in results], ["containers-not-privileged"])
        self.assertIn(reason, results[0]["suppressions"][0]["justification"])
        skipped = [case for case in xml.etree.ElementTree.fromstring(self.check("--format=junit")).iter("testcase")
                   if case.get("name") == "containers-not-privileged" and case.find("skipped") is not None]
        self.assertEqual([case.get("classname") for case in skipped], ["production.containers"])
        self.assertIn(reason, skipped[0].find("skipped").text)
        waived = [finding for result in json.loads(self.check("--format=oscal"))["assessment-results"]["results"]
                  for finding in result["findings"] if oscal_properties(finding).get("waived") == "true"]
        self.assertEqual([finding["target"]["status"]["state"] for finding in waived], ["not-satisfied"])

    def test_survive_a_hostile_name(self):
        name = 'x"<script>alert(1)</script>]]>&amp;\\x1b[31m\\u202egpj'
        self.assertIn(name, "".join(xml.etree.ElementTree.fromstring(self.check("--format=junit")).itertext()))
        messages = [result["message"]["text"] for sarif_run in json.loads(self.check("--format=sarif"))["runs"]
                    for result in sarif_run["results"]]
        self.assertTrue(any(name in message.replace("\\[", "[").replace("\\]", "]") for message in messages))
        self.assertIn(json.dumps("\\<script\\>")[1:-1], self.check("--format=oscal"))

    def test_go_to_a_file(self):
        for name, read in READERS.items():
            self.assertEqual(self.check(f"--format={name}", "--output=out"), "")
            self.assertEqual(set(read((self.directory / "out").read_text())), {"production", "staging"}, name)
        code, _, err = run("check", f"--config.file={self.config}", "--format=sarif",
                           f"--output={self.directory}/nowhere/out")
        self.assertEqual(code, 2)
        self.assertIn("nowhere/out", err)

    def test_are_served(self):
        _, base = self.serve(self.config)
        expected = json_findings(get(base + "/api/v1/report")[2].decode())
        for name, content_type in CONTENT_TYPES.items():
            status, headers, body = get(f"{base}/api/v1/report?format={name}")
            self.assertEqual((status, headers["Content-Type"]), (200, content_type), name)
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            if name in READERS:
                self.assertEqual(set(READERS[name](body.decode())), set(expected), name)
            self.assertEqual(get(f"{base}/api/v1/report?format={name}", token=None)[0], 401)
        status, _, body = get(base + "/api/v1/report?format=pdf")
        self.assertEqual(status, 400)
        self.assertIn(b"sarif", body)


class Baseline(EndToEnd):
    def setUp(self):
        super().setUp()
        self.compose = self.write("compose.yaml", COMPOSE)
        code, out, _ = self.check("--format=json")
        self.assertEqual(code, 1)
        self.baseline = self.write("known.json", out)

    def check(self, *arguments):
        return run("check", f"--compose={self.compose}", *arguments)

    def test_takes_off_what_it_holds(self):
        code, out, err = self.check(f"--baseline={self.baseline}")
        self.assertEqual((code, err), (0, ""))
        self.assertRegex(out, r"\n  (\d+) of \1 failing and (\d+) of \2 unknown findings are in the baseline ")
        self.assertIn("FAIL", out)

    def test_holds_what_has_moved(self):
        self.compose.write_text("# one\n\n" + COMPOSE)
        self.assertEqual(self.check(f"--baseline={self.baseline}")[0], 0)

    def test_lets_a_new_fault_fail(self):
        self.compose.write_text(COMPOSE.replace('"127.0.0.1:4001:4001"', '"4001:4001"'))
        code, out, err = self.check(f"--baseline={self.baseline}", "--format=json")
        self.assertEqual(code, 1)
        failing = json_findings(out)["default"]["fail"]
        self.assertIn(f"{failing - 1} of {failing} failing", err)
        self.assertEqual(self.check(f"--baseline={self.baseline}", "--check=containers-not-privileged")[0], 0)

    def test_lets_a_new_unknown_count(self):
        self.compose.write_text(COMPOSE + "    environment:\n      PORT: ${UNSET:?}\n")
        self.assertEqual(self.check(f"--baseline={self.baseline}")[0], 3)

    def test_is_refused_with_file_and_fault_when_it_is_broken(self):
        for text, fault in ((b"{", "invalid JSON at line 1, column 2"), (b"\xff\x00", "invalid JSON at line 1, column 1"),
                            (b'{"installations": 1}', "installations must be a list"),
                            (b"hunter2-secret", "invalid JSON")):
            path = self.write("broken.json", text)
            code, out, err = self.check(f"--baseline={path}")
            self.assertEqual((code, out), (2, ""), text)
            self.assertIn(f"{path}: {fault}", err)
            self.assertNotIn("hunter2", err)
        code, _, err = self.check(f"--baseline={self.directory}/none.json")
        self.assertEqual(code, 2)
        self.assertIn("none.json is not there", err)


if __name__ == "__main__":
    unittest.main()

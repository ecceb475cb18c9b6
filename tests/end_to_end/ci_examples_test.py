"""The examples for pipelines in deploy/ci: their scripts run with the real program and end as they say."""

import os
import pathlib
import re
import shlex
import subprocess
import unittest

import yaml

from report_fixture import COMPOSE
from support import PROGRAM, SOURCE, EndToEnd

EXAMPLES = SOURCE / "deploy" / "ci"
CONFIG = "installations:\n  - name: production\n    compose: {files: [compose.yaml]}\n"
CLEAN = """services:
  helper:
    image: docker.io/library/busybox:1.37.0
    user: "65532"
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
"""


def steps():
    workflow = yaml.safe_load((EXAMPLES / "github-workflow.yaml").read_text())
    job, = workflow["jobs"].values()
    return job["steps"]


def script(name):
    found, = [step["run"] for step in steps() if step.get("name") == name]
    return found


class Examples(EndToEnd):
    def setUp(self):
        super().setUp()
        self.write("exporter.yaml", CONFIG)
        self.write("compose.yaml", COMPOSE)
        programs = self.directory / "bin"
        programs.mkdir()
        (programs / "caracal-compliance-exporter").symlink_to(pathlib.Path(PROGRAM).resolve())
        self.environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "GITHUB_OUTPUT": "output",
                            "GITHUB_STEP_SUMMARY": "summary"}

    def bash(self, text):
        """As a runner runs a step."""
        return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text], cwd=self.directory,
                              env=self.environment, capture_output=True, text=True, timeout=120)

    def check(self):
        return self.bash(script("Check"))

    def text(self, name):
        return (self.directory / name).read_text()

    def test_the_workflow_reports_and_remembers_the_exit_code(self):
        done = self.check()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.text("output"), "code=1\n")
        self.assertIn("published-mode-caracal-mode", self.text("summary"))
        self.assertIn('"version": "2.1.0"', self.text("hardening.sarif"))
        self.assertIn("<testsuites", self.text("hardening.xml"))
        verdict = script("Verdict").replace("${{ steps.check.outputs.code }}", "1")
        self.assertEqual(self.bash(verdict).returncode, 1)

    def test_the_workflow_sends_alerts_for_failures_alone(self):
        self.check()
        self.assertIn('"kind": "open"', self.text("hardening.sarif"))
        done = self.bash(script("Keep what fails"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('"kind": "fail"', self.text("alerts.sarif"))
        self.assertNotIn('"kind": "open"', self.text("alerts.sarif"))
        self.assertIn("alerts.sarif", str([step.get("with") for step in steps()]))

    def test_the_workflow_is_content_with_a_clean_project(self):
        self.write("compose.yaml", CLEAN)
        self.assertEqual(self.check().returncode, 0)
        self.assertEqual(self.text("output"), "code=0\n")

    def test_the_workflow_stops_at_a_bad_configuration(self):
        self.write("exporter.yaml", CONFIG + "intervall: 1s\n")
        done = self.check()
        self.assertEqual(done.returncode, 2)
        self.assertIn("intervall", done.stderr)
        self.assertFalse((self.directory / "output").exists())

    def test_the_baseline_is_made_by_the_command_in_the_comment(self):
        comment = re.sub(r"\n\s*#\s*", " ", (EXAMPLES / "github-workflow.yaml").read_text())
        command, = re.findall(r"`(check [^`]*--output=known.json)`", comment)
        self.assertEqual(self.bash("caracal-compliance-exporter " + command).returncode, 1)
        self.assertEqual(self.check().returncode, 0)
        self.assertEqual(self.text("output"), "code=0\n")
        self.assertIn("are in the baseline known.json", self.text("summary"))

    def test_the_workflow_lets_compose_judge_its_files_first(self):
        self.assertEqual(shlex.split(script("Compose takes the files")),
                         ["docker", "compose", "--file", "compose.yaml", "config", "--quiet"])

    def test_the_hook_stops_severe_faults_and_nothing_else(self):
        hook, = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
        self.assertEqual(self.bash(hook["entry"]).returncode, 1)
        self.write("compose.yaml", CLEAN)
        self.assertEqual(self.bash(hook["entry"]).returncode, 0)
        for name in ("compose.yaml", "deploy/compose.override.yml", "caracal.env", ".env", "x/exporter.yaml"):
            self.assertRegex(name, hook["files"])
        for name in ("README.md", "decompose.yaml.txt", "src/main.py"):
            self.assertNotRegex(name, hook["files"])


if __name__ == "__main__":
    unittest.main()

"""Hardened installations with one change each: exactly the named verdicts differ, and harmless changes make none.

The tables are in changes/: one change a row. Many installations are judged by one process."""

import collections
import itertools
import pathlib
import sys
import unittest

from support import EndToEnd, check_json

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "changes"))

import certificates  # noqa: E402
import change as kinds  # noqa: E402
import consoles  # noqa: E402
import harmless  # noqa: E402
import installations  # noqa: E402
import container_rights  # noqa: E402
import network  # noqa: E402
import outside  # noqa: E402
import published_mode  # noqa: E402
import secret_contents  # noqa: E402
import secret_handling  # noqa: E402
import surroundings  # noqa: E402

FAULTS = [*published_mode.CHANGES, *secret_handling.CHANGES, *secret_contents.CHANGES, *container_rights.CHANGES,
          *certificates.CHANGES, *outside.CHANGES, *network.CHANGES, *consoles.CHANGES]
HARMLESS = [*harmless.CHANGES, *certificates.HARMLESS, *consoles.HARMLESS, *surroundings.CHANGES]
BATCH = 60

# What the unchanged installations leave open, and why.
UNKNOWN = {"compose": {"external-tls-load-balancer": "pending"}, "kubernetes": {}}
# Rows that only an endpoint can answer; here none is asked.
ENDPOINT_ROWS = {"external-tls-" + name for name in ("cipher-suites", "handshake", "http-redirect",
                                                     "protocol-versions")} | {
    "web-edge-" + name for name in (
        "content-security-policy", "content-type-options", "credential-rate-limit", "cross-site-writes",
        "foreign-origin-grants", "frame-options", "proxied-paths", "rate-limit-identity", "referrer-policy",
        "strict-transport-security", "unauthenticated-console")} | {
    "metrics-access-" + name for name in ("accepted-with-bearer", "denied-without-bearer", "not-on-public-edge")} | {
    "gateway-upstreams-fails-closed", "internal-services-redis-authentication", "internal-services-unreachable",
    "published-mode-api-documentation", "token-issuer-key-set"}


def judged(report):
    """By check: the status, with the components that fail in order of name."""
    result = {}
    for check in report["checks"]:
        failing = sorted({finding["component"] for finding in check["findings"] if finding["status"] == "fail"})
        result[check["id"]] = " ".join([check["status"], *failing])
    return result


def difference(before, after):
    return {check: after[check] for check in after if after[check] != before[check]}


class Changes(EndToEnd):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.files = {base: make() for base, make in installations.FILES.items()}

    def place(self, name, base, edits=(), config=None):
        """Writes a changed installation and returns its part of the configuration."""
        files = dict(self.files[base])
        for edit in edits:
            edit.apply(files)
        installations.write(self.directory / name, files,
                            [edit for edit in edits if isinstance(edit, kinds.Status)])
        return {"name": name, **installations.placed(installations.CONFIG[base] | (config or {}), name)}

    def judge(self, parts):
        """What the program says of each installation, by name."""
        config = self.directory / "exporter.yaml"
        installations.write_config(config, parts)
        report, _ = check_json(f"--config.file={config}", "--extended", "--offline")
        return {installation["name"]: installation for installation in report["installations"]}

    def judge_all(self, changes):
        """Each change with what it makes of the verdicts."""
        numbered = [(f"change-{number}", change) for number, change in enumerate(changes)]
        for start in range(0, len(numbered), BATCH):
            batch = numbered[start:start + BATCH]
            reports = self.judge([self.place(name, change.base, change.edits, change.config)
                                  for name, change in batch])
            for name, change in batch:
                yield change, judged(reports[name])

    def unchanged(self):
        reports = self.judge([self.place(base, base) for base in installations.FILES])
        return {base: judged(report) for base, report in reports.items()}

    def assert_differences(self, changes):
        before = self.unchanged()
        for change, after in self.judge_all(changes):
            with self.subTest(change.name, base=change.base):
                self.assertEqual(difference(before[change.base], after), change.expect)

    def test_hardened_installations_fail_nothing_and_leave_little_open(self):
        reports = self.judge([self.place(base, base) for base in installations.FILES])
        for base, report in reports.items():
            open_ones = {check["id"]: check["unknown_reason"] for check in report["checks"]
                         if check["status"] == "unknown" and check["id"] not in ENDPOINT_ROWS}
            failing = [(check["id"], finding["message"]) for check in report["checks"]
                       for finding in check["findings"] if finding["status"] == "fail"]
            self.assertEqual(failing, [], base)
            self.assertEqual(open_ones, UNKNOWN[base], base)

    def test_every_fault_flips_its_checks_and_no_others(self):
        self.assert_differences(FAULTS)

    def test_harmless_changes_flip_nothing(self):
        self.assert_differences(HARMLESS)

    def test_rows_have_names_of_their_own_and_say_why_several_checks_differ(self):
        names = collections.Counter((change.base, change.name) for change in FAULTS + HARMLESS)
        self.assertEqual([name for name, count in names.items() if count > 1], [])
        for change in FAULTS:
            self.assertTrue(change.expect, change.name)
            self.assertTrue(len(change.expect) == 1 or change.why, change.name)


if __name__ == "__main__":
    unittest.main()

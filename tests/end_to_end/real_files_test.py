"""The published June 2026 deployment files: the expected verdict of every check, and where the failures stand.

expected_verdicts.tsv holds a row for each check and a column for each input; expected_findings.tsv holds every
failing finding. Both are read by people first: a changed verdict is a decision, not an update."""

import csv
import pathlib
import unittest

from support import JUNE, EndToEnd, check_json

HERE = pathlib.Path(__file__).resolve().parent
OPERATOR = ["--env=CARACAL_VERSION=2026.06.22-rc.1", "--env=CARACAL_WEB_URL=https://console.sample.test",
            "--env=CARACAL_STS_ISSUER_URL=https://sts.sample.test", "--env=UPSTREAM_HOST_ALLOWLIST=api.sample.test"]

INPUTS = {
    "compose": [f"--compose={JUNE / 'compose.yaml'}"],
    "compose with variables": [f"--compose={JUNE / 'compose.yaml'}", *OPERATOR],
    "development": [f"--compose={JUNE / 'compose.development.yaml'}", f"--env-file={JUNE / 'development.env'}"],
    "unhardened": [f"--compose={JUNE / 'compose.unhardened.yaml'}"],
    "kubernetes production": [f"--manifests={JUNE / 'kubernetes-production.yaml'}"],
    "kubernetes cloud": [f"--manifests={JUNE / 'kubernetes-cloud-managed.yaml'}"],
    "kubernetes development": [f"--manifests={JUNE / 'kubernetes-development.yaml'}"],
}

RENEWAL = ("the tables are stale: a new check wants a row in expected_verdicts.tsv. Write both anew with COMPLIANCE_PROGRAM=PROGRAM "
           "python3 tests/end_to_end/real_files_test.py --write, read the difference, and decide whether each change is right")


def table(name):
    with open(HERE / name, newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def reports():
    return {name: check_json(*arguments, "--extended", "--offline")[0]["installations"][0]["checks"]
            for name, arguments in INPUTS.items()}


def verdict(check):
    """The status, and why where it is unknown."""
    return check["status"] if check["status"] != "unknown" else f"unknown: {check['unknown_reason']}"


def position(finding):
    origin = finding["origin"] or {}
    return f"{origin.get('line')}:{origin.get('column')}"


def verdict_rows(judged):
    ids = [check["id"] for check in judged["compose"]]
    by_input = {name: {check["id"]: verdict(check) for check in checks} for name, checks in judged.items()}
    return [{"check": check_id, **{name: by_input[name][check_id] for name in INPUTS}} for check_id in ids]


def finding_rows(judged):
    return [{"input": name, "check": check["id"], "position": position(finding), "component": finding["component"],
             "object": (finding["origin"] or {}).get("object") or "", "message": finding["message"]}
            for name, checks in judged.items() for check in checks for finding in check["findings"]
            if finding["status"] == "fail"]


@unittest.skipUnless(JUNE.is_dir(), "../shared/data is not there")
class RealFiles(EndToEnd):
    maxDiff = None

    def test_every_verdict_and_every_failing_finding(self):
        judged = reports()
        self.assertEqual(verdict_rows(judged), table("expected_verdicts.tsv"), RENEWAL)
        self.assertEqual(finding_rows(judged), table("expected_findings.tsv"), RENEWAL)


def write_tables():
    """Writes both tables anew, for a person to read the difference."""
    judged = reports()
    for name, rows in (("expected_verdicts.tsv", verdict_rows(judged)), ("expected_findings.tsv", finding_rows(judged))):
        with open(HERE / name, "w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), delimiter="\t", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    import sys
    if sys.argv[1:] == ["--write"]:
        write_tables()
    else:
        unittest.main()

"""Every external-tls row with over eighty TLS servers on loopback, and testssl.sh as a second opinion on twelve.

The servers are in tls/servers.py, what is to be said of them in tls/expected.tsv."""

import concurrent.futures
import csv
import pathlib
import shutil
import sys
import tempfile
import unittest

from support import EndToEnd, check_json

HERE = pathlib.Path(__file__).resolve().parent / "tls"
sys.path.insert(0, str(HERE))

import matrix  # noqa: E402
import testssl  # noqa: E402

SECOND_OPINIONS = ["openssl", "expired", "self-signed", "wrong-name", "rsa-1024", "tls1.3-alone", "tls1.0-to-tls1.3",
                   "ssl3-beside-tls1.2", "null-beside-aes", "rc4-beside-aes", "triple-des-beside-aes", "export-rc4"]


def expected_verdicts():
    with open(HERE / "expected.tsv", newline="") as table:
        return {row.pop("server"): row for row in csv.DictReader(table, delimiter="\t")}


def verdict_of(check):
    return check["status"] + (f":{check['unknown_reason']}" if check["status"] == "unknown" else "")


class TlsMatrix(EndToEnd):
    @classmethod
    def setUpClass(cls):
        if lacking := matrix.missing_programs(testssl="testssl.sh"):
            raise AssertionError("this test needs " + lacking)
        cls.place = pathlib.Path(tempfile.mkdtemp(prefix="compliance-tls-"))
        cls.addClassCleanup(shutil.rmtree, cls.place)
        cls.matrix = matrix.Matrix(cls.place)
        cls.addClassCleanup(cls.matrix.end)
        cls.root = cls.matrix.certificates.root.certificate

    def _installation(self, server):
        return (f"  - name: {server.name.replace('.', '-')}\n    endpoints:\n      gateway: {{url: "
                f"\"https://{server.host}:{server.port}\", connect_to: \"{server.connect_to}\", ca_file: {self.root}}}\n")

    def _seen(self):
        """The verdicts on all servers, of one run."""
        config = self.write("matrix.yaml", "installations:\n"
                            + "".join(map(self._installation, self.matrix.servers.values())))
        report, _ = check_json(f"--config.file={config}",
                               *(f"--check=external-tls-{row}" for row in testssl.ROWS), timeout=240)
        seen = {}
        for name, installation in zip(self.matrix.servers, report["installations"]):
            checks = {check["id"]: check for check in installation["checks"]}
            seen[name] = {row: verdict_of(checks["external-tls-" + row]) for row in testssl.ROWS}
        return seen

    def test_every_server_is_judged_as_the_table_says(self):
        expected = expected_verdicts()
        self.assertEqual(list(expected), list(self.matrix.servers))
        self.assertGreaterEqual(len(expected), 40)
        wrong = [f"{server}: {row} is {seen[row]}, not {expected[server][row]}"
                 for server, seen in self._seen().items() for row in testssl.ROWS if seen[row] != expected[server][row]]
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def test_every_row_has_a_server_for_each_of_its_verdicts(self):
        for row in testssl.ROWS:
            verdicts = {seen[row].split(":")[0] for seen in expected_verdicts().values()}
            self.assertEqual(verdicts, {"pass", "fail", "unknown"}, row)

    def test_quick_sources_judge_an_endpoint_too(self):
        for name, code in (("openssl", 0), ("self-signed", 1)):
            server = self.matrix.servers[name]
            report, ended = check_json(f"--gateway=https://{server.host}:{server.port}",
                                       f"--connect-to={server.connect_to}", f"--ca-file={self.root}",
                                       *(f"--check=external-tls-{row}" for row in testssl.ROWS))
            self.assertEqual(ended, code, name)
            checks = {check["id"]: check for check in report["installations"][0]["checks"]}
            self.assertEqual(verdict_of(checks["external-tls-handshake"]), expected_verdicts()[name]["handshake"])

    def test_testssl_agrees_on_twelve_servers(self):
        expected = expected_verdicts()
        self.assertEqual(len(SECOND_OPINIONS), 12)
        with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
            opinions = pool.map(lambda name: testssl.verdicts(
                testssl.ask(self.matrix.servers[name], self.root, self.place)), SECOND_OPINIONS)
            wrong = [f"{name}: {row} is {expected[name][row]}, testssl {theirs[row]}"
                     for name, theirs in zip(SECOND_OPINIONS, opinions) for row in testssl.ROWS
                     if not testssl.agree(expected[name][row], theirs[row])]
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))


if __name__ == "__main__":
    unittest.main()

"""A real Prometheus scrapes the real daemon."""

import json
import re
import shutil
import subprocess
import unittest
import urllib.parse
import urllib.request

from support import SOURCE, TOKEN, EndToEnd, free_port, get


@unittest.skipUnless(shutil.which("prometheus") and shutil.which("promtool"), "prometheus is not installed")
class Prometheus(EndToEnd):
    def query(self, path):
        try:
            with urllib.request.urlopen(self.prometheus + path, timeout=5) as answer:
                return json.load(answer)["data"]
        except OSError:
            return None

    def scrape_with(self, base, job):
        port = free_port()
        target = base.removeprefix("http://")
        config = self.write("prometheus.yaml", "global: {scrape_interval: 1s}\nscrape_configs:\n"
                            f"  - job_name: caracal\n    static_configs: [{{targets: ['{target}']}}]\n{job}")
        self.prometheus = f"http://127.0.0.1:{port}"
        self.start("prometheus", f"--config.file={config}", f"--storage.tsdb.path={self.directory / 'tsdb'}",
                   f"--web.listen-address=127.0.0.1:{port}", log="prometheus.log")

    def target(self):
        def scraped():
            data = self.query("/api/v1/targets")
            if data and data["activeTargets"] and data["activeTargets"][0]["health"] != "unknown":
                return data["activeTargets"][0]
            return None
        return self.wait_until(scraped, "a scrape")

    def test_scrapes_with_a_credentials_file(self):
        _, base = self.serve(self.demo_installation() / "exporter.yaml")
        credentials = self.write("credentials", TOKEN)
        self.scrape_with(base, f"    authorization: {{credentials_file: {credentials}}}\n")
        target = self.target()
        self.assertEqual((target["health"], target["lastError"]), ("up", ""))
        result = self.wait_until(lambda: self.query(
            "/api/v1/query?query=caracal_compliance_check_compliant==0")["result"], "series")
        failing = {series["metric"]["check"] for series in result}
        self.assertIn("containers-not-privileged", failing)

    def test_every_query_of_the_boards_returns_data(self):
        text = (SOURCE / "dashboards" / "README.md").read_text()
        queries = "".join(re.findall(r"```promql\n(.*?)```", text, re.S)).splitlines()
        self.assertGreater(len(queries), 5)
        _, base = self.serve(self.demo_installation() / "exporter.yaml")
        self.scrape_with(base, f"    authorization: {{credentials_file: {self.write('credentials', TOKEN)}}}\n")
        for query in queries:
            path = "/api/v1/query?" + urllib.parse.urlencode({"query": query})
            self.wait_until(lambda: (self.query(path) or {}).get("result"), query)

    def test_is_down_with_401_without_credentials(self):
        _, base = self.serve(self.demo_installation() / "exporter.yaml")
        self.scrape_with(base, "")
        target = self.target()
        self.assertEqual(target["health"], "down")
        self.assertIn("401", target["lastError"])

    def test_exposition_is_clean_and_no_series_appears_twice(self):
        _, base = self.serve(self.demo_installation() / "exporter.yaml")
        body = get(base + "/metrics")[2]
        linted = subprocess.run(["promtool", "check", "metrics"], input=body, capture_output=True)
        self.assertEqual((linted.returncode, linted.stdout, linted.stderr), (0, b"", b""))
        series = [line.rsplit(" ", 1)[0] for line in body.decode().splitlines() if not line.startswith("#")]
        self.assertEqual(len(series), len(set(series)))
        self.assertGreater(len(series), 300)


if __name__ == "__main__":
    unittest.main()

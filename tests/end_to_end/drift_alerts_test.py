"""Drift end to end: the real daemon, Prometheus with the shipped rules, Alertmanager and a webhook receiver.

The rules are the shipped ones but for their waiting times, which are cut to a second so that the test ends."""

import http.server
import json
import re
import shutil
import threading
import unittest
import urllib.parse
import urllib.request

from support import SOURCE, TOKEN, EndToEnd, free_port

CHECK = "containers-not-privileged"
HARDENED = """services:
  api:
    image: ghcr.io/garudex-labs/caracal-node:v2026.06.22-rc.1
    privileged: false
"""
WAIVER = """- id: TEST-1
  check: containers-not-privileged
  installation: production
  reason: the test waives it
  approved_by: the test
  expires: 2999-01-01
"""


class Receiver:
    """Keeps what Alertmanager posts: (status, labels) of every alert, in order."""

    def __init__(self):
        self.alerts = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                receiver.alerts += [(alert["status"], alert["labels"]) for alert in body["alerts"]]
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def last(self, alert, **labels):
        """The newest status of the alert with these labels, or nothing."""
        states = [status for status, got in self.alerts
                  if got["alertname"] == f"CaracalCompliance{alert}" and labels.items() <= got.items()]
        return states[-1] if states else None


@unittest.skipUnless(shutil.which("prometheus") and shutil.which("prometheus-alertmanager"),
                     "prometheus or prometheus-alertmanager is not installed")
class DriftAlerts(EndToEnd):
    def start_alerting(self, base):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        alertmanager, prometheus = free_port(), free_port()
        routing = self.write("alertmanager.yaml", json.dumps({
            "route": {"receiver": "test", "group_by": ["..."], "group_wait": "0s", "group_interval": "1s",
                      "repeat_interval": "1h"},
            "receivers": [{"name": "test", "webhook_configs": [{"url": self.receiver.url, "send_resolved": True}]}]}))
        self.start("prometheus-alertmanager", f"--config.file={routing}", f"--storage.path={self.directory / 'am'}",
                   f"--web.listen-address=127.0.0.1:{alertmanager}", "--cluster.listen-address=", log="alertmanager.log")
        shipped = (SOURCE / "deploy/prometheus/rules.yaml").read_text()
        rules = self.write("rules.yaml", re.sub(r"^(\s+for:) .*$", r"\1 1s", shipped, flags=re.M))
        config = self.write("prometheus.yaml", json.dumps({
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "rule_files": [str(rules)],
            "alerting": {"alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{alertmanager}"]}]}]},
            "scrape_configs": [{"job_name": "caracal-compliance",
                                "authorization": {"credentials_file": str(self.write("credentials", TOKEN))},
                                "static_configs": [{"targets": [base.removeprefix("http://")]}]}]}))
        self.prometheus = f"http://127.0.0.1:{prometheus}"
        self.start("prometheus", f"--config.file={config}", f"--storage.tsdb.path={self.directory / 'tsdb'}",
                   f"--web.listen-address=127.0.0.1:{prometheus}", log="prometheus.log")

    def query(self, expression):
        path = "/api/v1/query?" + urllib.parse.urlencode({"query": expression})
        try:
            with urllib.request.urlopen(self.prometheus + path, timeout=5) as answer:
                return json.load(answer)["data"]["result"]
        except OSError:
            return []

    def wait_for(self, status, alert, **labels):
        self.wait_until(lambda: self.receiver.last(alert, **labels) == status, f"{alert} {labels} {status}", 60)

    def test_a_fault_alerts_and_resolves_and_a_waiver_silences_it(self):
        compose = self.write("compose.yaml", HARDENED)
        waivers = self.write("waivers.yaml", "[]\n")
        config = self.write("exporter.yaml", f"interval: 1h\nwaivers_file: {waivers}\ninstallations:\n"
                            f"  - {{name: production, compose: {{files: [{compose}]}}}}\n")
        daemon, base = self.serve(config, f"--state.path={self.directory / 'state.db'}")
        self.start_alerting(base)
        labels = {"installation": "production", "check": CHECK}

        compose.write_text(HARDENED.replace("false", "true"))
        self.wait_for("firing", "CheckFailing", severity="critical", **labels)
        self.wait_for("firing", "DriftDetected", **labels)

        compose.write_text(HARDENED)
        self.wait_for("resolved", "CheckFailing", **labels)

        waivers.write_text(WAIVER)
        compose.write_text(HARDENED.replace("false", "true"))
        before = len(self.receiver.alerts)
        # Waived for several evaluations: longer than any alert of this test waits.
        self.wait_until(lambda: self.query(f'min_over_time(caracal_compliance_check_waived{{check="{CHECK}"}}[5s]) == 1'),
                        "the waiver at work", 60)
        self.assertTrue(self.query(f'caracal_compliance_check_status{{check="{CHECK}",status="fail"}} == 1'))
        self.assertNotIn(("firing", "CheckFailing", CHECK),
                         [(status, got["alertname"].removeprefix("CaracalCompliance"), got.get("check"))
                          for status, got in self.receiver.alerts[before:]])

        daemon.terminate()
        daemon.wait(10)
        self.wait_for("firing", "ExporterAbsent")
        self.assertNotEqual(self.receiver.last("CheckFailing", **labels), "firing")


if __name__ == "__main__":
    unittest.main()

"""The rows that ask sts, gateway, api, coordinator and audit, on stand-ins of them: good ones, and each fault alone."""

import unittest

from probing import Probing, named
from support import run

from services import ZONE, Service

BEARER = "the-bearer-of-the-stand-ins-41f0"
DENIED, ACCEPTED = "metrics-access-denied-without-bearer", "metrics-access-accepted-with-bearer"
KEYS, DOCS = "token-issuer-key-set", "published-mode-api-documentation"
CONTROL, CLOSED = "published-mode-control-gate", "gateway-upstreams-fails-closed"
ROWS = (DENIED, ACCEPTED, KEYS, DOCS, CONTROL, CLOSED)
COMPONENTS = ("sts", "gateway", "api", "coordinator", "audit")
UNEXPECTED = "unknown: unexpected_response"

# Which service is another one, and the rows that differ by it from all being well.
FAULTS = {
    "sts metrics open": ({"component": "sts", "metrics": "open"}, {DENIED: "fail"}),
    "gateway metrics open": ({"component": "gateway", "metrics": "open"}, {DENIED: "fail"}),
    "audit metrics open": ({"component": "audit", "metrics": "open"}, {DENIED: "fail"}),
    "api metrics open": ({"component": "api", "metrics": "open"}, {DENIED: "fail"}),
    "coordinator metrics open": ({"component": "coordinator", "metrics": "open"}, {DENIED: "fail"}),
    "sts in development without bearer": ({"component": "sts", "development": True, "metrics_bearer": ""},
                                          {DENIED: "fail"}),
    "sts in development with bearer": ({"component": "sts", "development": True}, {}),
    "sts published without bearer": ({"component": "sts", "metrics_bearer": ""}, {ACCEPTED: "fail"}),
    "gateway with another bearer": ({"component": "gateway", "metrics_bearer": "another"}, {ACCEPTED: "fail"}),
    "coordinator with another bearer": ({"component": "coordinator", "metrics_bearer": "another"}, {}),
    "metrics that are a page": ({"component": "audit", "metrics": "html"},
                                {DENIED: UNEXPECTED, ACCEPTED: UNEXPECTED}),
    "metrics that fail": ({"component": "audit", "metrics": "error"}, {DENIED: UNEXPECTED, ACCEPTED: UNEXPECTED}),
    "metrics that hang up": ({"component": "audit", "metrics": "closes"},
                             {DENIED: "unknown: unreachable", ACCEPTED: "unknown: unreachable"}),
    "key set is a page": ({"component": "sts", "key_set": "html"}, {KEYS: "fail"}),
    "key set fails": ({"component": "sts", "key_set": "error"}, {KEYS: "fail"}),
    "key set is missing": ({"component": "sts", "key_set": "missing"}, {KEYS: "fail"}),
    "key set leads away": ({"component": "sts", "key_set": "redirect"}, {KEYS: UNEXPECTED}),
    "key set is no key set": ({"component": "sts", "key_set": "empty"}, {KEYS: "fail"}),
    "key set is a word": ({"component": "sts", "key_set": "broken"}, {KEYS: "fail"}),
    "documentation": ({"component": "api", "documentation": "page"}, {DOCS: "fail"}),
    "redirect to documentation": ({"component": "api", "documentation": "redirect"}, {DOCS: "fail"}),
    "control closed": ({"component": "api", "control": "closed"}, {}),
    "control open": ({"component": "api", "control": "open"}, {}),
    "control that acts for anybody": ({"component": "api", "control_fault": "acts"}, {CONTROL: "fail"}),
    "control that is a page": ({"component": "api", "control_fault": "html"}, {CONTROL: UNEXPECTED}),
    "gateway with a stale snapshot": ({"component": "gateway", "anonymous": "stale"}, {}),
    "gateway that lets everybody through": ({"component": "gateway", "anonymous": "open"}, {CLOSED: "fail"}),
    "gateway that leads away": ({"component": "gateway", "anonymous": "elsewhere"}, {CLOSED: "fail"}),
    "gateway that leads to a sign-in": ({"component": "gateway", "anonymous": "sign-in"}, {CLOSED: UNEXPECTED}),
    "gateway behind a dead proxy": ({"component": "gateway", "anonymous": "html"}, {CLOSED: UNEXPECTED}),
    "not ready": ({"component": "sts", "ready_fault": "redis_unreachable"}, {}),
}


class Services(Probing):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.bearer = self.write("bearer", BEARER + "\n", 0o600)
        self.issuer = self.write("compose.yaml", "services:\n"
                                 "  sts: {image: 'caracal-go:v1.0.0', environment: {ISSUER_URL: "
                                 "'https://sts.example.net', METRICS_BEARER_FILE: /run/secrets/metricsBearer}}\n")

    def door_of(self, service, tls):
        if tls:
            return self.door(service, f"{service.component}.example.net")
        return self.server.open(service)

    def installation(self, tls=True, zone="", **changed):
        """All services well but the one that `changed` names."""
        endpoints = {"metrics_bearer_file": str(self.bearer)}
        for component in COMPONENTS:
            differences = changed if changed.get("component") == component else {"component": component}
            door = self.door_of(Service(**{"metrics_bearer": BEARER, **differences}), tls)
            scheme = "https" if tls else "http"
            endpoints[component] = {"url": f"{scheme}://{component}.example.net", "connect_to": door.address,
                                    **({"ca_file": str(self.authority.ca_file)} if tls else {})}
        if zone:
            endpoints["sts"]["zone"] = zone
        return {"endpoints": endpoints, "compose": {"files": [str(self.issuer)], "environment": {}}}

    def rows(self, judged):
        return {row: judged[row] for row in ROWS}

    def test_each_fault_alone_flips_exactly_its_rows(self):
        self.assert_rows({name: self.installation(**changed) for name, (changed, _) in FAULTS.items()},
                         {name: differences for name, (_, differences) in FAULTS.items()})

    def assert_rows(self, installations, differences):
        installations = {**installations, "all well": self.installation()}
        judged = self.judge({named(name): content for name, content in installations.items()})
        well = {row: "pass" for row in ROWS}
        self.assertEqual(self.rows(judged["all-well"]), well)
        for name, rows in differences.items():
            with self.subTest(services=name):
                self.assertEqual(self.rows(judged[named(name)]), {**well, **rows})

    def test_the_zone_is_asked_for_where_it_is_configured(self):
        self.assert_rows({"zone": self.installation(zone=ZONE), "other zone": self.installation(zone="another"),
                          "plain": self.installation(tls=False)},
                         {"zone": {}, "other zone": {KEYS: "fail"},
                          # The issuer's origin is https, so this endpoint is another one.
                          "plain": {KEYS: "unknown: not_observable"}})

    def test_without_a_bearer_nobody_is_asked_with_one(self):
        installation = self.installation()
        del installation["endpoints"]["metrics_bearer_file"]
        judged = self.judge({"way": installation})["way"]
        self.assertEqual((judged[DENIED], judged[ACCEPTED]), ("pass", "unknown: not_configured"))

    def test_the_bearer_is_never_shown(self):
        config = self.configuration({"way": self.installation()})
        for form in ("table", "json", "metrics"):
            _, out, err = run("check", f"--config.file={config}", f"--format={form}", "--verbose")
            self.assertNotIn(BEARER, out + err)

    def test_only_the_requests_that_were_promised(self):
        doors = {component: self.server.open(Service(component, metrics_bearer=BEARER)) for component in COMPONENTS}
        self.judge({"way": {"endpoints": {component: {"url": f"http://{component}.example.net",
                                                      "connect_to": door.address}
                                          for component, door in doors.items()}}})
        promised = {"api": {("GET", "/metrics"), ("GET", "/docs"), ("POST", "/v1/control/invoke")},
                    "sts": {("GET", "/metrics"), ("GET", "/.well-known/jwks.json")},
                    "coordinator": {("GET", "/metrics")}, "audit": {("GET", "/metrics")}}
        for component, requests in promised.items():
            asked = {(request.method, request.target) for request in doors[component].requests}
            self.assertLessEqual(asked, requests, component)
        for request in doors["gateway"].requests:
            self.assertEqual(request.method, "GET")
            self.assertNotIn(request.target, ("/internal/revocations/reload", "/metrics.json"))
        self.assertTrue(all(request.value("Authorization") is None and request.body == b"" or
                            request.target == "/v1/control/invoke"
                            for door in doors.values() for request in door.requests))


if __name__ == "__main__":
    unittest.main()

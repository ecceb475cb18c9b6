"""The stand-ins themselves: the console that behaves as the facts say answers as the recorded one did, and the server
under all of them is strict. Nothing here starts the program."""

import collections
import socket
import ssl
import unittest

from support import EndToEnd

import edge
import recorded_console
from authority import Authority
from console import AUGUST, JUNE, Console, Settings
from console_variants import BOTH, VARIANTS
from http_server import METHODS, Answer, Request, Server
from services import ZONE, Service

LIVE = {"date", "x-request-id", "connection", "keep-alive", "content-length", "server"}
# The proxy's own parser, and where the product caches by the target as written: no probe depends on either.
ELSEWHERE = {"GET /%", "GET /%00", "GET /%2e%2e/", "GET /../", "GET /../../etc/passwd", "GET *", "OPTIONS *",
             "GET /%2e%2e%2f%2e%2e%2fetc/passwd", "GET http://console.example.net/health", "GET /assets/../index.html"}
# Before and after the state that the variant is about.
OTHER_STATE = {"GET /ready before", "GET /ready after restart", "sign-up valid", "sign-in valid"}


def comparable(headers):
    return [(name.lower(), value) for name, value in headers if name.lower() not in LIVE]


def request_of(exchange):
    request = exchange["request"]
    return Request(request["method"], request["target"], [tuple(pair) for pair in request["headers"]],
                   (request["body"] or "").encode(), peer="127.0.0.1")


def is_compared(exchange):
    request = exchange["request"]
    behind_proxy = exchange["variant"].startswith("nginx")
    return (recorded_console.is_plain(exchange) and request["method"] in METHODS and "...<" not in request["target"]
            and exchange["group"] not in ("limiter", recorded_console.PLAIN_PORT)
            and not request["target"].startswith(recorded_console.LIMITED)
            and exchange["name"] not in OTHER_STATE and exchange["name"] not in ELSEWHERE
            and not (behind_proxy and request["method"] in ("TRACE", "CONNECT")))


@unittest.skipUnless(recorded_console.available(), "../shared/data/caracal-recorded is not there")
class FactsBesideRecordings(unittest.TestCase):
    def test_every_recorded_answer_is_given_with_its_status_and_its_headers_in_order(self):
        compared, different = 0, []
        for release in BOTH:
            for name, variant in VARIANTS.items():
                if release not in variant.releases or release in variant.refused_by:
                    continue
                for exchange in filter(is_compared, recorded_console.recordings(release)[name]):
                    compared += 1
                    answer = variant.console(release)(request_of(exchange))
                    given = (answer.status, comparable(answer.headers)) if answer else (None, [])
                    recorded = (exchange["status"], comparable(exchange["headers"]))
                    if given != recorded:
                        different.append((release, name, exchange["name"], given, recorded))
        self.assertEqual(different, [])
        self.assertGreater(compared, 2500)

    def test_every_recorded_run_against_the_limiter_is_refused_at_the_same_request(self):
        for release in BOTH:
            for name in ("limiter", "nginxPassThrough", "nginxXffOverwritten", "nginxTwoReplicas"):
                console = VARIANTS[name].console(release)
                runs = collections.defaultdict(list)
                for exchange in recorded_console.recordings(release)[name]:
                    target = exchange["request"]["target"]
                    if exchange["group"] == "limiter" and target.startswith(recorded_console.LIMITED) \
                            and "recovery" not in exchange["name"]:
                        runs[exchange["request"]["method"], target].append(exchange)
                for run, exchanges in runs.items():
                    answers = [console(request_of(exchange)).status for exchange in exchanges]
                    self.assertEqual(answers, [exchange["status"] for exchange in exchanges], (release, name, run))

    def test_all_variants_are_known(self):
        for release in BOTH:
            known = {name for name, variant in VARIANTS.items() if release in variant.releases}
            self.assertEqual(set(recorded_console.recordings(release)), known)


def ask(console, target, method="GET", *headers, body=b""):
    return console(Request(method, target, [("Host", "console.example.net"), *headers], body, peer="127.0.0.1"))


class FactsConsole(unittest.TestCase):
    def test_the_releases_differ_where_they_do(self):
        for release, trusts, sign_up in ((JUNE, True, 400), (AUGUST, False, 403)):
            console = Console(Settings(release))
            granted = ask(console, "/api/console/status", "GET", ("Origin", "http://localhost:3001"))
            self.assertEqual(bool(granted.values("Access-Control-Allow-Origin")), trusts)
            self.assertEqual(ask(console, "/api/auth/sign-up/email", "POST", body=b"{}").status, sign_up)

    def test_the_limiter_refuses_the_fourth_request_and_an_address_evades_it_in_june_alone(self):
        for release, last in ((JUNE, 404), (AUGUST, 429)):
            console = Console(Settings(release))
            plain = [ask(console, "/api/auth/sign-in/x").status for _ in range(4)]
            self.assertEqual(plain, [404, 404, 404, 429])
            forwarded = [ask(console, "/api/auth/sign-in/y", "GET", ("X-Forwarded-For", f"198.51.100.{n}")).status
                         for n in range(4)]
            self.assertEqual(forwarded, [404, 404, 404, last])

    def test_an_identity_proxy_lets_nobody_through_without_its_header(self):
        proxy = edge.IdentityProxy(Console())
        self.assertEqual(ask(proxy, "/").status, 302)
        self.assertEqual(ask(proxy, "/", "GET", proxy.pass_header).status, 200)


class Services(unittest.TestCase):
    def test_healthy_ones_answer_as_the_product_does(self):
        answers = [
            ("sts", "/metrics", "GET", 401), ("gateway", "/metrics", "GET", 401), ("audit", "/metrics", "GET", 401),
            ("api", "/metrics", "GET", 401), ("coordinator", "/metrics", "GET", 401), ("api", "/docs", "GET", 404),
            ("api", "/v1/control/invoke", "POST", 404), ("api", "/v1/control/invoke", "GET", 401),
            ("gateway", "/anything", "GET", 401), ("sts", "/.well-known/jwks.json", "GET", 400),
            ("sts", "/.well-known/jwks.json?zone_id=" + ZONE, "GET", 200),
            ("sts", "/.well-known/jwks.json?zone_id=other", "GET", 404),
            ("sts", "/.well-known/openid-configuration", "GET", 404), ("coordinator", "/stats", "GET", 401),
            *((component, path, "GET", 200) for component in ("sts", "gateway", "audit", "api", "coordinator")
              for path in ("/health", "/ready"))]
        for component, target, method, status in answers:
            self.assertEqual(ask(Service(component), target, method).status, status, (component, target))

    def test_the_bearer_opens_metrics_but_for_the_coordinator(self):
        bearer = ("Authorization", "Bearer right")
        for component, status in (("sts", 200), ("gateway", 200), ("audit", 200), ("api", 200), ("coordinator", 403)):
            service = Service(component, metrics_bearer="right")
            self.assertEqual(ask(service, "/metrics", "GET", bearer).status, status, component)
            self.assertEqual(ask(service, "/metrics", "GET", ("Authorization", "bearer right")).status,
                             403 if component == "coordinator" else 401)


class StrictServer(EndToEnd):
    REQUESTS = {
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n": 200,
        b"GET / HTTP/1.1\r\n\r\n": 400,
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n": 400,
        b"get / HTTP/1.1\r\nHost: a\r\n\r\n": 400,
        b"GET  / HTTP/1.1\r\nHost: a\r\n\r\n": 400,
        b"GET / HTTP/2.0\r\nHost: a\r\n\r\n": 400,
        b"GET / HTTP/1.1\nHost: a\n\n": 400,
        b"GET / HTTP/1.1\r\nHost : a\r\n\r\n": 400,
        b"GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n": 400,
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na": 400,
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n": 400,
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 20_000 + b"\r\n\r\n": 431,
    }

    def test_takes_requests_as_the_standard_writes_them_and_no_others(self):
        with Server() as server:
            door = server.open(lambda request: Answer(200, [("Content-Length", "0")]))
            for request, status in self.REQUESTS.items():
                with socket.create_connection((door.host, door.port), 10) as client:
                    client.sendall(request)
                    self.assertTrue(client.recv(4096).startswith(b"HTTP/1.1 %d" % status), request[:60])

    def test_certificates_verify_against_the_authority_alone(self):
        authority = Authority(self.directory)
        with Server() as server:
            door = server.open(lambda request: Answer(200, [("Content-Length", "0")]),
                               authority.context("console.example.net", "127.0.0.1"))
            trusting = ssl.create_default_context(cafile=authority.ca_file)
            with socket.create_connection((door.host, door.port), 10) as client:
                with trusting.wrap_socket(client, server_hostname="console.example.net") as inside:
                    inside.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    self.assertIn(b"200", inside.recv(4096))
            with socket.create_connection((door.host, door.port), 10) as client:
                with self.assertRaises(ssl.SSLCertVerificationError):
                    ssl.create_default_context().wrap_socket(client, server_hostname="console.example.net")


if __name__ == "__main__":
    unittest.main()

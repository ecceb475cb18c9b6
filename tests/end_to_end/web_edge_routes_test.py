"""Ways to a console: behind an identity-aware proxy, over IPv6, over both families, through an HTTP proxy; and what the
operator lends the probes for them is never shown."""

import json
import re
import socket
import unittest

from probing import CONSOLE_NAME, CONSOLE_URL, WEB_ROWS, Probing
from support import free_port, get, run

from console import AUGUST, Console, Settings
from edge import IdentityProxy
from forward_proxy import ForwardProxy
from name_server import NameServer

SESSION = "s3ss10n-of-the-stand-in-9b1e77"
PASS = "let-the-probe-through-5d1c0a"
REFUSAL_ROWS = ["web-edge-cross-site-writes", "web-edge-unauthenticated-console", "web-edge-foreign-origin-grants"]
SEEN_ROWS = ["web-edge-session-cookies", "web-edge-content-security-policy", "web-edge-frame-options",
             "web-edge-content-type-options", "web-edge-referrer-policy", "web-edge-strict-transport-security",
             "web-edge-credential-rate-limit", "web-edge-rate-limit-identity", "web-edge-registration"]
SOUND = {row: "pass" for row in [*SEEN_ROWS, *REFUSAL_ROWS, "external-tls-handshake"]}
SOUND["web-edge-registration"] = "unknown: not_observable"


def has_ipv6():
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            return False
    return True


WITHOUT_IPV6 = "" if has_ipv6() else "[::1] cannot be bound here"


def sound():
    return Console(Settings(AUGUST, web_origin="", session=SESSION))


class Ways(Probing):
    maxDiff = None

    def rows(self, web, *wanted, **sections):
        judged = self.judge({"way": {"endpoints": {"web": web}}}, **sections)["way"]
        return {row: judged[row] for row in wanted or SOUND}

    def test_behind_a_proxy_that_wants_a_sign_in_refusals_pass_and_the_rest_is_unknown(self):
        for redirects in (True, False):
            with self.subTest(redirects=redirects):
                door = self.door(IdentityProxy(sound(), redirects=redirects))
                judged = self.rows(self.web(door), *SEEN_ROWS, *REFUSAL_ROWS)
                self.assertEqual(judged, {**{row: "unknown: unexpected_response" for row in SEEN_ROWS},
                                          **{row: "pass" for row in REFUSAL_ROWS}})

    def test_headers_let_the_probes_through_that_proxy(self):
        headers = self.write("headers", f"X-Access-Token: {PASS}\nX-Other: 1\n", 0o600)
        door = self.door(IdentityProxy(sound()))
        self.assertEqual(self.rows(self.web(door, headers_file=str(headers))), SOUND)
        self.assertTrue(all(request.value("X-Access-Token") == PASS and request.value("X-Other") == "1"
                            for request in door.requests))

    @unittest.skipIf(WITHOUT_IPV6, WITHOUT_IPV6)
    def test_over_ipv6_alone(self):
        door = self.door(sound(), host="::1")
        self.assertIn("[::1]:", door.address)
        self.assertEqual(self.rows(self.web(door)), SOUND)

    @unittest.skipIf(WITHOUT_IPV6, WITHOUT_IPV6)
    def test_an_ipv6_address_in_the_url(self):
        door = self.door(Console(Settings(AUGUST, web_origin="", auth_url="https://[::1]")), "::1", host="::1")
        web = {"url": f"https://{door.address}", "ca_file": str(self.authority.ca_file)}
        self.assertEqual(self.rows(web, "external-tls-handshake", "web-edge-unauthenticated-console"),
                         {"external-tls-handshake": "pass", "web-edge-unauthenticated-console": "pass"})

    @unittest.skipIf(WITHOUT_IPV6, WITHOUT_IPV6)
    def test_over_whichever_family_answers_where_the_name_has_both(self):
        for host in ("127.0.0.1", "::1"):
            with self.subTest(host=host), NameServer({CONSOLE_NAME: ["127.0.0.1", "::1"]}) as names:
                door = self.door(sound(), host=host)
                url = f"{CONSOLE_URL}:{door.port}"
                web = {"url": url, "ca_file": str(self.authority.ca_file)}
                judged = self.judge({"way": {"endpoints": {"web": web}, "dns": {"servers": [names.address]}}})["way"]
                self.assertEqual(judged["external-tls-handshake"], "pass")
                self.assertEqual(judged["web-edge-unauthenticated-console"], "pass")
                self.assertEqual(set(names.asked), {CONSOLE_NAME})

    def test_through_an_http_proxy_that_alone_knows_the_way(self):
        door = self.door(sound())
        with ForwardProxy({f"{CONSOLE_NAME}:443": (door.host, door.port)}) as proxy, NameServer({}) as names:
            web = {"url": CONSOLE_URL, "ca_file": str(self.authority.ca_file), "http_proxy": proxy.url}
            judged = self.judge({"way": {"endpoints": {"web": web}, "dns": {"servers": [names.address]}}})["way"]
            self.assertEqual({row: judged[row] for row in SOUND}, SOUND)
            self.assertEqual(names.asked, [])
            targets = {head.split(" ")[1] for head in proxy.log if head.startswith("CONNECT ")}
            self.assertIn(f"{CONSOLE_NAME}:443", targets)
            self.assertLessEqual(targets, {f"{CONSOLE_NAME}:443", f"{CONSOLE_NAME}:80"})

    def test_a_proxy_that_refuses_makes_rows_unknown(self):
        with ForwardProxy({}) as proxy:
            web = {"url": CONSOLE_URL, "ca_file": str(self.authority.ca_file), "http_proxy": proxy.url}
            judged = self.rows(web, "external-tls-handshake", "web-edge-unauthenticated-console")
            self.assertTrue(all(one.startswith("unknown: ") for one in judged.values()), judged)

    def test_proxies_of_the_environment_are_none_of_ours(self):
        door = self.door(sound())
        with ForwardProxy({}) as proxy:
            config = self.configuration({"way": {"endpoints": {"web": self.web(door)}}})
            names = ("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
            code, out, err = run("check", f"--config.file={config}", "--format=json", "--allow-unknown",
                                 env={"PATH": "/usr/bin:/bin", **{name: proxy.url for name in names}})
            self.assertIn(code, (0, 1), err)
            self.assertEqual(proxy.log, [])
            self.assertNotEqual(door.requests, [])


def formats():
    """All that `check` can print, as its help lists them."""
    return re.search(r"--format\b[^{]*\{([a-z,]+)\}", run("check", "--help")[1])[1].split(",")


class Manners(Probing):
    def setUp(self):
        super().setUp()
        self.cookie = self.write("cookie", f"__Secure-better-auth.session_token={SESSION}\n", 0o600)
        self.headers = self.write("headers", f"X-Access-Token: {PASS}\n", 0o600)
        self.console = self.door(IdentityProxy(sound()))

    def config(self, **more):
        web = self.web(self.console, session_cookie_file=str(self.cookie), headers_file=str(self.headers), **more)
        return self.configuration({"way": {"endpoints": {"web": web}}})

    def test_session_cookie_and_headers_are_sent_and_never_shown(self):
        config = self.config()
        for form in formats():
            code, out, err = run("check", f"--config.file={config}", f"--format={form}", "--verbose", "--extended")
            self.assertIn(code, (0, 1, 3), err)
            for secret in (SESSION, PASS):
                self.assertNotIn(secret, out + err, form)
        self.assertTrue(any(SESSION in (request.value("Cookie") or "") for request in self.console.requests))

    def test_the_daemon_shows_neither_in_logs_pages_or_metrics(self):
        _, base = self.serve(self.config(), "--log.level=debug")
        asked = lambda: any(SESSION in (request.value("Cookie") or "") for request in self.console.requests)
        self.wait_until(asked, "a probe with the session's cookie")
        shown = b"".join(get(base + path)[2] for path in ("/metrics", "/", "/history", "/api/v1/report",
                                                          "/api/v1/events"))
        for secret in (SESSION, PASS):
            self.assertNotIn(secret.encode(), shown)
            self.assertNotIn(secret, self.log())

    def test_only_the_requests_that_were_promised_and_with_the_programs_name(self):
        run("check", f"--config.file={self.config()}", "--format=json")
        allowed = {("GET", "/"), ("GET", "/metrics"), ("GET", "/api/auth/ok"), ("GET", "/api/console/status"),
                   ("POST", "/api/console/v1/zones"), ("POST", "/api/auth/sign-out"),
                   ("POST", "/api/auth/sign-up/email")}
        limited = set()
        for request in self.console.requests:
            self.assertIn("caracal-compliance-exporter", request.value("User-Agent"))
            if request.target.startswith("/api/auth/sign-in/"):
                limited.add(request.target)
                self.assertNotIn(request.target, ("/api/auth/sign-in/email", "/api/auth/sign-in/social"))
            elif not (request.method == "GET" and request.target.startswith("/api/console/v1/")):
                self.assertIn((request.method, request.target), allowed)
            if request.target == "/api/auth/sign-up/email":
                self.assertEqual(request.body, b"{}")
            if request.method == "POST":
                self.assertNotIn(SESSION, request.value("Cookie") or "", "nothing is done in the operator's name")
        self.assertEqual(len(limited), 2)

    def test_requests_against_the_limiter_are_counted(self):
        run("check", f"--config.file={self.config(replicas=3)}", "--format=json")
        limited = [request for request in self.console.requests if request.path.startswith("/api/auth/sign-in/")]
        self.assertLessEqual(len(limited), 2 * (3 * 3 + 1))

    def test_quick_sources_say_what_the_configuration_says(self):
        door = self.door(sound())
        quick = run("check", f"--web={CONSOLE_URL}", f"--connect-to={door.address}",
                    f"--ca-file={self.authority.ca_file}", "--format=json")
        config = self.configuration({"way": {"endpoints": {"web": self.web(self.door(sound()))}}})
        configured = run("check", f"--config.file={config}", "--format=json")
        statuses = [{check["id"]: check["status"] for check in json.loads(out)["installations"][0]["checks"]}
                    for _, out, _ in (quick, configured)]
        self.assertEqual({row: statuses[0][row] for row in WEB_ROWS}, {row: statuses[1][row] for row in WEB_ROWS})

    def test_offline_asks_nobody(self):
        door = self.door(sound())
        for arguments in ([f"--web={CONSOLE_URL}", f"--connect-to={door.address}"],
                          [f"--config.file={self.configuration({'way': {'endpoints': {'web': self.web(door)}}})}"]):
            code, out, err = run("check", *arguments, "--offline", "--format=json")
            self.assertEqual(code, 0, err)
            self.assertIn("not_configured", out)
        self.assertEqual(door.requests, [])

    def test_nobody_at_the_address(self):
        judged = self.judge({"way": {"endpoints": {"web": {
            "url": CONSOLE_URL, "connect_to": f"127.0.0.1:{free_port()}", "ca_file": str(self.authority.ca_file)}}}})
        self.assertEqual(judged["way"]["external-tls-handshake"], "unknown: unreachable")
        self.assertEqual(judged["way"]["web-edge-unauthenticated-console"], "unknown: unreachable")


if __name__ == "__main__":
    unittest.main()

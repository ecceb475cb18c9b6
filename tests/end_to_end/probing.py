"""Installations of stand-ins: their configuration, one `check` of all of them, and what it said of each row."""

import json
import re
import tempfile

from support import EndToEnd, run

from authority import Authority
from http_server import Server

CONSOLE_NAME = "console.example.net"
CONSOLE_URL = "https://" + CONSOLE_NAME
ROWS_OF_WEB = ("public-origin same-origin split-origins untrusted-development-origin session-cookies "
               "content-security-policy frame-options content-type-options referrer-policy strict-transport-security "
               "cross-site-writes unauthenticated-console foreign-origin-grants credential-rate-limit "
               "rate-limit-identity proxied-paths registration internal-hosts").split()
WEB_ROWS = [f"web-edge-{row}" for row in ROWS_OF_WEB] + ["metrics-access-not-on-public-edge",
                                                         "external-tls-http-redirect"]


def named(words):
    """A name of an installation: letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", words).lower()).strip("-")


def verdict(check):
    """The status, and why where it is unknown."""
    return check["status"] if check["status"] != "unknown" else f"unknown: {check['unknown_reason']}"


class Probing(EndToEnd):
    """Tests with a server for stand-ins and an authority that their clients trust."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority_directory = tempfile.TemporaryDirectory(prefix="compliance-authority-")
        cls.addClassCleanup(cls.authority_directory.cleanup)
        cls.authority = Authority(cls.authority_directory.name)
        cls.server = cls.enterClassContext(Server())

    def door(self, handler, *names, **options):
        """A TLS door with a certificate for these names, or for the console's."""
        return self.server.open(handler, self.authority.context(*(names or (CONSOLE_NAME,))), **options)

    def web(self, door, **more):
        return {"url": CONSOLE_URL, "connect_to": door.address, "ca_file": str(self.authority.ca_file), **more}

    def configuration(self, installations, **sections):
        """Writes {name: what the installation holds} down; YAML reads JSON."""
        listed = [{"name": name, **content} for name, content in installations.items()]
        return self.write("exporter.yaml", json.dumps({"installations": listed, **sections}, indent=1))

    def judge(self, installations, *arguments, **sections):
        """{name: {row: verdict}} of one `check`."""
        report = self.report(installations, *arguments, **sections)
        return {one["name"]: {check["id"]: verdict(check) for check in one["checks"]}
                for one in report["installations"]}

    def report(self, installations, *arguments, timeout=240, **sections):
        config = self.configuration(installations, **sections)
        code, out, err = run("check", f"--config.file={config}", "--format=json", *arguments, timeout=timeout)
        if code not in (0, 1, 3):
            raise AssertionError(f"check ended with {code}: {err[-4000:]}")
        return json.loads(out)

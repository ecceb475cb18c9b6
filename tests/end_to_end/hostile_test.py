"""Endpoints that try to hurt: the program ends in bounded time and memory, says the right reason, and judges everybody
else as if they were not there."""

import json
import os
import subprocess
import time
import unittest

from probing import CONSOLE_NAME, CONSOLE_URL, Probing, named, verdict
from support import PROGRAM

from console import AUGUST, Console, Settings
from hostile import BEHAVIOURS, RAW, HostileServer

PROBE_TIMEOUT = 2  # seconds, of one request
MOST_SECONDS = 90  # for all at once; a program that waits for one of them never ends
MOST_KIBIBYTES = 128 << 10  # above what the sound endpoint alone takes
READ, PAGE, HANDSHAKE = "web-edge-unauthenticated-console", "web-edge-content-security-policy", "external-tls-handshake"

# What is said of GET /api/console/status. One is a success that no session was asked for.
VERDICTS = {
    "huge body": "unknown: limit_exceeded",
    "endless chunks": "unknown: limit_exceeded",
    "gzip bomb": "unknown: limit_exceeded",
    "long status line": "unknown: limit_exceeded",
    "longer status line": "unknown: limit_exceeded",
    "100,000 headers": "unknown: limit_exceeded",
    "endless headers": "unknown: limit_exceeded",
    "HTTP/0.9": "unknown: protocol_error",
    "invalid chunk size": "unknown: protocol_error",
    "overflowing chunk size": "unknown: protocol_error",
    "two lengths": "fail",
    "cut off body": "unknown: protocol_error",
    "drip": "unknown: timeout",
    "silence inside TLS": "unknown: timeout",
    "silence": "unknown: timeout",
    "reset": "unknown: tls_failure",
    "alert storm": "unknown: tls_failure",
    "handshake storm": "unknown: protocol_error",
    "garbage": "unknown: protocol_error",
}
# Whom the ordinary handshake does not verify either.
BROKEN_HANDSHAKES = {"silence": "timeout", "reset": "tls_failure", "alert storm": "tls_failure",
                     "handshake storm": "protocol_error", "garbage": "protocol_error"}


def without_quarantine():
    """AddressSanitizer keeps a quarter of a gibibyte of freed memory back; the program's own is measured here."""
    options = os.environ.get("ASAN_OPTIONS", "")
    return {**os.environ, "ASAN_OPTIONS": ":".join(filter(None, [options, "quarantine_size_mb=1"]))}


class Hostile(Probing):
    maxDiff = None

    def measured(self, installations):
        """The report, the seconds and the peak of resident memory in KiB of one `check`."""
        config = self.configuration(installations, policy={"probe_timeout": f"{PROBE_TIMEOUT}s"})
        out, err = self.directory / "out.json", self.directory / "err"
        began = time.monotonic()
        with open(out, "wb") as stdout, open(err, "wb") as stderr:
            process = subprocess.Popen([PROGRAM, "check", f"--config.file={config}", "--format=json"],
                                       stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr,
                                       env=without_quarantine())
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        self.assertIn(process.returncode, (0, 1, 3), err.read_text("utf-8", "replace")[-4000:])
        report = json.loads(out.read_text())
        judged = {one["name"]: {check["id"]: verdict(check) for check in one["checks"]}
                  for one in report["installations"]}
        return judged, seconds, usage.ru_maxrss

    def sound(self):
        return {"endpoints": {"web": self.web(self.door(Console(Settings(AUGUST, web_origin=""))))}}

    def hostile(self, port):
        return {"endpoints": {"web": {"url": CONSOLE_URL, "connect_to": f"127.0.0.1:{port}",
                                      "ca_file": str(self.authority.ca_file)}}}

    def test_all_at_once(self):
        alone, _, usual = self.measured({"sound": self.sound()})
        with HostileServer(self.authority.context(CONSOLE_NAME)) as server:
            installations = {named(name): self.hostile(port) for name, port in server.ports.items()}
            judged, seconds, peak = self.measured({**installations, "sound": self.sound()})
        self.assertLess(seconds, MOST_SECONDS)
        self.assertLess(peak - usual, MOST_KIBIBYTES)
        self.assertEqual(judged["sound"], alone["sound"])
        self.assertEqual({name: judged[named(name)][READ] for name in VERDICTS}, VERDICTS)
        for name in BEHAVIOURS:
            with self.subTest(endpoint=name):
                self.assertTrue(judged[named(name)][PAGE].startswith("unknown: "), judged[named(name)][PAGE])
                handshake = f"unknown: {BROKEN_HANDSHAKES[name]}" if name in RAW else "pass"
                self.assertEqual(judged[named(name)][HANDSHAKE], handshake)

    def test_redirects_in_a_circle_are_seen_and_not_followed(self):
        with HostileServer(self.authority.context(CONSOLE_NAME)) as server:
            judged, seconds, _ = self.measured({"loop": self.hostile(server.ports["redirect loop"])})
        self.assertLess(seconds, MOST_SECONDS)
        self.assertTrue(judged["loop"][READ].startswith("unknown: "))


if __name__ == "__main__":
    unittest.main()

"""Nobody outside the configuration is ever contacted: the kernel's own record of every connect() and every datagram of
a `check` and of a daemon, while each answer, each redirect and each allowlist names other hosts."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import unittest

from probing import CONSOLE_URL, Probing
from support import PROGRAM, TOKEN, free_port, get

import edge
from console import AUGUST, Console, Settings
from name_server import NameServer
from services import Service

CALLS = "connect,sendto,sendmsg,sendmmsg"
ADDRESS = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")')
OTHER_HOSTS = ("elsewhere.example", "metadata.example", "upstream.example", "login.identity.example")


def tempting(console):
    """Every answer names other hosts, in each header that somebody could follow."""
    def answer(request):
        given = console(request)
        given.headers += [("Link", "<https://elsewhere.example/x>; rel=preload"),
                          ("Refresh", "0; url=https://elsewhere.example/"), ("Alt-Svc", 'h2="elsewhere.example:443"'),
                          ("Content-Location", "https://elsewhere.example/"),
                          ("Report-To", '{"endpoints":[{"url":"https://elsewhere.example/"}]}')]
        return given
    return answer


def can_trace():
    if not shutil.which("strace"):
        return "strace is not installed"
    tried = subprocess.run(["strace", "-f", "-e", "trace=connect", "true"], capture_output=True)
    return "" if tried.returncode == 0 else "strace may not trace here"


UNTRACEABLE = can_trace()


@unittest.skipIf(UNTRACEABLE, UNTRACEABLE)
class Targets(Probing):
    def setUp(self):
        super().setUp()
        self.names = self.enterContext(NameServer({host: ["192.0.2.7", "2001:db8::7"] for host in OTHER_HOSTS}))
        self.trace = self.directory / "trace"
        console = Console(Settings(AUGUST, web_origin=""))
        self.doors = {"web": self.door(tempting(console))}
        for component, changes in (("sts", {"key_set": "redirect"}), ("gateway", {"anonymous": "elsewhere"}),
                                   ("api", {"documentation": "redirect"}), ("coordinator", {}), ("audit", {})):
            self.doors[component] = self.door(Service(component, **changes), f"{component}.example.net")
        self.plain = self.server.open(edge.https_redirect(301))
        self.redis, self.postgres = self.server.open(refusing), self.server.open(refusing)

    def config(self):
        compose = self.write("compose.yaml", "services:\n  gateway:\n    image: caracal-go:v1.0.0\n    environment:\n"
                             "      UPSTREAM_HOST_ALLOWLIST: upstream.example,metadata.example,169.254.169.254\n"
                             "      STS_URL: https://elsewhere.example\n")
        certificate = {"ca_file": str(self.authority.ca_file)}
        endpoints = {component: {"url": f"https://{component}.example.net", "connect_to": door.address, **certificate}
                     for component, door in self.doors.items()}
        endpoints["web"].update(url=CONSOLE_URL, connect_to_http=self.plain.address)
        return self.configuration({"way": {
            "compose": {"files": [str(compose)], "environment": {}}, "endpoints": endpoints,
            "exposure": {"addresses": ["127.0.0.1"], "ports": [self.redis.port]},
            "datastores": {"redis": f"redis://127.0.0.1:{self.redis.port}",
                           "postgres": f"127.0.0.1:{self.postgres.port}"},
            "dns": {"servers": [self.names.address]}}}, policy={"probe_timeout": "5s"})

    def contacted(self):
        """(address, port) of every connect and datagram to an internet address."""
        found = set()
        text = self.trace.read_text("utf-8", "replace") if self.trace.exists() else ""
        for line in text.splitlines(keepends=True):
            if "AF_INET" in line and line.endswith("\n"):
                match = ADDRESS.search(line)
                self.assertTrue(match, line)
                found.add((match[2] or match[3], int(match[1])))
        return found

    def configured(self):
        doors = [*self.doors.values(), self.plain, self.redis, self.postgres]
        return {(door.host, door.port) for door in doors} | {("127.0.0.1", self.names.port)}

    def assert_nobody_else(self):
        self.assertEqual(self.contacted(), self.configured())
        self.assertEqual(set(self.names.asked), {"upstream.example", "metadata.example"})

    def traced(self, *command):
        return ["strace", "-f", "-qq", "-e", f"trace={CALLS}", "-o", str(self.trace), *map(str, command)]

    def test_of_a_check(self):
        done = subprocess.run(self.traced(PROGRAM, "check", f"--config.file={self.config()}", "--format=json",
                                          "--extended"), capture_output=True, timeout=240, env=without_leak_check())
        self.assertIn(done.returncode, (1, 3), done.stderr.decode()[-4000:])
        self.assert_nobody_else()

    def test_of_a_daemon_until_it_has_judged(self):
        token = self.write("token", TOKEN + "\n", 0o600)
        listen = f"127.0.0.1:{free_port()}"
        tracer = self.start(*self.traced(PROGRAM, "serve", f"--config.file={self.config()}",
                                         f"--web.bearer-token-file={token}", f"--web.listen-address={listen}"),
                            env=without_leak_check())
        self.addCleanup(self.end_child, tracer)
        self.wait_until(lambda: self.contacted() == self.configured(), "a round of probes", 120)
        self.wait_until(lambda: self.judged(listen), "a verdict of it", 120)
        self.end_child(tracer)
        tracer.wait(60)
        self.assert_nobody_else()

    def end_child(self, tracer):
        """Ends what strace started; without it strace goes, and leaves the daemon alone."""
        children = pathlib.Path(f"/proc/{tracer.pid}/task/{tracer.pid}/children")
        for child in children.read_text().split() if tracer.poll() is None else ():
            os.kill(int(child), signal.SIGTERM)

    def judged(self, listen):
        try:
            metrics = get(f"http://{listen}/metrics")[2].decode()
        except OSError:
            return False
        return 'check="gateway-upstreams-fails-closed",status="fail"} 1' in metrics


def refusing(_):
    return None


def without_leak_check():
    """LeakSanitizer cannot work under another tracer."""
    options = os.environ.get("ASAN_OPTIONS", "")
    return {**os.environ, "ASAN_OPTIONS": ":".join(filter(None, [options, "detect_leaks=0"]))}


if __name__ == "__main__":
    unittest.main()

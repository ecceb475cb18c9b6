"""What the end-to-end tests share: the program, temporary installations, real peers on loopback.

Every process that a test starts is ended by its process id when the test ends."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(SOURCE / "tests" / "support"))
PROGRAM = os.environ.get("COMPLIANCE_PROGRAM", str(SOURCE / "build/dev/exporter/caracal-compliance-exporter"))
DATA = SOURCE.parent / "shared" / "data"
JUNE = DATA / "caracal-2026-06"
DEMO = SOURCE / "deploy" / "demo"
TOKEN = "an-end-to-end-token-0123456789abcdef"
HELD_BACK = 127  # exit code of a sanitizer report or a crash is never one of the program's own


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(*arguments, stdin=None, env=None, preexec_fn=None, timeout=120):
    """The program's exit code, stdout and stderr."""
    with tempfile.TemporaryDirectory(prefix="compliance-program-") as directory:
        program, cwd = PROGRAM, None
        if preexec_fn is as_nobody:
            # The build may lie below a directory that nobody may enter.
            os.chmod(directory, 0o755)
            program, cwd = shutil.copy(PROGRAM, directory), "/"
        done = subprocess.run([program, *map(str, arguments)], input=stdin, capture_output=True, env=env,
                              preexec_fn=preexec_fn, timeout=timeout, cwd=cwd)
    return done.returncode, done.stdout.decode("utf-8", "strict"), done.stderr.decode("utf-8", "strict")


def check_json(*arguments, **options):
    """The JSON report of `check` and its exit code."""
    code, out, err = run("check", "--format=json", *arguments, **options)
    if code not in (0, 1, 3):
        raise AssertionError(f"check {arguments} ended with {code}: {err}")
    return json.loads(out), code


def statuses(report, installation=0):
    return {check["id"]: check["status"] for check in report["installations"][installation]["checks"]}


def findings(report, check_id, status="fail", installation=0):
    for check in report["installations"][installation]["checks"]:
        if check["id"] == check_id:
            return [finding for finding in check["findings"] if finding["status"] == status]
    raise AssertionError(f"no check {check_id}")


def get(url, token=TOKEN, headers=None, method="GET", timeout=10, context=None):
    """Status, headers and body; errors of HTTP are answers too."""
    request = urllib.request.Request(url, method=method, headers=dict(headers or {}))
    if token is not None:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=timeout, context=context) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def as_nobody():
    """preexec_fn: the child has no privileges and belongs to nobody."""
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


class EndToEnd(unittest.TestCase):
    """A test with a temporary directory and processes that end with it."""

    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="compliance-"))
        os.chmod(self.directory, 0o755)
        self.addCleanup(self._remove)
        self.processes = []
        self.addCleanup(self._end_processes)

    def _remove(self):
        for path, directories, _ in os.walk(self.directory):
            os.chmod(path, 0o700)
        shutil.rmtree(self.directory)

    def _end_processes(self):
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            for stream in (process.stdout, process.stderr):
                if stream:
                    stream.close()

    def write(self, name, text, mode=0o644):
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.chmod(path, mode)
        return path

    def start(self, *command, log="process.log", **options):
        with open(self.directory / log, "wb") as output:
            process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=output,
                                       stderr=output, **options)
        self.processes.append(process)
        return process

    def log(self, log="process.log"):
        return (self.directory / log).read_text("utf-8", "replace")

    def wait_until(self, condition, what, seconds=30):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            value = condition()
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError(f"{what}: not within {seconds} s\n" + self.log())

    def serve(self, config, *arguments, token=TOKEN, **options):
        """Starts the daemon on a free port; returns the process and its base URL once it is ready."""
        token_file = self.write("token", token + "\n", 0o600)
        if options.get("preexec_fn"):
            os.chmod(token_file, 0o644)
        port = free_port()
        process = self.start(PROGRAM, "serve", f"--config.file={config}", f"--web.bearer-token-file={token_file}",
                             f"--web.listen-address=127.0.0.1:{port}", *arguments, **options)
        base = f"http://127.0.0.1:{port}"

        self.wait_until_ready(process, base)
        return process, base

    def wait_until_ready(self, process, base):
        """Waits until the daemon has judged everything once; its end before that fails the test."""
        def ready():
            if process.poll() is not None:
                raise AssertionError(f"the daemon ended with {process.returncode}\n" + self.log())
            try:
                return get(base + "/-/ready", token=None)[0] == 200
            except OSError:
                return False

        self.wait_until(ready, "readiness")

    def demo_installation(self):
        """The demo's installation, written anew below the temporary directory."""
        target = self.directory / "installation"
        subprocess.run([str(DEMO / "make_installation.sh"), str(target)], check=True)
        return target

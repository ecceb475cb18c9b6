"""The daemon's own posture: what it gives up at start, what the kernel says of it, what it says of itself."""

import ctypes
import json
import os
import pathlib
import platform
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
import unittest

from support import PROGRAM, EndToEnd, as_nobody, free_port, get, run

STRONG = "9f2c7a1e5b8d4063f1a9c7e3b5d80264718fae93c2d5b6e0"
ROWS = {f"exporter-posture-{name}" for name in (
    "not-root", "no-capabilities", "no-new-privileges", "seccomp-filter", "not-dumpable", "read-only-root",
    "bearer-token-file", "bearer-token-strength", "listener-transport", "state-file", "sources-read-only")}
COMPOSE = "services:\n  web:\n    image: ghcr.io/garudex-labs/caracal-web:v2026.06.25\n"
# Tells the release of the CLI by what it needs: a shell that starts another program.
HELP_PROGRAM = "#!/bin/sh\nexec cat \"$(dirname \"$0\")/help.txt\"\n"


SECCOMP_CALL = {"x86_64": 317, "aarch64": 277}.get(platform.machine())


class Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("if_true", ctypes.c_uint8), ("if_false", ctypes.c_uint8),
                ("value", ctypes.c_uint32)]


class Instructions(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("first", ctypes.POINTER(Instruction))]


def where_filters_are_refused():
    """preexec_fn: a container whose own filter forbids seccomp(2), and nothing else."""
    program = (Instruction * 4)((0x20, 0, 0, 0),               # load the number of the call
                                (0x15, 1, 0, SECCOMP_CALL),    # is it that one?
                                (0x06, 0, 0, 0x7fff0000),      # no: allow
                                (0x06, 0, 0, 0x00050001))      # yes: EPERM
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(38, 1, 0, 0, 0)  # no_new_privs
    if kernel.prctl(22, 2, ctypes.byref(Instructions(4, program)), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no filter can be set here")


def own_installation(report):
    return next(each for each in report["installations"] if each["name"] == "exporter")


class Daemon(EndToEnd):
    """What the tests below share: a daemon that may belong to somebody else."""

    def setUp(self):
        super().setUp()
        # Where nobody may enter, and own what is to be written.
        self.write("compose.yaml", COMPOSE)
        self.config = self.write("exporter.yaml", "installations:\n- name: production\n"
                                 "  compose: {files: [compose.yaml]}\n")
        self.program = self.directory / "program"
        shutil.copy(PROGRAM, self.program)
        os.chmod(self.program, 0o755)

    def start_daemon(self, *arguments, nobody=False, token=STRONG, mode=0o600, web=None, host="127.0.0.1", env=None,
                     wrapper=(), preexec_fn=None):
        """The process and its base URL once it is ready."""
        path = self.write("token", token + "\n", mode)
        if nobody:
            os.chown(path, 65534, 65534)
        port = free_port()
        secret = [f"--web.bearer-token-file={path}"]
        if web is not None:
            secret = [f"--web.config.file={self.write('web.yaml', web)}"]
        self.token = token
        process = self.start(*wrapper, self.program, "serve", f"--config.file={self.config}", *secret,
                             f"--web.listen-address={host}:{port}", *arguments, cwd="/",
                             preexec_fn=as_nobody if nobody else preexec_fn, env=env)
        base = f"http://127.0.0.1:{port}"

        self.wait_until_ready(process, base)
        return process, base

    def posture(self, base):
        """Status by the row's name without its area; findings likewise."""
        report = json.loads(get(base + "/api/v1/report", token=self.token)[2])
        checks = own_installation(report)["checks"]
        self.assertEqual({check["id"] for check in checks}, ROWS)
        short = lambda check: check["id"].removeprefix("exporter-posture-")
        self.findings = {short(check): check["findings"] for check in checks}
        return {short(check): check["status"] for check in checks}

    def kernel(self, process):
        text = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        return dict(re.findall(r"^(\w+):\s*(.*)$", text, re.M))

    def assert_hardened(self, process):
        status = self.kernel(process)
        self.assertEqual(status["NoNewPrivs"], "1")
        self.assertEqual(status["Seccomp"], "2")
        for name in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
            self.assertEqual(int(status[name], 16), 0, name)
        # Every thread is as the first one.
        for task in pathlib.Path(f"/proc/{process.pid}/task").iterdir():
            text = (task / "status").read_text()
            self.assertIn("Seccomp:\t2", text)
            self.assertIn("CapEff:\t0000000000000000", text)
        # /proc of an undumpable process belongs to root, whoever runs it.
        self.assertEqual(os.stat(f"/proc/{process.pid}/environ").st_uid, 0)
        limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
        self.assertRegex(limits, r"Max core file size\s+0\s+0\s")


class Posture(Daemon):
    def test_as_root_is_hardened_and_says_what_is_left(self):
        process, base = self.start_daemon(f"--state.path={self.directory / 'state' / 'history.db'}")
        self.assert_hardened(process)
        if os.geteuid() == 0:
            self.assertEqual(int(self.kernel(process)["CapBnd"], 16), 0)
        posture = self.posture(base)
        self.assertEqual(posture["not-root"], "fail" if os.geteuid() == 0 else "pass")
        for row in ("no-capabilities", "no-new-privileges", "seccomp-filter", "not-dumpable", "bearer-token-file",
                    "bearer-token-strength", "listener-transport", "state-file"):
            self.assertEqual(posture[row], "pass", (row, self.findings[row]))
        self.assertEqual(posture["sources-read-only"], "fail")
        self.assertEqual(self.findings["sources-read-only"][0]["origin"]["file"],
                         str(self.directory / "compose.yaml"))

    @unittest.skipIf(os.geteuid() != 0, "needs root to become somebody else")
    def test_as_nobody_is_hardened_and_passes_all_but_the_mounts(self):
        process, base = self.start_daemon(nobody=True)
        self.assert_hardened(process)
        self.assertEqual(self.kernel(process)["Uid"].split(), ["65534"] * 4)
        posture = self.posture(base)
        expected = {row.removeprefix("exporter-posture-"): "pass" for row in ROWS}
        expected["state-file"] = "not_applicable"
        expected["read-only-root"] = "pass" if os.statvfs("/").f_flag & os.ST_RDONLY else "fail"
        self.assertEqual(posture, expected, self.findings)
        self.assertNotIn("a hardening step failed", self.log())

    @unittest.skipIf(SECCOMP_CALL is None, "the number of seccomp(2) is not known for this architecture")
    def test_lives_on_where_its_filter_is_refused_and_says_so(self):
        process, base = self.start_daemon(preexec_fn=where_filters_are_refused)
        posture = self.posture(base)
        self.assertEqual(posture["seccomp-filter"], "fail")
        self.assertEqual(self.findings["seccomp-filter"][0]["observed"], "only the filter of the container runtime or systemd")
        self.assertIn("there is no filter of system calls", self.log())
        self.assertEqual(posture["no-capabilities"], "pass")

    def test_metrics_show_it_as_an_installation_without_a_score(self):
        _, base = self.start_daemon()
        metrics = get(base + "/metrics", token=self.token)[2].decode()
        own = [line for line in metrics.splitlines() if 'installation="exporter"' in line]
        families = {line.split("{")[0].removeprefix("caracal_compliance_") for line in own}
        self.assertLessEqual({"check_status", "check_compliant", "check_findings", "check_waived", "checks",
                              "check_transitions_total", "source_up"}, families)
        self.assertFalse({"score_ratio", "coverage_ratio"} & families)
        self.assertIn('caracal_compliance_source_up{installation="exporter",source="process"} 1', own)
        self.assertIn('caracal_compliance_check_info{check="exporter-posture-not-root",area="exporter-posture"', metrics)
        other = [line for line in metrics.splitlines()
                 if 'installation="production"' in line and "exporter-posture" in line]
        self.assertEqual(other, [])

    def test_a_token_that_others_can_read(self):
        for mode in (0o644, 0o604):
            with self.subTest(mode=oct(mode)):
                _, base = self.start_daemon(mode=mode)
                self.assertEqual(self.posture(base)["bearer-token-file"], "fail")
                self.assertIn(f"mode 0{mode:o}", self.findings["bearer-token-file"][0]["observed"])

    @unittest.skipIf(os.geteuid() != 0, "needs root to become somebody else")
    def test_a_token_that_a_group_can_read(self):
        _, base = self.start_daemon(nobody=True, mode=0o640)
        self.assertEqual(self.posture(base)["bearer-token-file"], "fail")

    @unittest.skipIf(os.geteuid() != 0 or subprocess.run(
        ["unshare", "--pid", "--mount-proc", "--fork", "true"], capture_output=True).returncode != 0,
        "needs a pid namespace of its own")
    def test_a_token_that_others_could_read_if_there_were_any(self):
        process, base = self.start_daemon(mode=0o644, wrapper=("unshare", "--pid", "--mount-proc", "--fork",
                                                               "--kill-child=TERM"))
        self.assertEqual(self.posture(base)["bearer-token-file"], "not_applicable")

    @unittest.skipIf(os.geteuid() != 0 or subprocess.run(
        ["unshare", "--mount", "true"], capture_output=True).returncode != 0, "needs a mount namespace of its own")
    def test_sources_and_a_root_that_are_mounted_read_only(self):
        script = ('mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && mount -o remount,bind,ro / && '
                  'exec "$@"')
        if subprocess.run(["unshare", "--mount", "sh", "-c", script, self.directory, "true"],
                          capture_output=True).returncode != 0:
            self.skipTest("the root cannot be remounted here")
        _, base = self.start_daemon(wrapper=("unshare", "--mount", "sh", "-c", script, self.directory))
        posture = self.posture(base)
        self.assertEqual(posture["sources-read-only"], "pass", self.findings)
        self.assertEqual(posture["read-only-root"], "pass", self.findings)

    def test_a_weak_token_is_named_and_not_shown(self):
        _, base = self.start_daemon(token="weak-token-weak-token-weak-token")
        self.assertEqual(self.posture(base)["bearer-token-strength"], "fail")
        self.assertNotIn("weak-token", json.dumps(self.findings))
        self.assertNotIn("weak-token", get(base + "/metrics", token=self.token)[2].decode())
        self.assertNotIn("weak-token", self.log())

    def test_a_listener_beyond_loopback(self):
        token = str(self.directory / "token")
        plain = f"bearer_token_files: [{token}]\n"
        with self.subTest("plain"):
            _, base = self.start_daemon(web=plain, host="0.0.0.0")
            self.assertEqual(self.posture(base)["listener-transport"], "fail")
        with self.subTest("behind a proxy"):
            _, base = self.start_daemon(web=plain + "behind_tls_proxy: true\n", host="0.0.0.0")
            self.assertEqual(self.posture(base)["listener-transport"], "pass")
        with self.subTest("the probes' address only"):
            _, base = self.start_daemon(f"--web.probe-address=0.0.0.0:{free_port()}", web=plain)
            self.assertEqual(self.posture(base)["listener-transport"], "pass")

    def test_a_state_file_that_others_can_reach(self):
        state = self.directory / "open"
        state.mkdir()
        os.chmod(state, 0o777)
        _, base = self.start_daemon(f"--state.path={state / 'history.db'}")
        self.assertEqual(self.posture(base)["state-file"], "fail")
        self.assertIn("directory writable", self.findings["state-file"][0]["observed"])
        self.assertEqual(os.stat(state / "history.db").st_mode & 0o777, 0o600)

    def test_a_program_that_is_configured_later_is_not_started(self):
        program = self.write("caracal", HELP_PROGRAM, 0o755)
        self.write("help.txt", "caracal <command> [options]\n\nCommands:\n  run    Run a command\n")
        without = self.config.read_text()
        _, base = self.start_daemon()
        with_command = without + f"  runtime_cli: {{command: [{program}, --help]}}\n"
        self.config.write_text(with_command)
        self.assertEqual(get(base + "/-/reload", method="POST", token=self.token)[0], 200)
        report = json.loads(get(base + "/api/v1/report", token=self.token)[2])
        row = next(check for check in report["installations"][0]["checks"]
                   if check["id"] == "runtime-cli-no-product-management")
        self.assertEqual((row["status"], row["unknown_reason"]), ("unknown", "permission_denied"))
        self.assertIn("restart", row["findings"][0]["message"])
        self.assertIn("restart", self.log())
        # A daemon that knows of it from the start runs it, hardened all the same.
        process, base = self.start_daemon()
        self.assert_hardened(process)
        report = json.loads(get(base + "/api/v1/report", token=self.token)[2])
        row = next(check for check in report["installations"][0]["checks"]
                   if check["id"] == "runtime-cli-no-product-management")
        self.assertEqual(row["status"], "pass", row)

    def test_its_rows_are_shown_and_not_judged_elsewhere(self):
        listed = json.loads(run("list", "--format=json")[1])
        self.assertLessEqual(ROWS, {check["id"] for check in listed})
        self.assertEqual(run("explain", "exporter-posture-not-root")[0], 0)
        code, out, _ = run("check", f"--config.file={self.config}", "--format=json")
        self.assertNotIn("exporter-posture", out)
        code, _, err = run("check", f"--config.file={self.config}", "--check=exporter-posture-not-root")
        self.assertEqual(code, 2)
        self.assertIn("serve", err)
        self.config.write_text(self.config.read_text().replace("production", "exporter"))
        code, _, err = run("config", "check", f"--config.file={self.config}")
        self.assertEqual(code, 2)
        self.assertIn("reserved", err)


class ServiceManager(Daemon):
    """What systemd hears."""

    def test_is_told_of_start_reload_life_and_end(self):
        name = self.directory / "notify"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(str(name))
            manager.settimeout(30)
            env = dict(os.environ, NOTIFY_SOCKET=str(name), WATCHDOG_USEC="1000000")
            process, _ = self.start_daemon(env=env)
            self.assertEqual(manager.recv(256), b"READY=1")
            self.assertEqual(manager.recv(256), b"WATCHDOG=1")
            self.assertEqual(manager.recv(256), b"WATCHDOG=1")
            before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
            process.send_signal(signal.SIGHUP)
            reloading = self.next_of(manager, b"RELOADING=1")
            told = int(re.fullmatch(rb"RELOADING=1\nMONOTONIC_USEC=(\d+)", reloading)[1])
            self.assertGreaterEqual(told, before)
            self.next_of(manager, b"READY=1")
            process.send_signal(signal.SIGTERM)
            self.next_of(manager, b"STOPPING=1")
            self.assertEqual(process.wait(10), 0)

    def next_of(self, manager, prefix):
        message = b"WATCHDOG=1"
        while message == b"WATCHDOG=1":
            message = manager.recv(256)
        self.assertTrue(message.startswith(prefix), message)
        return message


class HealthCheck(Daemon):
    """The program asks a daemon how it is."""

    def test_of_a_plain_listener_and_of_the_probes_address(self):
        probes = free_port()
        process, base = self.start_daemon(f"--web.probe-address=0.0.0.0:{probes}")
        port = base.rsplit(":", 1)[1]
        for arguments in ((f"--web.listen-address=0.0.0.0:{port}",), (f"--web.probe-address=:{probes}", "--ready"),
                          (f"--url={base}/-/ready",)):
            self.assertEqual(run("healthcheck", *arguments), (0, "", ""))
        code, _, err = run("healthcheck", f"--url={base}/metrics")
        self.assertEqual(code, 1)
        self.assertIn("401", err)
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        self.assertEqual(run("healthcheck", f"--web.listen-address=127.0.0.1:{port}")[0], 1)

    def test_of_a_listener_with_tls(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                        "-nodes", "-keyout", self.directory / "key.pem", "-out", self.directory / "cert.pem", "-days",
                        "2", "-subj", "/CN=exporter.example.com"], check=True, capture_output=True)
        self.write("token", STRONG, 0o600)
        web = self.write("web.yaml", "bearer_token_files: [token]\n"
                         "tls_server_config: {cert_file: cert.pem, key_file: key.pem}\n")
        port = free_port()
        process = self.start(self.program, "serve", f"--config.file={self.config}", f"--web.config.file={web}",
                             f"--web.listen-address=0.0.0.0:{port}")
        arguments = ("healthcheck", f"--web.listen-address=0.0.0.0:{port}", f"--web.config.file={web}", "--ready")
        self.wait_until(lambda: run(*arguments)[0] == 0, "a healthy answer by TLS")
        self.assertEqual(run("healthcheck", f"--web.listen-address=127.0.0.1:{port}")[0], 1)
        code, _, err = run("healthcheck", f"--url=https://127.0.0.1:{port}/-/ready")
        self.assertEqual(code, 1, "a certificate of nobody's is not believed for a URL")
        # Certificates rotate under the filter.
        first = ssl.get_server_certificate(("127.0.0.1", port))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                        "-nodes", "-keyout", self.directory / "key.pem", "-out", self.directory / "cert.pem", "-days",
                        "2", "-subj", "/CN=second.example.com"], check=True, capture_output=True)
        self.wait_until(lambda: ssl.get_server_certificate(("127.0.0.1", port)) != first, "the second certificate")
        self.token = STRONG
        context = ssl._create_unverified_context()
        report = json.loads(get(f"https://127.0.0.1:{port}/api/v1/report", token=STRONG, context=context)[2])
        row = next(check for check in own_installation(report)["checks"]
                   if check["id"] == "exporter-posture-listener-transport")
        self.assertEqual(row["status"], "pass")
        self.assertIsNone(process.poll())


if __name__ == "__main__":
    unittest.main()

"""Sources that are anything but a good file: their rows are unknown, all others stay, the daemon lives."""

import os
import pathlib
import resource
import threading
import unittest

from support import DEMO, EndToEnd, as_nobody, check_json, findings, get, run, statuses

COMPOSE_ROW = "containers-not-privileged"
CLI_ROW = "runtime-cli-no-product-management"
DEEP = 100_000


def alias_bomb():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 12):
        lines.append(f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 9) + "]")
    return "\n".join(lines) + "\nservices: {api: {image: x}}\n"


BROKEN_TEXTS = {
    "broken yaml": (b"services: [\n", "unparsable"),
    "binary": (bytes(range(256)) * 40, "unparsable"),
    "zero bytes": (b"", "unparsable"),
    "only a comment": (b"# nothing\n", "unparsable"),
    "a list": (b"- services\n", "unparsable"),
    "a text": (b"services\n", "unparsable"),
    "duplicate keys": (b"services:\n  api: {image: x}\n  api: {image: y}\n", "unparsable"),
    "tabs": (b"services:\n\tapi: {image: x}\n", "unparsable"),
    "latin-1": ("services:\n  api: {image: x, labels: [gr\u00fcn]}\n".encode("latin-1"), "unparsable"),
    "alias bomb": (alias_bomb().encode(), "limit_exceeded"),
    "nested levels": (b"services: " + b"[" * DEEP + b"]" * DEEP, "limit_exceeded"),
    "nested block levels": (b"".join(b" " * n + b"a:\n" for n in range(2000)), "limit_exceeded"),
    "unknown alias": (b"services: *nowhere\n", "unparsable"),
    "nul bytes": (b"services:\n  api: {image: 'x\0y'}\n", "unparsable"),
    "two merge scalars": (b"services:\n  api: {<<: text, image: x}\n", "unparsable"),
}

GOOD_TEXTS = {
    "byte order mark": b"\xef\xbb\xbfservices:\n  api: {image: x, privileged: true}\n",
    "carriage returns": b"services:\r\n  api:\r\n    image: x\r\n    privileged: true\r\n",
    "json": b'{"services": {"api": {"image": "x", "privileged": true}}}',
}


class BadComposeFiles(EndToEnd):
    def judge(self, path, *more):
        help_file = DEMO / "caracal-help.txt"
        report, code = check_json(f"--compose={path}", f"--runtime-cli-help={help_file}", *more)
        return report, code

    def assert_down(self, report, code, reason):
        status = statuses(report)
        self.assertEqual(code, 3)
        self.assertEqual(status[COMPOSE_ROW], "unknown")
        self.assertEqual(status[CLI_ROW], "pass")
        self.assertEqual([c["unknown_reason"] for c in report["installations"][0]["checks"] if c["id"] == COMPOSE_ROW],
                         [reason])

    def test_texts_that_are_no_compose_file(self):
        for name, (text, reason) in BROKEN_TEXTS.items():
            with self.subTest(name):
                path = self.write(f"{name}.yaml", text)
                report, code = self.judge(path)
                self.assert_down(report, code, reason)
                origin = findings(report, COMPOSE_ROW, "unknown")[0]["origin"]
                self.assertEqual(origin["file"], str(path))

    def test_texts_that_only_look_unusual(self):
        for name, text in GOOD_TEXTS.items():
            with self.subTest(name):
                report, code = self.judge(self.write(f"{name}.yaml", text))
                self.assertEqual((code, statuses(report)[COMPOSE_ROW]), (1, "fail"))

    def test_paths_that_are_no_regular_file(self):
        fifo = self.directory / "fifo"
        os.mkfifo(fifo)
        loop = self.directory / "loop"
        loop.symlink_to(loop)
        dangling = self.directory / "dangling"
        dangling.symlink_to(self.directory / "nowhere")
        for path, reason in ((fifo, "unreadable"), (loop, "unreadable"),
                             (dangling, "missing_object"), (pathlib.Path("/dev/zero"), "unreadable")):
            with self.subTest(path.name):
                report, code = self.judge(path)
                self.assert_down(report, code, reason)

    def test_a_directory_without_a_compose_file(self):
        directory = self.directory / "directory"
        directory.mkdir()
        (directory / "values.yaml").write_text("services: {}\n")
        code, out, err = run("check", f"--compose={directory}")
        self.assertEqual((code, out), (2, ""))
        self.assertIn(f"--compose: {directory} has no Compose file", err)

    def test_a_file_over_the_limit(self):
        path = self.write("large.yaml", b"services: {}\n#" + b"x" * (17 << 20))
        report, code = self.judge(path)
        self.assert_down(report, code, "limit_exceeded")

    def test_memory_stays_bounded(self):
        path = self.write("bomb.yaml", alias_bomb())
        limit = 512 << 20
        if "build/dev" in os.environ.get("COMPLIANCE_PROGRAM", "build/dev"):
            limit = None  # AddressSanitizer reserves terabytes of address space
        bound = (lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))) if limit else None
        report, code = check_json(f"--compose={path}", preexec_fn=bound)
        self.assertEqual(code, 3)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.assertLess(peak, 1 << 20, "KiB of the largest child so far")


class BadSources(EndToEnd):
    def test_a_broken_manifest_leaves_the_good_ones_judged(self):
        self.write("manifests/good.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: caracal-api}\n"
                   "spec: {containers: [{name: api, image: x, securityContext: {privileged: true}}]}\n")
        self.write("manifests/broken.yaml", "kind: [")
        report, code = check_json(f"--manifests={self.directory / 'manifests'}")
        self.assertEqual((code, statuses(report)[COMPOSE_ROW]), (1, "fail"))
        self.assertEqual(len(findings(report, COMPOSE_ROW, "unknown")), 1)

    def test_nothing_to_read(self):
        empty = self.directory / "empty"
        empty.mkdir()
        for source in (f"--manifests={empty}", f"--manifests={self.directory}/*.nothing"):
            report, code = check_json(source)
            self.assertEqual((code, statuses(report)[COMPOSE_ROW]), (3, "unknown"))

    def test_secret_files_of_every_kind(self):
        directory = self.directory / "secrets"
        directory.mkdir(mode=0o700)
        (directory / "auditHmacKey").mkdir()
        os.mkfifo(directory / "streamsHmacKey")
        (directory / "zoneKek").symlink_to(directory / "nowhere")
        (directory / "gatewayStsHmacKey").symlink_to(directory / "gatewayStsHmacKey")
        (directory / "metricsBearer").write_bytes(b"")
        (directory / "caracalAuthSecret").write_bytes(os.urandom(64))
        (directory / "caracalAdminToken").write_bytes(b"x" * (17 << 20))
        report, code = check_json(f"--secrets={directory}", "--extended")
        self.assertIn(code, (1, 3))
        status = statuses(report)
        self.assertEqual(status["signing-keys-audit-hmac"], "unknown")
        self.assertEqual(status["signing-keys-streams-hmac"], "unknown")

    @unittest.skipIf(os.geteuid() != 0, "needs root to become somebody else")
    def test_as_nobody_before_a_directory_of_mode_0700(self):
        installation = self.demo_installation()
        os.chmod(self.directory, 0o755)
        os.chmod(installation, 0o700)
        readable = self.write("caracal-help.txt", (DEMO / "caracal-help.txt").read_text())
        report, code = check_json(f"--compose={installation / 'compose.yaml'}", f"--runtime-cli-help={readable}",
                                  preexec_fn=as_nobody)
        status = statuses(report)
        self.assertEqual((code, status[COMPOSE_ROW], status[CLI_ROW]), (3, "unknown", "pass"))
        finding = findings(report, COMPOSE_ROW, "unknown")[0]
        for words in ("65534", str(installation), "0700", "mount"):
            self.assertIn(words, finding["message"])

    @unittest.skipIf(os.geteuid() != 0, "needs root to become somebody else")
    def test_as_nobody_before_secrets_of_mode_0700(self):
        installation = self.demo_installation()
        os.chmod(self.directory, 0o755)
        for path in (installation, *installation.iterdir()):
            os.chmod(path, 0o755)
        os.chmod(installation / "secrets", 0o700)
        report, code = check_json(f"--compose={installation / 'compose.yaml'}",
                                  f"--env-file={installation / 'caracal.env'}", preexec_fn=as_nobody)
        status = statuses(report)
        self.assertEqual((code, status[COMPOSE_ROW]), (1, "fail"))
        self.assertEqual(status["signing-keys-not-predictable"], "unknown")

    def test_the_daemon_lives_through_files_that_come_and_go(self):
        installation = self.demo_installation()
        process, base = self.serve(installation / "exporter.yaml")
        compose = installation / "compose.yaml"
        good = compose.read_bytes()
        stop = threading.Event()

        def churn():
            while not stop.is_set():
                compose.write_bytes(good[: len(good) // 2])
                compose.unlink()
                compose.write_bytes(good)

        thread = threading.Thread(target=churn)
        thread.start()
        try:
            for _ in range(60):
                self.assertEqual(get(base + "/-/reload", method="POST")[0], 200)
                self.assertEqual(get(base + "/metrics")[0], 200)
        finally:
            stop.set()
            thread.join()
        get(base + "/-/reload", method="POST")
        self.assertIn('caracal_compliance_source_up{installation="sample",source="compose"} 1',
                      get(base + "/metrics")[2].decode())
        self.assertIsNone(process.poll())

    def test_a_source_that_breaks_and_heals_shows_in_source_up(self):
        installation = self.demo_installation()
        _, base = self.serve(installation / "exporter.yaml")
        compose = installation / "compose.yaml"
        good = compose.read_text()
        up = 'caracal_compliance_source_up{installation="sample",source="compose"} '
        for text, value in (("services: [", "0"), (good, "1")):
            compose.write_text(text)
            self.assertEqual(get(base + "/-/reload", method="POST")[0], 200)
            metrics = get(base + "/metrics")[2].decode()
            self.assertIn(up + value, metrics)
            self.assertIn('caracal_compliance_check_status{installation="sample",check="' + CLI_ROW +
                          '",status="pass"} 1', metrics)


if __name__ == "__main__":
    unittest.main()

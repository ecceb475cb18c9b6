"""Files are watched through bind mounts, and looked at where the kernel gives no watches any more.

The interval is an hour: what is seen sooner was watched or looked for."""

import re
import shutil
import subprocess
import unittest

from support import PROGRAM, EndToEnd, free_port, get

CHECK = "containers-not-privileged"
STATUS = re.compile(rf'check_status{{installation="production",check="{CHECK}",status="(\w+)"}} 1\n')
WATCHED = re.compile(r'source_watch_active{installation="production",source="compose"} (\d)\n')


def compose(privileged):
    return f"services: {{other: {{image: 'x:1', privileged: {str(privileged).lower()}}}}}\n"


def can(*command):
    return shutil.which(command[0]) and subprocess.run(command, capture_output=True).returncode == 0


CAN_MOUNT = can("unshare", "--mount", "true")
CAN_LIMIT = can("unshare", "--user", "--map-root-user", "sh", "-c", "echo 0 > /proc/sys/user/max_inotify_watches")


class Watch(EndToEnd):
    def setUp(self):
        super().setUp()
        self.source = self.write("source/compose.yaml", compose(False))
        (self.directory / "target").mkdir()
        self.config = self.write("exporter.yaml", "interval: 1h\ninstallations:\n  - name: production\n"
                                 "    compose: {files: [target/compose.yaml]}\n")

    def start_in(self, unshare, command):
        """The daemon in namespaces of its own, once `command` has been run in them."""
        wrapper = self.write("wrapper", f"#!/bin/sh\nset -e\n{command}\nexec {PROGRAM} \"$@\"\n", 0o755)
        token = self.write("token", "a-token-of-the-watch-test-0123456789\n", 0o600)
        self.token = token.read_text().strip()
        port = free_port()
        self.start(*unshare, wrapper, "serve", f"--config.file={self.config}", f"--web.bearer-token-file={token}",
                   f"--web.listen-address=127.0.0.1:{port}")
        self.base = f"http://127.0.0.1:{port}"
        self.wait_until(lambda: self.metrics(), "the first scrape")

    def metrics(self):
        try:
            status, _, body = get(self.base + "/metrics", token=self.token)
        except OSError:
            return ""
        return body.decode() if status == 200 else ""

    def status(self):
        return STATUS.search(self.metrics())[1]

    def replace(self, privileged):
        fresh = self.source.with_suffix(".new")
        fresh.write_text(compose(privileged))
        fresh.rename(self.source)

    @unittest.skipUnless(CAN_MOUNT, "bind mounts need root")
    def test_sees_changes_behind_a_bind_mount_where_mounts_may_be_made(self):
        self.start_in(["unshare", "--mount"], f"mount --bind '{self.source.parent}' '{self.directory}/target'")
        self.assertEqual(WATCHED.search(self.metrics())[1], "1")
        self.source.write_text(compose(True))
        self.wait_until(lambda: self.status() == "fail", "the write in place")
        self.replace(False)
        self.wait_until(lambda: self.status() == "pass", "the rename over")
        self.source.unlink()
        self.wait_until(lambda: self.status() == "unknown", "the deletion")
        self.replace(True)
        self.wait_until(lambda: self.status() == "fail", "the file that came back")

    @unittest.skipUnless(CAN_MOUNT, "bind mounts need root")
    def test_sees_changes_of_a_single_mounted_file_where_mounts_may_be_made(self):
        target = self.directory / "target/compose.yaml"
        target.touch()
        self.start_in(["unshare", "--mount"], f"mount --bind '{self.source}' '{target}'")
        self.assertEqual(WATCHED.search(self.metrics())[1], "1")
        self.source.write_text(compose(True))
        self.wait_until(lambda: self.status() == "fail", "the write in place")

    @unittest.skipUnless(CAN_LIMIT, "limits are set in a user namespace")
    def test_looks_for_changes_without_watches_where_user_namespaces_may_be_made(self):
        (self.directory / "target/compose.yaml").symlink_to(self.source)
        for limit in ("max_inotify_watches", "max_inotify_instances"):
            with self.subTest(limit):
                self.replace(False)
                self.start_in(["unshare", "--user", "--map-root-user"], f"echo 0 > /proc/sys/user/{limit}")
                self.assertEqual(WATCHED.search(self.metrics())[1], "0")
                self.assertEqual(self.status(), "pass")
                self.replace(True)
                self.wait_until(lambda: self.status() == "fail", "the change")


if __name__ == "__main__":
    unittest.main()

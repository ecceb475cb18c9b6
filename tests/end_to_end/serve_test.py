"""The daemon as its operators use it: start, refusals, reload, rotation, TLS, stop."""

import os
import signal
import socket
import ssl
import subprocess
import time
import unittest
import zlib

from support import PROGRAM, TOKEN, EndToEnd, free_port, get, run


class Serve(EndToEnd):
    def test_answers_only_with_the_token(self):
        _, base = self.serve(self.demo_installation() / "exporter.yaml")
        self.assertEqual(get(base + "/metrics")[0], 200)
        for token in (None, "wrong-token-0123456789", TOKEN[:-1], TOKEN + "x"):
            status, headers, body = get(base + "/metrics", token=token)
            self.assertEqual(status, 401)
            self.assertIn("Bearer", headers["WWW-Authenticate"])
            self.assertNotIn(b"caracal_compliance", body)
        self.assertEqual(get(base + "/nowhere", token=None)[0], 401)
        self.assertEqual(get(base + "/nowhere")[0], 404)
        self.assertEqual(get(base + "/metrics", method="POST")[0], 405)
        for path in ("/-/healthy", "/-/ready"):
            self.assertEqual(get(base + path, token=None)[0], 200)

    def test_compressed_metrics_are_one_gzip_member_since_clients_lose_what_follows_it(self):
        _, base = self.serve(self.demo_installation() / "exporter.yaml")
        _, headers, body = get(base + "/metrics", headers={"Accept-Encoding": "gzip"})
        self.assertEqual(headers["Content-Encoding"], "gzip")
        gzip_alone = 31
        member = zlib.decompressobj(gzip_alone)
        text = member.decompress(body).decode()
        self.assertTrue(member.eof)
        self.assertEqual(member.unused_data, b"")
        names = lambda exposition: [line.rsplit(" ", 1)[0] for line in exposition.splitlines()]
        self.assertEqual(names(text), names(get(base + "/metrics")[2].decode()))

    def test_serves_the_report_that_check_prints(self):
        import json
        config = self.demo_installation() / "exporter.yaml"
        _, base = self.serve(config)
        served = json.loads(get(base + "/api/v1/report")[2])
        _, printed, _ = run("check", f"--config.file={config}", "--format=json")
        printed = json.loads(printed)
        pick = lambda report: [(c["id"], c["status"], c["findings"]) for c in report["installations"][0]["checks"]]
        self.assertEqual(pick(served), pick(printed))

    def test_reload_takes_a_new_configuration_and_keeps_the_old_one_when_it_is_bad(self):
        config = self.demo_installation() / "exporter.yaml"
        process, base = self.serve(config)
        good = config.read_text()
        config.write_text("interval: never\n")
        status, _, body = get(base + "/-/reload", method="POST")
        self.assertEqual(status, 500)
        self.assertIn(b"exporter.yaml:1:11", body)
        metrics = get(base + "/metrics")[2].decode()
        self.assertIn("caracal_compliance_config_last_reload_successful 0", metrics)
        self.assertIn('installation="sample"', metrics)
        config.write_text(good.replace("name: sample", "name: renamed"))
        process.send_signal(signal.SIGHUP)
        self.wait_until(lambda: b'installation="renamed"' in get(base + "/metrics")[2], "the new name")
        metrics = get(base + "/metrics")[2].decode()
        self.assertNotIn('installation="sample"', metrics)
        self.assertIn("caracal_compliance_config_last_reload_successful 1", metrics)

    def test_token_rotates_with_an_overlap_and_without_a_restart(self):
        config = self.demo_installation() / "exporter.yaml"
        old = self.write("old", "the-old-token-0123456789\n")
        new = self.write("new", "the-new-token-0123456789\n")
        web = self.write("web.yaml", "bearer_token_files: [old, new]\n")
        port = free_port()
        self.start(PROGRAM, "serve", f"--config.file={config}", f"--web.config.file={web}",
                   f"--web.listen-address=127.0.0.1:{port}")
        base = f"http://127.0.0.1:{port}"
        self.wait_until(lambda: self._ready(base), "readiness")
        for token in ("the-old-token-0123456789", "the-new-token-0123456789"):
            self.assertEqual(get(base + "/metrics", token=token)[0], 200)
        old.write_text("the-next-token-0123456789\n")
        self.wait_until(lambda: get(base + "/metrics", token="the-next-token-0123456789")[0] == 200, "rotation")
        self.assertEqual(get(base + "/metrics", token="the-old-token-0123456789")[0], 401)
        self.assertEqual(get(base + "/metrics", token="the-new-token-0123456789")[0], 200)

    def _ready(self, base, context=None):
        try:
            return get(base + "/-/ready", token=None, context=context)[0] == 200
        except OSError:
            return False

    def _certificate(self, name, subject, issuer=None):
        key, cert = self.directory / f"{name}.key", self.directory / f"{name}.pem"
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                   "-keyout", key, "-out", cert, "-days", "2", "-subj", f"/CN={subject}",
                   "-addext", "subjectAltName=IP:127.0.0.1"]
        if issuer:
            command += ["-CA", self.directory / f"{issuer}.pem", "-CAkey", self.directory / f"{issuer}.key",
                        "-addext", "basicConstraints=critical,CA:FALSE"]
        subprocess.run([str(word) for word in command], check=True, capture_output=True)
        return cert, key

    def test_mutual_tls_admits_only_known_clients(self):
        config = self.demo_installation() / "exporter.yaml"
        self._certificate("ca", "test authority")
        self._certificate("server", "exporter", "ca")
        client = self._certificate("client", "scraper", "ca")
        self.write("token", TOKEN)
        web = self.write("web.yaml", "bearer_token_files: [token]\n"
                         "tls_server_config: {cert_file: server.pem, key_file: server.key, client_ca_file: ca.pem,\n"
                         "  client_auth_type: RequireAndVerifyClientCert}\n")
        port = free_port()
        self.start(PROGRAM, "serve", f"--config.file={config}", f"--web.config.file={web}",
                   f"--web.listen-address=127.0.0.1:{port}")
        base = f"https://127.0.0.1:{port}"
        known = ssl.create_default_context(cafile=str(self.directory / "ca.pem"))
        known.load_cert_chain(*map(str, client))
        self.wait_until(lambda: self._ready(base, known), "readiness")
        self.assertEqual(get(base + "/metrics", context=known)[0], 200)
        stranger = ssl.create_default_context(cafile=str(self.directory / "ca.pem"))
        with self.assertRaises(OSError):
            get(base + "/metrics", context=stranger)
        old = ssl.create_default_context(cafile=str(self.directory / "ca.pem"))
        old.load_cert_chain(*map(str, client))
        old.minimum_version = ssl.TLSVersion.TLSv1_1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises(OSError):
            get(base + "/metrics", context=old)

    def test_stops_within_two_seconds_though_a_client_hangs(self):
        process, base = self.serve(self.demo_installation() / "exporter.yaml")
        with socket.create_connection(("127.0.0.1", int(base.rsplit(":", 1)[1]))) as hanging:
            hanging.sendall(b"GET /metrics HTTP/1.1\r\n")
            started = time.monotonic()
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(10), 0)
            self.assertLess(time.monotonic() - started, 4)  # two seconds, and room for a busy machine

    def test_probe_address_serves_health_alone(self):
        port = free_port()
        self.serve(self.demo_installation() / "exporter.yaml", f"--web.probe-address=127.0.0.1:{port}")
        base = f"http://127.0.0.1:{port}"
        self.assertEqual(get(base + "/-/healthy", token=None)[0], 200)
        self.assertEqual(get(base + "/-/ready", token=None)[0], 200)
        self.assertEqual(get(base + "/metrics")[0], 404)


class Refusals(EndToEnd):
    """One clear line on stderr, exit code 2, nothing half started."""

    def refused(self, *arguments, **options):
        code, out, err = run(*arguments, timeout=30, **options)
        self.assertEqual(code, 2, err)
        self.assertEqual(out, "")
        self.assertEqual(len(err.strip().splitlines()), 1, err)
        self.assertNotIn("Sanitizer", err)
        return err

    def arguments(self, **changes):
        values = {"config.file": self.demo_installation() / "exporter.yaml",
                  "web.bearer-token-file": self.write("token", TOKEN),
                  "web.listen-address": f"127.0.0.1:{free_port()}"}
        values.update({key.replace("__", ".").replace("_", "-"): value for key, value in changes.items()})
        return ["serve"] + [f"--{key}={value}" for key, value in values.items() if value is not None]

    def test_an_address_in_use(self):
        with socket.socket() as taken:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            # "starting" is logged before the attempt; the refusal itself is the last line.
            code, _, err = run(*self.arguments(web__listen_address=address), timeout=30)
        self.assertEqual(code, 2)
        self.assertIn(address.rsplit(":", 1)[1], err.strip().splitlines()[-1])
        self.assertIn("in use", err)

    def test_token_files_that_cannot_protect(self):
        self.assertIn("missing", self.refused(*self.arguments(web__bearer_token_file=self.directory / "missing")))
        for name, text in (("empty", ""), ("blank", " \n"), ("short", "fifteen-bytes-x\n")):
            err = self.refused(*self.arguments(web__bearer_token_file=self.write(name, text)))
            self.assertIn(name, err)
            if text.strip():
                self.assertNotIn(text.strip(), err)

    def test_no_token_at_all(self):
        self.assertIn("bearer", self.refused(*self.arguments(web__bearer_token_file=None)))

    def test_arguments_that_make_no_sense(self):
        self.refused("serve", "--no-such-flag")
        self.refused("dance")
        self.refused("check", "--format=pdf", "--compose=x")
        self.refused("check", "--compose=/does/not/exist.yaml")
        self.refused("check")
        self.refused("explain", "no-such-check")
        for address in ("nowhere", "127.0.0.1:", "127.0.0.1:99999", "::1:9787", "not an address:1"):
            code, _, err = run(*self.arguments(web__listen_address=address), timeout=30)
            self.assertEqual(code, 2, address)
            self.assertNotIn("Sanitizer", err)

    def test_a_configuration_with_several_faults_names_them_all(self):
        config = self.write("bad.yaml", "intervall: 1s\ninstallations: []\n")
        for command in (["config", "check"], ["serve", "--config.check"]):
            code, out, err = run(*command, f"--config.file={config}")
            self.assertEqual((code, out), (2, ""))
            self.assertIn(f"{config}:1:1: unknown key 'intervall'", err)
            self.assertIn(f"{config}:2:16: installations must list", err)

    @unittest.skipIf(os.geteuid() != 0, "needs root to become somebody else")
    def test_a_token_that_this_user_cannot_read(self):
        from support import as_nobody
        arguments = self.arguments()
        os.chmod(self.directory / "token", 0o600)
        for path in (self.directory / "installation").rglob("*"):
            os.chmod(path, 0o755)
        os.chmod(self.directory / "installation", 0o755)
        err = self.refused(*arguments, preexec_fn=as_nobody)
        self.assertIn("token", err)
        self.assertIn("Permission denied", err)


if __name__ == "__main__":
    unittest.main()

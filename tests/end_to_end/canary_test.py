"""No secret leaves: unique canaries in every secret file, env file and inline value appear nowhere."""

import json
import os
import secrets
import unittest

from support import EndToEnd, get, run

# Pieces this long of a secret must not appear anywhere.
PIECE = 8


def canary():
    return secrets.token_urlsafe(30).replace("-", "x").replace("_", "y")


class Canaries(EndToEnd):
    def setUp(self):
        super().setUp()
        self.planted = {}

    def plant(self, name):
        self.planted[name] = canary()
        return self.planted[name]

    def assert_clean(self, where, text):
        for name, value in self.planted.items():
            for start in range(len(value) - PIECE + 1):
                piece = value[start:start + PIECE]
                if piece in text:
                    self.fail(f"{where} holds a piece of the canary {name}")

    def installation(self):
        target = self.demo_installation()
        for path in sorted((target / "secrets").iterdir()):
            os.chmod(path, 0o600)
            if path.name.endswith("Url"):
                path.write_text(f"postgres://user:{self.plant(path.name)}@host.test:5432/base?sslmode=require\n")
            else:
                path.write_text(self.plant(path.name) + "\n")
        compose = target / "compose.yaml"
        text = compose.read_text()
        text = text.replace("sample-inline-admin-token-2b7e151628aed2a6", self.plant("inline"))
        text = text.replace("PORT: 3000", "\n".join([
            "PORT: 3000", f"      CARACAL_MODE: {self.plant('mode')}",
            f"      MY_API_KEY: {self.plant('unknown name')}",
            f"      STS_URL: http://user:{self.plant('url')}@sts.test:8080/{self.plant('path')}?q={self.plant('query')}",
            f"      REDIS_URL: redis://:{self.plant('redis')}@redis:6379",
            f"      INSECURE_STS: {self.plant('switch')}", f"      CARACAL_AUTH_SECRET: ${{FROM_ENV_FILE}}",
            f"      JTI_FAIL_OPEN: {self.plant('fail open')}"]).replace("      CARACAL_MODE: dev # planted\n", ""))
        text = text.replace("      CARACAL_MODE: dev # planted\n", "", 1)
        text = text.replace("      STS_URL: http://sts:8080\n      DATABASE_URL_FILE: /run/secrets/databaseUrl\n"
                            "      REDIS_URL_FILE: /run/secrets/redisUrl\n      ZONE_KEK_FILE",
                            "      DATABASE_URL_FILE: /run/secrets/databaseUrl\n"
                            "      REDIS_URL_FILE: /run/secrets/redisUrl\n      ZONE_KEK_FILE", 1)
        text = text.replace("  web:\n", "  web:\n    env_file: [web.env]\n", 1)
        compose.write_text(text)
        (target / "caracal.env").write_text((target / "caracal.env").read_text() +
                                            f"FROM_ENV_FILE={self.plant('env file')}\nSTS_ADMIN_TOKEN={self.plant('env unused')}\n"
                                            f"CARACAL_WEB_URL=http://u:{self.plant('web url')}@console.test/{self.plant('web path')}\n"
                                            f"CARACAL_STS_ISSUER_URL=http://u:{self.plant('issuer')}@sts.test/?q={self.plant('issuer query')}\n"
                                            f"UPSTREAM_HOST_ALLOWLIST=https://u:{self.plant('upstream')}@up.test,{self.plant('entry')}:443\n")
        (target / "web.env").write_text(f"CARACAL_WEB_ORIGIN=https://u:{self.plant('origin')}@a.test,{self.plant('no origin')}/x\n"
                                        f"CARACAL_AUTH_COOKIE_SAME_SITE={self.plant('same site')}\n"
                                        f"CARACAL_OPEN_REGISTRATION={self.plant('registration')}\n"
                                        f"GOOGLE_CLIENT_SECRET={self.plant('service env file')}\n"
                                        f"SMTP='{self.plant('smtp')}'\nCARACAL_SMTP_URL=smtp://u:{self.plant('smtp url')}@mail.test\n")
        return target

    def manifests(self, target):
        objects = [
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "caracal-runtime"},
             "stringData": {"auditHmacKey": self.plant("stringData"), "databaseUrl": f"postgres://u:{self.plant('k url')}@h/d"}},
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"},
             "data": {"CARACAL_ADMIN_TOKEN": self.plant("config map"), "OTHER": self.plant("config map other")}},
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "caracal-api"}, "spec": {"containers": [{
                "name": "api", "image": "ghcr.io/garudex-labs/caracal-node:v1.0.0",
                "envFrom": [{"configMapRef": {"name": "settings"}}],
                "env": [{"name": "AUDIT_HMAC_KEY", "value": self.plant("pod env")},
                        {"name": "CARACAL_MODE", "value": self.plant("pod mode")},
                        {"name": "CARACAL_API_URL", "value": f"http://u:{self.plant('pod url')}@api.test"},
                        {"name": "TOKEN_TWO", "value": self.plant("pod token")}]}]}},
            {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "p"}, "spec": {
                "podSelector": {}, "ingress": [{"from": [{"podSelector": {"matchLabels": {"a": self.plant("label")}}}]}]}},
            {"apiVersion": "monitoring.coreos.com/v1", "kind": "PodMonitor", "metadata": {"name": "m"}, "spec": {
                "selector": {}, "podMetricsEndpoints": [{"port": "http", "params": {"token": [self.plant("parameter")]}}]}}]
        path = target / "objects.json"
        path.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}))
        return path

    def broken_files(self, target):
        """Files that cannot be parsed: their error messages must not quote them."""
        broken = {
            "broken.yaml": f"services:\n  api:\n    environment:\n      CARACAL_ADMIN_TOKEN: [{self.plant('broken yaml')}\n",
            "colon.yaml": f"services: {self.plant('first')}: {self.plant('second')}\n",
            "alias.yaml": f"services:\n  api: *{self.plant('alias')}\n",
            "interpolation.yaml": "services:\n  api:\n    image: x\n    environment:\n      A: "
                                  f"${{B:?{self.plant('error text')}}}\n",
            "brace.yaml": f"services:\n  api:\n    image: x\n    environment:\n      A: ${{{self.plant('brace')}\n",
            "ports.yaml": f"services:\n  api:\n    image: x\n    ports: ['{self.plant('port')}']\n",
        }
        for name, text in broken.items():
            (target / name).write_text(text)
            yield target / name
        (target / "broken.env").write_text(f"A='{self.plant('broken env')}\nnot an assignment {self.plant('line')}\n")

    def test_appear_in_no_output(self):
        target = self.installation()
        objects = self.manifests(target)
        config = target / "exporter.yaml"
        config.write_text(config.read_text() + f"    kubernetes: {{manifests: [{objects}]}}\n")
        for format in ("table", "json", "sarif", "junit", "oscal", "metrics"):
            for extra in ([], ["--verbose", "--extended"]):
                code, out, err = run("check", f"--config.file={config}", f"--format={format}", *extra)
                self.assertIn(code, (1, 3), err)
                self.assertGreater(len(out), 1000)
                self.assert_clean(f"check --format={format} {extra}", out + err)
        process, base = self.serve(config, "--log.level=debug")
        for path in ("/metrics", "/api/v1/report", "/api/v1/report?format=sarif", "/api/v1/report?format=junit",
                     "/api/v1/report?format=oscal"):
            status, headers, body = get(base + path)
            self.assertEqual(status, 200)
            self.assert_clean(path, body.decode() + str(headers))
        (target / "secrets" / "zoneKek").write_text(self.plant("changed") + "\n")
        (target / "compose.yaml").write_text("services: [" + self.plant("changed compose"))
        self.assertEqual(get(base + "/-/reload", method="POST")[0], 200)
        self.assert_clean("/metrics after a change", get(base + "/metrics")[2].decode())
        self.assert_clean("/api/v1/report after a change", get(base + "/api/v1/report")[2].decode())
        self.assert_clean("the log", self.log())

    def test_appear_in_no_error_message(self):
        target = self.demo_installation()
        for path in self.broken_files(target):
            code, out, err = run("check", f"--compose={path}")
            self.assertEqual(code, 3, f"{path}: {out}{err}")
            self.assert_clean(path.name, out + err)
        code, out, err = run("check", f"--compose={target / 'compose.yaml'}", f"--env-file={target / 'broken.env'}")
        self.assertIn(code, (1, 3))
        self.assert_clean("broken.env", out + err)
        code, out, err = run("check", f"--compose={target / 'compose.yaml'}", f"--env={self.plant('flag')}")
        self.assertEqual(code, 2)
        self.assert_clean("--env", out + err)
        self.assertEqual(run("check", f"--manifests={target / 'broken.yaml'}")[0], 3)


if __name__ == "__main__":
    unittest.main()

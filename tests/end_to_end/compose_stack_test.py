"""The Compose stack: what it promises beyond the exporter's own rules, and that its parts fit each other."""

import os
import pathlib
import re
import shutil
import ssl
import stat
import subprocess
import unittest

import yaml
from support import DEMO, PROGRAM, SOURCE, EndToEnd, free_port, get, run

DEPLOY = SOURCE / "deploy"
STACK = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES = STACK["services"]
OWNER = 1000  # of the directory that stands for Caracal's, where root runs the tests


def sources_of(service):
    """Host side of each bind mount, variables replaced by their defaults."""
    for volume in service.get("volumes", []):
        source = volume["source"] if isinstance(volume, dict) else re.split(r":(?=/)", volume)[0]
        yield re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", source)


class Stack(unittest.TestCase):
    def test_every_service_has_the_hardening_limits_a_log_bound_and_a_health_check(self):
        for name, service in SERVICES.items():
            with self.subTest(name):
                self.assertEqual((service["read_only"], service["cap_drop"], service["security_opt"]),
                                 (True, ["ALL"], ["no-new-privileges:true"]))
                self.assertLessEqual({"mem_limit", "cpus", "pids_limit", "user", "healthcheck", "networks"},
                                     set(service))
                self.assertIn("max-size", service["logging"]["options"])
                self.assertEqual(service["healthcheck"]["test"][0], "CMD", "no shell is needed")

    def test_published_ports_are_on_loopback_and_not_those_of_caracal(self):
        published = [port for service in SERVICES.values() for port in service.get("ports", [])]
        self.assertEqual(len(published), 3)
        for port in published:
            address, host = re.fullmatch(r"([\d.]+):\$\{\w+:-(\d+)\}:\d+", port).groups()
            self.assertEqual(address, "127.0.0.1")
            self.assertNotIn(int(host), {3000, 3001, 4000, 5432, 6379, 8080, 8081, 9090})

    def test_nothing_but_prometheus_reaches_the_exporter_and_nothing_but_it_leads_out(self):
        members = {network: {name for name, service in SERVICES.items() if network in service["networks"]}
                   for network in STACK["networks"]}
        self.assertEqual(members, {"probes": {"exporter"}, "scrape": {"exporter", "prometheus"},
                                   "alerts": {"prometheus", "alertmanager"}, "boards": {"prometheus", "grafana"},
                                   "desk": {"prometheus", "alertmanager", "grafana"}})
        self.assertNotIn("ports", SERVICES["exporter"])
        inner = {name for name, network in STACK["networks"].items() if network.get("internal")}
        self.assertEqual(inner, {"scrape", "alerts", "boards"})

    def test_the_installation_is_mounted_read_only_and_as_its_owner(self):
        exporter = SERVICES["exporter"]
        (mount,) = (volume for volume in exporter["volumes"] if volume["target"] == "/caracal")
        self.assertTrue(mount["read_only"])
        self.assertFalse(mount["bind"]["create_host_path"])
        self.assertEqual(exporter["user"], "${CARACAL_UID:-1000}:${CARACAL_GID:-1000}")

    def test_secrets_are_files_of_the_site_and_each_is_used(self):
        used = {name for service in SERVICES.values() for name in service.get("secrets", [])}
        self.assertEqual(used, set(STACK["secrets"]))
        for name, secret in STACK["secrets"].items():
            self.assertEqual(secret, {"file": "${COMPLIANCE_SITE:-./compose/site}/secrets/" + name})

    def test_images_are_exact_and_can_be_replaced_by_a_digest(self):
        for name, service in SERVICES.items():
            with self.subTest(name):
                self.assertRegex(service["image"], r"^\$\{[A-Z]+_IMAGE:-[a-z0-9./-]+:v?\d+\.\d+\.\d+\}$")

    def test_the_files_that_are_mounted_are_there(self):
        for name, service in SERVICES.items():
            for source in sources_of(service):
                if source.startswith(("./", "../")) and "/site" not in source:
                    with self.subTest(name, source=source):
                        self.assertTrue((DEPLOY / source).exists())


def as_owner():
    """preexec_fn: what compose.yaml's `user` and `cap_drop` make of the exporter."""
    os.setgroups([])
    os.setgid(OWNER)
    os.setuid(OWNER)


class Site(EndToEnd):
    def prepared(self):
        """An installation, and the site that make_site.sh makes for it."""
        caracal, site = self.directory / "caracal", self.directory / "site"
        subprocess.run([DEMO / "make_installation.sh", caracal], check=True)
        (caracal / "compose.yaml").rename(caracal / "compose.yml")
        if os.geteuid() == 0:
            for path in (caracal, *caracal.rglob("*")):
                os.chown(path, OWNER, OWNER)
        self.make(caracal, site)
        return caracal, site

    def make(self, caracal, site):
        return subprocess.run([DEPLOY / "compose" / "make_site.sh", caracal, site], check=True, capture_output=True,
                              text=True).stdout

    def test_holds_what_the_stack_names(self):
        caracal, site = self.prepared()
        self.assertEqual({path.name for path in (site / "secrets").iterdir()}, set(STACK["secrets"]))
        variables = dict(line.split("=") for line in (site / "site.env").read_text().splitlines())
        owner = caracal.stat()
        self.assertEqual(variables, {"CARACAL_HOME": str(caracal), "CARACAL_UID": str(owner.st_uid),
                                     "CARACAL_GID": str(owner.st_gid), "COMPLIANCE_SITE": str(site)})
        for folder in (site, site / "secrets", site / "state"):
            self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700)
        for secret in (site / "secrets").iterdir():
            self.assertEqual(stat.S_IMODE(secret.stat().st_mode), 0o444)

    def test_made_again_it_keeps_every_secret_and_the_configuration(self):
        caracal, site = self.prepared()
        (site / "config" / "exporter.yaml").write_text("# the site's own\n")
        before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
        self.make(caracal, site)
        self.assertEqual({path: path.read_bytes() for path in site.rglob("*") if path.is_file()}, before)

    def test_a_directory_that_is_not_there_or_is_roots_is_refused(self):
        for caracal, words in ((self.directory / "nowhere", "there is no directory"),
                               (pathlib.Path("/etc"), "belongs to root")):
            with self.subTest(words):
                done = subprocess.run([DEPLOY / "compose" / "make_site.sh", caracal, self.directory / "site"],
                                      capture_output=True, text=True)
                self.assertEqual(done.returncode, 1)
                self.assertIn(words, done.stderr)
                self.assertFalse((self.directory / "site").exists())

    def local(self, text, caracal, secrets):
        """The text of a configuration file with the containers' paths replaced by those of this machine."""
        for inside, outside in {"/run/secrets": secrets, "/caracal/": f"{caracal}/"}.items():
            text = text.replace(inside, str(outside))
        return text

    def start_as_owner(self, *arguments):
        """The program, from where the owner may read it: the build may lie below a directory that he may not enter."""
        if os.geteuid() != 0:
            return self.start(PROGRAM, *arguments)
        return self.start(shutil.copy(PROGRAM, self.directory), *arguments, preexec_fn=as_owner, cwd="/")

    def test_the_exporter_serves_prometheus_over_tls_and_judges_the_installation(self):
        caracal, site = self.prepared()
        # An engine mounts each file alone, past the directory that only root enters.
        mounted = pathlib.Path(shutil.copytree(site / "secrets", self.directory / "mounted"))
        mounted.chmod(0o755)
        config, web = (self.write(name, self.local((site / "config" / name).read_text(), caracal, mounted))
                       for name in ("exporter.yaml", "web.yaml"))
        port = free_port()
        process = self.start_as_owner("serve", f"--config.file={config}", f"--web.config.file={web}",
                                      f"--web.listen-address=127.0.0.1:{port}")
        trust = ssl.create_default_context(cafile=site / "secrets" / "exporter_tls_authority")
        base = f"https://localhost:{port}"

        def ready():
            self.assertIsNone(process.poll(), self.log())
            try:
                return get(base + "/-/ready", token=None, context=trust)[0] == 200
            except OSError:
                return False

        self.wait_until(ready, "readiness")
        self.assertEqual(get(base + "/metrics", token=None, context=trust)[0], 401)
        token = (site / "secrets" / "exporter_token").read_text().strip()
        status, _, body = get(base + "/metrics", token=token, context=trust)
        self.assertEqual(status, 200)
        for line in ('check_status{installation="production",check="containers-not-privileged",status="fail"} 1',
                     'source_up{installation="production",source="compose"} 1',
                     'source_up{installation="production",source="secrets"} 1'):
            self.assertTrue(f"caracal_compliance_{line}\n" in body.decode(), line)
        with self.assertRaises(OSError):
            get(base + "/metrics", token=token, context=ssl.create_default_context())

    @unittest.skipUnless(shutil.which("promtool"), "prometheus is not installed")
    def test_prometheus_accepts_its_configuration(self):
        caracal, site = self.prepared()
        text = self.local((DEPLOY / "compose" / "prometheus.yaml").read_text(), caracal, site / "secrets")
        path = self.write("prometheus.yaml", text)
        self.write("rules.yaml", (DEPLOY / "prometheus" / "rules.yaml").read_bytes())
        done = subprocess.run(["promtool", "check", "config", "--lint=all", "--lint-fatal", path], capture_output=True,
                              text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        (scrape,) = yaml.safe_load(text)["scrape_configs"]
        self.assertIn(f'job="{scrape["job_name"]}"', (DEPLOY / "prometheus" / "rules.yaml").read_text())


class Example(EndToEnd):
    def test_the_configuration_is_good_with_its_comments_and_with_what_they_suggest(self):
        text = (DEPLOY / "exporter.example.yaml").read_text()
        suggested = re.sub(r"^    # (?=endpoints:|  |exposure:)", "    ", text, flags=re.M)
        self.assertNotEqual(suggested, text)
        for number, one in enumerate((text, suggested)):
            code, output, errors = run("config", "check", f"--config.file={self.write(f'{number}.yaml', one)}")
            self.assertEqual(code, 0, output + errors)
        (installation,) = yaml.safe_load(suggested)["installations"]
        self.assertEqual(set(installation["endpoints"]), {"web", "sts"})
        self.assertEqual(len(installation["exposure"]["ports"]), 7)


if __name__ == "__main__":
    unittest.main()

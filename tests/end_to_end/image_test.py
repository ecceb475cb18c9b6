"""The container image: what its recipe promises, and its root file system, made of the program under test.

No engine is needed: make_image_root.sh writes the very tree that the last stage copies."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import yaml
from support import PROGRAM, SOURCE, run

DEPLOY = SOURCE / "deploy"
RECIPE = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
PROGRAM_INSIDE = "/usr/bin/caracal-compliance-exporter"


def instructions(name):
    return re.findall(rf"^{name}\s+(.*)$", RECIPE, flags=re.M)


class Recipe(unittest.TestCase):
    def test_the_base_can_be_chosen_and_nothing_else_is_fetched(self):
        self.assertEqual(instructions("FROM"), ["${BASE} AS build", "scratch"])
        self.assertNotRegex(RECIPE, r"(?m)^(ADD|RUN).*https?://")

    def test_runs_as_a_number_other_than_root(self):
        self.assertEqual(instructions("USER"), ["65532:65532"])

    def test_needs_no_shell_to_run(self):
        last = RECIPE.rpartition("FROM scratch")[2]
        self.assertNotIn("\nRUN", last)
        for name in ("ENTRYPOINT", "CMD"):
            (words,) = re.findall(rf"^{name}\s+(.*)$", last, flags=re.M)
            self.assertIsInstance(json.loads(words), list)
        self.assertEqual(json.loads(instructions("ENTRYPOINT")[0]), [PROGRAM_INSIDE])

    def test_the_program_itself_is_the_health_check_and_asks_where_the_default_command_answers(self):
        (check,) = instructions("HEALTHCHECK")
        words = json.loads(check.partition("CMD ")[2])
        self.assertEqual(words[:2], [PROGRAM_INSIDE, "healthcheck"])
        address = words[2].partition("=")[2]
        self.assertIn(f"--web.probe-address={address}", json.loads(instructions("CMD")[0]))
        _, described, _ = run(words[1], "--help")
        self.assertIn(words[2].partition("=")[0], described)
        compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["exporter"]
        self.assertEqual(compose["healthcheck"]["test"][1:], words)
        self.assertIn(f"--web.probe-address={address}", compose["command"])

    def test_has_the_labels_of_the_image_specification(self):
        (labels,) = instructions("LABEL")
        for name in ("title", "description", "licenses", "version", "revision"):
            self.assertIn(f"org.opencontainers.image.{name}=", labels)

    def test_the_versions_agree(self):
        version = re.search(r"VERSION (\d+\.\d+\.\d+)", (SOURCE / "CMakeLists.txt").read_text())[1]
        places = {"deploy/Dockerfile": f"ARG VERSION={version}", "deploy/compose.yaml": f"exporter:{version}",
                  "deploy/kubernetes/base/deployment.yaml": f"exporter:{version}",
                  "deploy/helm/caracal-compliance-exporter/Chart.yaml": f"appVersion: {version}"}
        for place, words in places.items():
            with self.subTest(place):
                self.assertIn(words, (SOURCE / place).read_text())

    def test_what_the_build_reads_passes_the_ignore_file_and_secrets_do_not(self):
        lines = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
        self.assertIn("*", lines)
        allowed = {line[1:] for line in lines if line.startswith("!")}
        self.assertLessEqual({"CMakeLists.txt", "CMakePresets.json", "checks", "exporter", "deploy"}, allowed)
        self.assertFalse(allowed & {".git", "build", "tests"})
        self.assertIn("deploy/compose/site", lines)


@unittest.skipUnless(os.geteuid() == 0, "writing files of another user and chroot need root")
class RootFileSystem(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.TemporaryDirectory(prefix="compliance-image-")
        cls.addClassCleanup(cls.work.cleanup)
        cls.root = cls.make("image")

    @classmethod
    def make(cls, name):
        root = pathlib.Path(cls.work.name) / name
        subprocess.run([DEPLOY / "make_image_root.sh", PROGRAM, root], check=True,
                       env={**os.environ, "SOURCE_DATE_EPOCH": "86400"})
        return root

    def files(self):
        return {path.relative_to(self.root) for path in self.root.rglob("*")}

    def test_the_program_runs_in_it_as_the_images_user(self):
        done = subprocess.run(["chroot", "--userspec=65532:65532", self.root, PROGRAM_INSIDE, "check", "--compose=-"],
                              input="services: {a: {image: 'b:1', privileged: true}}", capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("containers-not-privileged", done.stdout)

    def test_it_holds_one_program_and_no_shell(self):
        programs = {path for path in self.files() if path.parts[-2:-1] in (("bin",), ("sbin",))}
        self.assertEqual(programs, {pathlib.Path(PROGRAM_INSIDE[1:])})

    def test_scanners_find_every_package_that_a_file_comes_from(self):
        known = {path.name for path in (self.root / "var/lib/dpkg/status.d").iterdir()}
        # Debian 13 ends some of the names in t64.
        self.assertLessEqual({"libc6", "libssl3", "libcurl4", "ca-certificates"},
                             {one.removesuffix("t64") for one in known})
        for package in known:
            with self.subTest(package):
                self.assertIn(f"Package: {package}\n", (self.root / "var/lib/dpkg/status.d" / package).read_text())
                self.assertTrue((self.root / "usr/share/doc" / package / "copyright").exists())

    def test_state_belongs_to_the_images_user_and_nothing_else_is_writable_but_tmp(self):
        state = (self.root / "var/lib/caracal-compliance").stat()
        self.assertEqual((state.st_uid, state.st_mode & 0o777), (65532, 0o700))
        for path in self.files():
            status = (self.root / path).lstat()
            writable = status.st_mode & 0o022 and not (self.root / path).is_symlink()
            self.assertEqual(bool(writable), str(path) == "tmp", path)

    def test_it_is_the_same_when_it_is_made_again(self):
        archives = [subprocess.run(["tar", "--sort=name", "-C", root, "-c", "."], check=True, capture_output=True).stdout
                    for root in (self.root, self.make("again"))]
        self.assertTrue(archives[0] == archives[1])


if __name__ == "__main__":
    unittest.main()

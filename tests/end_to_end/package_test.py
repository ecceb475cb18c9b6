"""The Debian package, made of the program under test: its content, manual, completion and systemd unit.

deploy/tests/package_in_chroot.sh installs, runs, upgrades and purges it in a fresh chroot."""

import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from support import PROGRAM, SOURCE, EndToEnd, run

DEPLOY = SOURCE / "deploy"
NAME = "caracal-compliance-exporter"
UNIT = DEPLOY / "systemd" / f"{NAME}.service"
BUILD = pathlib.Path(PROGRAM).resolve().parents[1]
COMPLETIONS = pathlib.Path("/usr/share/bash-completion/bash_completion")


@functools.cache
def commands():
    """Flags by command, read from --help by other means than make_reference.py's."""
    flags = {}
    todo = [()]
    while todo:
        path = todo.pop()
        _, text, _ = run(*path, "--help")
        options, _, below = text.partition("\nSubcommands:")
        flags[path] = set(re.findall(r"^  (?:-\w,)?(--[a-z][a-z.-]*)", options, flags=re.M))
        todo += [path + (name,) for name in re.findall(r"^  ([a-z]+)\s", below, flags=re.M)]
    return flags


def reference(directory):
    subprocess.run(["python3", DEPLOY / "packaging" / "make_reference.py", PROGRAM, directory], check=True)


class Reference(EndToEnd):
    def setUp(self):
        super().setUp()
        reference(self.directory)

    def sections(self):
        """The manual's subsections by command."""
        text = (self.directory / f"{NAME}.1").read_text()
        parts = re.split(r"^\.Ss (.*)\n", text.partition(".Sh FILES")[0], flags=re.M)
        return dict(zip(parts[1::2], parts[2::2]))

    def test_the_manual_describes_every_command_and_every_flag(self):
        sections = self.sections()
        self.assertEqual(len(sections), len(commands()))
        self.assertGreater(len(sections), 8)
        for path, flags in commands().items():
            wanted = " ".join(path) or "Without a command"
            heading = next(one for one in sections if one.replace(" ID", "") == wanted)
            named = set(re.findall(r"Fl (-[a-z.-]+)", sections[heading]))
            self.assertEqual({"-" + one for one in named if one.startswith("-")}, flags, heading)

    def test_the_manual_says_what_each_flag_is_for(self):
        for heading, text in self.sections().items():
            for entry in re.split(r"^\.It ", text, flags=re.M)[1:]:
                with self.subTest(heading, entry=entry):
                    self.assertRegex(entry.splitlines()[1], r"^\w.*\.$")

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_the_manual_is_well_formed(self):
        done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", self.directory / f"{NAME}.1"], capture_output=True,
                              text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def completed(self, *words, program=NAME):
        """What bash offers after `words`, the last of which is being written."""
        line = " ".join((program, *words))
        script = f"""
            source {COMPLETIONS}; source {self.directory / NAME}.bash
            COMP_LINE={json.dumps(line)}; COMP_POINT=${{#COMP_LINE}}
            read -ra COMP_WORDS <<<"${{COMP_LINE//=/ = }}"
            [[ $COMP_LINE == *[\\ =] ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_TYPE=9
            _caracal_compliance_exporter 2>/dev/null; printf '%s\\n' "${{COMPREPLY[@]}}" """
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=self.directory)
        return set(done.stdout.split())

    def test_a_shell_understands_the_completion(self):
        done = subprocess.run(["bash", "-n", self.directory / f"{NAME}.bash"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    @unittest.skipUnless(COMPLETIONS.exists(), "bash-completion is not installed")
    def test_every_command_and_every_flag_is_completed(self):
        for path, flags in commands().items():
            below = {one[len(path)] for one in commands() if len(one) == len(path) + 1 and one[:len(path)] == path}
            with self.subTest(path):
                self.assertLessEqual(flags, self.completed(*path, "--"))
                self.assertLessEqual(below, self.completed(*path, ""))

    @unittest.skipUnless(COMPLETIONS.exists(), "bash-completion is not installed")
    def test_values_are_completed(self):
        self.assertIn("json", self.completed("check", "--format="))
        self.assertEqual(self.completed("check", "--fail-on=h"), {"high"})
        self.assertEqual(self.completed("--log.format=l"), {"logfmt"})
        self.write("exporter.yaml", "")
        self.assertEqual(self.completed("serve", "--config.file=expo"), {"exporter.yaml"})
        self.assertEqual(self.completed("check", "--web=expo"), set())
        for words in (["check", "--check=containers-not-p"], ["explain", "containers-not-p"]):
            self.assertEqual(self.completed(*words, program=PROGRAM), {"containers-not-privileged"})


@unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not installed")
class Unit(EndToEnd):
    def analyzed(self, *arguments):
        return subprocess.run(["systemd-analyze", *map(str, arguments)], capture_output=True, text=True)

    def security(self, unit):
        return self.analyzed("security", "--offline=true", "--no-pager", "--threshold=15", unit)

    def test_is_sandboxed_to_at_most_1_5(self):
        done = self.security(UNIT)
        exposure = float(re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)[1])
        self.assertLessEqual(exposure, 1.5, done.stdout)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_directive_less_is_noticed(self):
        """The figure above is measured, not assumed."""
        weak = re.sub(r"^(ProtectSystem|CapabilityBoundingSet|SystemCallFilter)=.*\n", "", UNIT.read_text(),
                      flags=re.M)
        done = self.security(self.write(f"{NAME}.service", weak))
        self.assertNotEqual(done.returncode, 0)

    def test_systemd_understands_it(self):
        # verify looks for the program where the unit says that it is.
        text = UNIT.read_text().replace(f"/usr/bin/{NAME}", PROGRAM)
        done = self.analyzed("verify", "--man=no", "--recursive-errors=no", self.write(f"{NAME}.service", text))
        complaints = [line for line in (done.stdout + done.stderr).splitlines() if NAME in line]
        self.assertEqual(complaints, [])

    def test_the_drop_in_for_caracals_directory_keeps_the_sandbox(self):
        drop_in = (DEPLOY / "systemd" / "caracal-directory.conf").read_text()
        text = UNIT.read_text().replace("[Install]", drop_in.partition("[Service]\n")[2] + "\n[Install]")
        done = self.security(self.write(f"{NAME}.service", text))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class UnitFile(unittest.TestCase):
    def test_the_program_takes_its_arguments(self):
        command = re.search(r"^ExecStart=(.*?)\n(?!  )", UNIT.read_text(), flags=re.M | re.S)[1].replace("\\\n", " ")
        flags = set(re.findall(r"--[a-z.-]+(?==)", command))
        self.assertEqual(command.split()[:2], [f"/usr/bin/{NAME}", "serve"])
        self.assertEqual(flags, {"--config.file", "--web.bearer-token-file", "--state.path"})
        self.assertLessEqual(flags, commands()["serve",])

    def test_users_and_directories_are_those_of_sysusers_and_tmpfiles(self):
        unit = dict(re.findall(r"^(\w+)=(.*)$", UNIT.read_text(), flags=re.M))
        users = (DEPLOY / "systemd" / f"{NAME}.sysusers").read_text()
        self.assertRegex(users, rf"(?m)^u {unit['User']} ")
        self.assertRegex(users, rf"(?m)^g {unit['SupplementaryGroups']} ")
        directories = (DEPLOY / "systemd" / f"{NAME}.tmpfiles").read_text()
        self.assertIn(f"d /var/lib/{unit['StateDirectory']} {unit['StateDirectoryMode']} {unit['User']}",
                      directories)


@unittest.skipUnless(shutil.which("dpkg-shlibdeps") and shutil.which("cpack"), "dpkg-dev or cpack is not installed")
@unittest.skipUnless((BUILD / "CPackConfig.cmake").exists(), "the program was not built by CMake")
class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.TemporaryDirectory(prefix="compliance-package-")
        cls.addClassCleanup(cls.work.cleanup)
        done = subprocess.run(["cpack", "--config", BUILD / "CPackConfig.cmake", "-B", cls.work.name],
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        (cls.deb,) = pathlib.Path(cls.work.name).glob("*.deb")
        cls.root = pathlib.Path(cls.work.name) / "root"
        subprocess.run(["dpkg-deb", "-R", cls.deb, cls.root], check=True)

    def field(self, name):
        done = subprocess.run(["dpkg-deb", "-f", self.deb, name], check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def test_holds_these_files_and_no_other(self):
        files = {str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()}
        doc = f"usr/share/doc/{NAME}"
        self.assertEqual({one for one in files if not one.startswith("DEBIAN/")}, {
            f"usr/bin/{NAME}", f"usr/share/man/man1/{NAME}.1.gz", f"usr/share/bash-completion/completions/{NAME}",
            f"usr/lib/systemd/system/{NAME}.service", f"usr/lib/sysusers.d/{NAME}.conf",
            f"usr/lib/tmpfiles.d/{NAME}.conf", "etc/caracal-compliance/exporter.yaml", f"etc/default/{NAME}",
            f"{doc}/copyright", f"{doc}/changelog.Debian.gz", f"{doc}/examples/caracal-directory.conf",
            f"{doc}/examples/alertmanager.yaml", f"{doc}/examples/prometheus.yaml", f"{doc}/examples/rules.yaml",
            f"{doc}/examples/runbook.md"})

    def test_everything_belongs_to_root_and_nobody_else_may_write_to_it(self):
        listing = subprocess.run(["dpkg-deb", "-c", self.deb], check=True, capture_output=True, text=True).stdout
        for line in listing.splitlines():
            mode, owner, *_ = line.split()
            with self.subTest(line):
                self.assertEqual(owner, "root/root")
                self.assertEqual((mode[5], mode[8]), ("-", "-"))

    def test_every_file_below_etc_is_a_conffile(self):
        below = {"/" + str(path.relative_to(self.root)) for path in (self.root / "etc").rglob("*") if path.is_file()}
        self.assertEqual(set((self.root / "DEBIAN" / "conffiles").read_text().split()), below)

    def test_depends_on_the_libraries_that_it_is_linked_to_and_on_what_its_scripts_call(self):
        depends = self.field("Depends")
        for package in ("libc6", "libssl3", "libcurl4", "libsqlite3-0", "libyaml-0-2", "libyaml-cpp", "zlib1g",
                        "openssl", "systemd | systemd-sysusers"):
            with self.subTest(package):
                self.assertIn(package, depends)

    def test_a_shell_understands_its_scripts(self):
        for name in ("postinst", "prerm", "postrm"):
            path = self.root / "DEBIAN" / name
            with self.subTest(name):
                self.assertTrue(os.access(path, os.X_OK))
                subprocess.run(["sh", "-n", path], check=True)
                self.assertIn("\nset -e\n", path.read_text())

    def test_the_packaged_program_runs(self):
        program = self.root / "usr" / "bin" / NAME
        done = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)
        self.assertIn(self.field("Version").rpartition("-")[0], done.stdout)

    @unittest.skipUnless(shutil.which("lintian"), "lintian is not installed")
    def test_lintian_finds_no_error(self):
        # Sanitizers link a run path and libraries that no release has.
        if b"__asan_init" in pathlib.Path(PROGRAM).read_bytes():
            self.skipTest("the program under test was built with sanitizers")
        done = subprocess.run(["lintian", "--fail-on=error", self.deb], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    unittest.main()

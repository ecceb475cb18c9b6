#!/usr/bin/env python3
"""Rules of the layout of the sources: who may include whom, no folder cycle, a test for each check."""

import collections
import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
LIBRARY = ("facts", "formats", "caracal", "rules")
# A folder of checks/ may include these others; an area all of them and itself.
CHECKS_LAYERS = {
    "formats": set(),
    "facts": {"formats"},
    "caracal": {"facts", "formats"},
    "rules": {"caracal", "facts", "formats", ""},
    "": {"facts", "formats", "caracal"},
}
# A folder of exporter/ may include these others; all may include checks/ and base/.
EXPORTER_LAYERS = {
    "base": set(),
    "config": {"evaluate"},
    "evaluate": set(),
    "observe": {"config"},
    "history": {"evaluate"},
    "publish": {"evaluate", "history", "observe", "config"},
    "harden": set(),
    "supervisor": set(),
    "daemon": {"config", "evaluate", "harden", "history", "observe", "publish", "supervisor"},
    "commands": {"config", "daemon", "evaluate", "harden", "history", "observe", "publish", "supervisor"},
    "": {"commands"},
}
# I/O and libraries that checks/ must not know: same facts in, same verdict out.
IMPURE = re.compile(r"#include <(?:fstream|filesystem|thread|mutex|iostream|cstdio|sys/[^>]*|unistd\.h|fcntl\.h|"
                    r"netdb\.h|yaml[^>]*|nlohmann/[^>]*|openssl/[^>]*|httplib\.h|curl/[^>]*|"
                    r"prometheus/[^>]*|idn2\.h|regex)>|\bsystem_clock::now\b|\bsteady_clock::now\b")


def sources(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield path


def includes(path):
    return [name for name in INCLUDE.findall(path.read_text(encoding="utf-8"))]


def layer(name):
    """The folder below checks/ or exporter/ of a path, "" for the files that lie in them."""
    parts = name.split("/")
    return parts[1] if len(parts) > 2 else ""


class LayoutTest(unittest.TestCase):
    def test_files_of_checks_include_only_lower_layers(self):
        wrong = []
        for path in sources("checks"):
            name = path.relative_to(ROOT).as_posix()
            own = layer(name)
            allowed = CHECKS_LAYERS.get(own, {*LIBRARY, ""}) | {own}
            wrong += [f"{name} includes {other}" for other in includes(path)
                      if not other.startswith("checks/") or layer(other) not in allowed]
        self.assertEqual(wrong, [])

    def test_folders_of_the_exporter_include_only_lower_layers(self):
        wrong = []
        for path in sources("exporter"):
            name = path.relative_to(ROOT).as_posix()
            own = layer(name)
            allowed = EXPORTER_LAYERS[own] | {own, "base"}
            wrong += [f"{name} includes {other}" for other in includes(path)
                      if other.startswith("exporter/") and layer(other) not in allowed]
            wrong += [f"{name} includes {other}" for other in includes(path)
                      if not other.startswith(("exporter/", "checks/"))]
        self.assertEqual(wrong, [])

    def test_kubernetes_and_compose_are_read_before_they_are_resolved(self):
        order = {
            "exporter/observe/kubernetes/model": (),
            "exporter/observe/kubernetes/parse": ("model",),
            "exporter/observe/kubernetes/resolve": ("model", "parse"),
            "exporter/observe/compose/model": (),
            "exporter/observe/compose/services": ("model",),
        }
        # resolve reads label selectors as parse does; the other way round is wrong.
        wrong = []
        for folder, allowed in order.items():
            parent, own = folder.rsplit("/", 1)
            for path in sources(folder):
                for other in includes(path):
                    if other.startswith(parent + "/") and other.count("/") > parent.count("/") + 1:
                        sub = other[len(parent) + 1:].split("/")[0]
                        if sub not in (*allowed, own):
                            wrong.append(f"{path.relative_to(ROOT)} includes {other}")
        self.assertEqual(wrong, [])

    def test_no_folders_include_each_other_in_a_circle(self):
        edges = collections.defaultdict(set)
        for path in sources("checks", "exporter"):
            own = path.parent.relative_to(ROOT).as_posix()
            for other in includes(path):
                folder = other.rsplit("/", 1)[0]
                # AREA/shared is a part of its area, and a source's top folder joins its parts.
                if folder != own and not folder.startswith(own + "/") and not own.startswith(folder + "/"):
                    edges[own].add(folder)
        finished, circles = set(), []

        def visit(folder, path):
            if folder in path:
                circles.append(" -> ".join([*path[path.index(folder):], folder]))
            elif folder not in finished:
                for other in sorted(edges[folder]):
                    visit(other, [*path, folder])
                finished.add(folder)

        for folder in sorted(edges):
            visit(folder, [])
        self.assertEqual(circles, [])

    def test_checks_do_no_io_and_know_no_library(self):
        wrong = [f"{path.relative_to(ROOT)}: {found.group(0)}" for path in sources("checks")
                 for found in IMPURE.finditer(path.read_text(encoding="utf-8"))]
        self.assertEqual(wrong, [])

    def test_every_check_has_its_test_beside_its_like(self):
        missing = []
        for path in sorted((ROOT / "checks").glob("*/*.cpp")):
            if path.parent.name not in LIBRARY:
                test = ROOT / "tests/checks" / path.parent.name / f"{path.stem}_test.cpp"
                if not test.is_file():
                    missing.append(test.relative_to(ROOT).as_posix())
        self.assertEqual(missing, [])

    def test_tests_lie_where_their_subject_lies(self):
        lost = []
        for path in sorted([*(ROOT / "tests/checks").rglob("*_test.cpp"),
                            *(ROOT / "tests/exporter").rglob("*_test.cpp")]):
            folder = ROOT / path.parent.relative_to(ROOT / "tests")
            if not folder.is_dir():
                lost.append(path.relative_to(ROOT).as_posix())
        self.assertEqual(lost, [])

    def test_no_folder_of_sources_holds_more_than_forty_files(self):
        crowded = {}
        for folder, _, files in os.walk(ROOT):
            name = pathlib.Path(folder).relative_to(ROOT).as_posix()
            if name.startswith(("checks", "exporter")):
                count = sum(file.endswith((".h", ".cpp")) for file in files)
                if count > 40:
                    crowded[name] = count
        self.assertEqual(crowded, {})

    def test_every_file_says_first_what_it_is_for(self):
        silent = [path.relative_to(ROOT).as_posix() for path in sources("checks", "exporter", "tests")
                  if not path.read_text(encoding="utf-8").startswith("// ")]
        self.assertEqual(silent, [])

    def test_cited_sections_of_the_facts_are_there(self):
        text = (ROOT / "checks/caracal/FACTS.md").read_text(encoding="utf-8")
        sections = set(re.findall(r"^#+ (\d+(?:\.\d+)?)[. ]", text, re.MULTILINE))
        sections |= set(re.findall(r'id="([^"]+)"', text))
        missing = []
        for path in sources("checks", "exporter", "tests"):
            for cited in re.findall(r"FACTS\.md ((?:T?\d+(?:\.\d+)?)(?:, T?\d+(?:\.\d+)?)*)",
                                    path.read_text(encoding="utf-8")):
                for section in cited.split(", "):
                    if not {section, section.lower(), section.replace(".", "-")} & sections:
                        missing.append(f"{path.relative_to(ROOT)}: FACTS.md {section}")
        self.assertEqual(missing, [])

    def test_names_of_tests_end_in_words(self):
        coded = []
        for path in sources("tests"):
            for name in re.findall(r"^TEST(?:_[FP])?\(\w+,\s*(\w+)\)", path.read_text(encoding="utf-8"), re.MULTILINE):
                if re.search(r"_(?:T?\d+)(?:_\d+)*$", name):
                    coded.append(f"{path.relative_to(ROOT)}: {name}")
        self.assertEqual(coded, [])

    def test_every_class_of_the_style_sheet_is_one_that_a_page_writes(self):
        pages = ROOT / "exporter/publish/pages"
        sheet = (pages / "style_sheet.cpp").read_text()
        written = set(re.findall(r"[\w-]+", "".join(file.read_text() for file in pages.glob("*.*")
                                                    if file.name != "style_sheet.cpp")
                                 + (ROOT / "checks/names.cpp").read_text()))  # outcomes, severities
        classes = {name for line in sheet.splitlines() if "{" in line
                   for name in re.findall(r"\.([a-z][\w-]*)", line.split("{")[0])}
        self.assertEqual(sorted(classes - written), [])

    def test_the_version_is_that_of_cmake_everywhere(self):
        version = re.search(r"project\(\S+ VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())[1]
        places = {
            "deploy/Dockerfile": r"^ARG VERSION=(\S+)|exporter:(\d[^ ]*) \.",
            "deploy/compose.yaml": r"caracal-compliance-exporter:(\d[^}]*)\}",
            "deploy/kubernetes/base/deployment.yaml": r"caracal-compliance-exporter:(\d\S*)",
            "deploy/kubernetes/overlays/example/kustomization.yaml": r"newTag: (\S+)",
            "deploy/helm/caracal-compliance-exporter/Chart.yaml": r"^(?:version|appVersion): (\S+)",
            "CHANGELOG.md": r"^## (\d\S*)",
        }
        for name, pattern in places.items():
            found = re.findall(pattern, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
            found = [next(filter(None, one)) if isinstance(one, tuple) else one for one in found]
            self.assertTrue(found, name)
            if name == "CHANGELOG.md":
                found = found[:1]
            self.assertEqual(set(found), {version}, name)

    def test_nothing_tracked_names_a_path_of_one_machine(self):
        try:
            tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
        except (OSError, subprocess.CalledProcessError):
            self.skipTest("no git checkout")
        wrong = []
        for name in filter(None, tracked.decode().split("\0")):
            path = ROOT / name
            if path.suffix in (".png", ".gz", ".p12") or not path.is_file():
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            if re.search(r"(?<![\w/.])/(?:work|home/[a-z]+)/(?:main|shared|wt)\b", text):
                wrong.append(name)
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()

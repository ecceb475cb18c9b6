#!/usr/bin/env python3
"""Mutation run over the rules: each statement deleted, each condition and result negated, one at a time.

All mutants of a file are compiled at once: the script writes a copy of the tree in which every mutation waits behind
an environment variable (MUTANT=number), builds the test binaries of checks/ there, and runs each area's binary once
for each mutant. A mutant that no test notices survives. Survivors that are equivalent to the program are listed in
equivalent.txt beside this script with the reason; any other one makes the run fail, as do more than 2 % of them.

Usage: mutate.py [--area AREA ...] [--jobs N] [--keep DIRECTORY]"""

import argparse
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from instrument import SOURCE, Instrumenter

EQUIVALENT = pathlib.Path(__file__).with_name("equivalent.txt")
MOST_SURVIVORS = 0.02
TIMEOUT = 20


def binaries_for(file):
    parts = pathlib.Path(file).parts
    return [f"checks_{parts[1]}_test"] if len(parts) == 3 and parts[1] != "subject" else None


# Only what the rules and their tests need: the rest of the program cannot notice a mutation.
PROJECT = """
cmake_minimum_required(VERSION 3.25)
project(mutation LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
add_library(compliance_warnings INTERFACE)
add_library(compliance::warnings ALIAS compliance_warnings)
add_subdirectory(checks)
find_package(GTest REQUIRED)
file(GLOB support tests/support/facts.cpp tests/support/packaged.cpp tests/support/posture.cpp exporter/evaluate/*.cpp exporter/base/parallel.cpp)
add_library(support STATIC ${support})
target_link_libraries(support PUBLIC compliance::checks GTest::gtest GTest::gmock GTest::gtest_main)
file(GLOB areas RELATIVE ${CMAKE_SOURCE_DIR}/tests/checks tests/checks/*)
foreach(area IN LISTS areas)
  file(GLOB files tests/checks/${area}/*_test.cpp)
  if(files)
    add_executable(checks_${area}_test ${files})
    target_link_libraries(checks_${area}_test PRIVATE support)
  endif()
endforeach()
"""


def build(copy, areas):
    """The test binaries of the areas, by name."""
    (copy / "CMakeLists.txt").write_text(PROJECT)
    subprocess.run(["cmake", "-S", copy, "-B", copy / "build", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
                    "-DCMAKE_CXX_FLAGS=-O0 -g0 -w -I" + str(copy)] +
                   (["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []),
                   check=True, stdout=subprocess.DEVNULL)
    names = [f"checks_{path.name}_test" for path in sorted((copy / "tests" / "checks").iterdir())
             if any(path.glob("*_test.cpp")) and (not areas or path.name in areas)]
    subprocess.run(["ninja", "-C", copy / "build", *names], check=True, stdout=subprocess.DEVNULL)
    return {name: copy / "build" / name for name in names}


def killed(binary, number, copy):
    environment = dict(os.environ, MUTANT=str(number), COMPLIANCE_UNDER_MUTATION="1")
    try:
        done = subprocess.run([binary, "--gtest_brief=1", "--gtest_fail_fast"], env=environment, cwd=copy, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def known_equivalents():
    """Key -> reason; lines `file | kind | text => reason`."""
    known = {}
    if EQUIVALENT.exists():
        for line in EQUIVALENT.read_text().splitlines():
            if line and not line.startswith("#"):
                key, _, reason = line.partition(" => ")
                known[key.strip()] = reason.strip()
    return known


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--area", action="append", default=[])
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    copy = pathlib.Path(arguments.keep or tempfile.mkdtemp(prefix="mutation-"))
    for name in ("checks", "exporter", "tests"):
        shutil.copytree(SOURCE / name, copy / name, dirs_exist_ok=True)
    shutil.copy(pathlib.Path(__file__).with_name("mutant.h"), copy / "mutant.h")
    mutants, number = [], 1
    for path in sorted((SOURCE / "checks").glob("*/*.cpp")):
        if arguments.area and path.parent.name not in arguments.area:
            continue
        instrumenter = Instrumenter(path, number)
        (copy / instrumenter.file).write_text(instrumenter.run())
        mutants += instrumenter.mutants
        number = instrumenter.next
    binaries = build(copy, arguments.area)
    for name, binary in binaries.items():
        if killed(binary, 0, copy):
            sys.exit(f"{name} fails without any mutation")

    def survives(mutant):
        # The tests of a shared fact know it best.
        names = binaries_for(mutant.file) or sorted(binaries, key=lambda name: name != "checks_subject_test")
        return not any(killed(binaries[name], mutant.number, copy) for name in names if name in binaries)

    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        survivors = [m for m, alive in zip(mutants, pool.map(survives, mutants)) if alive]
    known = known_equivalents()
    unexplained = [m for m in survivors if m.key() not in known]
    for mutant in survivors:
        print(f"{mutant.file}:{mutant.line}: {mutant.kind}: {mutant.text}")
        print(f"    {known.get(mutant.key(), 'NOT EXPLAINED')}")
    share = len(survivors) / max(len(mutants), 1)
    print(f"{len(mutants)} mutants, {len(mutants) - len(survivors)} killed, {len(survivors)} survived "
          f"({share:.1%}), {len(unexplained)} of them not explained")
    if not arguments.keep:
        shutil.rmtree(copy)
    sys.exit(1 if unexplained or share > MOST_SURVIVORS else 0)


if __name__ == "__main__":
    main()

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
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
EQUIVALENT = pathlib.Path(__file__).with_name("equivalent.txt")
MOST_SURVIVORS = 0.02
TIMEOUT = 20
HEADER = """#pragma once
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
namespace mutant {
inline int chosen() {
  static const int value = std::getenv("MUTANT") ? std::atoi(std::getenv("MUTANT")) : 0;
  return value;
}
constexpr bool on(int number) { return !std::is_constant_evaluated() && chosen() == number; }
constexpr bool negated(int number, bool value) { return on(number) != value; }
// Another value of the same type, where the type has one that anybody could tell apart.
template <class T>
T different(T value) {
  if constexpr (std::is_same_v<T, bool>) {
    return !value;
  } else if constexpr (std::is_enum_v<T>) {
    return value == T{} ? static_cast<T>(1) : T{};
  } else if constexpr (std::is_arithmetic_v<T>) {
    return static_cast<T>(value + 1);
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    return value.empty() ? T{"mutant"} : T{};
  } else if constexpr (requires { value.has_value(); value.emplace(); }) {
    return value.has_value() ? T{} : T{std::in_place};
  } else if constexpr (requires { value.empty(); value.resize(1); }) {
    return value.empty() ? T(1) : T{};
  } else if constexpr (std::is_default_constructible_v<T>) {
    return T{};
  } else {
    return value;
  }
}
template <class T>
constexpr std::decay_t<T> other(int number, T&& value) {
  if constexpr (std::is_same_v<std::decay_t<T>, bool>) {
    return negated(number, value);
  } else {
    return on(number) ? different(std::decay_t<T>(value)) : std::decay_t<T>(std::forward<T>(value));
  }
}
}  // namespace mutant
"""
TYPE = re.compile(r"^\s*(?:static |constexpr |inline )*([A-Za-z_][\w:<>, ]*[*&]?) (\w+)\(")
# Results whose default says something that another value does not.
DEFAULT_TELLS = re.compile(r"Verdicts|std::(optional|vector|string|set|map)")
KEYWORDS = {"if", "for", "while", "switch", "return", "else", "do", "case", "default", "break", "continue", "catch"}


class Mutant:
    def __init__(self, number, file, line, kind, text):
        self.number, self.file, self.line, self.kind, self.text = number, file, line, kind, " ".join(text.split())

    def key(self):
        return f"{self.file} | {self.kind} | {self.text}"


def blank_literals(text):
    """The text with the content of comments, strings and characters blanked, same length."""
    pattern = re.compile(r'//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S)

    def blank(match):
        text = match.group(0)
        return " " * len(text) if text.startswith("//") else text[0] + " " * (len(text) - 2) + text[-1]

    return pattern.sub(blank, text)


def matching(text, start):
    """Index of the bracket that closes the one at `start`."""
    pairs = {"(": ")", "{": "}", "[": "]"}
    depth = 0
    for index in range(start, len(text)):
        if text[index] in pairs:
            depth += 1
        elif text[index] in pairs.values():
            depth -= 1
            if depth == 0:
                return index
    raise ValueError("unbalanced")


def split_top(text, separators):
    """Pieces of `text` (blanked) between the separators outside all brackets, as (start, end)."""
    pieces, depth, start, index = [], 0, 0, 0
    while index < len(text):
        if text[index] in "({[":
            depth += 1
        elif text[index] in ")}]":
            depth -= 1
        elif depth == 0:
            for separator in separators:
                if text.startswith(separator, index):
                    pieces.append((start, index, separator))
                    index += len(separator) - 1
                    start = index + 1
                    break
        index += 1
    pieces.append((start, len(text), ""))
    return pieces


class Instrumenter:
    def __init__(self, path, first):
        self.path = path
        self.file = str(path.relative_to(SOURCE))
        self.text = path.read_text()
        self.blank = blank_literals(self.text)
        self.edits = []  # (start, end, replacement)
        self.mutants = []
        self.next = first

    def add(self, position, kind, start, end):
        number = self.next
        self.next += 1
        self.mutants.append(Mutant(number, self.file, self.text.count("\n", 0, position) + 1, kind,
                                   self.text[start:end]))
        return number

    def condition(self, start, end):
        """Wraps each operand of a condition so that it can be negated."""
        out = []
        for piece_start, piece_end, separator in split_top(self.blank[start:end], ["&&", "||"]):
            a, b = start + piece_start, start + piece_end
            number = self.add(a, "negate", a, b)
            out.append(f" mutant::negated({number}, static_cast<bool>({self.text[a:b].strip()})) {separator}")
        self.edits.append((start, end, "".join(out)))

    def if_statement(self, start):
        opening = self.blank.index("(", start)
        closing = matching(self.blank, opening)
        inner = (opening + 1, closing)
        parts = split_top(self.blank[inner[0]:inner[1]], [";"])
        last = parts[-1]
        a, b = inner[0] + last[0], inner[0] + last[1]
        declaration = re.match(r"\s*(?:const )?[\w:<>]+[ *&]+(\w+) =[^=]", self.blank[a:b])
        if declaration:
            number = self.add(a, "negate", a, b)
            self.edits.append((b, b, f"; mutant::negated({number}, static_cast<bool>({declaration.group(1)}))"))
        elif "[" not in self.blank[a:b] or "{" not in self.blank[a:b]:
            self.condition(a, b)
        else:
            number = self.add(a, "negate", a, b)
            self.edits.append((a, a, f"mutant::negated({number}, static_cast<bool>("))
            self.edits.append((b, b, "))"))
            self.statements_in(a, b)
        return closing + 1

    def return_statement(self, start, end, result):
        """`start` is behind the word return, `end` at the semicolon."""
        expression = self.text[start:end].strip()
        if not expression or (result == "lambda" and expression.startswith("{")):
            return
        if result.endswith("*") and expression == "nullptr" or expression == "{}" and not DEFAULT_TELLS.match(result):
            return
        number = self.add(start, "result", start, end)
        if result == "bool":
            wrapped = f"mutant::negated({number}, static_cast<bool>("
            self.edits.append((start, start, " " + wrapped))
            self.edits.append((end, end, "))"))
            return
        if result == "lambda":
            self.edits.append((start, start, f" mutant::other({number}, "))
            self.edits.append((end, end, ")"))
            return
        self.edits.append((start - len("return"), start,
                           f"if (mutant::on({number})) {{ return {self.other_than(expression, result)}; }} return"))

    def other_than(self, expression, result):
        if result == "Verdict":
            good = re.match(r"(about\()?(pass|not_applicable)\(", expression)
            return 'fail("mutant", Origin{})' if good else "pass()"
        if result == "Verdicts":
            return 'Verdicts{fail("mutant", Origin{})}' if "pass()" in expression or expression in ("{}", "Verdicts{}") \
                else "Verdicts{pass()}"
        if result.endswith("*"):
            return "nullptr"
        value = result.rstrip("&") + expression if expression.startswith("{") else expression
        return f"mutant::different<std::decay_t<{result}>>({value})"

    def lambdas_in(self, start, end):
        """Statements inside lambdas of an expression."""
        index = start
        while True:
            opening = re.compile(r"\]\s*(?:\([^()]*\))?\s*(?:->\s*[\w:]+\s*)?\{").search(self.blank, index, end)
            if not opening:
                return
            brace = opening.end() - 1
            closing = matching(self.blank, brace)
            self.block(brace + 1, closing, "lambda")
            index = closing

    def statements_in(self, start, end):
        self.lambdas_in(start, end)

    def block(self, start, end, result):
        index = start
        while index < end:
            if self.blank[index] in " \n;}":
                index += 1
                continue
            index = self.statement(index, end, result)

    def statement(self, index, end, result):
        word = re.match(r"\w*", self.blank[index:]).group(0)
        if self.blank[index] == "{":
            closing = matching(self.blank, index)
            self.block(index + 1, closing, result)
            return closing + 1
        if word == "if":
            return self.if_statement(index)
        if word in ("for", "while", "switch"):
            closing = matching(self.blank, self.blank.index("(", index))
            if word == "while":
                self.condition(self.blank.index("(", index) + 1, closing)
            return closing + 1
        if word in ("else", "do"):
            return index + len(word)
        if word in ("case", "default"):
            return re.compile(r"(?<!:):(?!:)").search(self.blank, index).end()
        stop = index + split_top(self.blank[index:end + 1], [";"])[0][1]
        if word == "return":
            before = len(self.edits)
            self.lambdas_in(index, stop)
            if len(self.edits) == before or result != "Verdict":
                self.return_statement(index + len("return"), stop, result)
        elif word in ("break", "continue"):
            number = self.add(index, "delete", index, stop)
            self.edits.append((index, index, f"if (!mutant::on({number})) "))
        else:
            self.plain_statement(index, stop)
        return stop + 1

    def plain_statement(self, index, stop):
        code = self.blank[index:stop]
        declaration = re.match(r"(?:static |constexpr |const |auto|using |bool |int |double |unsigned |std::[\w:<>, *]+ \w+|"
                               r"[A-Z]\w*(?:<[\w:, *]+>)?[*&]? \w+|[\w:]+<[\w:, *]+>[*&]? \w+)", code)
        assignment = re.match(r"[\w.\->\[\]*]+(?:\(\))? ?(?:[-+|&]?=[^=]|\()", code)
        if declaration and not (assignment and not re.match(r"(static|constexpr|const|auto|using)\b", code)):
            self.lambdas_in(index, stop)
            return
        number = self.add(index, "delete", index, stop)
        self.edits.append((index, index, f"if (!mutant::on({number})) {{ "))
        self.edits.append((stop + 1, stop + 1, " }"))
        self.lambdas_in(index, stop)

    def functions(self):
        """Bodies of the functions at namespace level, with their result types."""
        for match in re.finditer(r"^[A-Za-z][^\n;{}]*\([^;{}]*\)[^;{}()]*\{$", self.blank, re.M):
            result = TYPE.match(self.text[match.start():])
            # What is computed while compiling cannot be mutated by the environment.
            if result and "constexpr" not in match.group(0) and result.group(2) not in KEYWORDS and not match.group(0).startswith(("extern", "namespace")):
                yield match.end(), matching(self.blank, match.end() - 1), re.sub(r"^const (.*)&$", r"\1", result.group(1)).strip()

    def run(self):
        for start, end, result in self.functions():
            self.block(start, end, result)
        text = self.text
        for start, end, replacement in sorted(self.edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
            text = text[:start] + replacement + text[end:]
        return '#include "mutant.h"\n' + text


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
file(GLOB support tests/support/facts.cpp tests/support/packaged.cpp exporter/evaluate/*.cpp exporter/base/parallel.cpp)
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
        done = subprocess.run([binary, "--gtest_brief=1"], env=environment, cwd=copy, stdout=subprocess.DEVNULL,
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
    (copy / "mutant.h").write_text(HEADER)
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

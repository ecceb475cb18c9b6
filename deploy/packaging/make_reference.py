#!/usr/bin/env python3
"""Writes the manual page and the bash completion, from what PROGRAM's --help says, to DIRECTORY.

usage: make_reference.py PROGRAM DIRECTORY

The help is the one place where flags are described: what is made from it cannot lag behind."""

import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
NAME = "caracal-compliance-exporter"
# `-h,--help`, `--output TEXT`, `--format TEXT:{table,json} REQUIRED ...`, then the text.
LINE = re.compile(r"(?P<names>\S+)(?P<value> [A-Z]+(?::\{[^}]*\})?(?=\s|$))?(?: REQUIRED| \.\.\.)*\s*(?P<text>.*)")


@dataclasses.dataclass
class Entry:
    """A line of the help: `--format`, its value's name, the words that are allowed, and what it means."""
    names: list
    value: str
    choices: list
    text: str


@dataclasses.dataclass
class Command:
    path: tuple
    text: str
    options: list
    positionals: list
    subcommands: list


def entry_of(line):
    found = LINE.fullmatch(line)
    choices = re.search(r"\{(.*)\}", found["value"] or "")
    return Entry(found["names"].split(","), (found["value"] or "").split(":")[0].strip(),
                 choices[1].split(",") if choices else [], found["text"])


def entries_of(section):
    """Entries start two columns in; what stands further in goes on with the one before."""
    lines = []
    for line in section.splitlines():
        if re.match(r"^  \S", line):
            lines.append(line.strip())
        elif lines:
            lines[-1] += " " + line.strip()
    return [entry_of(line.strip()) for line in lines]


def help_of(program, path):
    return subprocess.run([program, *path, "--help"], capture_output=True, check=True, text=True).stdout


def commands_of(program, path=()):
    """The command `path` and, after it, all below it, in the order of the help."""
    text = help_of(program, path)
    parts = re.split(r"^(\w+):[ ]*\n", text, flags=re.M)
    sections = dict(zip(parts[1::2], map(entries_of, parts[2::2])))
    below = [entry.names[0] for entry in sections.get("Subcommands", [])]
    command = Command(path, text.strip().splitlines()[0], sections.get("Options", []),
                      sections.get("Positionals", []), below)
    return [command] + [one for name in below for one in commands_of(program, path + (name,))]


def in_mdoc(text):
    """Text in which no character means something to mdoc."""
    return re.sub(r"^([.'])", r"\\&\1", text.replace("\\", "\\e").replace("-", "\\-"))


def option_in_mdoc(entry):
    flags = " , ".join(f"Fl {name[1:]}" for name in entry.names).replace("--", "-")
    value = "|".join(entry.choices) or {"TEXT": "VALUE"}.get(entry.value, entry.value)
    shown = f"{flags} Ns = Ns Ar {value}" if value else flags
    return f".It {shown}\n{in_mdoc(entry.text)}.\n"


def command_in_mdoc(command):
    words = " ".join(command.path + tuple(one.names[0] for one in command.positionals))
    text = f".Ss {words or 'Without a command'}\n{in_mdoc(command.text.rstrip('.'))}.\n"
    return text + ".Bl -tag -width Ds\n" + "".join(map(option_in_mdoc, command.options)) + ".El\n"


def flags_of(command):
    return [name for entry in command.options for name in entry.names if name.startswith("--")]


def completed_by(entry):
    if entry.choices:
        return f'COMPREPLY=($(compgen -W "{" ".join(entry.choices)}" -- "$cur"))'
    if "--check" in entry.names:
        return "_caracal_compliance_ids"
    named_path = re.search(r"(file|path|output|help)$", entry.names[-1])
    return "_filedir" if named_path or re.search(r"(?i)\b(file|directory)\b", entry.text) else "COMPREPLY=()"


def values_in_bash(command):
    lines = [f"    {'/'.join(('',) + command.path)}:{name}) {completed_by(entry)}; return ;;\n"
             for entry in command.options if entry.value for name in entry.names]
    return "".join(lines)


def words_in_bash(command):
    words = command.subcommands + flags_of(command)
    return f'    "{"/".join(("",) + command.path)}") words_here="{" ".join(words)}" ;;\n'


def filled(template, **parts):
    text = (HERE / template).read_text()
    for name, part in parts.items():
        text = text.replace(f"@{name.upper()}@\n", part)
    return text


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.splitlines()[2])
    program, directory = sys.argv[1], pathlib.Path(sys.argv[2])
    commands = commands_of(program)
    top = commands[0]
    # serve is the default: its flags are good without its name too.
    served = next(one for one in commands if one.path == ("serve",))
    known = set(flags_of(top))
    bare = dataclasses.replace(top, options=top.options + [one for one in served.options
                                                           if not known & set(one.names)])
    listed = [bare] + commands[1:]
    paths = "|".join("/".join(("",) + one.path) for one in commands[1:])
    day = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))
    (directory / f"{NAME}.1").write_text(filled(
        "manual.in", date=time.strftime(".Dd %B %d, %Y\n", day), commands="".join(map(command_in_mdoc, commands))))
    (directory / f"{NAME}.bash").write_text(filled(
        "completion.in", paths=f"      {paths}) path+=/$word ;;\n", values="".join(map(values_in_bash, listed)),
        words="".join(map(words_in_bash, listed))))


if __name__ == "__main__":
    main()

"""One change to a hardened installation, and what it must do to the verdicts.

A change is a name, a list of edits and an expectation. Every edit must apply exactly once, so that a change of the
installations that makes one void is noticed."""

import dataclasses
import re


@dataclasses.dataclass(frozen=True)
class Swap:
    """`old` becomes `new` in a file, within the service (compose.yaml) or the object ("Kind name") named by `at`."""
    file: str
    at: str
    old: str
    new: str

    def apply(self, files):
        text = files[self.file]
        start, end = extent(self.file, text, self.at)
        part = text[start:end]
        if part.count(self.old) != 1:
            raise ValueError(f"{self.old!r} is {part.count(self.old)} times in {self.at or self.file}")
        files[self.file] = text[:start] + part.replace(self.old, self.new) + text[end:]


@dataclasses.dataclass(frozen=True)
class Put:
    """A file with this text, in place of the one that was there or beside the others."""
    file: str
    text: str

    def apply(self, files):
        files[self.file] = self.text


@dataclasses.dataclass(frozen=True)
class Append:
    """More text at the end of a file; of an own document in a file of manifests."""
    file: str
    text: str

    def apply(self, files):
        between = "---\n" if self.file.startswith("kubernetes/") else ""
        files[self.file] += between + self.text


@dataclasses.dataclass(frozen=True)
class Remove:
    file: str

    def apply(self, files):
        del files[self.file]


@dataclasses.dataclass(frozen=True)
class Status:
    """Another mode or age of a file or directory that is there."""
    file: str
    mode: int = None
    age_days: int = None

    def apply(self, files):
        if not any(name == self.file or name.startswith(self.file + "/") for name in files):
            raise ValueError(f"{self.file} is not there")


@dataclasses.dataclass(frozen=True)
class Change:
    """Statuses that differ from those of the unchanged installation, by check. A value is the status, or "fail" and
    the components that fail, and no others: "fail api sts". `why` says why more than one check must differ."""
    name: str
    base: str
    edits: tuple
    expect: dict
    why: str = ""
    config: dict = None


def service_extent(text, service):
    start = re.search(rf"^  {re.escape(service)}:.*\n", text[text.index("\nservices:\n"):], re.M)
    if start is None:
        raise ValueError(f"no service {service}")
    offset = text.index("\nservices:\n")
    after = re.compile(r"^(  )?[^ \n#]", re.M).search(text, offset + start.end())
    return offset + start.start(), after.start() if after else len(text)


def object_extent(text, name):
    kind, _, object_name = name.partition(" ")
    offset = 0
    found = []
    for document in re.split(r"(?<=\n)---\n", text):
        if f"\nkind: {kind}\n" in "\n" + document and f"\n  name: {object_name}" in document:
            found.append((offset, offset + len(document)))
        offset += len(document) + len("---\n")
    if len(found) != 1:
        raise ValueError(f"{len(found)} objects {name}")
    return found[0]


def extent(file, text, at):
    if not at:
        return 0, len(text)
    return service_extent(text, at) if file == "compose.yaml" else object_extent(text, at)


def in_service(service, old, new):
    return Swap("compose.yaml", service, old, new)


def set_variable(service, text):
    """One more line of a service's environment."""
    return Swap("compose.yaml", service, "    environment:\n", f"    environment:\n      {text}\n")


def in_object(component, kind, old, new):
    return Swap(f"kubernetes/{component}.yaml", f"{kind} harbour-caracal-{component}", old, new)


WORKLOADS = {"sts": "StatefulSet", "gateway": "StatefulSet", "migrate": "Job", "auth-migrate": "Job"}


def in_workload(component, old, new):
    kind = WORKLOADS.get(component, "Deployment")
    file = "jobs" if kind == "Job" else component
    return Swap(f"kubernetes/{file}.yaml", f"{kind} harbour-caracal-{component}", old, new)


def set_pod_variable(component, text):
    """One more entry of a container's env."""
    return in_workload(component, "          env:\n", f"          env:\n            - {text}\n")


def manifest(text):
    """One more file of manifests."""
    return Put("kubernetes/added.yaml", text)


def compose(name, edits, expect, why="", config=None):
    return Change(name, "compose", edits if isinstance(edits, tuple) else (edits,), expect, why, config)


def kubernetes(name, edits, expect, why="", config=None):
    return Change(name, "kubernetes", edits if isinstance(edits, tuple) else (edits,), expect, why, config)

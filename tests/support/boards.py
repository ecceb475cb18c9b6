"""The boards of dashboards/ as tests see them: panels, queries and variables, filled in as Grafana fills them in."""

import json
import pathlib
import re

DIRECTORY = pathlib.Path(__file__).resolve().parents[2] / "dashboards"
VARIABLE = re.compile(r"\$(?:\{(\w+)(?::\w+)?\}|(\w+))")
LABEL_VALUES = re.compile(r"label_values\((?:(.+), *)?(\w+)\)")
SPECIAL = re.compile(r"[$^*{}\[\]'+?.()|]")


def boards():
    """{file name: board}."""
    return {path.name: json.loads(path.read_text()) for path in sorted(DIRECTORY.glob("*.json"))}


def panels(board):
    """All panels but headings."""
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def variables(board):
    return {variable["name"]: variable for variable in board["templating"]["list"]}


def queries(board):
    """(where, PromQL) of every panel and annotation; those of variables are label_values and stand apart."""
    for panel in panels(board):
        for target in panel["targets"]:
            yield f"{panel['title']}, {target['refId']}", target["expr"]
    for annotation in board["annotations"]["list"]:
        yield f"annotation {annotation['name']}", annotation["expr"]


def label_values(variable):
    """The selector, or None, and the label of a variable's query; None where it has none."""
    if variable["type"] != "query":
        return None
    match = LABEL_VALUES.fullmatch(variable["query"]["query"])
    if not match:
        raise ValueError(f"variable {variable['name']}: not a query of label values: {variable['query']['query']}")
    return match[1], match[2]


def named_variables(text):
    return {match[1] or match[2] for match in VARIABLE.finditer(text)}


def escaped(value):
    """As the Prometheus data source writes a value into a regular expression between quotes."""
    return SPECIAL.sub(lambda match: "\\\\" + match[0], value.replace("\\", "\\" * 4))


def chosen(variable, values):
    """What stands in a query where these `values` are chosen of a variable; None means All."""
    if values is None and variable.get("allValue"):
        return variable["allValue"]
    if not (variable["multi"] or variable["includeAll"]):
        return values[0]
    words = [escaped(value) for value in values]
    return words[0] if len(words) == 1 else f"({'|'.join(words)})"


def filled_in(text, values):
    def value_of(match):
        name = match[1] or match[2]
        if name not in values:
            raise ValueError(f"no value of ${name} in {text}")
        return values[name]
    return VARIABLE.sub(value_of, text)


def built_in(seconds, scrape_interval, points):
    """Grafana's own variables for a time range of `seconds` with so many points, and the step of its range queries."""
    step = max(scrape_interval, -(-seconds // points))
    rate = max(step + scrape_interval, 4 * scrape_interval)
    return {"__interval": f"{step}s", "__rate_interval": f"{rate}s", "__range": f"{seconds}s"}, step

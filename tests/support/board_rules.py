"""What must hold for every board: those rules of Grafana's dashboard linter that apply, and our own.

A rule takes a board and its surroundings and yields what is wrong, in words."""

import dataclasses
import itertools
import re

from boards import label_values, named_variables, panels, queries, variables
from promql import SYNTHETIC, bare_families, selectors

UNITS = {"none", "short", "percentunit", "s", "bytes", "reqps", "dateTimeFromNow", "dateTimeAsIso", "dtdurations"}
KINDS = {"stat", "table", "timeseries", "state-timeline", "bargauge", "heatmap"}
STANDARD = ("datasource", "job", "instance", "installation", "severity", "area")
OF_GRAFANA = {"__rate_interval", "__range", "__interval", "__url_time_range", "__data", "__field"}
MANY_LABELS = re.compile(r"\$\{__(?:data\.fields|field\.labels)\.(\w+)\}")
BOARD_PATH = re.compile(r"/d/([\w-]+)")
COLUMNS = 24
EXPORTERS_OWN = "exporter"  # the name of no installation: the exporter judges itself under it


@dataclasses.dataclass(frozen=True)
class Surroundings:
    types: dict  # of each family that the program publishes: gauge, counter or histogram
    labels: dict  # of families, as far as they are known: the names of their labels
    boards: dict  # {uid: board}


def every_selector(board):
    for where, query in queries(board):
        for one in selectors(query):
            yield where, one


def datasource_is_a_variable(board, _):
    """template-datasource-rule, panel-datasource-rule"""
    found = [one for one in board["templating"]["list"] if one["type"] == "datasource"]
    if [(one["name"], one["label"], one["query"]) for one in found] != [("datasource", "Data source", "prometheus")]:
        yield "there is no variable 'datasource' for Prometheus, labelled 'Data source', or another one"
    asking = [(f"panel {one['title']}", one) for one in panels(board)]
    asking += [(f"target of {name}", target) for name, one in asking for target in one["targets"]]
    asking += [(f"annotation {one['name']}", one) for one in board["annotations"]["list"]]
    asking += [(f"variable {one['name']}", one) for one in board["templating"]["list"] if one["type"] == "query"]
    for name, one in asking:
        if one.get("datasource") != {"type": "prometheus", "uid": "${datasource}"}:
            yield f"{name} does not use ${{datasource}}"


def variables_are_complete(board, _):
    """template-job-rule, template-instance-rule, template-label-promql-rule, template-on-time-change-reload"""
    known = variables(board)
    yield from (f"variable {name} is missing" for name in STANDARD if name not in known)
    for name, one in known.items():
        if not one.get("label") or not one.get("description"):
            yield f"variable {name} has no label or no description"
        if one["type"] == "query" and one.get("refresh") != 2:
            yield f"variable {name} is not asked for anew when the time range changes"
        if name in ("job", "instance") and (one["label"], one["multi"], one["includeAll"], one.get("allValue")) != (
                name, True, True, ".+"):
            yield f"variable {name} is not labelled by its name, with many values and .+ for all"
        if one["type"] in ("query", "custom") and one["current"].get("value") not in ("", "$__all"):
            yield f"variable {name} comes with a value of somebody's site"


def variables_are_used_and_known(board, _):
    known = variables(board)
    asked = [text for _, text in queries(board)]
    asked += [one["query"]["query"] for one in known.values() if one["type"] == "query"]
    text = "\n".join([*asked, *(link["url"] for _, link in every_link(board)), "${datasource}"])
    used = named_variables(text)
    yield from (f"${name} is not a variable" for name in sorted(used - set(known) - OF_GRAFANA))
    yield from (f"variable {name} is not used" for name in sorted(set(known) - used))


def panels_speak(board, _):
    """panel-title-description-rule, panel-no-targets-rule"""
    shown = panels(board)
    for one in shown:
        if one["type"] not in KINDS:
            yield f"panel {one['title']} is of a kind that no rule knows: {one['type']}"
        if not one.get("title") or len(one.get("description", "")) < 30:
            yield f"panel {one.get('title') or one['id']} has no title or does not say what it means"
        if not one["targets"] or not all(target.get("expr") for target in one["targets"]):
            yield f"panel {one['title']} asks nothing"
        if not unique(target["refId"] for target in one["targets"]):
            yield f"panel {one['title']} names two targets alike"
    if not unique(one["title"] for one in board["panels"]):
        yield "two panels have one title"


def unique(values):
    values = list(values)
    return len(values) == len(set(values))


def properties(panel, name):
    """Values of a property in the defaults and in every override."""
    config = panel["fieldConfig"]
    found = [config["defaults"].get(name)]
    return found + [one["value"] for override in config["overrides"] for one in override["properties"]
                    if one["id"] == name]


def units_are_grafanas(board, _):
    """panel-units-rule"""
    for one in panels(board):
        default, *others = properties(one, "unit")
        if default not in UNITS or not UNITS.issuperset(others):
            yield f"panel {one['title']} has no unit, or one that Grafana does not know: {default}, {others}"


def values_have_words_and_colours(board, _):
    for one in panels(board):
        for mapping in itertools.chain(*filter(None, properties(one, "mappings"))):
            results = mapping["options"].values() if mapping["type"] == "value" else [mapping["options"]["result"]]
            for result in results:
                word, colour = result.get("text"), result.get("color")
                if not word or not colour:
                    yield f"panel {one['title']} maps a value to no word or no colour"
                elif "green" in colour and re.search("unknown|not |no |none|waived|n/a", word, re.I):
                    yield f"panel {one['title']} shows '{word}' in green"


def layout_fits(board, _):
    ids = [one["id"] for one in board["panels"]]
    if not unique(ids):
        yield "two panels have one id"
    places = [(one["title"], one["gridPos"]) for one in board["panels"]]
    for title, place in places:
        if min(place["x"], place["y"], place["w"] - 1, place["h"] - 1) < 0 or place["x"] + place["w"] > COLUMNS:
            yield f"panel {title} lies outside the board"
    for (title, one), (other_title, other) in itertools.combinations(places, 2):
        if all(one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
               for start, size in (("x", "w"), ("y", "h"))):
            yield f"panels {title} and {other_title} overlap"


def every_link(board):
    for link in board["links"]:
        yield None, link
    for one in panels(board):
        for link in itertools.chain(*filter(None, properties(one, "links"))):
            yield one, link


def columns(panel):
    """Fields that a table keeps, by their names in the data."""
    options = [one["options"] for one in panel.get("transformations", []) if one["id"] == "organize"]
    return set(options[0]["renameByName"]) if options else set()


def links_lead_somewhere(board, surroundings):
    for panel, link in every_link(board):
        name = f"link {link.get('title')}"
        if not link.get("title"):
            yield "a link has no title"
        if not link["url"].startswith(("/d/", "https://", "${exporter_url}/")):
            yield f"{name} leads to {link['url']}"
        if link["url"].startswith("/d/"):
            yield from misled(name, link["url"], surroundings)
        fields = set(MANY_LABELS.findall(link["url"]))
        if panel is None and fields or panel and panel["type"] == "table" and fields - columns(panel):
            yield f"{name} needs fields that are not there: {sorted(fields)}"
    others = {link["url"].removeprefix("/d/") for link in board["links"]}
    yield from (f"no link leads to board {uid}" for uid in surroundings.boards
                if uid != board["uid"] and uid not in others)


def misled(name, url, surroundings):
    uid = BOARD_PATH.match(url)[1]
    if uid not in surroundings.boards:
        yield f"{name} leads to no board: {uid}"
        return
    known = variables(surroundings.boards[uid])
    given = set(re.findall(r"var-(\w+)=", url)) | set(re.findall(r"\$\{(\w+):queryparam\}", url))
    yield from (f"{name} gives board {uid} a variable that it has not: {one}" for one in sorted(given - set(known)))


def overrides_find_their_fields(board, _):
    for one in panels(board):
        renamed = {title for transformation in one.get("transformations", []) if transformation["id"] == "organize"
                   for title in [*transformation["options"]["renameByName"].values(),
                                 *transformation["options"]["indexByName"]]}
        legends = {target.get("legendFormat") for target in one["targets"]}
        for override in one["fieldConfig"]["overrides"]:
            name = override["matcher"]["options"]
            if override["matcher"]["id"] == "byName" and name not in renamed | legends and "{{" not in str(legends):
                yield f"panel {one['title']} overrides a field that is not there: {name}"


def metrics_exist(board, surroundings):
    for where, one in every_selector(board):
        if one.family not in surroundings.types and one.family not in SYNTHETIC:
            yield f"{where}: nobody publishes {one.name}"
    for where, query in queries(board):
        yield from (f"{where}: {name} is asked of every target of Prometheus"
                    for name in bare_families(query, surroundings.types))
    for variable in variables(board).values():
        selector = (label_values(variable) or [None])[0]
        if selector and re.match(r"\w+", selector)[0] not in surroundings.types:
            yield f"variable {variable['name']}: nobody publishes {selector}"


def selectors_name_their_target(board, _):
    """target-job-rule, target-instance-rule; an alert about an exporter that is gone has no instance"""
    for where, one in every_selector(board):
        if one.matchers.get("job") != ["=~$job"]:
            yield f"{where}: {one.name} without job=~\"$job\""
        if one.matchers.get("instance") != ["=~$instance"] and not one.name.startswith("ALERTS"):
            yield f"{where}: {one.name} without instance=~\"$instance\""


def installation_is_chosen(board, surroundings):
    """No installation is written down but the exporter's own name, and none is forgotten."""
    for where, one in every_selector(board):
        found = one.matchers.get("installation", [])
        allowed = [["=~$installation"], ["=" + EXPORTERS_OWN], ["=~$installation|exporter|"]]
        if found and found not in allowed:
            yield f"{where}: {one.name} has an installation written down: {found}"
        carries = "installation" in surroundings.labels.get(one.family, ()) or one.name.startswith("ALERTS")
        if carries and not found:
            yield f"{where}: {one.name} does not ask for the chosen installations"
    for variable in variables(board).values():
        text = (label_values(variable) or [None])[0] or ""
        for match in re.finditer(r'installation(=~|=|!=|!~)"([^"]*)"', text):
            if match[0] not in ('installation!="exporter"', 'installation=~"$installation"'):
                yield f"variable {variable['name']} has an installation written down"


def counters_are_rates(board, surroundings):
    """target-counter-agg-rule, target-rate-interval-rule, target-histogram-rule"""
    for where, one in every_selector(board):
        kind = surroundings.types.get(one.family)
        counting = kind == "counter" or kind == "histogram"
        if counting and one.function not in ("rate", "increase"):
            yield f"{where}: counter {one.name} is not under rate or increase"
        if kind == "gauge" and one.function in ("rate", "irate", "increase"):
            yield f"{where}: gauge {one.name} is under {one.function}"
        windows = {"rate": ("$__rate_interval",), "increase": ("$__rate_interval", "$__range")}
        if one.function in windows and one.window not in windows[one.function]:
            yield f"{where}: {one.function} over [{one.window}]"
    for where, query in queries(board):
        for inner in re.findall(r"histogram_quantile\([\d.]+, (sum by \([^)]*\))?", query):
            if "le" not in re.findall(r"\w+", inner):
                yield f"{where}: a quantile of buckets that do not keep le"


def board_is_whole(board, _):
    """uneditable-dashboard, and what Grafana needs to keep boards apart"""
    if board.get("editable") is not False or board.get("schemaVersion", 0) < 39:
        yield "the board can be edited in place, or is older than schema version 39"
    if not re.fullmatch(r"[a-z][a-z0-9-]{3,39}", board.get("uid", "")):
        yield "the uid is not a stable name"
    if not board.get("title") or not board.get("description") or not board.get("tags"):
        yield "the board has no title, no description or no tags"
    if not any("ALERTS{" in one["expr"] for one in board["annotations"]["list"]):
        yield "no annotation shows when alerts fired"
    for one in board["annotations"]["list"]:
        if not one["name"] or not one["titleFormat"] or not one["iconColor"]:
            yield "an annotation has no name, title or colour"


RULES = (datasource_is_a_variable, variables_are_complete, variables_are_used_and_known, panels_speak,
         units_are_grafanas, values_have_words_and_colours, layout_fits, links_lead_somewhere,
         overrides_find_their_fields, metrics_exist, selectors_name_their_target, installation_is_chosen,
         counters_are_rates, board_is_whole)


def problems(board, surroundings):
    return [f"{rule.__name__}: {problem}" for rule in RULES for problem in rule(board, surroundings)]

"""A board in Grafana's classic JSON: its variables, its links to the others, its annotations."""

from .panels import DATASOURCE
from .queries import PREFIX, TARGET, alerts, info, of_exporter

EXPORTER_URL = "http://127.0.0.1:9787"
RUNBOOK = "https://runbooks.example.com/caracal-compliance/runbook.md"
SCHEMA_VERSION = 39
BOARDS = {"overview": "caracal-compliance-overview", "check": "caracal-compliance-check",
          "edge": "caracal-compliance-edge", "exporter": "caracal-compliance-exporter"}
LINK_TITLES = {"overview": "Compliance overview", "check": "Check detail", "edge": "Edge and certificates",
               "exporter": "Exporter health"}
# A row of a table leads to the board of its check.
CHECK_LINK = {"title": "This check over time", "targetBlank": False,
              "url": f"/d/{BOARDS['check']}?${{__url_time_range}}&${{datasource:queryparam}}&${{job:queryparam}}"
                     "&${instance:queryparam}&var-installation=${__data.fields.installation}"
                     "&var-check=${__data.fields.check}"}
RUNBOOK_LINK = {"title": "What to do: runbook", "url": RUNBOOK, "targetBlank": True}
PAGE_LINK = {"title": "Findings with file and line, and what to do: the exporter's page",
             "url": "${exporter_url}/checks/${check}", "targetBlank": True}
ALL = {"selected": True, "text": "All", "value": "$__all"}


def datasource_variable():
    return {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus",
            "description": "The Prometheus that scrapes the exporter.", "options": [], "refresh": 1, "regex": "",
            "current": {"selected": False, "text": "default", "value": "default"},
            "multi": False, "includeAll": False, "hide": 0}


def query_variable(name, label, query, **more):
    """All values of a label, asked for anew whenever the time range changes."""
    return {"name": name, "label": label, "type": "query", "datasource": DATASOURCE, "definition": query,
            "query": {"query": query, "refId": f"variable-{name}"}, "refresh": 2, "sort": 1, "regex": "", "hide": 0,
            "multi": True, "includeAll": True, "current": ALL, "options": [], **more}


def severity_variable():
    words = ["critical", "high", "medium", "low"]
    options = [ALL, *({"selected": False, "text": word, "value": word} for word in words)]
    return {"name": "severity", "label": "Severity", "type": "custom", "query": ",".join(words),
            "description": "Severity of a check; the worst come first.", "multi": True, "includeAll": True,
            "current": ALL, "options": options, "hide": 0}


def standard_variables(installations=""):
    """The variables of every board; `installations` leaves some out of the choice."""
    chosen = of_exporter("check_status", *([installations] if installations else []))
    return [
        datasource_variable(),
        query_variable("job", "job", f"label_values({PREFIX}build_info, job)", allValue=".+",
                       description="Scrape job of the exporters."),
        query_variable("instance", "instance", f"label_values({PREFIX}build_info{{{TARGET[0]}}}, instance)",
                       allValue=".+", description="The exporters, as Prometheus names them."),
        query_variable("installation", "Installation", f"label_values({chosen}, installation)",
                       description="Installations of Caracal; 'exporter' is the exporter itself."),
        severity_variable(),
        query_variable("area", "Area", f"label_values({of_exporter('check_info')}, area)",
                       description="Part of the hardening checklist."),
    ]


def check_variable():
    return query_variable("check", "Check", f"label_values({info()}, check)", multi=False, includeAll=False,
                          current={"selected": False, "text": "", "value": ""},
                          description="One row of the checklist, of the chosen severities and areas.")


def exporter_url_variable():
    """Not taken from a link: whoever sends one could lead to a page that asks for the token."""
    chosen = {"selected": True, "text": EXPORTER_URL, "value": EXPORTER_URL}
    return {"name": "exporter_url", "label": "Exporter's address", "type": "textbox", "query": EXPORTER_URL,
            "description": "Where a browser reaches the exporter's own page.", "current": chosen, "options": [chosen],
            "hide": 0, "skipUrlSync": True}


def annotation(name, expression, colour, title, text):
    return {"name": name, "datasource": DATASOURCE, "enable": True, "hide": False, "iconColor": colour,
            "expr": expression, "step": "60s", "titleFormat": title, "textFormat": text,
            "tagKeys": "installation,check", "useValueForTime": False}


def alert_annotations(*matchers):
    """When alerts of the shipped rules fired, by their severity."""
    return [annotation(f"Firing, {severity}", alerts(f'severity="{severity}"', *matchers), colour,
                       "{{alertname}}", "{{installation}} {{component}}")
            for severity, colour in (("critical", "red"), ("warning", "orange"))]


def began_to_fail(expression):
    """A mark at the instant itself: the value of the series is the time."""
    return {**annotation("Began to fail", expression, "dark-red", "{{check}} fails", "{{installation}}"),
            "useValueForTime": True}


def links_from(own):
    others = [{"title": title, "type": "link", "url": f"/d/{BOARDS[name]}", "icon": "dashboard", "tooltip": title,
               "keepTime": True, "includeVars": True, "asDropdown": False, "targetBlank": False, "tags": []}
              for name, title in LINK_TITLES.items() if name != own]
    return [*others, link_out("Runbook", RUNBOOK)]


def link_out(title, url):
    return {"title": title, "type": "link", "url": url, "icon": "doc", "tooltip": title, "keepTime": False,
            "includeVars": False, "asDropdown": False, "targetBlank": True, "tags": []}


def board(name, description, variables, panels, **more):
    """The whole board; time, links and annotations in `more`."""
    return {
        "uid": BOARDS[name], "title": f"Caracal: {LINK_TITLES[name]}",
        "description": description, "tags": ["caracal", "compliance"], "schemaVersion": SCHEMA_VERSION, "version": 1,
        "editable": False, "graphTooltip": 1, "timezone": "browser", "weekStart": "", "fiscalYearStartMonth": 0,
        "liveNow": False, "refresh": "1m", "time": {"from": more.get("since", "now-24h"), "to": "now"},
        "timepicker": {}, "links": [*links_from(name), *more.get("links", [])],
        "annotations": {"list": more["annotations"]}, "templating": {"list": variables}, "panels": panels,
    }

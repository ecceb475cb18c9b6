"""Panels in Grafana's classic JSON: what all panels of one kind have alike, and how they are laid out."""

import string

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
COLUMNS = 24
QUIET_LEGEND = {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []}
TOOLTIP = {"mode": "multi", "sort": "desc"}
TABLE = {"frameIndex": 0, "showHeader": True, "cellHeight": "sm", "sortBy": [],
         "footer": {"show": False, "reducer": ["sum"], "countRows": False, "fields": ""}}
# Of a table with a column State, and by luck of the alphabet critical before high.
WORST_FIRST = [{"displayName": "State", "desc": True}, {"displayName": "Severity", "desc": False}]
LAST = {"calcs": ["lastNotNull"], "fields": "", "values": False}
LINES = {"drawStyle": "line", "lineInterpolation": "linear", "lineWidth": 1, "fillOpacity": 10, "showPoints": "auto",
         "spanNulls": False, "axisPlacement": "auto", "stacking": {"mode": "none", "group": "A"}}


def over_time(expression, legend="__auto", **more):
    return {"expr": expression, "legendFormat": legend, "range": True, "instant": False, **more}


def now(expression, legend="__auto"):
    return {"expr": expression, "legendFormat": legend, "range": False, "instant": True}


def rows_of(expression):
    """A series becomes a row of a table, a label a column."""
    return {**now(expression), "format": "table"}


def fields(unit, mappings=(), **more):
    """How values are shown; thresholds, decimals, noValue and the like in `more`."""
    return {"unit": unit, "mappings": list(mappings), "color": {"mode": "thresholds"},
            "thresholds": {"mode": "absolute", "steps": [{"color": "text", "value": None}]}, **more}


def lines(unit, mappings=(), custom=(), **more):
    """Fields of curves, each in a colour of its own."""
    return fields(unit, mappings, color={"mode": "palette-classic"}, custom={**LINES, **dict(custom)}, **more)


def bars(unit, **more):
    return lines(unit, custom={"drawStyle": "bars", "fillOpacity": 70, "lineWidth": 0,
                               "stacking": {"mode": "normal", "group": "A"}}, **more)


def override(name, **properties):
    """Other fields for the column or curve of this name; _ stands for the dot of a property's id."""
    return {"matcher": {"id": "byName", "options": name},
            "properties": [{"id": key.replace("_", ".", 1) if key.startswith("custom_") else key, "value": value}
                           for key, value in properties.items()]}


def coloured(name, mappings, **more):
    """A column whose cells are filled with the colour of their word."""
    return override(name, mappings=mappings, custom_cellOptions={"type": "color-background", "mode": "basic"}, **more)


def panel(kind, title, description, targets, field_config, options, **more):
    queries = [{"refId": string.ascii_uppercase[index], "datasource": DATASOURCE, "editorMode": "code", **target}
               for index, target in enumerate(targets)]
    overrides = more.pop("overrides", [])
    return {"type": kind, "title": title, "description": description, "datasource": DATASOURCE, "targets": queries,
            "fieldConfig": {"defaults": field_config, "overrides": overrides}, "options": options, **more}


def stat(title, description, targets, field_config, **more):
    options = {"reduceOptions": LAST, "orientation": "auto", "textMode": "auto", "wideLayout": True,
               "colorMode": "background", "graphMode": "none", "justifyMode": "auto", "showPercentChange": False,
               "percentChangeColorMode": "standard"}
    return panel("stat", title, description, targets, field_config, options, **more)


def timeseries(title, description, targets, field_config, **more):
    return panel("timeseries", title, description, targets, field_config,
                 {"legend": QUIET_LEGEND, "tooltip": TOOLTIP}, **more)


def bar_gauge(title, description, targets, field_config, **more):
    options = {"reduceOptions": LAST, "orientation": "horizontal", "displayMode": "basic", "valueMode": "color",
               "namePlacement": "auto", "showUnfilled": True, "sizing": "auto", "minVizWidth": 8, "minVizHeight": 16,
               "maxVizHeight": 300, "legend": {**QUIET_LEGEND, "showLegend": False}}
    return panel("bargauge", title, description, targets, field_config, options, **more)


def state_timeline(title, description, targets, mappings, **more):
    options = {"mergeValues": True, "showValue": "auto", "alignValue": "left", "rowHeight": 0.8,
               "legend": {**QUIET_LEGEND, "showLegend": False}, "tooltip": {"mode": "single", "sort": "none"},
               **({"perPage": more.pop("per_page")} if "per_page" in more else {})}
    shown = fields("none", mappings, custom={"lineWidth": 0, "fillOpacity": 80, "spanNulls": False})
    return panel("state-timeline", title, description, targets, shown, options, **more)


def heatmap(title, description, targets, unit):
    options = {"calculate": False, "cellGap": 1, "cellValues": {"unit": "short"},
               "color": {"mode": "scheme", "scheme": "Oranges", "steps": 64, "reverse": False, "exponent": 0.5,
                         "fill": "dark-orange", "scale": "exponential"},
               "exemplars": {"color": "rgba(255,0,255,0.7)"}, "filterValues": {"le": 1e-9},
               "legend": {"show": True}, "rowsFrame": {"layout": "auto"}, "showValue": "never",
               "tooltip": {"mode": "single", "yHistogram": False, "showColorScale": False},
               "yAxis": {"axisPlacement": "left", "reverse": False, "unit": unit}}
    shown = fields("short", custom={"scaleDistribution": {"type": "linear"}})
    return panel("heatmap", title, description, [{**target, "format": "heatmap"} for target in targets], shown, options)


def table(title, description, targets, columns, **more):
    """A table of `columns`, {field: title} in this order; a field that is not named is left out."""
    options = {**TABLE, "sortBy": more.pop("sort_by", [])}
    values = ["Value"] if len(targets) == 1 else [f"Value #{string.ascii_uppercase[n]}" for n in range(len(targets))]
    hidden = [name for name in ("Time", "job", "instance", "__name__", *values, *more.pop("hidden", ()))
              if name not in columns]
    organize = {"id": "organize", "options": {"excludeByName": {name: True for name in hidden},
                                              "indexByName": {name: n for n, name in enumerate(columns)},
                                              "renameByName": dict(columns)}}
    merge = [{"id": "merge", "options": {}}] if len(targets) > 1 else []
    shown = more.pop("field_config", None) or fields("none")
    shown = {**shown, "custom": {"align": "auto", "cellOptions": {"type": "auto"}, "inspect": False,
                                 "filterable": True}}
    return panel("table", title, description, targets, shown, options, transformations=[*merge, organize], **more)


def row(title):
    """A heading over the panels that follow."""
    return {"type": "row", "title": title, "collapsed": False, "panels": []}


def arranged(*bands):
    """Panels with ids and places. A band is a heading, or (height, panels with their widths)."""
    placed, top = [], 0
    for band in bands:
        height, content = (1, [(COLUMNS, row(band))]) if isinstance(band, str) else band
        left = 0
        for width, one in content:
            placed.append({"id": len(placed) + 1, **one,
                           "gridPos": {"x": left, "y": top, "w": width, "h": height}})
            left += width
        top += height
    return placed

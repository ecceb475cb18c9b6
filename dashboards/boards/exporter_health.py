"""Exporter health: whether what the other boards show can be trusted, and how the exporter itself stands."""

from .board import CHECK_LINK, alert_annotations, board, standard_variables
from .panels import (WORST_FIRST, arranged, bars, coloured, fields, heatmap, lines, now, over_time, override, rows_of,
                     stat, state_timeline, table, timeseries)
from .queries import buckets, described, milliseconds, of_exporter, of_installation, of_process, own, quantile, state
from .words import ANSWERS, GREY, KEPT, LOADED, NONE, READ, SEVERITIES, STATES, STORE, WATCHED, steps

OWN_AREA = 'area="exporter-posture"'
RATE = "$__rate_interval"


def snapshot_age():
    return stat(
        "Snapshot age", "How long ago the verdicts that are served were published. It should stay near the interval "
        "of the configuration; SnapshotStale fires at ten of them.",
        [now(f"time() - {of_exporter('snapshot_timestamp_seconds')}", "{{instance}}")],
        fields("s", decimals=0, noValue="no data", thresholds=steps("green", (300, "orange"), (600, "red"))))


def configuration():
    return stat(
        "Configuration", "Whether the last load of the configuration worked. OLD ONE AT WORK: the file on disk is "
        "wrong and not in force; `config check` names line and column.",
        [now(of_exporter("config_last_reload_successful"), "{{instance}}")],
        fields("none", LOADED, noValue="no data", thresholds=steps("text")))


def loaded_at():
    return stat(
        "Configuration in force since", "When the configuration that is at work was loaded.",
        [now(milliseconds(of_exporter("config_last_reload_success_timestamp_seconds")), "{{instance}}")],
        fields("dateTimeFromNow", noValue="no data", thresholds=steps("blue")))


def state_store():
    return stat(
        "State store", "Whether the history works, and whether it is kept. BROKEN: since when things fail is "
        "remembered in memory alone, and gone with the next restart.",
        [now(of_exporter("state_store_up"), "store of {{instance}}"),
         now(of_exporter("state_store_persistent"), "history of {{instance}}")],
        fields("none", STORE, noValue="no data", thresholds=steps("text")),
        overrides=[{"matcher": {"id": "byRegexp", "options": "history of .*"},
                    "properties": [{"id": "mappings", "value": KEPT}]}])


def dropped():
    return stat(
        "Series dropped", "Series that limits.max_series cut. Not none: whole installations are missing from every "
        "board and every alert.",
        [now(of_exporter("series_dropped"), "{{instance}}")],
        fields("none", NONE, noValue="no data", thresholds=steps(GREY, (1, "red"))))


def scrapes():
    return state_timeline(
        "Scrapes", "Whether scrapes of each exporter worked. DOWN: the target's page in Prometheus has the error; 401 "
        "is a token that was rotated on one side alone.",
        [over_time(of_process("up"), "{{instance}}")], ANSWERS)


def sources():
    return table(
        "Sources", "What each installation's verdicts are made of. NOT READ: the rows that need it are unknown. "
        "polled: events do not work there (a network file system, or too few watches), changes are noticed late.",
        [rows_of(of_installation("source_up")), rows_of(of_installation("source_watch_active")),
         rows_of(milliseconds(of_installation("source_last_change_timestamp_seconds")))],
        {"installation": "Installation", "source": "Source", "Value #A": "Last attempt", "Value #B": "Watch",
         "Value #C": "Content changed"},
        overrides=[coloured("Last attempt", READ), coloured("Watch", WATCHED),
                   override("Content changed", unit="dateTimeFromNow", noValue="not since the start")],
        sort_by=[{"displayName": "Last attempt", "desc": False}])


def sources_over_time():
    return state_timeline(
        "Sources over time", "When each source could be read.",
        [over_time(of_installation("source_up"), "{{installation}} {{source}}")], READ)


def errors():
    family = of_exporter("source_errors_total")
    return timeseries(
        "Source errors by reason", "Attempts to read a source that failed, about each point in time; reasons without "
        "any are left out. The runbook of SourceDown says what helps for each.",
        [over_time(f"sum by (source, reason) (increase({family}[{RATE}])) > 0", "{{source}} {{reason}}")],
        bars("none", min=0, noValue="no errors"))


def unknown():
    reasons = described(of_installation("check_unknown_reason"))
    return timeseries(
        "Checks without a verdict by reason", "What the errors cost: checks of the chosen installations, severities "
        "and areas that are unknown, by reason.",
        [over_time(f"count by (reason) ({reasons})", "{{reason}}")],
        lines("none", custom={"fillOpacity": 40, "stacking": {"mode": "normal", "group": "A"}}, min=0, decimals=0,
              noValue="nothing is unknown"))


def quantiles():
    windows = (("evaluation", "evaluation_duration_seconds", ()), ("probes, {{source}}", "probe_duration_seconds",
                                                                  ("source",)))
    targets = [over_time(quantile(share, family, RATE, *by), f"p{share * 100:.0f} {name}")
               for name, family, by in windows for share in (0.5, 0.99)]
    return timeseries(
        "How long evaluation and probes take", "Median and 99th percentile. An evaluation that nears the interval "
        "makes verdicts late; probes at their timeout are endpoints that do not answer.",
        targets, lines("s", min=0))


def drift_quantiles():
    family = "drift_detection_latency_seconds"
    return stat(
        "Drift noticed after", "From the first event of a changed file to the verdict, median and 99th percentile of "
        "all changes in the chosen time. Far above a second: events do not work, or the machine is too small.",
        [now(quantile(share, family, "$__range"), f"p{share * 100:.0f}") for share in (0.5, 0.99)],
        fields("s", noValue="no change seen", thresholds=steps("green", (5, "orange"), (30, "red"))))


def heat(title, family, description):
    return heatmap(title, description, [over_time(buckets(family), "{{le}}")], "s")


def authentication():
    family = of_exporter("http_authentication_failures_total")
    return timeseries(
        "Authentication failures by reason", "Requests without a valid token about each point in time. mismatch: "
        "somebody tries tokens, or a client has an old one; missing: a client that was never given one.",
        [over_time(f"sum by (reason) (increase({family}[{RATE}]))", "{{reason}}")], bars("none", min=0))


def requests():
    family = of_exporter("http_requests_total")
    return timeseries(
        "Requests by path and code", "What the exporter answered. The scrape of Prometheus is /metrics with 200; many "
        "of path other with 401 or 404 are scans.",
        [over_time(f"sum by (path, code) (rate({family}[{RATE}]))", "{{path}} {{code}}")], lines("reqps", min=0))


def posture():
    return table(
        "The exporter's own posture", "How the exporter itself is deployed, judged by the same rules: root, "
        "capabilities, seccomp, its token, its listener. It holds keys to what it watches, so mend this as you would "
        "the installation.",
        [rows_of(described(state(family=own), OWN_AREA))],
        {"Value": "State", "severity": "Severity", "check": "Check", "title": "What should hold",
         "installation": "Installation"}, hidden=["area"],
        overrides=[coloured("State", STATES, custom_width=120), coloured("Severity", SEVERITIES, custom_width=90),
                   override("Check", links=[CHECK_LINK]),
                   # Its link needs the field, nobody needs the column.
                   override("Installation", custom_hidden=True)],
        sort_by=WORST_FIRST)


def build():
    return table(
        "Build", "Which program answers, built from what and by what.",
        [rows_of(of_exporter("build_info"))],
        {"instance": "Instance", "version": "Version", "revision": "Revision", "compiler": "Compiler"})


def cpu():
    return timeseries(
        "CPU", "Cores that the process uses. It should be near nothing between evaluations.",
        [over_time(f"rate({of_process('process_cpu_seconds_total')}[{RATE}])", "{{instance}}")],
        lines("none", min=0, decimals=3))


def memory():
    return timeseries(
        "Memory", "Resident and virtual memory. Resident memory that grows for days without new installations is a "
        "fault to report.",
        [over_time(of_process("process_resident_memory_bytes"), "resident {{instance}}"),
         over_time(of_process("process_virtual_memory_bytes"), "virtual {{instance}}")],
        lines("bytes", min=0))


def descriptors():
    return timeseries(
        "File descriptors", "Open ones and their limit. At the limit sources cannot be read and scrapes fail.",
        [over_time(of_process("process_open_fds"), "open {{instance}}"),
         over_time(of_process("process_max_fds"), "limit {{instance}}")],
        lines("none", min=0, decimals=0))


def started():
    return stat(
        "Started", "When the process started. More often than you deploy: see its log for why it ended.",
        [now(milliseconds(of_process("process_start_time_seconds")), "{{instance}}")],
        fields("dateTimeFromNow", noValue="no data", thresholds=steps("blue")))


def scrape_cost():
    return timeseries(
        "What a scrape costs", "Duration of scrapes as Prometheus sees them; it has to stay far below the scrape's "
        "timeout.",
        [over_time(of_process("scrape_duration_seconds"), "{{instance}}")], lines("s", min=0))


def series():
    return timeseries(
        "Series", "Series of one scrape. A step up is a new installation; limits.max_series bounds it.",
        [over_time(of_process("scrape_samples_scraped"), "{{instance}}")], lines("none", min=0, decimals=0))


def panels():
    return arranged(
        (4, [(4, snapshot_age()), (4, configuration()), (4, loaded_at()), (5, state_store()), (3, dropped()),
             (4, started())]),
        (5, [(14, scrapes()), (10, build())]),
        "What it reads",
        (9, [(14, sources()), (10, sources_over_time())]),
        (9, [(12, errors()), (12, unknown())]),
        "Latency",
        (9, [(16, quantiles()), (8, drift_quantiles())]),
        (9, [(8, heat("Evaluation", "evaluation_duration_seconds", "Duration of whole cycles, from reading the "
                      "sources to the published snapshot.")),
             (8, heat("Probes", "probe_duration_seconds", "Duration of single probes of endpoints, names, ports and "
                      "data stores.")),
             (8, heat("Drift detection", "drift_detection_latency_seconds", "From the first event of a changed file "
                      "to the snapshot that knows of it. Empty while nothing changes."))]),
        "Who asks, and how it stands",
        (9, [(12, authentication()), (12, requests())]),
        (10, [(24, posture())]),
        "Process",
        (8, [(8, cpu()), (8, memory()), (8, descriptors())]),
        (8, [(12, scrape_cost()), (12, series())]))


def exporter_health():
    return board("exporter", "Whether the exporter judges, reads its sources, notices drift and is safe itself: what "
                 "to trust on the other boards.", standard_variables(), panels(), annotations=alert_annotations())

"""Compliance overview: what fails, since when, where, and how much of it is known at all."""

from .board import BOARDS, CHECK_LINK, RUNBOOK_LINK, alert_annotations, began_to_fail, board, standard_variables
from .panels import (WORST_FIRST, arranged, bar_gauge, coloured, fields, lines, now, over_time, override, rows_of,
                     stat, state_timeline, table, timeseries)
from .queries import (EVERY_CHECK, alerting_since, alerts, described, milliseconds, of_exporter, of_installation,
                      of_process, state, where)
from .words import ALERT_SEVERITIES, ANSWERS, GREY, NONE, PURPLE, SEVERITIES, STATES, steps

SEVERITY_WORDS = ("critical", "high", "medium", "low")
SINCE = of_installation("check_last_transition_timestamp_seconds")
EXPORTER_LINK = {"title": "Exporter health", "targetBlank": False,
                 "url": f"/d/{BOARDS['exporter']}?${{__url_time_range}}&${{datasource:queryparam}}"
                        "&${job:queryparam}&var-instance=${__field.labels.instance}"}


def answers():
    return stat(
        "Exporter", "Whether the last scrape of each exporter worked. DOWN: everything below is old or missing; go to "
        "Exporter health and to the runbook of ExporterAbsent first.",
        [now(of_process("up"), "{{instance}}")],
        fields("none", ANSWERS, thresholds=steps("text"), noValue="no scrape", links=[EXPORTER_LINK]))


def age():
    return stat(
        "Verdicts are from", "How long ago the exporter published the verdicts that this board shows. Red: it no "
        "longer judges, so nothing here can be trusted to be current.",
        [now(f"time() - {of_exporter('snapshot_timestamp_seconds')}", "{{instance}}")],
        fields("s", decimals=0, thresholds=steps("green", (300, "orange"), (600, "red")), noValue="no data",
               links=[EXPORTER_LINK]))


def score():
    return stat(
        "Score", "Weighted share of passing checks among those that pass or fail (critical 8, high 4, medium 2, low "
        "1), waived failures counted as failures. Read it beside the coverage: what is unknown is in neither.",
        [now(of_installation("score_ratio"), "{{installation}}")],
        fields("percentunit", decimals=1, min=0, max=1, noValue="nothing judged",
               thresholds=steps("red", (0.8, "orange"), (0.95, "yellow"), (1, "green"))))


def coverage():
    return stat(
        "Coverage", "Share of the checks with a verdict among those that concern the installation. What is missing is "
        "unknown, and unknown is not good: give the exporter the evidence, or repair the source that it lost.",
        [now(of_installation("coverage_ratio"), "{{installation}}")],
        fields("percentunit", decimals=1, min=0, max=1, noValue="nothing judged", links=[EXPORTER_LINK],
               thresholds=steps(PURPLE, (0.5, "orange"), (0.8, "yellow"), (0.95, "green"))))


def oldest():
    unwaived = f"{described(state())} == 4"
    return stat(
        "Oldest failure began", "When the failure that has lasted longest, and that no waiver covers, began. Failures "
        "that were there when the history began have no known start and do not count here; the table shows them.",
        [now("min by (installation) (" + milliseconds(where(SINCE, unwaived)) + ")", "{{installation}}")],
        fields("dateTimeFromNow", noValue="no start known", thresholds=steps("orange")))


def counted(title, description, number, colour):
    """A number of checks in one state by severity, worst first; 0 is grey, since it may be that nothing is known."""
    targets = [now("sum(" + described(f"{state()} == bool {number}", f'severity="{word}"') + ")", word)
               for word in SEVERITY_WORDS]
    return stat(title, description, targets,
                fields("none", NONE, noValue="no data", thresholds=steps(GREY, (1, colour))))


def firing():
    labels = "severity, alertname, installation, check, component, source, waiver"
    return table(
        "Alerts that fire", "Alerts of the shipped rules (deploy/prometheus/rules.yaml) that fire now, those about the "
        "exporter itself included. Empty: none fires, or Prometheus has not loaded the rules.",
        [rows_of(milliseconds(f"max by ({labels}) ({alerting_since()} and ignoring (alertstate) {alerts()})"))],
        {"severity": "Severity", "alertname": "Alert", "installation": "Installation", "check": "Check",
         "component": "Component", "source": "Source", "waiver": "Waiver", "Value": "Since"},
        overrides=[coloured("Severity", ALERT_SEVERITIES, custom_width=90),
                   override("Alert", links=[RUNBOOK_LINK]), override("Check", links=[CHECK_LINK]),
                   override("Since", unit="dateTimeFromNow")],
        sort_by=[{"displayName": "Severity", "desc": False}])


def unknown_reasons():
    reasons = described(of_installation("check_unknown_reason"))
    return bar_gauge(
        "Why checks are unknown", "Checks without a verdict by the reason. not_configured: give the exporter that "
        "evidence. pending: it has just started. Any other reason: evidence that is configured could not be read; the "
        "sources on Exporter health say which.",
        [now(f"sort_desc(count by (reason) ({reasons}))", "{{reason}}")],
        fields("none", thresholds=steps(PURPLE), min=0, noValue="nothing is unknown"))


def checks_table():
    findings = f"sum by ({EVERY_CHECK}) ({of_installation('check_findings')})"
    last = of_installation("check_last_evaluated_timestamp_seconds")
    return table(
        "All checks", "Every check of every installation, failures first, then waived failures, then what is unknown. "
        "Choose a check to see it over time and to come to its findings. Without a time under Since it was so when "
        "the history began.",
        [rows_of(described(expression)) for expression in (
            state(), milliseconds(SINCE), findings, milliseconds(last))],
        {"Value #A": "State", "severity": "Severity", "installation": "Installation", "check": "Check",
         "title": "What should hold", "area": "Area", "Value #B": "Since", "Value #C": "Findings",
         "Value #D": "Last verdict"},
        overrides=[coloured("State", STATES, custom_width=120), coloured("Severity", SEVERITIES, custom_width=90),
                   override("Check", links=[CHECK_LINK], custom_width=290),
                   override("Since", unit="dateTimeFromNow", noValue="before the history", custom_width=150),
                   override("Findings", unit="none", noValue="-", custom_width=80),
                   override("Last verdict", unit="dateTimeFromNow", noValue="never", custom_width=150)],
        sort_by=WORST_FIRST)


def by_component():
    findings = described(of_installation("check_findings"))
    return bar_gauge(
        "Where: findings by component", "Failing findings of the chosen checks by the component that has them, waived "
        "ones included. Components without any are left out.",
        [now(f"sort_desc(sum by (installation, component) ({findings}) > 0)", "{{installation}} {{component}}")],
        fields("none", thresholds=steps("red"), min=0, noValue="no findings"))


def by_area():
    holding = described(of_installation("check_compliant"))
    return bar_gauge(
        "What holds, by area", "Share of checks that hold among those that pass or fail, unweighted, by part of the "
        "checklist. An area of which nothing is known is missing here.",
        [now(f"sort(avg by (area) ({holding}))", "{{area}}")],
        fields("percentunit", min=0, max=1, noValue="nothing judged",
               thresholds=steps("red", (0.8, "orange"), (1, "green"))))


def waivers():
    return stat(
        "Waivers", "Waivers of all installations by state. An expired one covers nothing any more; an unused one "
        "covers no failure and can go; an invalid one names what does not exist.",
        [now(f"sum by (state) ({of_exporter('waivers')})", "{{state}}")],
        fields("none", NONE, noValue="no data", thresholds=steps(GREY, (1, "orange"))),
        overrides=[override("active", thresholds=steps(GREY, (1, "yellow"))),
                   override("expired", thresholds=steps(GREY, (1, "red"))),
                   override("invalid", thresholds=steps(GREY, (1, "red")))])


def verdicts_over_time():
    def count(*matchers):
        return of_installation("checks", 'severity=~"$severity"', *matchers)
    verdicts = {"fail": ("red", count('status="fail"', 'waived="false"')),
                "waived": ("yellow", count('status="fail"', 'waived="true"')),
                "unknown": (PURPLE, count('status="unknown"')),
                "pass": ("green", count('status="pass"')),
                "not_applicable": (GREY, count('status="not_applicable"'))}
    return timeseries(
        "Checks by verdict", "How many checks of the chosen installations and severities had which verdict; the area "
        "is not chosen from here. Growing purple is evidence that got lost.",
        [over_time(f"sum({selected})", name) for name, (_, selected) in verdicts.items()],
        lines("none", custom={"fillOpacity": 60, "lineWidth": 0,
                                       "stacking": {"mode": "normal", "group": "A"}}, min=0, decimals=0),
        overrides=[override(name, color={"mode": "fixed", "fixedColor": colour})
                   for name, (colour, _) in verdicts.items()])


def ratios_over_time():
    return timeseries(
        "Score and coverage", "A falling score with the same coverage is drift; a rising score with falling coverage "
        "is evidence of failures that got lost.",
        [over_time(of_installation("score_ratio"), "score {{installation}}"),
         over_time(of_installation("coverage_ratio"), "coverage {{installation}}")],
        lines("percentunit", min=0, max=1, decimals=1))


def timeline():
    return state_timeline(
        "State of all checks", "Each check of each installation over time. Gaps are scrapes that are missing: nothing "
        "is known of that time. A mark says when something began to fail.",
        [over_time(described(state()), "{{installation}} {{check}}")], STATES, per_page=40)


def panels():
    return arranged(
        (4, [(3, answers()), (3, age()), (5, score()), (5, coverage()), (8, oldest())]),
        (4, [(8, counted("Failing, not waived", "Checks that fail and that no waiver covers whole, by severity. "
                         "Critical: authority or secrets are exposed now.", 4, "red")),
             (8, counted("Unknown", "Checks that could not be judged, by severity. They may hold or not: nobody "
                         "knows.", 2, PURPLE)),
             (8, counted("Failing, waived", "Checks whose every failing finding somebody accepted until a date, by "
                         "severity. They do not alert; they are failures all the same.", 3, "yellow"))]),
        (8, [(14, firing()), (10, unknown_reasons())]),
        "Which checks",
        (16, [(24, checks_table())]),
        (10, [(8, by_component()), (8, by_area()), (8, waivers())]),
        "Over time",
        (9, [(12, verdicts_over_time()), (12, ratios_over_time())]),
        (34, [(24, timeline())]))


def overview():
    began = milliseconds(where(SINCE, f"{described(state())} == 4"))
    return board("overview", "What of Caracal's hardening checklist holds in each installation, what fails since when "
                 "and where, and what nobody knows.", standard_variables('installation!="exporter"'), panels(),
                 annotations=[*alert_annotations(), began_to_fail(began)])

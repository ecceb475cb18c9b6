"""Check detail: one check in each installation, over time, and the way to its findings."""

from .board import (PAGE_LINK, RUNBOOK_LINK, alert_annotations, began_to_fail, board, check_variable,
                    exporter_url_variable, link_out, standard_variables)
from .panels import (arranged, bar_gauge, bars, coloured, fields, lines, now, over_time, override, rows_of, stat,
                     state_timeline, table, timeseries)
from .queries import alerts, info, milliseconds, of_installation, state, where
from .words import ALERT_STATES, DAY, PURPLE, SEVERITIES, STATES, WAIVER, steps

ONE = 'check="$check"'
SINCE = of_installation("check_last_transition_timestamp_seconds", ONE)
LAST = of_installation("check_last_evaluated_timestamp_seconds", ONE)
CHANGES = of_installation("check_transitions_total", ONE)
FINDINGS = of_installation("check_findings", ONE)


def meaning():
    return table(
        "What should hold", "The check, as the catalogue has it, with the severity that the site configured. Its "
        "remediation stands on the exporter's page, to which the check leads.",
        [rows_of(f"max by (check, area, severity, title) ({info(ONE)})")],
        {"check": "Check", "title": "What should hold", "severity": "Severity", "area": "Area"},
        overrides=[coloured("Severity", SEVERITIES, custom_width=90), override("Check", links=[PAGE_LINK])])


def standing():
    return stat(
        "State now", "The state in each installation. A waived failure is still a failure; UNKNOWN may hold or not. "
        "The value leads to the findings on the exporter's page.",
        [now(state(ONE), "{{installation}}")],
        fields("none", STATES, noValue="no data", thresholds=steps("text"), links=[PAGE_LINK]))


def since():
    return stat(
        "Since", "When the present state of the check began in each installation. Missing: it was so when the history "
        "began, and nobody knows since when.",
        [now(milliseconds(SINCE), "{{installation}}")],
        fields("dateTimeFromNow", noValue="before the history", thresholds=steps("blue")))


def last_evaluated():
    return stat(
        "Last evaluated", "When the check last had a definite verdict, pass or fail, in each installation. Long ago: "
        "it is unknown now, or the exporter no longer judges.",
        [now(milliseconds(LAST), "{{installation}}")],
        fields("dateTimeFromNow", noValue="never", thresholds=steps("blue")))


def timeline():
    return state_timeline(
        "State over time", "The state in each installation. Gaps are scrapes that are missing. The marks are alerts "
        "and the instants at which it began to fail.",
        [over_time(state(ONE), "{{installation}}")], STATES)


def findings_over_time():
    return timeseries(
        "Findings by component", "Failing findings in each component; 0 is a component that was judged and is clean, "
        "and one that could not be judged has no curve.",
        [over_time(FINDINGS, "{{installation}} {{component}}")],
        lines("none", custom={"lineInterpolation": "stepAfter"}, min=0, decimals=0))


def transitions():
    return timeseries(
        "Transitions", "Changes of state about each point in time. Many of them are flapping: an endpoint that "
        "answers now and then, or a file that two tools write in turn.",
        [over_time(f"increase({CHANGES}[$__rate_interval])", "{{installation}}")], bars("none", min=0, decimals=0))


def findings_now():
    return bar_gauge(
        "Findings now", "Failing findings in each component now, waived ones included. File, line and what to do "
        "stand on the exporter's page.",
        [now(f"sort_desc({FINDINGS})", "{{installation}} {{component}}")],
        fields("none", min=0, noValue="no component was judged", links=[PAGE_LINK],
               thresholds=steps("green", (1, "red"))))


def transition_count():
    return stat(
        "Transitions in this time", "How often the state changed in the chosen time; the increase is extrapolated, so "
        "it may be off by one.",
        [now(f"increase({CHANGES}[$__range])", "{{installation}}")],
        fields("none", decimals=0, noValue="no data", thresholds=steps("blue", (6, "orange"))))


def waiver():
    return table(
        "Waivers of this check", "Who accepted the failure stands in the waivers file; here is which waiver and until "
        "when. Empty: no waiver names this check. An active waiver silences alerts; it does not change the verdict.",
        [rows_of(of_installation("waiver_active", ONE)),
         rows_of(f"{of_installation('waiver_expiry_timestamp_seconds', ONE)} - time()"),
         rows_of(milliseconds(of_installation("waiver_expiry_timestamp_seconds", ONE)))],
        {"waiver": "Waiver", "installation": "Installation", "Value #A": "State", "Value #B": "Time left",
         "Value #C": "Ends"}, hidden=["check"],
        overrides=[coloured("State", WAIVER, custom_width=90), override("Ends", unit="dateTimeAsIso"),
                   override("Time left", unit="dtdurations", decimals=0, custom_cellOptions={"type": "color-text"},
                            thresholds=steps("red", (0, "orange"), (14 * DAY, "text")))])


def unknown_reasons():
    return table(
        "Why it is unknown", "The reasons for which no verdict is possible now. Empty: it is known in every chosen "
        "installation. The runbook of CheckUnknown says what helps for each reason.",
        [rows_of(of_installation("check_unknown_reason", ONE))],
        {"installation": "Installation", "reason": "Reason"}, hidden=["check"],
        overrides=[override("Reason", links=[RUNBOOK_LINK], custom_cellOptions={"type": "color-text"},
                            color={"mode": "fixed", "fixedColor": PURPLE})])


def alert_timeline():
    return state_timeline(
        "Alerts about this check", "Alerts of the shipped rules that fired for this check. Empty: none did in this "
        "time, a waiver covers it, or Prometheus has not loaded the rules.",
        [over_time(f"max by (alertname, severity, installation) ({alerts(ONE)})",
                   "{{alertname}} {{severity}} {{installation}}")], ALERT_STATES)


def panels():
    return arranged(
        (3, [(24, meaning())]),
        (4, [(8, standing()), (6, since()), (6, last_evaluated()), (4, transition_count())]),
        (7, [(24, timeline())]),
        (8, [(8, findings_now()), (8, waiver()), (8, unknown_reasons())]),
        "Over time",
        (9, [(12, findings_over_time()), (12, transitions())]),
        (7, [(24, alert_timeline())]))


def check_detail():
    began = milliseconds(where(SINCE, f"{state(ONE)} == 4"))
    return board("check", "One row of the hardening checklist in each installation: its state over time, its findings "
                 "by component, its waivers, and the way to the exporter's page.",
                 [*standard_variables(), check_variable(), exporter_url_variable()], panels(), since="now-7d",
                 annotations=[*alert_annotations(ONE), began_to_fail(began)],
                 links=[link_out("This check on the exporter's page", PAGE_LINK["url"])])

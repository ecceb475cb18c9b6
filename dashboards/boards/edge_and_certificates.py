"""Edge and certificates: what endpoints offer, how long certificates last, and what answers outside."""

from .board import CHECK_LINK, alert_annotations, board, standard_variables
from .panels import (TABLE, WORST_FIRST, arranged, bar_gauge, coloured, fields, lines, now, over_time, override, panel,
                     rows_of, stat, state_timeline, table, timeseries)
from .queries import described, milliseconds, of_exporter, of_installation, state
from .words import DAY, GOOD_PROTOCOL, GREY, NONE, READ, SEVERITIES, STATES, WEAK_PROTOCOL, steps

WEAK = ("SSLv3", "TLSv1.0", "TLSv1.1")
PROTOCOLS = (*WEAK, "TLSv1.2", "TLSv1.3")
NOT_AFTER = of_installation("tls_certificate_not_after_timestamp_seconds")
OFFERED = of_installation("tls_protocol_offered")
SECRET_CHANGED = of_installation("secret_changed_timestamp_seconds")
WEB_EDGE = 'area="web-edge"'
EXPOSED = 'area=~"internal-services|metrics-access|network-policy"'
LIFETIME = steps("red", (7 * DAY, "orange"), (21 * DAY, "yellow"), (30 * DAY, "green"))


def protocol_matrix():
    """Rows are endpoints, columns protocols; what could not be determined is purple, not empty."""
    offered = f"max by (installation, component, protocol) ({OFFERED})"
    endpoint = f'label_join({offered}, "endpoint", " ", "installation", "component")'
    corner = "endpoint\\protocol"
    order = {name: index for index, name in enumerate((corner, *PROTOCOLS))}
    matrix = [{"id": "groupingToMatrix", "options": {"rowField": "endpoint", "columnField": "protocol",
                                                     "valueField": "Value", "emptyValue": "null"}},
              {"id": "organize", "options": {"excludeByName": {}, "indexByName": order,
                                             "renameByName": {corner: "Endpoint"}}}]
    shown = fields("none", custom={"align": "auto", "cellOptions": {"type": "auto"}, "inspect": False})
    return panel(
        "table", "TLS protocols that endpoints take", "OFFERED: an endpoint takes a protocol that is broken, and a "
        "client can be talked into it; switch it off where TLS is terminated. not known: the probe could not find "
        "out, which is not good either.", [rows_of(endpoint)], shown, TABLE, transformations=matrix,
        overrides=[coloured(name, WEAK_PROTOCOL if name in WEAK else GOOD_PROTOCOL) for name in PROTOCOLS])


def certificate_table():
    return table(
        "Certificates", "The earliest expiry on the certificate path of each endpoint: its own certificate or one "
        "above it. An endpoint that is missing here was never reached over TLS.",
        [rows_of(f"{NOT_AFTER} - time()"), rows_of(milliseconds(NOT_AFTER))],
        {"installation": "Installation", "component": "Component", "Value #A": "Time left", "Value #B": "Expires"},
        overrides=[override("Expires", unit="dateTimeAsIso"),
                   override("Time left", unit="dtdurations", decimals=0, thresholds=LIFETIME,
                            custom_cellOptions={"type": "color-background", "mode": "basic"})],
        sort_by=[{"displayName": "Time left", "desc": False}])


def soonest():
    return stat(
        "Next certificate ends in", "The shortest remaining life of all chosen endpoints. Orange below 21 days, red "
        "below 7: renew by hand and find out why it was not renewed by itself.",
        [now(f"min by (installation) ({NOT_AFTER}) - time()", "{{installation}}")],
        fields("dtdurations", decimals=0, noValue="no certificate seen", thresholds=LIFETIME))


def weak_count():
    weak = of_installation("tls_protocol_offered", 'protocol=~"SSLv3|TLSv1[.]0|TLSv1[.]1"')
    return stat(
        "Weak protocols offered", "Pairs of endpoint and broken protocol that are offered. None is grey, not green: "
        "what could not be determined does not count.",
        [now(f"sum by (installation) ({weak})", "{{installation}}")],
        fields("none", NONE, noValue="no endpoint asked", thresholds=steps(GREY, (1, "red"))))


def probed():
    return stat(
        "Probed sources", "Whether what is asked over the network answered at the last attempt. NOT READ: the rows "
        "that need it are unknown.",
        [now(of_installation("source_up", 'source=~"endpoint|dns|exposure|datastore"'), "{{installation}} {{source}}")],
        fields("none", READ, noValue="nothing is probed", thresholds=steps("text")))


def horizon():
    return timeseries(
        "Certificate horizon", "Remaining life of each certificate path. A curve that jumps up was renewed; one that "
        "falls through 21 days was forgotten.",
        [over_time(f"{NOT_AFTER} - time()", "{{installation}} {{component}}")],
        lines("dtdurations", custom={"thresholdsStyle": {"mode": "line"}}, thresholds=LIFETIME, min=0, decimals=0))


def protocol_timeline():
    return state_timeline(
        "Weak protocols over time", "When each endpoint took broken protocols. Gaps: it could not be determined.",
        [over_time(of_installation("tls_protocol_offered", 'protocol=~"SSLv3|TLSv1[.]0|TLSv1[.]1"'),
                   "{{installation}} {{component}} {{protocol}}")], WEAK_PROTOCOL)


def state_table(title, description, matcher):
    return table(
        title, description, [rows_of(described(state(), matcher))],
        {"Value": "State", "severity": "Severity", "installation": "Installation", "check": "Check",
         "title": "What should hold", "area": "Area"},
        overrides=[coloured("State", STATES, custom_width=120), coloured("Severity", SEVERITIES, custom_width=90),
                   override("Check", links=[CHECK_LINK], custom_width=280)],
        sort_by=WORST_FIRST)


def secrets():
    return bar_gauge(
        "Secrets: time since the last change", "Age of each secret file, by its logical name, for evidence of "
        "rotation. The limit is the site's (90 days unless configured); secrets-rotation-age judges it.",
        [now(f"sort_desc(time() - {SECRET_CHANGED})", "{{installation}} {{secret}}")],
        fields("s", min=0, decimals=0, noValue="no secret file read",
               thresholds=steps("green", (60 * DAY, "yellow"), (90 * DAY, "orange"))))


def exposure_time():
    slow = of_exporter("probe_duration_seconds_bucket", 'source=~"endpoint|exposure"')
    return timeseries(
        "Time that probes take", "99th percentile of one probe of an endpoint, or of a port that must not answer. "
        "Ports that are filtered take the whole timeout.",
        [over_time(f"histogram_quantile(0.99, sum by (le, source) (rate({slow}[$__rate_interval])))", "{{source}}")],
        lines("s", min=0))


def panels():
    return arranged(
        (4, [(8, soonest()), (6, weak_count()), (10, probed())]),
        (9, [(14, protocol_matrix()), (10, certificate_table())]),
        (9, [(12, horizon()), (12, protocol_timeline())]),
        "The console's edge",
        (12, [(24, state_table("Web edge", "What browsers and strangers get from the console. These rows need the web "
                               "endpoint; UNKNOWN with not_configured means that nobody told the exporter its "
                               "address.", WEB_EDGE))]),
        (16, [(24, state_timeline("Web edge over time", "The rows above over time. A change at the minute of a "
                                  "deployment is a proxy that lost its headers.",
                                  [over_time(described(state(), WEB_EDGE), "{{installation}} {{check}}")], STATES))]),
        "Exposure",
        (12, [(24, state_table("What must not answer", "Ports, metrics and networks that strangers must not reach: "
                               "internal services, metrics and network policies.", EXPOSED))]),
        (9, [(14, secrets()), (10, exposure_time())]))


def edge_and_certificates():
    matcher = 'check=~"(external-tls|web-edge|internal-services|metrics-access|network-policy|secrets)-.+"'
    return board("edge", "What the public endpoints offer, how long certificates last, and what answers that must "
                 "not.", standard_variables('installation!="exporter"'), panels(), since="now-7d",
                 annotations=alert_annotations(matcher))

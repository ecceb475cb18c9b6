"""PromQL that several boards ask. Selectors name job and instance: several exporters may publish the same check."""

PREFIX = "caracal_compliance_"
TARGET = ('job=~"$job"', 'instance=~"$instance"')
EVERY_CHECK = "job, instance, installation, check"
# Alerts about the exporter itself carry no installation or its reserved name, and ExporterAbsent no instance.
ALERTS = ('alertname=~"CaracalCompliance.+"', 'job=~"$job"', 'installation=~"$installation|exporter|"')


def selector(name, *matchers):
    return f"{name}{{{', '.join(matchers)}}}"


def of_exporter(family, *matchers):
    """A family that is about the exporter as a whole."""
    return selector(PREFIX + family, *TARGET, *matchers)


def of_installation(family, *matchers):
    return selector(PREFIX + family, *TARGET, 'installation=~"$installation"', *matchers)


def of_process(family):
    """What Prometheus and every process say of themselves."""
    return selector(family, *TARGET)


def alerts(*matchers):
    return selector("ALERTS", *ALERTS, 'alertstate="firing"', *matchers)


def alerting_since(*matchers):
    """Since when the condition of each alert has held, in seconds since 1970."""
    return selector("ALERTS_FOR_STATE", *ALERTS, *matchers)


def info(*matchers):
    """check_info of the chosen severities and areas."""
    return of_exporter("check_info", 'severity=~"$severity"', 'area=~"$area"', *matchers)


def described(expression, *matchers):
    """`expression` of checks with area, severity and title, of the chosen ones alone."""
    return f"({expression}) * on (job, instance, check) group_left (area, severity, title) {info(*matchers)}"


def own(family, *matchers):
    """What the exporter says of its own posture: a reserved name that no installation can have."""
    return of_exporter(family, 'installation="exporter"', *matchers)


def state(*matchers, family=of_installation):
    """The state of each check as words.STATES counts: a waived failure is 3, any other 4."""
    def status(name):
        return family("check_status", f'status="{name}"', *matchers)
    return (f"sum without (status) (4 * {status('fail')} or 2 * {status('unknown')} or {status('not_applicable')})"
            f" - on ({EVERY_CHECK}) {family('check_waived', *matchers)}")


def milliseconds(expression):
    """Seconds since 1970 as Grafana's dates count."""
    return f"1000 * {expression}"


def where(expression, condition):
    return f"{expression} and on ({EVERY_CHECK}) ({condition})"


def quantile(share, family, window, *by):
    """A quantile of a histogram; rare events need a long window."""
    function = "rate" if window == "$__rate_interval" else "increase"
    labels = ", ".join(("le", *by))
    return f"histogram_quantile({share}, sum by ({labels}) ({function}({of_exporter(family + '_bucket')}[{window}])))"


def buckets(family):
    return f"sum by (le) (increase({of_exporter(family + '_bucket')}[$__rate_interval]))"

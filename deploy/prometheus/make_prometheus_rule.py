#!/usr/bin/env python3
"""Writes rules.yaml as a PrometheusRule, the form that the Prometheus Operator loads.

Without options it writes prometheus-rule.yaml beside itself, which is kept in the repository and tested to be fresh.
With options it fits the rules to a site: the scrape job's name, the exporter's interval, where the runbook lies."""

import argparse
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
JOB = "caracal-compliance"
INTERVAL = 60
RUNBOOK = "https://runbooks.example.com/caracal-compliance/runbook.md"

HEAD = """\
# Written by make_prometheus_rule.py from rules.yaml: change that file, not this one.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: caracal-compliance
  labels:
    app.kubernetes.io/name: caracal-compliance-exporter
    app.kubernetes.io/part-of: caracal
spec:
"""


def replaced(text, old, new):
    """`text` with `old` replaced; a rule file without it would silently keep what the site does not have."""
    if old not in text:
        raise SystemExit(f"make_prometheus_rule: rules.yaml no longer says {old}")
    return text.replace(old, new)


def for_site(rules, options):
    rules = replaced(rules, f'job="{JOB}"', f'job="{options.job}"')
    rules = replaced(rules, f"vector({INTERVAL})", f"vector({options.interval})")
    return replaced(rules, RUNBOOK, options.runbook)


def prometheus_rule(rules):
    """The resource: the groups as they stand in `rules`, comments among them included, two columns further in."""
    groups = rules[rules.index("groups:\n"):]
    return HEAD + re.sub(r"^(?=.)", "  ", groups, flags=re.M)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--job", default=JOB, help="name of the scrape job of the exporter (%(default)s)")
    parser.add_argument("--interval", default=INTERVAL, type=int,
                        help="interval of the exporter's configuration, in seconds (%(default)s)")
    parser.add_argument("--runbook", default=RUNBOOK, help="address under which runbook.md is served (%(default)s)")
    parser.add_argument("--output", default=HERE / "prometheus-rule.yaml", type=pathlib.Path,
                        help="file to write, - for stdout (prometheus-rule.yaml beside this program)")
    return parser.parse_args()


def main():
    options = parse_options()
    text = prometheus_rule(for_site((HERE / "rules.yaml").read_text(), options))
    if str(options.output) == "-":
        print(text, end="")
    else:
        options.output.write_text(text)


if __name__ == "__main__":
    main()

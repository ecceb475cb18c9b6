#!/usr/bin/env python3
"""Writes the boards as JSON for Grafana, one file each, beside itself; the files are kept in the repository and tested
to be fresh. With options it fits them to a site: where a browser reaches the exporter, where the runbook lies."""

import argparse
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True  # the directory is mounted into Grafana

from boards import board  # noqa: E402
from boards.check_detail import check_detail  # noqa: E402
from boards.edge_and_certificates import edge_and_certificates  # noqa: E402
from boards.exporter_health import exporter_health  # noqa: E402
from boards.overview import overview  # noqa: E402

FILES = {"compliance-overview": overview, "check-detail": check_detail,
         "edge-and-certificates": edge_and_certificates, "exporter-health": exporter_health}


def for_site(text, options):
    return text.replace(board.EXPORTER_URL, options.exporter).replace(board.RUNBOOK, options.runbook)


def parse_options():
    parser = argparse.ArgumentParser(description="Writes the boards as JSON for Grafana.")
    parser.add_argument("--exporter", default=board.EXPORTER_URL,
                        help="address under which a browser reaches the exporter (%(default)s)")
    parser.add_argument("--runbook", default=board.RUNBOOK,
                        help="address under which runbook.md is served (%(default)s)")
    parser.add_argument("--output", default=HERE, type=pathlib.Path, help="directory to write to (beside this program)")
    return parser.parse_args()


def main():
    options = parse_options()
    options.output.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        text = json.dumps(make(), indent=2, ensure_ascii=False) + "\n"
        (options.output / f"{name}.json").write_text(for_site(text, options))


if __name__ == "__main__":
    main()

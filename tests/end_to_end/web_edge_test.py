"""Every web-edge row; judged on every recorded variant of both releases of the console.

expected_web_edge.tsv says what each row has to say of each variant; `*` stands for anything, and of several lines that
fit, the last one holds. The table follows from the facts, not from what the program says: a changed verdict is a
decision. The same table holds for the recordings, where they are there, and for the stand-in that behaves as the facts
say."""

import csv
import fnmatch
import pathlib
import socket
import unittest

from probing import WEB_ROWS, Probing, named
import recorded_console
from console_variants import BOTH, SESSION, VARIANTS

HERE = pathlib.Path(__file__).resolve().parent


def expected():
    """{(release, variant): {row: verdict}}"""
    with open(HERE / "expected_web_edge.tsv", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    table = {}
    for release in BOTH:
        for variant in (name for name, one in VARIANTS.items() if release in one.releases):
            rows = table.setdefault((release, variant), {})
            for line in lines:
                if not (line["release"] in ("*", release) and fnmatch.fnmatchcase(variant, line["variant"])):
                    continue
                reason = f": {line['reason']}" if line["reason"] else ""
                rows.update({row: line["verdict"] + reason for row in WEB_ROWS
                             if fnmatch.fnmatchcase(row, line["row"])})
    return table


def refusing_address():
    """An address at which nobody listens: the port stays bound, so that nobody else takes it."""
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    return holder, "127.0.0.1:%d" % holder.getsockname()[1]


class Variants(Probing):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.cookie = self.write("session-cookie", f"__Secure-better-auth.session_token={SESSION}\n", 0o600)
        holder, self.nobody = refusing_address()
        self.addCleanup(holder.close)

    def installation(self, release, name, console, plain_port):
        variant = VARIANTS[name]
        web = self.web(self.door(console), replicas=variant.replicas)
        if release in variant.refused_by:
            web["connect_to"] = self.nobody
        if plain_port:
            web["connect_to_http"] = self.server.open(plain_port).address
        if variant.settings.get("session"):
            web["session_cookie_file"] = str(self.cookie)
        return {"endpoints": {"web": web}, "split_origins": list(variant.split_origins)}

    def compare(self, recorded):
        table = expected()
        installations = {}
        for release, name in table:
            variant = VARIANTS[name]
            consoles = ((recorded_console.console_for(release, name), recorded_console.plain_port_for(release, name))
                        if recorded else (variant.console(release), variant.plain_port(release)))
            installations[named(f"{release} {name}")] = self.installation(release, name, *consoles)
        judged = self.judge(installations)
        different = [f"{release} {name} {row}: expected {verdict}; judged {judged[named(f'{release} {name}')].get(row)}"
                     for (release, name), rows in table.items() for row, verdict in rows.items()
                     if judged[named(f"{release} {name}")].get(row) != verdict]
        self.assertEqual(different, [])

    def test_the_console_as_the_facts_say(self):
        self.compare(recorded=False)

    @unittest.skipUnless(recorded_console.available(), "../shared/data/caracal-recorded is not there")
    def test_the_console_as_it_was_recorded(self):
        self.compare(recorded=True)


class Table(unittest.TestCase):
    def test_says_something_of_every_row_of_every_variant(self):
        for key, rows in expected().items():
            self.assertEqual(sorted(rows), sorted(WEB_ROWS), key)


if __name__ == "__main__":
    unittest.main()

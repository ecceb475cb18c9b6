"""Compares the expected verdicts of the whole TLS matrix with those of testssl.sh; takes some minutes.

Prints a table, which is kept in testssl_comparison.txt. Ends with 1 when a cell deviates for no known reason."""

import concurrent.futures
import csv
import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent / "tls"
sys.path.insert(0, str(HERE))

import servers  # noqa: E402
import testssl  # noqa: E402

# (server, row) -> why testssl.sh comes to something else.
DEVIATIONS = {}


def cell(ours, theirs, reason):
    if testssl.agree(ours, theirs):
        return ours
    return f"{ours} / {theirs}" + (f" [{reason}]" if reason else " [?]")


def main():
    with open(HERE / "expected.tsv", newline="") as table:
        expected = {row.pop("server"): row for row in csv.DictReader(table, delimiter="\t")}
    place = pathlib.Path(tempfile.mkdtemp(prefix="compliance-testssl-"))
    matrix = servers.Matrix(place)
    try:
        with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
            findings = pool.map(lambda server: testssl.ask(server, matrix.certificates.root.certificate, place),
                                matrix.servers.values())
            opinions = dict(zip(matrix.servers, map(testssl.verdicts, findings)))
    finally:
        matrix.end()
        shutil.rmtree(place)
    return print_table(expected, opinions)


def print_table(expected, opinions):
    reasons = list(dict.fromkeys(DEVIATIONS.values()))
    unexplained = 0
    print("\t".join(["server", *testssl.ROWS]))
    for name, theirs in opinions.items():
        cells = []
        for row in testssl.ROWS:
            reason = DEVIATIONS.get((name, row))
            cells.append(cell(expected[name][row], theirs[row], reason and reasons.index(reason) + 1))
            unexplained += cells[-1].endswith("[?]")
        print("\t".join([name, *cells]))
    for number, reason in enumerate(reasons, 1):
        print(f"[{number}] {reason}")
    print(f"{unexplained} cells deviate for no known reason.")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())

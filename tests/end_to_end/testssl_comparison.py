"""Compares the expected verdicts of the whole TLS matrix with those of testssl.sh; takes half an hour on two cores.

Prints a table, which is kept in testssl_comparison.txt. Ends with 1 when a cell deviates for no known reason."""

import concurrent.futures
import csv
import pathlib
import shutil
import signal
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent / "tls"
sys.path.insert(0, str(HERE))

import matrix  # noqa: E402
import testssl  # noqa: E402

CERTIFICATE_ROWS = ("handshake", "certificate-expiry", "certificate-strength")
# Why testssl.sh comes to something else, and where.
DEVIATIONS = [
    ("the ordinary handshake finds no protocol or suite in common, so that no certificate is proven; testssl.sh reads "
     "one from an answer to a hello of its own", CERTIFICATE_ROWS,
     ("ssl3-alone", "null-alone", "rc4-alone", "triple-des-in-tls1.0", "export-des", "java-null-with-ecdhe")),
    ("without a handshake nothing is known of forward secrecy, which testssl.sh -s does not ask", ("cipher-suites",),
     ("ssl3-alone", "resets-within-certificate")),
    ("testssl.sh -s does not ask for forward secrecy", ("cipher-suites",), ("no-forward-secrecy",)),
    ("a certificate that lives for days may end within days: a fifth of its life is enough", ("certificate-expiry",),
     ("short-lived",)),
    ("testssl.sh reads only the end of the certificate's life", ("certificate-expiry",), ("not-yet-valid",)),
    ("testssl.sh reads the dates and the signature of the first certificate alone",
     ("certificate-expiry", "certificate-strength"), ("expired-intermediate", "sha-1-intermediate")),
    ("testssl.sh judges no key usage", ("certificate-strength",), ("client-usage",)),
    ("suites that hardly any server ever had are offered among weak ones alone, not with a protocol",
     ("protocol-versions",), ("stand-in-kerberos-rc4", "stand-in-export1024", "stand-in-fixed-dh-3des")),
]


def number_of_reason(server, row):
    return next((number for number, (_, rows, names) in enumerate(DEVIATIONS, 1) if row in rows and server in names),
                None)


def cell(server, row, ours, theirs):
    if testssl.agree(ours, theirs):
        return ours
    return f"{ours} / {theirs} [{number_of_reason(server, row) or '?'}]"


def print_table(expected, opinions):
    unexplained = 0
    print("server", *testssl.ROWS, sep="\t")
    for server, theirs in opinions.items():
        cells = [cell(server, row, expected[server][row], theirs[row]) for row in testssl.ROWS]
        unexplained += sum(text.endswith("[?]") for text in cells)
        print(server, *cells, sep="\t")
    print("\nOne verdict: both come to it. Two: the exporter's, that of testssl.sh, and why they differ:")
    for number, (reason, _, _) in enumerate(DEVIATIONS, 1):
        print(f"[{number}] {reason}.")
    print(f"{unexplained} cells deviate for no known reason.")
    return 1 if unexplained else 0


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # ends the servers too
    with open(HERE / "expected.tsv", newline="") as table:
        expected = {row.pop("server"): row for row in csv.DictReader(table, delimiter="\t")}
    place = pathlib.Path(tempfile.mkdtemp(prefix="compliance-testssl-"))
    at_work = matrix.Matrix(place)
    try:
        with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
            findings = pool.map(lambda server: testssl.ask(server, at_work.certificates.root.certificate, place),
                                at_work.servers.values())
            opinions = dict(zip(at_work.servers, map(testssl.verdicts, findings)))
    finally:
        at_work.end()
        shutil.rmtree(place)
    return print_table(expected, opinions)


if __name__ == "__main__":
    sys.exit(main())

"""What testssl.sh -p -s -S says of a server, in the words of the matrix.

testssl.sh judges less: it looks at the first certificate alone, knows no key usage and warns of the end of a
certificate by days alone. Where it comes to another verdict, testssl_comparison.py says why."""

import json
import os
import re
import shutil
import subprocess

ROWS = ("handshake", "protocol-versions", "cipher-suites", "certificate-expiry", "certificate-strength")
OLD = ("SSLv2", "SSLv3", "TLS1", "TLS1_1")
CURRENT = ("TLS1_2", "TLS1_3")
WEAK_LISTS = ("cipherlist_NULL", "cipherlist_aNULL", "cipherlist_EXPORT", "cipherlist_LOW", "cipherlist_3DES_IDEA")
SILENT = "says nothing"
MIN_DAYS = 21  # certificate_min_validity
LEAST_BITS = {"RSA": 2048, "EC": 256}


def program():
    """Debian calls it testssl."""
    found = shutil.which("testssl") or shutil.which("testssl.sh")
    if found is None:
        raise AssertionError("the comparison needs testssl (package testssl.sh)")
    return found


def ask(server, root, directory, timeout=600):
    """Its findings by id, those of a server with several certificates under the first one's."""
    report = directory / f"testssl-{server.name}.json"
    report.unlink(missing_ok=True)
    address = f"[{server.address}]" if ":" in server.address else server.address
    command = [program(), "-p", "-s", "-S", "--quiet", "--color", "0", "--warnings", "off", "--nodns", "none",
               *(["-6"] if ":" in server.address else []), "--openssl-timeout", "5", "--add-ca", root, "--jsonfile", report, "--ip", address,
               f"https://{server.host}:{server.port}"]
    with open(directory / f"testssl-{server.name}.log", "wb") as log:
        try:
            subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                           timeout=timeout, env=dict(os.environ, HEADER_MAXSLEEP="3", MAX_WAITSOCK="5", OPENSSL_CONF="/dev/null"))
        except subprocess.TimeoutExpired:
            return {}
    findings = {}
    for entry in read_report(report):
        findings.setdefault(re.sub(r" <.*>$", "", entry["id"]), entry["finding"])
    return findings


def read_report(path):
    """The entries; a run that was broken off leaves no whole JSON, and nothing is known then."""
    try:
        return json.loads(path.read_text("utf-8", "replace"))
    except (OSError, json.JSONDecodeError):
        return []


def offered(findings, name):
    return findings.get(name, "").startswith("offered")


def of_protocols(findings):
    if any(offered(findings, name) for name in OLD):
        return "fail"
    return "pass" if any(offered(findings, name) for name in CURRENT) else SILENT


def of_suites(findings):
    if any(offered(findings, name) for name in WEAK_LISTS):
        return "fail"
    known = all(name in findings for name in WEAK_LISTS)
    return "pass" if known and of_protocols(findings) != SILENT else SILENT


def of_trust(findings):
    if "cert_chain_of_trust" not in findings:
        return SILENT
    sound = (findings["cert_chain_of_trust"].startswith("passed") and "via SAN" in findings.get("cert_trust", "")
             and "expired" not in findings.get("cert_expirationStatus", "expired"))
    return "pass" if sound else "fail"


def of_expiry(findings):
    status = findings.get("cert_expirationStatus")
    if status is None:
        return SILENT
    days = re.search(r"\((\d+)\)|(\d+) >= ", status)
    return "pass" if days and int(days.group(1) or days.group(2)) >= MIN_DAYS else "fail"


def of_strength(findings):
    size = re.match(r"(\w+) (\d+) bits", findings.get("cert_keySize", ""))
    signature = findings.get("cert_signatureAlgorithm")
    if signature is None:
        return SILENT
    if "SHA1" in signature or "MD5" in signature:
        return "fail"
    return "fail" if size and int(size.group(2)) < LEAST_BITS.get(size.group(1), 0) else "pass"


def verdicts(findings):
    return dict(zip(ROWS, (of_trust(findings), of_protocols(findings), of_suites(findings), of_expiry(findings),
                           of_strength(findings))))


def agree(ours, theirs):
    """Unknown and silence are the same; so is a verdict where the other cannot know."""
    return ours == theirs or (ours.startswith("unknown") and theirs == SILENT)

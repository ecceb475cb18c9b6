#!/usr/bin/env python3
"""Resident memory of the daemon with the demo's installation and a history on disk, and the time from its start to the first snapshot.

Usage: daemon_figures.py PROGRAM. Prints both; the README quotes them."""

import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parents[2]
ROUNDS = 10


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ready(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/-/ready", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def one_round(program, installation, token):
    state = installation.parent / "state.db"
    state.unlink(missing_ok=True)
    port = free_port()
    started = time.monotonic()
    daemon = subprocess.Popen([program, "serve", f"--config.file={installation / 'exporter.yaml'}",
                               f"--web.bearer-token-file={token}", f"--state.path={state}",
                               f"--web.listen-address=127.0.0.1:{port}"],
                              stderr=subprocess.DEVNULL)
    try:
        while not ready(port):
            time.sleep(0.001)
        elapsed = time.monotonic() - started
        for _ in range(20):
            request = urllib.request.Request(f"http://127.0.0.1:{port}/metrics",
                                             headers={"Authorization": f"Bearer {token.read_text().strip()}"})
            urllib.request.urlopen(request, timeout=5).read()
        status = pathlib.Path(f"/proc/{daemon.pid}/status").read_text()
        resident = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
        return elapsed, resident
    finally:
        daemon.terminate()
        daemon.wait()


def main():
    with tempfile.TemporaryDirectory() as directory:
        installation = pathlib.Path(directory) / "installation"
        subprocess.run([SOURCE / "deploy/demo/make_installation.sh", installation], check=True)
        token = pathlib.Path(directory) / "token"
        token.write_text("a-token-for-the-figures-0123456789\n")
        rounds = [one_round(sys.argv[1], installation, token) for _ in range(ROUNDS)]
    times = sorted(elapsed for elapsed, _ in rounds)
    print(f"start to first snapshot: median {times[ROUNDS // 2] * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms")
    print(f"resident memory after 20 scrapes: {max(resident for _, resident in rounds) / 1024:.1f} MiB")


if __name__ == "__main__":
    main()

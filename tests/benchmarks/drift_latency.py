#!/usr/bin/env python3
"""From the change of a file to /metrics: write in place, rename over the file, and a swap of ..data, 200 times each.

Once with one installation of real size and again with 10,000 Kubernetes objects in 200 files.

Usage: drift_latency.py PROGRAM [ROUNDS]. Prints p50, p99 and the longest time of each way in milliseconds."""

import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TOKEN = "a-token-for-the-figures-0123456789"
PRIVILEGED = 'caracal_compliance_check_status{installation="%s",check="%s",status="fail"} '
BAD, GOOD = "privileged: true", "privileged: false"
OBJECTS_A_FILE = 50
POD = """apiVersion: apps/v1
kind: Deployment
metadata: {name: filler-%d, namespace: caracal, labels: {app.kubernetes.io/name: caracal, app.kubernetes.io/instance: c}}
spec:
  replicas: 2
  selector: {matchLabels: {n: "%d"}}
  template:
    metadata: {labels: {n: "%d", app.kubernetes.io/name: caracal, app.kubernetes.io/instance: c}}
    spec:
      automountServiceAccountToken: false
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: filler
          image: registry.sample.test/filler:v1.0.0
          env: [%s]
          resources: {limits: {memory: 64Mi, cpu: 100m}}
          securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
"""


class Daemon:
    def __init__(self, program, directory, config):
        self.token = directory / "token"
        self.token.write_text(TOKEN + "\n")
        os.chmod(self.token, 0o600)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen([program, "serve", f"--config.file={config}", f"--state.path={directory}/state",
                                         f"--web.bearer-token-file={self.token}",
                                         f"--web.listen-address=127.0.0.1:{self.port}"], stderr=subprocess.DEVNULL)
        while not self.metrics():
            time.sleep(0.05)

    def metrics(self):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/metrics",
                                         headers={"Authorization": f"Bearer {TOKEN}"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.read().decode()
        except (urllib.error.HTTPError, OSError):
            return ""

    def end(self):
        self.process.terminate()
        self.process.wait()


def measure(daemon, series, change, rounds):
    """Milliseconds from change(bad) to the series that says so."""
    times = []
    for index in range(rounds):
        bad = index % 2 == 0
        began = time.monotonic()
        change(bad)
        while f"{series}{int(bad)}\n" not in daemon.metrics():
            time.sleep(0.001)
        times.append((time.monotonic() - began) * 1000)
    return sorted(times)


def show(what, times):
    print(f"{what:32} p50 {times[len(times) // 2]:6.1f} ms  p99 {times[int(len(times) * 0.99) - 1]:6.1f} ms  "
          f"max {times[-1]:6.1f} ms")


def in_place(path, texts):
    def change(bad):
        path.write_text(texts[bad])
    return change


def renamed(path, texts):
    def change(bad):
        fresh = path.with_name("." + path.name + ".new")
        fresh.write_text(texts[bad])
        fresh.rename(path)
    return change


def swapped(path, texts):
    """As a file of a projected volume: ..data beside it is a link that is renamed over."""
    directory, name = path.parent, path.name
    for bad in (False, True):
        (directory / f"..{int(bad)}").mkdir(parents=True, exist_ok=True)
        (directory / f"..{int(bad)}" / name).write_text(texts[bad])

    def change(bad):
        fresh = directory / "..data_tmp"
        fresh.symlink_to(f"..{int(bad)}")
        fresh.rename(directory / "..data")
    change(False)
    path.unlink(missing_ok=True)
    path.symlink_to(f"..data/{name}")
    return change


def demo(program, directory, rounds):
    installation = directory / "installation"
    subprocess.run([SOURCE / "deploy/demo/make_installation.sh", installation], check=True)
    compose = installation / "compose.yaml"
    good = compose.read_text().replace(BAD, GOOD)
    place = good.index("    image:")
    texts = (good, good[:place] + "    privileged: true\n" + good[place:])
    compose.write_text(texts[False])
    daemon = Daemon(program, directory, installation / "exporter.yaml")
    series = PRIVILEGED % ("sample", "containers-not-privileged")
    try:
        for name, way in (("write in place", in_place), ("rename over", renamed), ("..data swap", swapped)):
            show(f"one installation, {name}", measure(daemon, series, way(compose, texts), rounds))
    finally:
        daemon.end()


def estate(program, directory, rounds):
    manifests = directory / "manifests"
    manifests.mkdir()
    padding = ", ".join(f"{{name: V{n}, value: {'x' * 40}}}" for n in range(30))
    for file in range(200):
        numbers = range(file * OBJECTS_A_FILE, (file + 1) * OBJECTS_A_FILE)
        (manifests / f"{file}.yaml").write_text("---\n".join(POD % (n, n, n, padding) for n in numbers))
    one = POD % (99999, 99999, 99999, "")
    texts = (one, one.replace("{allowPrivilegeEscalation", "{privileged: true, allowPrivilegeEscalation"))
    target = manifests / "changed.yaml"
    target.write_text(one)
    projected = directory / "projected"
    projected.mkdir()
    swap = swapped(projected / "manifest.yaml", tuple(text.replace("99999", "99998") for text in texts))
    config = directory / "exporter.yaml"
    config.write_text(f"interval: 10m\ninstallations:\n  - name: estate\n"
                      f"    kubernetes: {{manifests: [{manifests}, {projected}/manifest.yaml]}}\n")
    size = sum(path.stat().st_size for path in manifests.iterdir()) / 1e6
    print(f"{200 * OBJECTS_A_FILE + 2} objects, {size:.0f} MB")
    daemon = Daemon(program, directory, config)
    series = PRIVILEGED % ("estate", "containers-not-privileged")
    try:
        for name, change in (("write in place", in_place(target, texts)), ("rename over", renamed(target, texts)),
                             ("..data swap", swap)):
            show(f"10,000 objects, {name}", measure(daemon, series, change, rounds))
    finally:
        daemon.end()


def main():
    program = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    for part in (demo, estate):
        with tempfile.TemporaryDirectory() as name:
            part(program, pathlib.Path(name), rounds)


if __name__ == "__main__":
    main()

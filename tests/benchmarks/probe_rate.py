#!/usr/bin/env python3
"""Probes per second and CPU seconds per 1,000 probes, beside Debian's prometheus-blackbox-exporter, in one run.

Both sides ask the same nginx over TLS: one verified handshake and one GET per probe, no connection kept, 32 at a time,
in turns. A third line says what OpenSSL alone needs for it, without deadlines, limits and names: no client that uses
this library can be faster here. And a full round of the program over 200 endpoints of which 20 are dead.

Usage: probe_rate.py PROBE_RATE PROGRAM"""

import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

COUNT = 2000
ROUNDS = 3
CONCURRENCY = 32
TIMEOUT = 10


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"nothing listens on port {port}")


def make_certificate(directory):
    """A certificate of its own authority for localhost."""
    for command in (
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=authority "
            "-keyout ca.key -out ca.pem",
            "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout key.pem -out csr",
            "openssl x509 -req -in csr -CA ca.pem -CAkey ca.key -days 30 -extfile names -out cert.pem"):
        (directory / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        subprocess.run(command.split(), cwd=directory, check=True, capture_output=True)


def start_nginx(directory, port):
    (directory / "nginx.conf").write_text(f"""
daemon off; worker_processes 2; pid {directory}/nginx.pid; error_log {directory}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi; uwsgi_temp_path {directory}/uwsgi; scgi_temp_path {directory}/scgi;
  keepalive_timeout 0; ssl_session_cache off; ssl_session_tickets off;
  server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {directory}/cert.pem; ssl_certificate_key {directory}/key.pem;
           location / {{ return 200 "hello"; }} }}
}}
""")
    process = subprocess.Popen(["nginx", "-c", directory / "nginx.conf"], stderr=subprocess.DEVNULL)
    wait_for(port)
    return process


def start_blackbox(directory, port):
    (directory / "blackbox.json").write_text(json.dumps({"modules": {"https_get": {
        "prober": "http", "timeout": f"{TIMEOUT}s",
        "http": {"preferred_ip_protocol": "ip4", "tls_config": {"ca_file": str(directory / "ca.pem")},
                 "follow_redirects": False, "enable_http2": False}}}}))
    process = subprocess.Popen(["prometheus-blackbox-exporter", f"--config.file={directory}/blackbox.json",
                                f"--web.listen-address=127.0.0.1:{port}", "--log.level=error"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)
    return process


def cpu_of(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def measured(*command):
    """(good probes, seconds, CPU seconds) that the tool prints."""
    output = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout.split()
    return int(output[0]), float(output[1]), float(output[2])


def compare(probe_rate, directory, target_port, blackbox):
    process, port = blackbox
    ours, theirs, least = [], [], []
    for _ in range(ROUNDS):
        good, seconds, cpu = measured(probe_rate, f"https://localhost:{target_port}", directory / "ca.pem", COUNT,
                                      CONCURRENCY)
        ours.append((good / seconds, cpu * 1000 / good))
        before = cpu_of(process)
        good, seconds, _ = measured(probe_rate, "--through", port, f"https://localhost:{target_port}/", COUNT,
                                    CONCURRENCY)
        theirs.append((good / seconds, (cpu_of(process) - before) * 1000 / good))
        good, seconds, cpu = measured(probe_rate, "--bare", target_port, directory / "ca.pem", COUNT, CONCURRENCY)
        least.append((good / seconds, cpu * 1000 / good))
    for each in (ours, theirs, least):
        each.sort()
    (rate, cpu), (other_rate, other_cpu) = ours[ROUNDS // 2], theirs[ROUNDS // 2]
    print(f"caracal-compliance-exporter: {rate:.0f} probes/s, {cpu:.2f} CPU s per 1,000 probes")
    print(f"blackbox_exporter:           {other_rate:.0f} probes/s, {other_cpu:.2f} CPU s per 1,000 probes")
    bare_rate, bare_cpu = least[ROUNDS // 2]
    print(f"OpenSSL alone:               {bare_rate:.0f} probes/s, {bare_cpu:.2f} CPU s per 1,000 probes, "
          f"{bare_rate / other_rate:.2f} times the rate of blackbox_exporter")
    print(f"ratio: {rate / other_rate:.2f} times the rate, {other_cpu / cpu:.2f} times less CPU")


def full_round(program, directory, target_port):
    """A check of 200 endpoints, 40 installations of five, of which every tenth endpoint is silent."""
    silent = socket.socket()
    silent.bind(("127.0.0.1", 0))
    silent.listen(64)
    components = ["sts", "gateway", "api", "coordinator", "audit"]
    installations = []
    for index in range(40):
        endpoints = {}
        for offset, component in enumerate(components):
            dead = (5 * index + offset) % 10 == 3
            port = silent.getsockname()[1] if dead else target_port
            endpoints[component] = {"url": f"https://localhost:{target_port}", "connect_to": f"127.0.0.1:{port}",
                                    "ca_file": str(directory / "ca.pem")}
        installations.append({"name": f"installation-{index}", "endpoints": endpoints})
    (directory / "exporter.yaml").write_text(json.dumps({"installations": installations}))
    began = time.monotonic()
    subprocess.run([program, "check", f"--config.file={directory}/exporter.yaml", "--format=metrics",
                    f"--output={directory}/metrics"], check=False)
    elapsed = time.monotonic() - began
    silent.close()
    timed_out = sum(line.startswith("caracal_compliance_check_unknown_reason") and
                    'check="external-tls-handshake"' in line and 'reason="timeout"' in line
                    for line in (directory / "metrics").read_text().splitlines())
    print(f"200 endpoints, 20 of them dead: a full round in {elapsed:.2f} s (timeout {TIMEOUT} s); "
          f"{timed_out} installations with a dead one")
    return elapsed <= TIMEOUT + 1


def main():
    probe_rate, program = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        directory.chmod(0o755)
        make_certificate(directory)
        target_port, blackbox_port = free_port(), free_port()
        nginx = start_nginx(directory, target_port)
        blackbox = start_blackbox(directory, blackbox_port)
        try:
            compare(probe_rate, directory, target_port, (blackbox, blackbox_port))
            if not full_round(program, directory, target_port):
                raise SystemExit("the round took longer than the timeout and a second")
        finally:
            for process in (nginx, blackbox):
                process.terminate()
                process.wait()


if __name__ == "__main__":
    main()

"""Starts the servers of the TLS matrix, all on loopback, and ends them."""

import os
import pathlib
import random
import shutil
import socket
import subprocess
import time

from certificates import NAME, Certificates
from servers import SERVERS
import stand_ins

HERE = pathlib.Path(__file__).resolve().parent
JAVA_SOURCE = HERE.parents[1] / "support" / "OldTlsServer.java"
PROGRAMS = {"openssl": "openssl", "certtool": "gnutls-bin", "gnutls-serv": "gnutls-bin", "nginx": "nginx",
            "java": "openjdk-17-jdk-headless"}


def missing_programs(**more):
    """What has to be installed, in words; nothing when all is there."""
    lacking = [f"{program} (package {package})" for program, package in {**PROGRAMS, **more}.items()
               if shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin") is None]
    return ", ".join(lacking)


def free_ports(count):
    """Different ports that nobody listens on, below those that the kernel hands out meanwhile to others."""
    lowest, above = 15000, int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    ports = []
    for port in random.sample(range(lowest, max(above, lowest + 10000)), 10000):
        with socket.socket() as probe:
            try:
                probe.bind(("0.0.0.0", port))
                ports.append(port)
            except OSError:
                continue
        if len(ports) == count:
            return ports
    raise AssertionError(f"there are no {count} free ports")


class Matrix:
    """All servers at work. `end` ends what was started, and nothing else."""

    def __init__(self, directory, servers=None):
        if lacking := missing_programs():
            raise AssertionError("the servers of the matrix need " + lacking)
        self.directory = directory
        self.servers = {server.name: server for server in servers or SERVERS}
        self.certificates = Certificates(directory)
        self.processes = []
        self.endings = []
        try:
            self._start()
        except BaseException:
            self.end()
            raise

    def _start(self):
        real = [server for server in self.servers.values() if server.kind in ("openssl", "nginx", "gnutls", "java")]
        for server, port in zip(real, free_ports(len(real))):
            server.port = port
        self._start_java([server for server in real if server.kind == "java"])
        self._start_nginx([server for server in real if server.kind == "nginx"])
        for server in self.servers.values():
            starter = getattr(self, "_start_" + server.kind.replace("-", "_"))
            if server.kind not in ("java", "nginx"):
                starter(server)
        for server in real:
            self._wait_for(server)

    def end(self):
        for end in self.endings:
            end()
        for process, _ in self.processes:
            process.terminate()
        for process, log in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdin:
                process.stdin.close()
            log.close()

    def _run(self, name, *command, stdin=subprocess.DEVNULL):
        log = open(self.directory / f"{name}.log", "wb")
        environment = dict(os.environ, OPENSSL_CONF="/dev/null", PATH=os.environ.get("PATH", "") + ":/usr/sbin")
        process = subprocess.Popen([str(word) for word in command], stdin=stdin, stdout=log, stderr=log,
                                   env=environment, cwd=self.directory)
        self.processes.append((process, log))

    def _wait_for(self, server):
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection((server.address, server.port), timeout=5).close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    logs = [f"{path.name}: {path.read_text('utf-8', 'replace')[-500:]}"
                            for path in self.directory.glob("*.log") if path.stem in (server.name, server.kind)]
                    raise AssertionError(f"{server.name} does not listen\n" + "\n".join(logs)) from None
                time.sleep(0.05)

    def _start_openssl(self, server):
        pair = self.certificates[server.certificate]
        identity = [] if "-nocert" in server.plan else ["-cert", pair.certificate, "-key", pair.key]
        if identity and pair.others.stat().st_size:
            identity += ["-cert_chain", pair.others]
        self._run(server.name, "openssl", "s_server", "-accept", server.connect_to, *identity, *server.plan, "-www",
                  "-CAfile", self.certificates.root.certificate)

    def _start_gnutls(self, server):
        pair = self.certificates[server.certificate]
        # It has no option for the address; the port is free on all of them.
        self._run(server.name, "gnutls-serv", "--http", "--quiet", "--port", server.port, "--x509certfile", pair.chain,
                  "--x509keyfile", pair.key, "--priority", server.plan[0])

    def _start_java(self, servers):
        if servers:
            plans = [f"{server.port}:{server.plan[0]}:{server.plan[1]}" for server in servers]
            self._run("java", "java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", JAVA_SOURCE,
                      self.certificates.key_store("sound"), *plans, stdin=subprocess.PIPE)

    def _start_nginx(self, servers):
        blocks = "".join(self._nginx_block(server) for server in servers)
        config = self.directory / "nginx.conf"
        temporary = "".join(f"{kind}_temp_path {self.directory}/nginx-{kind};\n"
                            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        config.write_text(f"daemon off;\nmaster_process off;\npid {self.directory}/nginx.pid;\nerror_log stderr;\n"
                          f"events {{}}\nhttp {{\naccess_log off;\n{temporary}{blocks}}}\n")
        self._run("nginx", "nginx", "-p", self.directory, "-c", config, "-e", "stderr")

    def _nginx_block(self, server):
        if "plain" in server.plan:
            return f"server {{ listen 127.0.0.1:{server.port}; return 200 plain; }}\n"
        pair = self.certificates[server.certificate]
        directives = [f"ssl_certificate {pair.chain}", f"ssl_certificate_key {pair.key}",
                      *(line.format(root=self.certificates.root.certificate) for line in server.plan
                        if line != "reject-others")]
        if not any(line.startswith("ssl_protocols") for line in directives):
            directives.append("ssl_protocols TLSv1.2 TLSv1.3")
        listen = f"listen 127.0.0.1:{server.port} ssl"
        others = f"server {{ {listen} default_server; ssl_reject_handshake on; }}\n"
        own = f"server {{ {listen}; server_name {NAME}; {'; '.join(directives)}; return 200 sound; }}\n"
        return (others if "reject-others" in server.plan else "") + own

    def _start_stand_in(self, server):
        self._stand_in(server, server.plan[0])

    def _start_forwarder(self, server):
        behind, options = server.plan
        self._stand_in(server, stand_ins.forwards(self.servers[behind].port, **options))

    def _stand_in(self, server, script):
        peer = stand_ins.StandIn(script)
        server.port = peer.port
        self.endings.append(peer.end)

    def _start_closed(self, server):
        bound = socket.socket()
        bound.bind(("127.0.0.1", 0))  # nobody else can take the port
        server.port = bound.getsockname()[1]
        self.endings.append(bound.close)

    def _start_unanswered(self, server):
        """A full queue: the kernel answers no further connection."""
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        server.port = listener.getsockname()[1]
        callers = [socket.socket() for _ in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", server.port))
        self.endings += [*(caller.close for caller in callers), listener.close]

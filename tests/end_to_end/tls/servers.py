"""The servers of the TLS matrix: which software serves what, and with which certificate.

What is to be said of each stands in expected.tsv. OpenSSL, nginx, GnuTLS and a JDK serve whatever one of them still
can; a name that begins with stand-in says that nothing in Debian plays that part any more."""

import os
import pathlib
import random
import shutil
import socket
import subprocess
import time

from certificates import NAME, Certificates
import stand_ins

HERE = pathlib.Path(__file__).resolve().parent
JAVA_SOURCE = HERE.parents[1] / "support" / "OldTlsServer.java"
PROGRAMS = {"openssl": "openssl", "certtool": "gnutls-bin", "gnutls-serv": "gnutls-bin", "nginx": "nginx",
            "java": "openjdk-17-jdk-headless"}


class Server:
    """One server: how it starts, whose certificate it shows, and how it is reached."""

    def __init__(self, name, kind, *plan, certificate="sound", host=NAME, address="127.0.0.1"):
        self.name = name
        self.kind = kind
        self.plan = plan
        self.certificate = certificate
        self.host = host
        self.address = address
        self.port = None

    @property
    def connect_to(self):
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"


def openssl(name, *options, **place):
    return Server(name, "openssl", *options, **place)


def nginx(name, *directives, **place):
    return Server(name, "nginx", *directives, **place)


def gnutls(name, priority, **place):
    return Server(name, "gnutls", priority, **place)


def java(name, protocols, suites, **place):
    return Server(name, "java", protocols, suites, **place)


def stand_in(name, script, **place):
    return Server(name, "stand-in", script, **place)


def in_front_of(name, behind, **options):
    return Server(name, "forwarder", behind, options)


ANY_CERTIFICATE = ("-cipher", "DEFAULT@SECLEVEL=0", "-min_protocol", "TLSv1.2")
AES_128 = "TLS_RSA_WITH_AES_128_CBC_SHA"
ECDHE_AES = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
GNUTLS_12 = "NORMAL:-VERS-ALL:+VERS-TLS1.2"

SOUND = [
    openssl("openssl"),
    nginx("nginx"),
    gnutls("gnutls", "NORMAL:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.3"),
    java("java", "TLSv1.2,TLSv1.3", f"TLS_AES_128_GCM_SHA256,{ECDHE_AES}"),
    openssl("ipv6", address="::1"),
    nginx("ecdsa-p-256", certificate="p-256"),
    openssl("ecdsa-p-384", certificate="p-384"),
    openssl("ed25519", certificate="ed25519"),
    openssl("wildcard-name", certificate="wildcard"),
    openssl("address-as-name", certificate="address", host="192.0.2.7"),
    nginx("chain-out-of-order", certificate="out-of-order"),
    openssl("short-lived", certificate="short-lived"),
    openssl("key-share-of-another-group", "-groups", "P-521"),
    gnutls("finite-field-groups", "NORMAL:-VERS-ALL:+VERS-TLS1.3:-GROUP-ALL:+GROUP-FFDHE2048"),
    nginx("name-demanded", "reject-others"),
    nginx("client-certificate", "ssl_client_certificate {root}", "ssl_verify_client on"),
    openssl("client-certificate-tls1.2", "-Verify", "1", "-verify_return_error", "-tls1_2"),
    openssl("client-certificate-tls1.3", "-Verify", "1", "-verify_return_error", "-tls1_3"),
    in_front_of("drip", "openssl"),
]
CERTIFICATES = [
    openssl("expired", certificate="expired"),
    openssl("not-yet-valid", certificate="not-yet-valid"),
    openssl("wrong-name", certificate="wrong-name"),
    openssl("common-name-only", certificate="common-name-only"),
    openssl("self-signed", certificate="self-signed"),
    openssl("unknown-root", certificate="unknown-root"),
    openssl("incomplete-chain", certificate="incomplete"),
    openssl("expired-intermediate", certificate="under-expired"),
    openssl("ends-soon", certificate="ends-soon"),
    openssl("client-usage", certificate="client-usage"),
    openssl("rsa-1024", *ANY_CERTIFICATE, certificate="rsa-1024"),
    openssl("ec-224", *ANY_CERTIFICATE, "-no_tls1_3", certificate="ec-224"),
    openssl("sha-1-signature", *ANY_CERTIFICATE, certificate="sha-1"),
    openssl("sha-1-intermediate", *ANY_CERTIFICATE, certificate="under-sha-1"),
    openssl("md5-signature", *ANY_CERTIFICATE, certificate="md5"),
    nginx("name-unknown", "reject-others", host="web.sample.test"),
]
PROTOCOLS = [
    openssl("tls1.3-alone", "-tls1_3"),
    nginx("tls1.2-alone", "ssl_protocols TLSv1.2"),
    openssl("tls1.1-alone", "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"),
    openssl("tls1.0-alone", "-tls1", "-cipher", "DEFAULT@SECLEVEL=0"),
    java("ssl3-alone", "SSLv3", AES_128),
    java("ssl3-beside-tls1.2", "SSLv3,TLSv1.2", f"{ECDHE_AES},{AES_128}"),
    nginx("tls1.0-to-tls1.3", "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3", "ssl_ciphers DEFAULT@SECLEVEL=0"),
    gnutls("tls1.1-beside-tls1.2", "NORMAL:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.2"),
    java("tls1.0-beside-tls1.3", "TLSv1,TLSv1.3", f"TLS_AES_128_GCM_SHA256,{AES_128}"),
]
SUITES = [
    openssl("no-forward-secrecy", "-tls1_2", "-cipher", "AES128-GCM-SHA256"),
    openssl("forward-secrecy-in-tls1.3-alone", "-cipher", "AES128-GCM-SHA256"),
    openssl("finite-field-ephemeral", "-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256"),
    openssl("null-alone", "-tls1_2", "-cipher", "NULL-SHA256:@SECLEVEL=0"),
    openssl("null-beside-aes", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256:NULL-SHA256:@SECLEVEL=0"),
    gnutls("null-with-ecdhe", GNUTLS_12 + ":+NULL"),
    openssl("anonymous-alone", "-tls1_2", "-cipher", "AECDH-AES128-SHA:ADH-AES128-SHA:@SECLEVEL=0", "-nocert"),
    gnutls("anonymous-beside-aes", GNUTLS_12 + ":+ANON-ECDH:+ANON-DH"),
    gnutls("rc4-alone", "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+ARCFOUR-128"),
    gnutls("rc4-beside-aes", GNUTLS_12 + ":+ARCFOUR-128"),
    java("rc4-with-md5", "TLSv1.2", f"{ECDHE_AES},SSL_RSA_WITH_RC4_128_MD5"),
    gnutls("triple-des-beside-aes", GNUTLS_12 + ":+3DES-CBC"),
    java("triple-des-in-tls1.0", "TLSv1", "SSL_RSA_WITH_3DES_EDE_CBC_SHA"),
    java("des-in-tls1.0", "TLSv1,TLSv1.2", f"{ECDHE_AES},SSL_RSA_WITH_DES_CBC_SHA"),
    java("export-rc4", "TLSv1,TLSv1.2", f"{ECDHE_AES},SSL_RSA_EXPORT_WITH_RC4_40_MD5"),
    java("export-des", "SSLv3", "SSL_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA"),
    java("export-anonymous", "TLSv1", "SSL_DH_anon_EXPORT_WITH_RC4_40_MD5"),
    java("java-null-with-ecdhe", "TLSv1.2", "TLS_ECDHE_RSA_WITH_NULL_SHA"),
    stand_in("stand-in-kerberos-rc4", stand_ins.chooses(0x0020)),
    stand_in("stand-in-export1024", stand_ins.chooses(0x0062, highest=0x0300)),
    stand_in("stand-in-fixed-dh-3des", stand_ins.chooses(0x000d)),
    stand_in("stand-in-export-rc2", stand_ins.chooses(0x0006, highest=0x0301)),
]
STRANGERS = [
    Server("closed-port", "closed"),
    Server("unanswered-connections", "unanswered"),
    stand_in("silence", stand_ins.silence),
    stand_in("drip-without-end", stand_ins.drip(bytes.fromhex("160303400002003ffc0303") + b"r" * 4000, 0.25)),
    nginx("plain-http", "plain"),
    stand_in("ssh", stand_ins.says(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")),
    stand_in("smtp", stand_ins.says(b"220 mail.sample.test ESMTP\r\n")),
    stand_in("garbage", stand_ins.answers(bytes(range(128, 256)) * 64)),
    stand_in("closes-at-once", stand_ins.close_at_once),
    stand_in("closes-after-hello", stand_ins.close_after_hello),
    stand_in("resets-at-once", stand_ins.reset_at_once),
    stand_in("resets-after-hello", stand_ins.reset_after_hello),
    stand_in("resets-within-server-hello", stand_ins.reset_within_server_hello),
    in_front_of("resets-within-certificate", "openssl", limit=600),
    stand_in("alert", stand_ins.answers(stand_ins.ALERT_REFUSED)),
    stand_in("storm-of-warnings", stand_ins.endless(stand_ins.WARNING)),
    stand_in("endless-empty-records", stand_ins.endless(bytes.fromhex("1603030000"))),
]
SERVERS = [*SOUND, *CERTIFICATES, *PROTOCOLS, *SUITES, *STRANGERS]


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

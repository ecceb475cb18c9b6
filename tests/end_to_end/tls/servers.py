"""The servers of the TLS matrix: which software serves what, and with which certificate.

What is to be said of each stands in expected.tsv. OpenSSL, nginx, GnuTLS and a JDK serve whatever one of them still
can; a name that begins with stand-in says that nothing in Debian plays that part any more."""

from certificates import NAME
import stand_ins


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

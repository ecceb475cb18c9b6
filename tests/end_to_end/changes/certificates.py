"""Changes to the certificate files of a Gateway that serves TLS itself. The files are made with openssl on the spot."""

import datetime
import pathlib
import subprocess
import tempfile

from change import Put, Swap, compose, in_service, in_workload, kubernetes

AUTHORITY = """[ca]
default_ca = own
[own]
new_certs_dir = .
database = index
serial = serial
default_md = sha256
policy = any
x509_extensions = server
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[server]
{extension}
"""


def certificate(days_old, days_left, key=("ec", "ec_paramgen_curve:prime256v1"), extension="extendedKeyUsage = serverAuth"):
    """PEM of a certificate that is so old and so far from its end, and of its key."""
    now = datetime.datetime.now(datetime.timezone.utc)
    when = lambda days: (now + datetime.timedelta(days=days)).strftime("%Y%m%d%H%M%SZ")
    with tempfile.TemporaryDirectory(prefix="compliance-certificate-") as directory:
        place = pathlib.Path(directory)
        (place / "config").write_text(AUTHORITY.format(extension=extension))
        (place / "index").write_text("")
        (place / "serial").write_text("01\n")
        run = lambda *words: subprocess.run(["openssl", *words, "-config", "config"], cwd=place, check=True,
                                            capture_output=True)
        run("req", "-new", "-newkey", key[0], "-pkeyopt", key[1], "-nodes", "-subj", "/CN=gateway.harbour.test",
            "-keyout", "key", "-out", "request")
        run("ca", "-batch", "-notext", "-selfsign", "-keyfile", "key", "-in", "request", "-out", "certificate",
            "-startdate", when(-days_old), "-enddate", when(days_left))
        return (place / "certificate").read_text(), (place / "key").read_text()


def in_compose(pem, key="no key is read"):
    """The Gateway of the Compose installation serves TLS with these files."""
    return (
        Swap("compose.yaml", "", "  metricsBearer: {", """\
  gatewayCertificate: {file: "${CARACAL_SECRETS_DIR:-./secrets}/gatewayCertificate"}
  gatewayCertificateKey: {file: "${CARACAL_SECRETS_DIR:-./secrets}/gatewayCertificateKey"}
  metricsBearer: {"""),
        in_service("gateway", "      - metricsBearer\n", "      - metricsBearer\n      - gatewayCertificate\n      - gatewayCertificateKey\n"),
        in_service("gateway", "      STS_URL:", """\
      TLS_CERT_FILE: /run/secrets/gatewayCertificate
      TLS_KEY_FILE: /run/secrets/gatewayCertificateKey
      STS_URL:"""),
        in_service("api", "CARACAL_GATEWAY_URL: http:", "CARACAL_GATEWAY_URL: https:"),
        *(Put(f"secrets/{name}", text) for name, text in
          (("gatewayCertificate", pem), ("gatewayCertificateKey", key)) if text is not None))


def in_kubernetes(pem, key="no key is read"):
    """The Gateway of the Kubernetes installation serves TLS with a Secret of type kubernetes.io/tls."""
    return (
        in_workload("gateway", "          env:\n", """          env:
            - {name: TLS_CERT_FILE, value: /run/tls/tls.crt}
            - {name: TLS_KEY_FILE, value: /run/tls/tls.key}
"""),
        in_workload("gateway", "          volumeMounts:\n",
                    "          volumeMounts:\n            - {name: tls, mountPath: /run/tls, readOnly: true}\n"),
        in_workload("gateway", "      volumes:\n", "      volumes:\n        - name: tls\n          secret: {secretName: gateway-tls}\n"),
        Swap("kubernetes/api.yaml", "Deployment harbour-caracal-api", "http://harbour-caracal-gateway", "https://harbour-caracal-gateway"),
        Put("secrets/tls.crt", pem), Put("secrets/tls.key", key))


EXPIRY = "external-tls-certificate-expiry"
STRENGTH = "external-tls-certificate-strength"
OTHER_PASSES = "a certificate that is there is judged by both"

GOOD = certificate(30, 60)
SOON = certificate(300, 10)
WEAK = certificate(30, 60, ("rsa", "rsa_keygen_bits:1024"))
CLIENT = certificate(30, 60, extension="extendedKeyUsage = clientAuth")

HARMLESS = [
    compose("Gateway that serves TLS itself", in_compose(*GOOD), {EXPIRY: "pass", STRENGTH: "pass"}),
    compose("Gateway with a certificate for a week", in_compose(*certificate(3, 4)), {EXPIRY: "pass", STRENGTH: "pass"}),
    compose("certificate and key in one file", in_compose(GOOD[1] + GOOD[0], GOOD[1]), {EXPIRY: "pass", STRENGTH: "pass"}),
    kubernetes("Gateway that serves TLS itself", in_kubernetes(*GOOD), {EXPIRY: "pass", STRENGTH: "pass"}),
]

CHANGES = [
    compose("certificate that expires in ten days", in_compose(*SOON), {EXPIRY: "fail gateway", STRENGTH: "pass"}, OTHER_PASSES),
    compose("certificate of yesterday", in_compose(*certificate(90, -1)), {EXPIRY: "fail gateway", STRENGTH: "pass"}, OTHER_PASSES),
    compose("certificate of tomorrow", in_compose(*certificate(-1, 90)), {EXPIRY: "fail gateway", STRENGTH: "pass"}, OTHER_PASSES),
    compose("key of 1024 bits", in_compose(*WEAK), {EXPIRY: "pass", STRENGTH: "fail gateway"}, OTHER_PASSES),
    compose("certificate for clients alone", in_compose(*CLIENT), {EXPIRY: "pass", STRENGTH: "fail gateway"}, OTHER_PASSES),
    compose("certificate that is none", in_compose("words\n"), {EXPIRY: "unknown", STRENGTH: "unknown"}, "neither can be judged"),
    compose("certificate that is not there", in_compose(None), {EXPIRY: "unknown", STRENGTH: "unknown", "secrets-file-permissions": "unknown"},
            "nothing of a file that is not there can be judged"),
    kubernetes("certificate that expires in ten days", in_kubernetes(*SOON), {EXPIRY: "fail gateway", STRENGTH: "pass"}, OTHER_PASSES),
    kubernetes("key of 1024 bits", in_kubernetes(*WEAK), {EXPIRY: "pass", STRENGTH: "fail gateway"}, OTHER_PASSES),
]

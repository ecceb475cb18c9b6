"""Certificates of the TLS matrix, good ones and faulty ones, by certtool (gnutls-bin): it sets any dates."""

import datetime
import os
import subprocess

NAME = "gateway.sample.test"
AUTHORITY = "ca\ncert_signing_key\n"
SERVER = "signing_key\nencryption_key\ntls_www_server\n"


class Pair:
    """A certificate and its key, as files; `chain` is what a server shows, its own certificate first."""

    def __init__(self, directory, name):
        self.name = name
        self.certificate = directory / f"{name}.pem"
        self.chain = directory / f"{name}-chain.pem"
        self.key = directory / f"{name}.key"
        self.others = directory / f"{name}-others.pem"  # those behind the first one in the chain

    def show(self, *others):
        self.others.write_text("".join(pair.certificate.read_text() for pair in others))
        self.chain.write_text("".join(pair.certificate.read_text() for pair in (self, *others)))
        return self


def run(*command):
    environment = dict(os.environ, TZ="UTC")
    done = subprocess.run([str(word) for word in command], capture_output=True, env=environment)
    if done.returncode != 0:
        raise AssertionError(f"{command[0]} ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace')}")


class Certificates:
    """All certificates that servers of the matrix show, by name."""

    def __init__(self, directory):
        self.directory = directory
        self.keys = {}
        self.pairs = {}
        self.root = self._make("root", None, days=(-400, 3000), usage=AUTHORITY, names="", key="rsa:2048")
        self.intermediate = self._make("intermediate", self.root, days=(-300, 2000), usage=AUTHORITY, names="",
                                       key="rsa:2048")
        self._make_sound()
        self._make_untrusted()
        self._make_weak()

    def __getitem__(self, name):
        return self.pairs[name]

    def _key(self, kind, owner):
        """Servers share their keys: making them takes longer than all the rest."""
        name = kind.replace(":", "-") + ("" if owner not in ("root", "intermediate", "stranger") else "-" + owner)
        if name not in self.keys:
            path = self.directory / f"key-{name}.key"
            algorithm, _, detail = kind.partition(":")
            options = {"rsa": ["-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{detail}"],
                       "ec": ["-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{detail}"],
                       "ed25519": ["-algorithm", "ED25519"]}[algorithm]
            run("openssl", "genpkey", *options, "-out", path)
            self.keys[name] = path
        return self.keys[name]

    def _make(self, name, issuer, days=(-1, 89), usage=SERVER, names=f"dns_name = {NAME}\n", key="rsa:2048",
              digest="SHA256", common_name=None):
        pair = Pair(self.directory, name)
        pair.key = self._key(key, name)
        now = datetime.datetime.now(datetime.timezone.utc)
        dates = [(now + datetime.timedelta(days=count)).strftime("%Y-%m-%d %H:%M:%S UTC") for count in days]
        template = self.directory / f"{name}.template"
        template.write_text(f'cn = "{common_name or name}"\nactivation_date = "{dates[0]}"\n'
                            f'expiration_date = "{dates[1]}"\n{names}{usage}')
        signing = ["--generate-self-signed"] if issuer is None else [
            "--generate-certificate", "--load-ca-certificate", issuer.certificate, "--load-ca-privkey", issuer.key]
        run("certtool", *signing, "--load-privkey", pair.key, "--template", template, "--hash", digest, "--outfile",
            pair.certificate)
        self.pairs[name] = pair
        return pair.show()

    def _leaf(self, name, **plan):
        return self._make(name, self.intermediate, **plan).show(self.intermediate)

    def _make_sound(self):
        self._leaf("sound")
        self._leaf("p-256", key="ec:P-256")
        self._leaf("p-384", key="ec:P-384")
        self._leaf("ed25519", key="ed25519", usage="signing_key\ntls_www_server\n")
        self._leaf("wildcard", names="dns_name = *.sample.test\n")
        self._leaf("address", names="ip_address = 192.0.2.7\n")
        self._leaf("short-lived", days=(-2, 4))
        self._leaf("ends-soon", days=(-80, 10))
        self._leaf("out-of-order").show(self.root, self.intermediate)

    def _make_untrusted(self):
        self._leaf("expired", days=(-90, -1))
        self._leaf("not-yet-valid", days=(1, 91))
        self._leaf("wrong-name", names="dns_name = web.sample.test\n")
        self._leaf("common-name-only", names="", common_name=NAME)
        self._make("self-signed", None)
        stranger = self._make("stranger", None, days=(-400, 3000), usage=AUTHORITY, names="")
        self._make("unknown-root", stranger).show(stranger)
        self._make("incomplete", self.intermediate)
        old = self._make("old-intermediate", self.root, days=(-300, -1), usage=AUTHORITY, names="")
        self._make("under-expired", old).show(old)
        self._leaf("client-usage", usage="signing_key\ntls_www_client\n")

    def _make_weak(self):
        self._leaf("rsa-1024", key="rsa:1024")
        self._leaf("ec-224", key="ec:P-224")
        self._leaf("sha-1", digest="SHA1")
        self._leaf("md5", digest="MD5")
        weak = self._make("sha-1-intermediate", self.root, days=(-300, 2000), usage=AUTHORITY, names="",
                          digest="SHA1")
        self._make("under-sha-1", weak).show(weak)

    def key_store(self, name):
        """The certificate, its chain and its key as a JDK reads them."""
        store = self.directory / f"{name}.p12"
        run("openssl", "pkcs12", "-export", "-in", self[name].chain, "-inkey", self[name].key, "-out", store,
            "-passout", "pass:changeit")
        return store

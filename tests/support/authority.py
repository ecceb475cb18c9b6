"""A certificate authority of the tests' own, by openssl, and TLS contexts for stand-ins."""

import pathlib
import ssl
import subprocess

CURVE = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


class Authority:
    """Lives in a directory; `ca_file` is what clients trust."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.ca_file = self.directory / "authority.pem"
        self._openssl("req", "-x509", *CURVE, "-keyout", self.directory / "authority.key", "-out", self.ca_file,
                      "-days", "400", "-subj", "/CN=stand-in authority",
                      "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        self._contexts = {}

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

    def certificate(self, *names):
        """Certificate and key for these DNS names or addresses."""
        stem = names[0].replace("*", "any").replace(":", "_")
        key, certificate = self.directory / f"{stem}.key", self.directory / f"{stem}.pem"
        is_address = lambda name: ":" in name or name.replace(".", "").isdigit()
        alternatives = ",".join(("IP:" if is_address(name) else "DNS:") + name for name in names)
        self._openssl("req", "-x509", *CURVE, "-keyout", key, "-out", certificate, "-days", "200",
                      "-subj", "/CN=stand-in", "-CA", self.ca_file, "-CAkey", self.directory / "authority.key",
                      "-addext", "basicConstraints=critical,CA:FALSE", "-addext", "keyUsage=critical,digitalSignature",
                      "-addext", "extendedKeyUsage=serverAuth", "-addext", f"subjectAltName={alternatives}")
        return certificate, key

    def context(self, *names):
        """A server's TLS context with a certificate for these names; HTTP/1.1 is all it speaks."""
        if names not in self._contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            context.load_cert_chain(*self.certificate(*names))
            context.set_alpn_protocols(["http/1.1"])
            self._contexts[names] = context
        return self._contexts[names]

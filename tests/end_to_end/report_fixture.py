"""Two installations with planted faults, for the tests of reports.

A comment "# fault: ID ..." ends each line that a finding of these checks has to point to."""

import json
import re

# A name as YAML in double quotes has it.
HOSTILE = r'x\"<script>alert(1)</script>]]>&amp;\e[31m\u202egpj [a](b) {0} \xff'

COMPOSE = """\
services:
  gateway:
    image: ghcr.io/garudex-labs/caracal-go:v2026.06.25
    privileged: true  # fault: containers-not-privileged
  api:
    image: ghcr.io/garudex-labs/caracal-node:latest  # fault: containers-pinned-images
    environment:
      CARACAL_MODE: dev  # fault: published-mode-caracal-mode
      CARACAL_ADMIN_TOKEN: an-inline-admin-token-of-the-fixture  # fault: secrets-no-inline-values
  coordinator:
    image: ghcr.io/garudex-labs/caracal-node:v2026.06.25
    ports:
      - "127.0.0.1:4001:4001"
      - "4000:4000"  # fault: internal-services-published-ports
  web:
    image: ghcr.io/garudex-labs/caracal-web:v2026.06.25
"""

HOSTILE_COMPOSE = f"""\
services:
  "{HOSTILE}":
    image: "x"  # fault: containers-pinned-images
    privileged: true  # fault: containers-not-privileged
"""

PLANTED = ("containers-not-privileged", "containers-pinned-images", "published-mode-caracal-mode",
           "secrets-no-inline-values", "internal-services-published-ports")

CONFIG = """\
installations:
  - name: production
    compose: {files: [deploy dir/compose.yaml]}
    endpoints: {web: {url: "https://127.0.0.1:1", connect_to: "127.0.0.1:1"}}
  - name: staging
    environment: staging
    compose: {files: [deploy dir/hostile.yaml]}
    kubernetes: {manifests: [objects.json]}
waivers_file: waivers.yaml
policy: {probe_timeout: 2s}
"""

WAIVERS = """\
- {id: SEC-7, check: containers-not-privileged, installation: production, component: gateway,
   reason: "vendor <image> & ]]>", approved_by: "security board", expires: 2999-01-01}
"""


def pod(name, privileged):
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "caracal"},
            "spec": {"containers": [{"name": "api", "image": "ghcr.io/garudex-labs/caracal-node:v2026.06.25",
                                     "securityContext": {"privileged": privileged}}]}}


def write_fixture(directory):
    """Writes all of it below the directory; returns the path of the configuration file."""
    texts = {"deploy dir/compose.yaml": COMPOSE, "deploy dir/hostile.yaml": HOSTILE_COMPOSE,
             "objects.json": json.dumps({"apiVersion": "v1", "kind": "List", "items": [pod("a", True), pod("b", False)]}),
             "waivers.yaml": WAIVERS, "exporter.yaml": CONFIG}
    for name, text in texts.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return directory / "exporter.yaml"


def planted_faults(text):
    """(check, line) of each comment."""
    return {(check, number) for number, line in enumerate(text.splitlines(), 1)
            for check in re.findall(r"# fault: ([a-z-]+)", line)}

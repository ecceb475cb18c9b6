"""The two hardened installations, and changed copies of them on disk."""

import json
import os
import pathlib
import secrets
import time

HERE = pathlib.Path(__file__).resolve().parent
SECONDS_PER_DAY = 86_400

KEYS = ("secretStoreKek", "auditHmacKey", "streamsHmacKey", "gatewayStsHmacKey", "idempotencyHmacKey")
TOKENS = ("caracalAdminToken", "caracalCoordinatorToken", "caracalAuthSecret", "githubClientSecret", "metricsBearer")
PASSWORDS = ("postgresPassword", "redisPassword", "apiDbPassword", "stsDbPassword", "gatewayDbPassword",
             "auditDbPassword", "coordinatorDbPassword", "authDbPassword")
DATABASES = ("sts", "api", "gateway", "audit", "coordinator", "auth")

HELP = """Usage: caracal <command> [options]

Caracal runtime command surface.

Stack
  up            Start the local stack
  down          Stop the local stack
  status        Show stack status
  purge         Remove stack state
    subcommands: stack, volumes, logs, config, runtime, secrets, cache, all
  upgrade       Upgrade the stack

Runtime
  run           Run a workload with injected tokens
  allowlist     Who may sign in to the console
    subcommands: add, remove, lock, unlock, list

Global options
  -h, --help      Show help
  -v, --version   Show version
"""

# The part of the exporter's configuration that each installation needs.
CONFIG = {
    "compose": {
        "public_components": ["web", "sts"],
        "compose": {"files": ["compose.yaml"], "env_files": ["caracal.env"]},
        "runtime_cli": {"help_file": "help.txt"},
        "endpoints": {"web": {"url": "https://console.harbour.test"}, "sts": {"url": "https://sts.harbour.test"}},
    },
    "kubernetes": {
        "public_components": ["web", "sts"],
        "allowed_ingress": [{"namespace": "monitoring", "pods": {"app": "prometheus"},
                             "components": ["sts", "gateway", "audit", "api", "coordinator"],
                             "ports": [8080, 8081, 9090, 3000, 4000]}],
        "kubernetes": {"manifests": ["kubernetes/"], "release": "harbour", "namespace": "harbour"},
        "secrets": {"directories": ["secrets/"]},
        "endpoints": {"web": {"url": "https://console.harbour.test"}, "sts": {"url": "https://sts.harbour.test"}},
    },
}


def secret_values(database, redis):
    values = {name: secrets.token_hex(32) for name in KEYS + TOKENS}
    values.update({name: secrets.token_hex(24) for name in PASSWORDS})
    values.update({f"{name}DatabaseUrl": database.format(name=name, password=secrets.token_hex(24))
                   for name in DATABASES})
    values["redisUrl"] = redis.format(password=secrets.token_hex(24))
    return {f"secrets/{name}": value + "\n" for name, value in values.items()}


def compose_files():
    files = {name: (HERE / "compose" / name).read_text() for name in ("compose.yaml", "caracal.env")}
    files["help.txt"] = HELP
    return files | secret_values("postgres://caracal_{name}:{password}@postgres:5432/caracal",
                                 "redis://:{password}@redis:6379")


def kubernetes_files():
    files = {f"kubernetes/{path.name}": path.read_text() for path in sorted((HERE / "kubernetes").glob("*.yaml"))}
    files.update(secret_values("postgres://{name}:{password}@pg.harbour.test:5432/caracal?sslmode=verify-full",
                               "rediss://:{password}@redis.harbour.test:6380"))
    del files["secrets/redisPassword"]  # nothing of the chart reads it
    return files


FILES = {"compose": compose_files, "kubernetes": kubernetes_files}


def write(directory, files, statuses):
    """The files on disk, secrets as the product writes them, and then what the changes say of modes and ages."""
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.chmod(path, 0o444 if name.startswith("secrets/") else 0o644)
    os.chmod(directory / "secrets", 0o700)
    for status in statuses:
        path = directory / status.file
        if status.age_days is not None:
            changed = time.time() - status.age_days * SECONDS_PER_DAY
            os.utime(path, (changed, changed))
        if status.mode is not None:
            os.chmod(path, status.mode)


def prefixed(names, directory):
    return [f"{directory}/{name}" for name in names]


def placed(settings, directory):
    """The same settings with their paths below `directory`."""
    settings = dict(settings)
    if "compose" in settings:
        settings["compose"] = {key: prefixed(value, directory) if key.endswith("files") else value
                               for key, value in settings["compose"].items()}
    for source, key in (("kubernetes", "manifests"), ("secrets", "directories")):
        if source in settings:
            settings[source] = settings[source] | {key: prefixed(settings[source][key], directory)}
    if "runtime_cli" in settings:
        settings["runtime_cli"] = {"help_file": f"{directory}/{settings['runtime_cli']['help_file']}"}
    return settings


def write_config(path, installations):
    """A configuration of the exporter; JSON is YAML too."""
    path.write_text(json.dumps({"installations": installations}, indent=1))

"""Replays what the real console answered, variant by variant, out of the recordings beside the repository.

A request is found by method, target, body and the headers that matter; random paths below /api/auth/sign-in/ stand for
one another, and are answered in the recorded sequence. What was never recorded is answered by the stand-in that
behaves as the variant does."""

import dataclasses
import functools
import json
import pathlib
import threading

import console
from console_variants import APP_ORIGINS, VARIANTS
from http_server import Answer

DATA = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "data" / "caracal-recorded"
FOREIGN = "https://evil.example"  # the stranger of the recordings
HOST = "console.example.net"
KNOWN_ORIGINS = ("null", "https://" + HOST, "http://" + HOST, f"https://{HOST}:8443", console.DEVELOPMENT_ORIGIN,
                 *APP_ORIGINS)
PLAIN_PORT = "edge-http"  # the group of exchanges on the plain HTTP port
MATTERING = ("origin", "cookie", "referer", "x-forwarded-for")
INDIFFERENT = ("host", "user-agent", "accept", "connection", "content-length", "content-type", *MATTERING)
LIMITED = "/api/auth/sign-in/"
CREDENTIALS = (LIMITED + "email", LIMITED + "social")


def available():
    return DATA.is_dir()


@functools.cache
def recordings(release):
    """The exchanges of a release by their variant, in the order in which they were recorded."""
    by_variant = {}
    with open(DATA / f"bff-{release}.jsonl", encoding="utf-8") as lines:
        for line in lines:
            exchange = json.loads(line)
            by_variant.setdefault(exchange["variant"], []).append(exchange)
    return by_variant


def is_limited(target):
    return target.startswith(LIMITED) and target.split("?")[0] not in CREDENTIALS


@dataclasses.dataclass(frozen=True)
class Key:
    """What tells requests apart: only whether an address was forwarded counts, not which one."""

    method: str
    target: str
    origin: str | None
    cookie: str | None
    referer: str | None
    forwarded: bool


def key_of(method, target, headers):
    values = {name.lower(): value for name, value in headers}
    origin = values.get("origin")
    if origin is not None and origin not in KNOWN_ORIGINS:
        origin = FOREIGN
    return Key(method, LIMITED if is_limited(target) else target, origin, values.get("cookie"), values.get("referer"),
               "x-forwarded-for" in values)


def is_plain(exchange):
    """Whether nothing but what matters sets the request apart from an ordinary one."""
    request = exchange["request"]
    names = [name.lower() for name, _ in request["headers"]]
    hosts = [value for name, value in request["headers"] if name.lower() == "host"]
    forwarded = [value for name, value in request["headers"] if name.lower() == "x-forwarded-for"]
    return (set(names) <= set(INDIFFERENT) and hosts == [HOST] and request["version"] == "HTTP/1.1"
            and not any("," in value or value == "unknown" for value in forwarded) and "note" not in exchange)


class RecordedConsole:
    """Answers as one variant of one release did, or its plain HTTP port; `missed` are the requests never recorded."""

    def __init__(self, release, variant, plain_port=False):
        exchanges = [one for one in recordings(release).get(variant, [])
                     if is_plain(one) and plain_port == (one["group"] == PLAIN_PORT)]
        self.missed = []
        self._otherwise = VARIANTS[variant].console(release)
        self._runs = {}  # random target -> the answers that are left for it
        self._lock = threading.Lock()
        self._found, self._sequences = {}, {}
        for exchange in exchanges:
            self._keep(exchange)

    def _keep(self, exchange):
        request = exchange["request"]
        key = key_of(request["method"], request["target"], request["headers"])
        if key.target == LIMITED:
            self._sequences.setdefault(key, {}).setdefault(request["target"], []).append(exchange)
        else:
            self._found.setdefault(key, []).append(exchange)

    def __call__(self, request):
        key = key_of(request.method, request.target, request.headers)
        with self._lock:
            exchange = self._limited(key, request) if key.target == LIMITED else self._recorded(key, request)
        if exchange is None:
            self.missed.append(request)
            return self._otherwise(request)
        return replay(exchange, request)

    def _recorded(self, key, request):
        exchanges = self._found.get(key)
        if not exchanges:
            return self._with_grants(key, request)
        alike = [one for one in exchanges if (one["request"]["body"] or "").encode() == request.body]
        return (alike or exchanges)[0]

    def _with_grants(self, key, request):
        """An answer without Origin, with what that Origin was granted elsewhere: grants do not depend on the target."""
        if key.origin is None or request.method != "GET":
            return None
        base = self._found.get(dataclasses.replace(key, origin=None))
        granted = self._found.get(Key("GET", "/health", key.origin, None, None, False))
        if not base or not granted:
            return None
        names = [name for name, _ in base[0]["headers"]]
        grants = [pair for pair in granted[0]["headers"]
                  if pair[0].lower().startswith("access-control-") or (pair[0] == "Vary" and "Vary" not in names)]
        kept = [pair for pair in base[0]["headers"] if not pair[0].lower().startswith("access-control-")]
        return {**base[0], "headers": [*kept, *grants]}

    def _limited(self, key, request):
        """The next answer of a recorded run of equal requests; its last one when the run is over."""
        if request.target not in self._runs:
            # A single request is none of a run; the longest run is the plainest one.
            runs = sorted(self._sequences.get(key, {}).values(), key=len, reverse=True)
            runs = [run for run in runs if len(run) > 3]
            if not runs:
                return None
            plain = [run for run in runs if len(run) < 10] or runs
            self._runs[request.target] = list(plain[0])
        left = self._runs[request.target]
        return left.pop(0) if len(left) > 1 else left[0]


def replay(exchange, request):
    """The recorded answer as it is sent; `Connection: close` was the recorder's own wish."""
    if exchange["status"] is None:
        return None
    headers = []
    for name, value in exchange["headers"]:
        if name == "Connection" and value == "close":
            value = "keep-alive"
        if name == "Access-Control-Allow-Origin" and value == FOREIGN:
            value = request.value("Origin") or value
        headers.append((name, value))
    names = [name.lower() for name, _ in headers]
    if "content-length" not in names and "transfer-encoding" not in names:
        headers = [pair for pair in headers if pair[0] != "Connection"] + [("Connection", "close")]
    return Answer(exchange["status"], headers, exchange["body"].encode(), exchange["reason"])


def console_for(release, variant):
    """What answers as that variant did."""
    return RecordedConsole(release, variant)


def plain_port_for(release, variant):
    """What answers on its plain HTTP port, or None where it is not asked."""
    return RecordedConsole(release, variant, plain_port=True) if VARIANTS[variant].plain else None

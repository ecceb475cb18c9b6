"""Stand-ins of the services behind the console: sts, gateway, api, coordinator and audit, as they answer when they are
published and healthy; each field of Service changes one thing."""

import dataclasses
import json
import uuid

from http_server import Answer

EXPOSITION = (b"# HELP go_goroutines Number of goroutines that currently exist.\n# TYPE go_goroutines gauge\n"
              b"go_goroutines 12\n")
GO_SERVICES = ("sts", "gateway", "audit")
SPA = b'<!doctype html>\n<html><head><title>Console</title></head><body></body></html>\n'
ZONE = "0198f3a2-zone-of-the-stand-in"
KEY_SET = {"keys": [{"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "one", "x": "AA", "y": "AA"}]}


@dataclasses.dataclass(frozen=True)
class Service:
    """One service. It is called with a request and returns its answer."""

    component: str
    development: bool = False  # CARACAL_MODE=dev
    metrics_bearer: str = ""  # METRICS_BEARER; empty: unset
    coordinator_token: str = "the-coordinators-own-token"
    control: str = "absent"  # of the api: "closed" and "open" tell whether its gate file is there
    documentation: str = ""  # of the api in development: "page" or "redirect"
    ready_fault: str = ""  # a reason of /ready
    # What no healthy service does.
    metrics: str = ""  # "open": whoever asks gets them; "html", "error", "closes"
    anonymous: str = ""  # gateway: "stale" (503, closed too), "open", "elsewhere", "sign-in", "html"
    key_set: str = ""  # sts: "html", "error", "missing", "redirect", "broken", "empty"
    control_fault: str = ""  # api: "acts", "html"
    redirect_host: str = "elsewhere.example"  # of redirects that lead away

    def __call__(self, request):
        if request.path == "/metrics" and self.metrics == "closes":
            return None
        if request.path == "/metrics" or (request.path == "/metrics.json" and self.component in GO_SERVICES):
            return self._metrics(request)
        if request.path in ("/health", "/ready"):
            return self._ready() if request.path == "/ready" else self._health()
        return getattr(self, f"_{self.component}")(request)

    def _health(self):
        if self.component in GO_SERVICES:
            return text(200, "")
        return as_json(200, {"ok": True})

    def _ready(self):
        if self.ready_fault:
            return as_json(503, {"ok": False, "ready": False, "reason": self.ready_fault})
        known = {"sts": {"ok": True, "ready": True}, "gateway": {"ok": True, "ready": True}, "audit": {"ready": True}}
        return as_json(200, known.get(self.component, {"ok": True}))

    def _metrics(self, request):
        odd = {"html": html(200), "error": text(500, "internal error\n"), "open": exposition(self.component)}
        if self.metrics in odd:
            return odd[self.metrics]
        if self.component == "coordinator":
            return self._coordinator_metrics(request)
        if self._admits(request):
            return exposition(self.component) if request.path == "/metrics" else as_json(200, {"goroutines": 12})
        if self.component == "api":
            return as_json(401, {"error": "unauthorized"}, kind="application/json; charset=utf-8")
        return text(401, "unauthorized\n")

    def _admits(self, request):
        if self.metrics_bearer:
            return request.value("Authorization") == f"Bearer {self.metrics_bearer}"
        return self.development

    def _coordinator_metrics(self, request):
        """Its own bearer is asked for first, and the handler then wants the other one."""
        token = (request.value("Authorization") or "").removeprefix("Bearer ")
        if not token:
            return as_json(401, {"error": "missing_token"})
        if token != self.coordinator_token:
            return as_json(403, {"error": "operator_token_required"})
        return exposition("coordinator") if token == self.metrics_bearer else as_json(401, {"error": "unauthorized"})

    def _sts(self, request):
        if request.path != "/.well-known/jwks.json" or request.method != "GET":
            return text(404, "404 page not found\n")
        odd = {"html": html(200), "error": text(500, "internal error\n"), "missing": text(404, "404 page not found\n"),
               "redirect": away(self.redirect_host), "broken": as_json(200, "no key set"),
               "empty": as_json(200, {})}
        if self.key_set in odd:
            return odd[self.key_set]
        zone = dict(pair.partition("=")[::2] for pair in request.target.partition("?")[2].split("&")).get("zone_id")
        if not zone:
            return as_json(400, {"error": "invalid_token", "error_description": "zone_id required"})
        if zone != ZONE:
            return as_json(404, {"error": "resource_not_found", "error_description": "no such zone"})
        return as_json(200, KEY_SET, ("Cache-Control", "public, max-age=300, must-revalidate"),
                       ("X-Content-Type-Options", "nosniff"))

    def _gateway(self, request):
        number = str(uuid.uuid4())
        refusals = {"": (401, "invalid_token", "missing bearer token"),
                    "stale": (503, "sts_unavailable", "revocation state unavailable")}
        if self.anonymous in refusals:
            status, error, description = refusals[self.anonymous]
            return as_json(status, {"error": error, "error_description": description, "requestId": number},
                           ("X-Request-Id", number))
        odd = {"open": as_json(200, {"answered": "by an upstream"}), "elsewhere": away(self.redirect_host),
               "sign-in": away("login.identity.example", "/authorize"), "html": html(503)}
        return odd[self.anonymous]

    def _api(self, request):
        if request.path == "/docs" and self.documentation:
            return html(200) if self.documentation == "page" else Answer(
                302, [("Location", "/docs/static/index.html"), ("Content-Length", "0")])
        if request.path == "/v1/control/invoke" and request.method == "POST":
            return self._control(request)
        if request.path.startswith("/v1/"):
            return as_json(401, {"error": "invalid_admin_token"}, ("X-Content-Type-Options", "nosniff"),
                           ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"))
        return missing_route(request)

    def _control(self, request):
        odd = {"acts": as_json(200, {"done": True}), "html": html(200)}
        if self.control_fault:
            return odd[self.control_fault]
        known = {"absent": missing_route(request), "closed": as_json(503, {"error": "control disabled"}),
                 "open": as_json(401, {"error": "unauthorized"})}
        return known[self.control]

    def _coordinator(self, request):
        if request.path == "/v1/verify" and request.method == "POST":
            return as_json(400, {"error": "invalid_request"})
        return as_json(401, {"error": "missing_token"})

    def _audit(self, request):
        return text(404, "404 page not found\n")


def as_json(status, value, *headers, kind="application/json"):
    body = json.dumps(value, separators=(",", ":")).encode()
    return Answer(status, [("Content-Type", kind), *headers, ("Content-Length", str(len(body)))], body)


def text(status, words):
    body = words.encode()
    kind = [("Content-Type", "text/plain; charset=utf-8")] if body else []
    return Answer(status, [*kind, ("Content-Length", str(len(body)))], body)


def html(status):
    return Answer(status, [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(SPA)))], SPA)


def away(host, path="/"):
    return Answer(302, [("Location", f"https://{host}{path}"), ("Content-Length", "0")])


def missing_route(request):
    words = f"Route {request.method}:{request.target} not found"
    return as_json(404, {"message": words, "error": "Not Found", "statusCode": 404},
                   kind="application/json; charset=utf-8")


def exposition(component):
    kind = "text/plain; version=0.0.4" + ("; charset=utf-8" if component in GO_SERVICES else "")
    return Answer(200, [("Content-Type", kind), ("Content-Length", str(len(EXPOSITION)))], EXPOSITION)

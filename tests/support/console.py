"""A stand-in of the web console's backend that behaves as its two releases do, for probes and their tests.

Settings are those of the product (None: the variable is unset). The switches at the end break one behaviour each, as
no release does."""

import dataclasses
import json
import re
import urllib.parse
import uuid

from auth_endpoints import AuthEndpoints, session_of
from http_server import Answer

JUNE, AUGUST = "june", "august"
PUBLIC_ORIGIN = "https://console.example.net"
DEVELOPMENT_ORIGIN = "http://localhost:3001"
PAGE = b'<!doctype html>\n<html lang="en"><head><title>Console</title></head><body></body></html>\n'
CONTENT_SECURITY_POLICY = ("default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; "
                           "img-src 'self' data: blob: https:; font-src 'self' data:; "
                           "style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; "
                           "form-action 'self'")
TRUTHY = ("1", "true", "yes", "on")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")


@dataclasses.dataclass(frozen=True)
class Settings:
    release: str = AUGUST
    auth_url: str = PUBLIC_ORIGIN
    web_origin: str | None = None
    secure_cookies: str | None = None
    same_site: str = "lax"  # June ignores it
    node_env: str = "production"
    web_root: bool = True
    password_sign_up: bool = False  # June always allows it
    trust_proxy: bool = False
    version: str = "v1.0.0"
    social: tuple = ()
    admin_token: bool = True
    database: str = "up"  # or "down", "schema missing"
    session: str = ""  # the token of a session that is signed in; empty: there is none
    replicas: int = 1  # June counts requests in each of them apart
    limiter: bool = True
    cross_site_test: bool = True
    session_test: bool = True
    path_test: bool = True

    @property
    def june(self):
        return self.release == JUNE

    @property
    def production(self):
        return self.node_env.lower() == "production"

    @property
    def secure(self):
        if self.secure_cookies is not None:
            return self.secure_cookies.lower() in TRUTHY
        return self.production or self.auth_url.startswith("https://")

    @property
    def sign_up_open(self):
        return self.june or self.password_sign_up or not self.production

    @property
    def own_origin(self):
        return origin_of(self.auth_url)

    @property
    def web_origins(self):
        return [origin for entry in (self.web_origin or "").split(",") if (origin := origin_of(entry.strip()))]

    @property
    def trusted_origins(self):
        seeded = self.web_origin is None if self.june else not self.production
        return {self.own_origin, *self.web_origins, *([DEVELOPMENT_ORIGIN] if seeded else [])}

    @property
    def page_root(self):
        """Where sign-in pages are: the first trusted origin that is not the console's own."""
        others = [*self.web_origins, *([] if self.production else [DEVELOPMENT_ORIGIN])]
        return next((origin for origin in others if origin != self.own_origin), self.own_origin)


def origin_of(url):
    """The origin of an http or https URL as browsers write it, or None."""
    parts = urllib.parse.urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{parts.hostname}" + ("" if port in (None, default) else f":{port}")


def json_answer(status, value, *headers):
    body = json.dumps(value, separators=(",", ":")).encode()
    return Answer(status, [("Content-Type", "application/json"), *headers, ("Content-Length", str(len(body)))], body)


NO_STORE = ("Cache-Control", "no-store")


class Console:
    """Answers requests; its counters live as long as it does."""

    def __init__(self, settings=Settings()):
        self.settings = settings
        self.auth = AuthEndpoints(settings)

    def __call__(self, request):
        if request.method == "CONNECT":
            return None
        answer = self._route(request)
        framing = [pair for pair in answer.headers if pair[0] == "Content-Length"]
        own = [pair for pair in answer.headers if pair[0] != "Content-Length"]
        if not framing and request.method != "HEAD" and answer.status != 204:
            framing = [("Transfer-Encoding", "chunked")]
        answer.headers = [*self._common(request), *self._grants(request), *own,
                          ("Date", "Mon, 02 Nov 2026 09:00:00 GMT"), ("Connection", "keep-alive"),
                          ("Keep-Alive", "timeout=75"), *framing]
        return answer

    def _common(self, request):
        headers = [("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
                   ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin")]
        if self.settings.secure:
            headers.append(("Strict-Transport-Security", "max-age=63072000; includeSubDomains"))
        known = request.value("x-request-id") or ""
        headers.append(("x-request-id", known if REQUEST_ID.fullmatch(known) else str(uuid.uuid4())))
        return headers

    def _grants(self, request):
        origin = request.value("Origin")
        if origin not in self.settings.trusted_origins:
            return []
        return [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"),
                ("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE, OPTIONS"),
                ("Access-Control-Allow-Headers", "Content-Type"), ("Vary", "Origin")]

    def _route(self, request):
        if request.method == "OPTIONS":
            return Answer(204)
        exact = {"/health": self._health, "/ready": self._ready, "/providers": self._providers,
                 "/account": lambda: self._account(request)}
        if not self.settings.june:
            exact["/version"] = lambda: json_answer(200, {"version": self.settings.version})
        if request.target in exact:
            return exact[request.target]()
        if request.target.startswith("/api/console"):
            return self._console(request)
        if request.target.startswith("/api/auth"):
            return self.auth(request)
        return self._static(request)

    def _health(self):
        return json_answer(200, {"status": "ok", "service": "caracal-auth"})

    def _ready(self):
        down = self.settings.database == "down"
        return json_answer(503 if down else 200, {"status": "unavailable" if down else "ready"})

    def _providers(self):
        social = self.settings.social
        if self.settings.june:
            return json_answer(200, {"email": True, "google": "google" in social, "github": "github" in social})
        return json_answer(200, {"email": True, "social": list(social), "passwordReset": False})

    def _account(self, request):
        if not self.settings.june and self._crosses_sites(request):
            return json_answer(403, {"error": "cross_site_request_blocked"})
        if request.method != "DELETE":
            answer = json_answer(405, {"error": "method_not_allowed"}, NO_STORE)
            return Answer(405, [("Allow", "DELETE"), *answer.headers], answer.body)
        return json_answer(401, {"error": "unauthenticated"}, NO_STORE)

    def _crosses_sites(self, request):
        if request.method in SAFE_METHODS or not self.settings.cross_site_test:
            return False
        origin = request.value("Origin")
        if origin is None:
            origin = origin_of(request.value("Referer") or "")
        return origin not in self.settings.trusted_origins

    def _console(self, request):
        if self._crosses_sites(request):
            return json_answer(403, {"error": "cross_site_request_blocked"})
        if self.settings.session_test and not session_of(request, self.settings):
            return json_answer(401, {"error": "unauthenticated"}, NO_STORE)
        rest = request.target.removeprefix("/api/console")
        if rest == "/status":
            configured = self.settings.admin_token
            return json_answer(200, {"configured": configured, "reachable": configured}, NO_STORE)
        for prefix, below, fault in (("/v1/", "/v1/", "control_plane_not_configured"),
                                     ("/coord/", "/zones/", "coordinator_not_configured")):
            if rest.startswith(prefix):
                return self._proxied(rest if prefix == "/v1/" else rest.removeprefix("/coord"), below, fault)
        return json_answer(404, {"error": "not_found"}, NO_STORE)

    def _proxied(self, path, below, fault):
        """The answer of the API or the Coordinator to a path that has to stay below `below`."""
        if not self.settings.admin_token:
            return json_answer(503, {"error": fault}, NO_STORE)
        if self.settings.path_test and not self._stays(path, below):
            return json_answer(404, {"error": "not_found"}, NO_STORE)
        return json_answer(200, {"items": []}, NO_STORE)

    def _stays(self, path, below):
        if ".." in path or not path.startswith(below):
            return False
        if not self.settings.june:
            return not re.search(r"%2e|%2f|%5c", path, re.IGNORECASE)
        # June's URL parser takes an encoded double dot for a step up, and knows no other encoded form.
        return not re.search(r"/(%2e|\.){2}(/|\?|$)", path, re.IGNORECASE)

    def _static(self, request):
        if not self.settings.web_root:
            return json_answer(404, {"error": "not_found"})
        if re.search(r"%(?![0-9A-Fa-f]{2})", request.path):
            return json_answer(500, {"error": "internal_error"})
        assets = {"/assets/x.js": ("text/javascript", "public, max-age=31536000, immutable", b"0;\n"),
                  "/robots.txt": ("text/plain", "no-cache", b"User-agent: *\n")}
        if request.path in assets:
            kind, caching, body = assets[request.path]
            return Answer(200, [("Content-Type", f"{kind}; charset=utf-8"), ("Cache-Control", caching)], body)
        return Answer(200, [("Content-Security-Policy", CONTENT_SECURITY_POLICY),
                            ("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache")], PAGE)

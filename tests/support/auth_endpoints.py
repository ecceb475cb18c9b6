"""What answers below /api/auth in the stand-in of the console: sign-in, sign-up, sign-out, and their limiter."""

import ipaddress
import itertools
import json
import threading
import time
import urllib.parse

from http_server import Answer

CREDENTIAL_PATHS = ("/sign-in", "/sign-up", "/change-password", "/change-email")


def session_of(request, settings):
    """Whether the request carries the cookie of the session that is signed in."""
    prefix = "__Secure-" if settings.secure else ""
    wanted = f"{prefix}better-auth.session_token={settings.session}"
    cookies = [cookie.strip() for line in request.values("Cookie") for cookie in line.split(";")]
    return bool(settings.session) and wanted in cookies


def answer(status, value=None, *headers):
    """As the library answers: chunked, header names in lower case."""
    if value is None:
        return Answer(status, list(headers))
    body = json.dumps(value, separators=(",", ":")).encode()
    return Answer(status, [("content-type", "application/json"), *headers], body)


def refusal(status, code, message):
    return answer(status, {"message": message, "code": code})


class Limiter:
    """Counts requests for each key in windows that start anew with every allowed request."""

    def __init__(self, now=time.monotonic):
        self._now = now
        self._counters = {}
        self._lock = threading.Lock()

    def admits(self, key, most, seconds):
        with self._lock:
            count, last = self._counters.get(key, (0, 0.0))
            if self._now() - last > seconds:
                count = 0
            if count >= most:
                return False
            self._counters[key] = (count + 1, self._now())
            return True


class AuthEndpoints:
    def __init__(self, settings):
        self.settings = settings
        # June counts in the memory of each replica, August in the database that they share.
        self._limiters = [Limiter() for _ in range(settings.replicas if settings.june else 1)]
        self._turn = itertools.cycle(self._limiters)

    def __call__(self, request):
        settings = self.settings
        if request.method == "POST" and request.path == "/api/auth/sign-up/email" and not settings.sign_up_open:
            body = b'{"error":"registration_not_permitted"}'
            return Answer(403, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))], body)
        if settings.database != "up" and not settings.june:
            body = b'{"error":"internal_error"}'
            return Answer(500, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))], body)
        base = urllib.parse.urlsplit(settings.auth_url).path.rstrip("/") or "/api/auth"
        if not request.path.startswith(base + "/"):
            return answer(404)
        path = request.path.removeprefix(base)
        if settings.limiter and not self._admits(request, path):
            return self._too_many(path)
        return self._route(request, path)

    def _admits(self, request, path):
        return next(self._turn).admits((self._client(request), path), *self._limit(path))

    def _limit(self, path):
        """How many requests in how many seconds."""
        june = self.settings.june
        exact = {"/sign-in/email": (10, 60), "/sign-up/email": (10 if june else 5, 60),
                 "/request-password-reset": (3 if june else 5, 60)}
        return exact.get(path) or ((3, 10) if path.startswith(CREDENTIAL_PATHS) else (120, 60))

    def _client(self, request):
        """Whom a request is counted for: June believes the first forwarded address of anybody."""
        entries = [entry.strip() for entry in (request.value("X-Forwarded-For") or "").split(",")]
        if self.settings.june:
            return address(entries[0]) or "everybody"
        return (self.settings.trust_proxy and address(entries[-1])) or request.peer

    def _too_many(self, path):
        seconds = self._limit(path)[1]
        # August adds a number to a text where the counter comes from its database.
        wait = f"{int(time.time())}{seconds}5" if self.settings.production and not self.settings.june else str(seconds)
        return Answer(429, [("content-type", "text/plain;charset=UTF-8"), ("x-retry-after", wait)],
                      b'{"message":"Too many requests. Please try again later."}')

    def _route(self, request, path):
        routes = {("GET", "/ok"): lambda: answer(200, {"ok": True}),
                  ("GET", "/get-session"): lambda: self._session(request),
                  ("GET", "/error"): self._error,
                  ("POST", "/sign-out"): lambda: self._sign_out(request),
                  ("POST", "/sign-in/email"): lambda: self._credentials(request, path),
                  ("POST", "/sign-up/email"): lambda: self._credentials(request, path),
                  ("POST", "/request-password-reset"):
                      lambda: refusal(400, "RESET_PASSWORD_DISABLED", "No password reset here")}
        route = routes.get((request.method, path))
        if not route:
            return answer(404)
        kind = (request.value("Content-Type") or "application/json").split(";")[0]
        if request.method == "POST" and kind != "application/json":
            return refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Only application/json is taken")
        return route()

    def _session(self, request):
        before, after = ([], []) if self.settings.june else ([("cache-control", "no-store")], [("pragma", "no-cache")])
        body = b'{"session":{}}' if session_of(request, self.settings) else b"null"
        return Answer(200, [*before, ("content-type", "application/json"), *after], body)

    def _error(self):
        if self.settings.june and not self.settings.production:
            return Answer(200, [("content-type", "text/html")], b"<!doctype html><title>Error</title>")
        root = "/" if self.settings.june else self.settings.page_root + "/sign-in"
        return answer(302, None, ("location", f"{root}?error=UNKNOWN"))

    def _foreign(self, request):
        """The refusal of a request that another site may have sent, or None."""
        origin = request.value("Origin")
        if origin is None and request.value("Referer"):
            parts = urllib.parse.urlsplit(request.value("Referer"))
            origin = f"{parts.scheme}://{parts.netloc}"
        if origin in (None, "", "null"):
            return refusal(403, "MISSING_OR_NULL_ORIGIN", "Missing or null Origin")
        if origin not in self.settings.trusted_origins:
            return refusal(403, "INVALID_ORIGIN", "Invalid origin")
        return None

    def _sign_out(self, request):
        foreign = self._foreign(request) if request.value("Cookie") is not None else None
        if foreign:
            return foreign
        secure, settings = self.settings.secure, self.settings
        same_site = "None" if settings.same_site == "none" and not settings.june else "Lax"
        attributes = "; Max-Age=0; Path=/; HttpOnly" + ("; Secure" if secure else "") + f"; SameSite={same_site}"
        return answer(200, {"success": True}, *[
            ("set-cookie", f"{'__Secure-' if secure else ''}better-auth.{name}={attributes}")
            for name in ("session_token", "session_data", "dont_remember")])

    def _credentials(self, request, path):
        try:
            fields = json.loads(request.body or b"{}")
        except ValueError:
            fields = {}
        if not {"email", "password"} <= set(fields):
            return refusal(400, "VALIDATION_ERROR", "[body.email] expected a string")
        marks = ("Origin", "Referer", "Sec-Fetch-Site", "Cookie")
        foreign = self._foreign(request) if any(request.value(mark) is not None for mark in marks) else None
        if foreign:
            return foreign
        if path == "/sign-up/email":
            return refusal(422, "NOT_HERE", "The stand-in creates no accounts")
        return refusal(401, "INVALID_EMAIL_OR_PASSWORD", "Invalid email or password")


def address(text):
    """The address that the text is, or None."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None

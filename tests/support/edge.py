"""Proxies in front of a stand-in: one that passes everything on, and those that strip, double, replace or open."""

import dataclasses

from http_server import REASONS, Answer

SECURITY_HEADERS = frozenset(("x-content-type-options", "x-frame-options", "referrer-policy",
                              "cross-origin-opener-policy", "strict-transport-security", "content-security-policy"))
OWN_PLACE = ("date", "content-type", "transfer-encoding", "content-length", "connection")  # its headers come first


@dataclasses.dataclass
class Edge:
    """A reverse proxy as nginx is one; what it adds comes after the headers of whom it asks."""

    behind: object  # what answers; None: nobody does any more
    strips: frozenset = frozenset()  # names in lower case
    adds: tuple = ()
    opens_cors: bool = False  # echoes every Origin, with credentials
    overwrites_forwarded: bool = False  # instead of appending to X-Forwarded-For

    def __call__(self, request):
        if self.behind is None:
            return page(502)
        answer = self.behind(dataclasses.replace(request, headers=self._forwarded(request)))
        if answer is None:
            return page(502)
        kept = [pair for pair in answer.headers if pair[0].lower() not in self.strips | {"keep-alive"}]
        first = [pair for name in OWN_PLACE for pair in kept if pair[0].lower() == name]
        answer.headers = [("Server", "nginx"), *[(name.title(), value) for name, value in first],
                          *[pair for pair in kept if pair[0].lower() not in OWN_PLACE], *self._added(request)]
        return answer

    def _forwarded(self, request):
        known = [] if self.overwrites_forwarded else request.values("X-Forwarded-For")
        others = [pair for pair in request.headers if pair[0].lower() != "x-forwarded-for"]
        return [*others, ("X-Forwarded-For", ", ".join([*known, request.peer]))]

    def _added(self, request):
        origin = request.value("Origin")
        cors = [("Access-Control-Allow-Origin", origin)] if self.opens_cors and origin else []
        cors += [("Access-Control-Allow-Credentials", "true")] if self.opens_cors else []
        return [*self.adds, *cors]


def page(status, *headers):
    """A page of the proxy's own."""
    body = f"<html><head><title>{status} {REASONS[status]}</title></head></html>\r\n".encode()
    return Answer(status, [("Server", "nginx"), ("Content-Type", "text/html"), ("Content-Length", str(len(body))),
                           *headers], body)


def passing(console):
    return Edge(console)


def doubling(console):
    return Edge(console, adds=(("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"),
                               ("X-Frame-Options", "SAMEORIGIN"), ("X-Content-Type-Options", "nosniff"),
                               ("Referrer-Policy", "strict-origin-when-cross-origin"),
                               ("Content-Security-Policy", "frame-ancestors 'self'")))


def stripping(console):
    return Edge(console, strips=SECURITY_HEADERS)


def replacing(console):
    return Edge(console, strips=frozenset(("strict-transport-security",)),
                adds=(("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"),))


def opening(console):
    return Edge(console, opens_cors=True)


def overwriting(console):
    return Edge(console, overwrites_forwarded=True)


def dead(_):
    return Edge(None)


def https_redirect(status):
    """The plain port of a console: everything is sent on to https."""
    return lambda request: page(status, ("Location", f"https://console.example.net{request.target}"))


@dataclasses.dataclass
class IdentityProxy:
    """Lets nobody through who does not carry the header; others are sent to its sign-in page, or refused."""

    behind: object
    pass_header: tuple = ("X-Access-Token", "let-the-probe-through-5d1c0a")
    redirects: bool = True

    def __call__(self, request):
        if self.pass_header[1] in request.values(self.pass_header[0]):
            return self.behind(request)
        if self.redirects:
            return page(302, ("Location", "https://login.identity.example/authorize?client=console"))
        return page(403)

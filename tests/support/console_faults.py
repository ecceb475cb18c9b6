"""Consoles with one behaviour broken, or changed in a way that must not matter, and the verdicts that differ by it.

`CHANGES` maps a name to the handler and to the rows whose verdict is not that of the sound console."""

import dataclasses

from console import AUGUST, CONTENT_SECURITY_POLICY, Console, Settings
from http_server import Answer
from services import EXPOSITION

SESSION = "a-session-of-the-stand-in"
SOUND = Settings(AUGUST, web_origin="", session=SESSION)
CSP, XFO, CTO = "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options"
REFERRER, HSTS, ALLOW = "Referrer-Policy", "Strict-Transport-Security", "Access-Control-Allow-Origin"


def sound(**settings):
    return Console(dataclasses.replace(SOUND, **settings))


@dataclasses.dataclass
class Altered:
    """A console whose answers are changed on their way by `change(request, answer)`."""

    change: object
    console: Console = dataclasses.field(default_factory=sound)

    def __call__(self, request):
        return self.change(request, self.console(request))


def replaced(name, *values):
    """Every header of that name becomes these values; a header that is not there stays away."""
    def change(_, answer):
        headers = []
        for key, value in answer.headers:
            if key.lower() != name.lower():
                headers.append((key, value))
            elif key not in [known for known, _ in headers]:
                headers += [(key, other) for other in values]
        return dataclasses.replace(answer, headers=headers)
    return lambda: Altered(change)


def rewritten(name, old, new):
    """In every header of that name the words are replaced."""
    def change(_, answer):
        return dataclasses.replace(answer, headers=[
            (key, value.replace(old, new) if key.lower() == name.lower() else value) for key, value in answer.headers])
    return lambda: Altered(change)


def granting(granted, *origins):
    """These Origins are granted access with credentials; `granted` is what is said of them, or None for an echo."""
    def change(request, answer):
        origin = request.value("Origin")
        if origin is None or (origins and origin not in origins):
            return answer
        return dataclasses.replace(answer, headers=[*answer.headers, (ALLOW, granted or origin),
                                                    ("Access-Control-Allow-Credentials", "true")])
    return lambda: Altered(change)


def answering(path, answer):
    """That path is answered otherwise."""
    return lambda: Altered(lambda request, usual: answer if request.path == path else usual)


def policy(old, new):
    return replaced(CSP, CONTENT_SECURITY_POLICY.replace(old, new))


def set_to(**settings):
    return lambda: sound(**settings)


def fails(*rows):
    return {f"web-edge-{row}": "fail" for row in rows}


METRICS = Answer(200, [("Content-Type", "text/plain; version=0.0.4"), ("Content-Length", str(len(EXPOSITION)))],
                 EXPOSITION)
STRANGER = "https://caracal-compliance-exporter.invalid"  # the foreign Origin of probes
UNEXPECTED, UNSEEN = "unknown: unexpected_response", "unknown: not_observable"
# Nothing that the session test answers elsewhere can be seen then.
WITHOUT_SESSION_TEST = {**fails("unauthenticated-console", "cross-site-writes"),
                        **{f"web-edge-{row}": UNEXPECTED for row in ("public-origin", "same-origin")}}

CHANGES = {
    "no policy": (replaced(CSP), fails("content-security-policy")),
    "frame-ancestors self": (policy("frame-ancestors 'none'", "frame-ancestors 'self'"),
                             fails("content-security-policy")),
    "no frame-ancestors": (policy("frame-ancestors 'none'; ", ""), fails("content-security-policy")),
    "inline scripts": (policy("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
                       fails("content-security-policy")),
    "evaluated scripts": (policy("script-src 'self'", "script-src 'self' 'unsafe-eval'"),
                          fails("content-security-policy")),
    "scripts from anywhere": (policy("script-src 'self'", "script-src *"), fails("content-security-policy")),
    "policy that only reports": (lambda: Altered(lambda _, answer: dataclasses.replace(answer, headers=[
        (CSP + "-Report-Only" if key == CSP else key, value) for key, value in answer.headers])),
                                 fails("content-security-policy")),
    "second policy that is weak": (replaced(CSP, CONTENT_SECURITY_POLICY, "frame-ancestors *"), {}),
    "frames of the same origin": (replaced(XFO, "SAMEORIGIN"), fails("frame-options")),
    "no frame options": (replaced(XFO), fails("frame-options")),
    "frame options in lower case": (replaced(XFO, "deny"), {}),
    "frame options twice": (replaced(XFO, "DENY", "DENY"), {}),
    "contradicting frame options": (replaced(XFO, "DENY", "SAMEORIGIN"), fails("frame-options")),
    "no content type options": (replaced(CTO), fails("content-type-options")),
    "content type options of nobody": (replaced(CTO, "sniff"), fails("content-type-options")),
    "no referrer policy": (replaced(REFERRER), fails("referrer-policy")),
    "whole referrer": (replaced(REFERRER, "unsafe-url"), fails("referrer-policy")),
    "later referrer policy": (replaced(REFERRER, "no-referrer, origin"), fails("referrer-policy")),
    "later referrer policy of nobody": (replaced(REFERRER, "no-referrer, nonsense"), {}),
    "no strict transport": (replaced(HSTS), fails("strict-transport-security")),
    "strict transport for no time": (replaced(HSTS, "max-age=0"), fails("strict-transport-security")),
    "strict transport for a week": (replaced(HSTS, "max-age=604800"), fails("strict-transport-security")),
    "strict transport for 180 days": (replaced(HSTS, "max-age=15552000"), {}),
    "strict transport without age": (replaced(HSTS, "includeSubDomains"), fails("strict-transport-security")),
    "broken strict transport first": (replaced(HSTS, "max-age=none", "max-age=63072000"),
                                      fails("strict-transport-security")),
    "weak strict transport second": (replaced(HSTS, "max-age=63072000", "max-age=0"), {}),
    "cookies that scripts read": (rewritten("set-cookie", "; HttpOnly", ""), fails("session-cookies")),
    "cookies over plain HTTP": (rewritten("set-cookie", "; Secure", ""), fails("session-cookies")),
    "cookies without prefix": (rewritten("set-cookie", "__Secure-", ""), fails("session-cookies")),
    "cookies for other sites": (rewritten("set-cookie", "SameSite=Lax", "SameSite=None"), fails("session-cookies")),
    "cookies without same-site": (rewritten("set-cookie", "; SameSite=Lax", ""), fails("session-cookies")),
    "strict cookies": (rewritten("set-cookie", "SameSite=Lax", "SameSite=Strict"), {}),
    "strangers granted": (granting(None, STRANGER), fails("foreign-origin-grants")),
    "nobody's origin granted": (granting(None, "null"), fails("foreign-origin-grants")),
    "all granted to strangers": (granting("*", STRANGER), fails("foreign-origin-grants")),
    "developers granted": (set_to(web_origin="http://localhost:3001"), fails("untrusted-development-origin")),
    "everybody granted": (granting(None), fails("foreign-origin-grants", "untrusted-development-origin")),
    "no page": (set_to(web_root=False), {**fails("same-origin"), "web-edge-content-security-policy": UNSEEN}),
    "writes of other sites": (set_to(cross_site_test=False), {"web-edge-cross-site-writes": UNEXPECTED}),
    "no session asked for": (set_to(session_test=False), WITHOUT_SESSION_TEST),
    "neither tested": (set_to(session_test=False, cross_site_test=False), WITHOUT_SESSION_TEST),
    "no limiter": (set_to(limiter=False), {**fails("credential-rate-limit"), "web-edge-rate-limit-identity": UNSEEN}),
    "forwarded addresses believed": (set_to(trust_proxy=True), fails("rate-limit-identity")),
    "paths that leave": (set_to(path_test=False), fails("proxied-paths")),
    "no admin token": (set_to(admin_token=False), {"web-edge-proxied-paths": UNSEEN}),
    "another session": (set_to(session="another"), {"web-edge-proxied-paths": UNSEEN}),
    "sign-up for all": (set_to(password_sign_up=True), fails("registration")),
    "metrics on the edge": (answering("/metrics", METRICS), {"metrics-access-not-on-public-edge": "fail"}),
    "other library": (answering("/api/auth/ok", Answer(404, [("Content-Length", "0")])), {
        f"web-edge-{row}": UNEXPECTED for row in ("session-cookies", "credential-rate-limit", "rate-limit-identity",
                                                  "registration")}),
}

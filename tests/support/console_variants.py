"""The variants of the recordings, as settings of the stand-in: what to answer where nothing was recorded.

A variant is one configuration of the console with what stands in front of it. Some exist in one release only."""

import dataclasses

import edge
from console import AUGUST, JUNE, Console, Settings

APP_ORIGIN = "https://app.example.com"
APP_ORIGINS = (APP_ORIGIN, "https://www.example.com")
SESSION = "THROWAWAY-TOKEN"
BOTH = (JUNE, AUGUST)


@dataclasses.dataclass(frozen=True)
class Variant:
    settings: dict = dataclasses.field(default_factory=dict)
    august: dict = dataclasses.field(default_factory=dict)  # further ones of that release
    front: object = None  # a proxy of edge.py
    plain: object = None  # what answers on the plain HTTP port, where it is asked: "console", None, or a handler
    refused_by: tuple = ()  # the releases whose process is not there: connections are refused
    releases: tuple = BOTH
    split_origins: tuple = ()  # as the operator declares them
    replicas: int = 1

    def console(self, release):
        base = {"web_origin": None} if release == JUNE else {"web_origin": "", **self.august}
        settings = Settings(release=release, **{**base, **self.settings})
        console = Console(settings)
        return self.front(console) if self.front else console

    def plain_port(self, release):
        """What answers on the plain HTTP port, or None where it is not asked."""
        return self.console(release) if self.plain == "console" else self.plain


def closing(_):
    return None


def wrong_scheme(_):
    return edge.page(400)


SPLIT = {"web_origin": APP_ORIGIN, "web_root": False}
OWN = {"web_origin": "https://console.example.net"}
NOT_PRODUCTION = {"node_env": "", "web_origin": None}
AUGUST_ONLY = {"releases": (AUGUST,)}

VARIANTS = {
    "compose": Variant(),
    "webOriginUnset": Variant({"web_origin": None}),
    "webOriginEmpty": Variant({"web_origin": ""}),
    "webOriginOwn": Variant(OWN),
    "webOriginWildcard": Variant({"web_origin": "*"}),
    "webOriginHttp": Variant({"web_origin": "http://console.example.net"}),
    "split": Variant(SPLIT, split_origins=(APP_ORIGIN,)),
    "splitErrorPage": Variant(SPLIT, split_origins=(APP_ORIGIN,)),
    "splitTwoOriginsWithJunk": Variant({"web_origin": "https://app.example.com/path, nonsense, "
                                                      "https://www.example.com:443"}, split_origins=APP_ORIGINS),
    "webRootWithoutIndex": Variant({"web_root": False}),
    "noWebRootNoOrigin": Variant({"web_root": False}),
    "secureCookiesFalse": Variant({"secure_cookies": "false"}),
    "secureCookiesEmpty": Variant({"secure_cookies": ""}),
    "secureCookiesOne": Variant({"secure_cookies": "1"}),
    "nodeEnvCapital": Variant({"node_env": "Production"}),
    "httpAuthUrl": Variant({"auth_url": "http://console.example.net"}),
    "localhostDefault": Variant({"auth_url": "http://localhost:3001"}),
    "authUrlTrailingSlash": Variant({"auth_url": "https://console.example.net/"}),
    "authUrlUpperCaseHost": Variant({"auth_url": "https://CONSOLE.example.net"}),
    "authUrlPort443": Variant({"auth_url": "https://console.example.net:443"}),
    "authUrlPort8443": Variant({"auth_url": "https://console.example.net:8443"}),
    "authUrlWithPath": Variant({"auth_url": "https://console.example.net/console"}),
    "notProduction": Variant(NOT_PRODUCTION),
    "notProductionHttp": Variant({**NOT_PRODUCTION, "auth_url": "http://console.example.net"}),
    "notProductionLimiter": Variant(NOT_PRODUCTION),
    "sameSiteVariableIgnored": Variant({"same_site": "none"}, releases=(JUNE,)),
    "sameSiteNone": Variant({**SPLIT, "same_site": "none"}, split_origins=(APP_ORIGIN,), **AUGUST_ONLY),
    "sameSiteNoneSameOrigin": Variant({**OWN, "same_site": "none"}, **AUGUST_ONLY),
    "sameSiteLaxExplicit": Variant({"same_site": "lax"}, **AUGUST_ONLY),
    "passwordSignup": Variant({"password_sign_up": True}, **AUGUST_ONLY),
    "openRegistration": Variant(**AUGUST_ONLY),
    "noVersion": Variant({"version": "dev"}, **AUGUST_ONLY),
    "socialProviders": Variant({"social": ("google", "github")}),
    "limiter": Variant(),
    "limiterTrustProxy": Variant({"trust_proxy": True}, **AUGUST_ONLY),
    "twoClientAddresses": Variant(),
    "twoClientAddressesTrustProxy": Variant({"trust_proxy": True}, **AUGUST_ONLY),
    "generalLimit": Variant(),
    "signUpOpenLimiter": Variant({"password_sign_up": True}),
    "keepAlive": Variant(),
    "session": Variant({"session": SESSION}, {"node_env": ""}),
    "sessionNoAdminToken": Variant({"session": SESSION, "admin_token": False}, {"node_env": ""}),
    "databaseUnreachable": Variant({"database": "down"}),
    "databaseDown": Variant({"database": "down"}, refused_by=(JUNE,)),
    "schemaMissing": Variant({"database": "schema missing"}),
    "nginxPassThrough": Variant(OWN, front=edge.passing),
    "nginxDuplicates": Variant(OWN, front=edge.doubling),
    "nginxStrips": Variant(OWN, front=edge.stripping),
    "nginxReplacesHsts": Variant(OWN, front=edge.replacing),
    "nginxOpensCors": Variant(OWN, front=edge.opening),
    "nginxXffOverwritten": Variant(OWN, front=edge.overwriting),
    "nginxTwoReplicas": Variant({**OWN, "replicas": 2}, front=edge.passing, replicas=2),
    "nginxDeadUpstream": Variant(OWN, front=edge.dead),
    "nginxWrongHost": Variant(OWN, front=edge.passing),
    "nginxHttpRedirect301": Variant(OWN, front=edge.passing, plain=edge.https_redirect(301)),
    "nginxHttpRedirect308": Variant(OWN, front=edge.passing, plain=edge.https_redirect(308)),
    "nginxHttpContent": Variant(OWN, front=edge.passing, plain="console"),
    "nginxHttpClosed444": Variant(OWN, front=edge.passing, plain=closing),
    "nginxPlainHttpToTlsPort": Variant(OWN, front=edge.passing, plain=wrong_scheme),
}

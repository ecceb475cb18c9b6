"""Changes to the console's origins and cookies, the Gateway's upstreams, the issuer and the ways to the data stores."""

from change import Swap, compose, in_service, in_workload, kubernetes, set_pod_variable, set_variable
from secret_contents import content

PASSWORD = "4f0c9be1d7a2538e6cb40f9d1a7e35c28b6d90f3"


def in_env_file(old, new):
    return Swap("caracal.env", "", old, new)


def more_env(line):
    return in_env_file("CARACAL_VERSION", f"{line}\nCARACAL_VERSION")


def upstreams(hosts):
    return in_env_file("203.0.113.10, 203.0.113.11", hosts)


def origin_in_pod(value):
    return in_workload("web", '{name: CARACAL_WEB_ORIGIN, value: "https://console.harbour.test"}',
                       f'{{name: CARACAL_WEB_ORIGIN, value: "{value}"}}')


PUBLIC = "web-edge-public-origin"
SAME = "web-edge-same-origin"
COOKIES = "web-edge-session-cookies"
SPLIT = "web-edge-split-origins"

WEB = [
    compose("URL of the console with a path", in_env_file("https://console.harbour.test", "https://console.harbour.test/console"),
            {PUBLIC: "fail web"}),
    compose("URL of the console with a query", in_env_file("https://console.harbour.test", "https://console.harbour.test?a=b"),
            {PUBLIC: "fail web"}),
    compose("example host", in_env_file("https://console.harbour.test", "https://console.example.com"), {PUBLIC: "fail web"}),
    compose("another host than the endpoint's", in_env_file("https://console.harbour.test", "https://konsole.harbour.test"), {PUBLIC: "fail web"}),
    compose("another port than the endpoint's", in_env_file("https://console.harbour.test", "https://console.harbour.test:8443"), {PUBLIC: "fail web"}),
    compose("empty URL of the console", in_service("web", "${CARACAL_WEB_URL:-http://localhost:3001}", '""'),
            {PUBLIC: "fail web", "external-tls-public-url": "fail web"}, "what is no URL is not https"),
    compose("URL of the console that a variable decides", in_service("web", "${CARACAL_WEB_URL:-http://localhost:3001}", "https://${CONSOLE_HOST}"),
            {PUBLIC: "unknown", "external-tls-public-url": "unknown"}, "both read it"),
    compose("another origin trusted", more_env("CARACAL_WEB_ORIGIN=https://partner.harbour.test"), {SAME: "fail web"}),
    compose("development origin trusted", in_service("web", "      CARACAL_WEB_ORIGIN: ${CARACAL_WEB_ORIGIN:-}\n",
                                                     "      CARACAL_WEB_ORIGIN: http://localhost:3001\n"),
            {SAME: "fail web", "external-tls-public-url": "fail web", "web-edge-untrusted-development-origin": "fail web"},
            "it is plain, foreign and the developers'"),
    compose("a split that the console does not know", (), {SAME: "not_applicable", SPLIT: "fail web"}, "a split is declared",
            config={"split_origins": ["https://app.harbour.test"]}),
    compose("a split with another origin",
            (more_env("CARACAL_WEB_ORIGIN=https://apps.harbour.test"), set_variable("web", "CARACAL_AUTH_COOKIE_SAME_SITE: none")),
            {SAME: "not_applicable", SPLIT: "fail web"}, "a split is declared", config={"split_origins": ["https://app.harbour.test"]}),
    compose("a split without its cookies", more_env("CARACAL_WEB_ORIGIN=https://app.harbour.test"),
            {SAME: "not_applicable", SPLIT: "fail web"}, "a split is declared", config={"split_origins": ["https://app.harbour.test"]}),
    compose("cookies that are not secure", in_service("web", 'CARACAL_AUTH_SECURE_COOKIES: "true"', 'CARACAL_AUTH_SECURE_COOKIES: "false"'),
            {COOKIES: "fail web"}),
    compose("cookies that an empty text leaves open", in_service("web", 'CARACAL_AUTH_SECURE_COOKIES: "true"', 'CARACAL_AUTH_SECURE_COOKIES: ""'),
            {COOKIES: "fail web"}),
    compose("cookies for every site", set_variable("web", "CARACAL_AUTH_COOKIE_SAME_SITE: none"), {COOKIES: "fail web"}),
    compose("everybody may register", set_variable("web", 'CARACAL_OPEN_REGISTRATION: "true"'), {"web-edge-registration": "fail web"}),
    compose("console that asks the API by its public name", in_service("web", "http://api:3000", "https://api.harbour.test"),
            {"web-edge-internal-hosts": "fail web"}),
    compose("June's release without origin", (in_env_file("CARACAL_VERSION=1.0.0", "CARACAL_VERSION=2026.06.22-rc.1"),
                                              in_service("web", "      CARACAL_WEB_ORIGIN: ${CARACAL_WEB_ORIGIN:-}\n", "")),
            {"web-edge-untrusted-development-origin": "fail web", "web-edge-registration": "fail web"},
            "that release lets everybody sign up"),
    kubernetes("another origin trusted", origin_in_pod("https://partner.harbour.test"), {SAME: "fail web"}),
    kubernetes("cookies that are not secure", in_workload("web", '{name: CARACAL_AUTH_SECURE_COOKIES, value: "true"}',
                                                          '{name: CARACAL_AUTH_SECURE_COOKIES, value: "0"}'), {COOKIES: "fail web"}),
    kubernetes("everybody may register", set_pod_variable("web", '{name: CARACAL_OPEN_REGISTRATION, value: "1"}'),
               {"web-edge-registration": "fail web"}),
    kubernetes("coordinator by its public name", in_workload("web", "http://harbour-caracal-coordinator:4000", "https://coordinator.harbour.test"),
               {"web-edge-internal-hosts": "fail web"}),
]

LIST = "gateway-upstreams-allowlist"
ENTRIES = "gateway-upstreams-allowlist-entries"
DANGEROUS = "gateway-upstreams-dangerous-addresses"
PRIVATE = "gateway-upstreams-private-addresses"
NO_ENTRY = "no entry is left to judge"

UPSTREAMS = [
    compose("no upstreams pinned", upstreams(""), {LIST: "fail gateway", ENTRIES: "not_applicable", DANGEROUS: "not_applicable",
                                                   PRIVATE: "not_applicable"}, NO_ENTRY),
    compose("only commas", upstreams(" , ,"), {LIST: "fail gateway", ENTRIES: "not_applicable", DANGEROUS: "not_applicable",
                                               PRIVATE: "not_applicable"}, NO_ENTRY),
    compose("entry with a port", upstreams("203.0.113.10, api.harbour.test:443"), {ENTRIES: "fail gateway"}),
    compose("entry with a scheme", upstreams("https://api.harbour.test"), {ENTRIES: "fail gateway"}),
    compose("wildcard entry", upstreams("*.harbour.test"), {ENTRIES: "fail gateway"}),
    compose("network as an entry", upstreams("203.0.113.0/24"), {ENTRIES: "fail gateway"}),
    compose("metadata service", upstreams("203.0.113.10,169.254.169.254"), {DANGEROUS: "fail gateway"}),
    compose("loopback in an odd notation", upstreams("0x7f.1"), {DANGEROUS: "fail gateway"}),
    compose("mapped metadata address", upstreams("::ffff:169.254.169.254"), {DANGEROUS: "fail gateway"}),
    compose("metadata address through NAT64", upstreams("64:ff9b::a9fe:a9fe"), {DANGEROUS: "fail gateway"}),
    compose("carrier-grade NAT", upstreams("100.64.1.1"), {DANGEROUS: "fail gateway"}),
    compose("this machine", upstreams("localhost"), {DANGEROUS: "fail gateway"}),
    compose("private address", upstreams("10.1.2.3"), {PRIVATE: "fail gateway"}),
    compose("unique-local address", upstreams("fd12::1"), {PRIVATE: "fail gateway"}),
    compose("private upstreams switched on without a list",
            (upstreams(""), set_variable("gateway", 'ALLOW_PRIVATE_UPSTREAMS: "true"')),
            {LIST: "fail gateway", ENTRIES: "not_applicable", DANGEROUS: "not_applicable", PRIVATE: "not_applicable",
             "gateway-upstreams-private-switch": "fail gateway"}, "the switch is judged beside the list"),
    compose("forwarded addresses trusted", more_env("CARACAL_GATEWAY_TRUST_PROXY=true"), {"gateway-upstreams-proxy-trust": "fail gateway"}),
    kubernetes("metadata service", in_workload("gateway", "203.0.113.10,203.0.113.11", "169.254.169.254"), {DANGEROUS: "fail gateway"}),
    kubernetes("private address", in_workload("gateway", "203.0.113.10,203.0.113.11", "192.168.7.7"), {PRIVATE: "fail gateway"}),
    kubernetes("no upstreams pinned", in_workload("gateway", '            - {name: UPSTREAM_HOST_ALLOWLIST, value: "203.0.113.10,203.0.113.11"}\n', ""),
               {LIST: "fail gateway", ENTRIES: "not_applicable", DANGEROUS: "not_applicable", PRIVATE: "not_applicable",
                "network-policy-upstream-egress": "not_applicable"}, NO_ENTRY),
]

CONSISTENT = "token-issuer-consistent"
HTTPS = "token-issuer-https"
ENDPOINT = "token-issuer-matches-endpoint"

ISSUER = [
    compose("issuer with a slash on one side", in_service("coordinator", "ISSUER_URL: ${CARACAL_STS_ISSUER_URL:-http://localhost:8080}",
                                                          "ISSUER_URL: https://sts.harbour.test/"), {CONSISTENT: "fail coordinator"}),
    compose("another issuer for the control API", in_service("api", "STS_ISSUER_URL: ${CARACAL_STS_ISSUER_URL:-http://localhost:8080}",
                                                             "STS_ISSUER_URL: https://STS.harbour.test"), {CONSISTENT: "fail api"}),
    compose("packaged issuer", in_env_file("CARACAL_STS_ISSUER_URL=https://sts.harbour.test\n", ""),
            {HTTPS: "fail api coordinator sts", ENDPOINT: "fail api coordinator sts"}, "it is plain and this machine's"),
    compose("issuer of another host", in_env_file("CARACAL_STS_ISSUER_URL=https://sts.harbour.test", "CARACAL_STS_ISSUER_URL=https://console.harbour.test"),
            {ENDPOINT: "fail api coordinator sts"}),
    compose("endpoint of the token service unknown", (), {ENDPOINT: "unknown"},
            config={"endpoints": {"web": {"url": "https://console.harbour.test"}}}),
    kubernetes("issuer in plain on one side", in_workload("coordinator", "https://sts.harbour.test", "http://sts.harbour.test"),
               {CONSISTENT: "fail coordinator", HTTPS: "fail coordinator", ENDPOINT: "fail coordinator"}, "it is another text and another origin"),
]

REDIS = "internal-services-redis-transport"
POSTGRES = "internal-services-postgres-transport"
AT_PG = "pg.harbour.test:5432/caracal"

STORES = [
    kubernetes("outside cache in plain", content("redisUrl", f"redis://:{PASSWORD}@redis.harbour.test:6379\n"),
               {REDIS: "fail installation"}),
    kubernetes("database without TLS", content("stsDatabaseUrl", f"postgres://sts:{PASSWORD}@{AT_PG}?sslmode=disable\n"), {POSTGRES: "fail installation"}),
    kubernetes("database with TLS if it likes", content("auditDatabaseUrl", f"postgres://audit:{PASSWORD}@{AT_PG}?sslmode=prefer\n"), {POSTGRES: "fail installation"}),
    kubernetes("database without a word of TLS", content("apiDatabaseUrl", f"postgres://api:{PASSWORD}@{AT_PG}\n"), {POSTGRES: "fail installation"}),
    kubernetes("console's database without TLS", in_workload("web", "{name: CARACAL_AUTH_DATABASE_SSL, value: require}",
                                                             "{name: CARACAL_AUTH_DATABASE_SSL, value: disable}"), {POSTGRES: "fail web"}),
    compose("outside database of one service in plain", content("gatewayDatabaseUrl", f"postgres://gateway:{PASSWORD}@db.harbour.test:5432/caracal\n"),
            {POSTGRES: "fail installation"}),
    compose("outside cache in plain", content("redisUrl", f"redis://:{PASSWORD}@cache.harbour.test:6379\n"),
            {REDIS: "fail installation"}),
    compose("service without bearer for its metrics", in_service("sts", "      METRICS_BEARER_FILE: /run/secrets/metricsBearer\n", ""),
            {"metrics-access-bearer-configured": "fail sts"}),
]

CHANGES = WEB + UPSTREAMS + ISSUER + STORES

HARMLESS = [
    compose("default port of the console written out", in_env_file("https://console.harbour.test", "https://console.harbour.test:443"), {}),
    compose("capitals in the host of the console", in_env_file("https://console.harbour.test", "https://Console.Harbour.TEST/"), {}),
    compose("own origin as the only one", more_env("CARACAL_WEB_ORIGIN=https://console.harbour.test"), {}),
    compose("secure cookies left to the product", in_service("web", '      CARACAL_AUTH_SECURE_COOKIES: "true"\n', ""), {}),
    compose("a split that is declared and complete",
            (more_env("CARACAL_WEB_ORIGIN=https://app.harbour.test"), set_variable("web", "CARACAL_AUTH_COOKIE_SAME_SITE: none")),
            {SAME: "not_applicable", SPLIT: "pass"}, config={"split_origins": ["https://app.harbour.test"]}),
    compose("upstreams with capitals and blanks", upstreams(" API.partner.test ,203.0.113.11,"), {}),
    compose("private upstream that is declared", upstreams("10.1.2.3"), {}, config={"private_upstreams": ["10.1.2.3"]}),
    compose("upstreams that are not to be pinned", upstreams(""),
            {ENTRIES: "not_applicable", DANGEROUS: "not_applicable", PRIVATE: "not_applicable", LIST: "not_applicable"},
            config={"upstream_allowlist_expected": False}),
    compose("stale switch for private upstreams", set_variable("gateway", 'ALLOW_PRIVATE_UPSTREAMS: "true"'), {}),
    compose("issuer on a service that does not validate it", set_variable("audit", "ISSUER_URL: http://elsewhere.harbour.test"), {}),
    compose("outside database with TLS", content("gatewayDatabaseUrl", f"postgres://gateway:{PASSWORD}@db.harbour.test:5432/caracal?sslmode=require\n"),
            {POSTGRES: "pass"}),
    compose("outside cache over TLS", content("redisUrl", f"rediss://:{PASSWORD}@cache.harbour.test:6380\n"), {REDIS: "pass"}),
    kubernetes("further origins empty", origin_in_pod(""), {}),
    kubernetes("own origin with a path, which the product drops", origin_in_pod("https://console.harbour.test/x"), {}),
]

"""Changes to the secret files themselves: content, mode, age."""

from change import Put, Remove, Status, Swap, compose, in_service, in_workload, kubernetes


def content(name, text):
    return Put(f"secrets/{name}", text)


# 31 and 33 bytes, and 32 bytes of other kinds.
SHORT = "c3a1f09b7e5d2846b0f1d3a597c8e264f0b1a2d3c4e5968778695a4b3c2d1e"
LONG = "c3a1f09b7e5d2846b0f1d3a597c8e264f0b1a2d3c4e5968778695a4b3c2d1e0f17"
BASE64 = "w6Hwm35dKEaw8dOll8jiZPCxotPE5ZaHeGlaSzwtHg8="
TEXT_IN_HEX = "correct horse battery staple 42!".encode().hex()
ASCENDING = bytes(range(32)).hex()
DESCENDING = bytes(range(255, 223, -1)).hex()
ALTERNATING = "a55a" * 16
FEW_BYTES = ("13f7c2" * 11)[:64]
SHARED = "5b0e9d3c7a6f1824e8c05d9b3f7a6e1288c4d0b5f39a7e6121c8d4b0e5f9a637"

TWO_RULES = "the length of the key, and that it is not hex"
BOTH_SERVICES = "two keys that are one, and two secrets that are one"

CHANGES = [
    compose("audit key of 31 bytes", content("auditHmacKey", SHORT), {"signing-keys-audit-hmac": "fail installation"}),
    compose("streams key in base64", content("streamsHmacKey", BASE64),
            {"signing-keys-streams-hmac": "fail installation", "signing-keys-encoding": "fail installation"}, TWO_RULES),
    compose("gateway key that is no hex", content("gatewayStsHmacKey", SHARED[:-2] + "z*"),
            {"signing-keys-gateway-sts-hmac": "fail installation"}),
    compose("key encryption key of 33 bytes", content("secretStoreKek", LONG),
            {"signing-keys-key-encryption-key": "fail installation"}),
    compose("idempotency key of 31 bytes", content("idempotencyHmacKey", SHORT),
            {"signing-keys-idempotency-hmac": "fail installation"}),
    compose("key with an odd digit", content("auditHmacKey", SHARED + "a"),
            {"signing-keys-audit-hmac": "fail installation"}),
    compose("audit key of zeros", content("auditHmacKey", "00" * 32),
            {"signing-keys-not-predictable": "fail installation", "secrets-placeholder-values": "fail installation"},
            "one repeated character is a placeholder too"),
    compose("key of ascending bytes", content("streamsHmacKey", ASCENDING), {"signing-keys-not-predictable": "fail installation"}),
    compose("key of descending bytes", content("gatewayStsHmacKey", DESCENDING), {"signing-keys-not-predictable": "fail installation"}),
    compose("key of two bytes in turn", content("secretStoreKek", ALTERNATING), {"signing-keys-not-predictable": "fail installation"}),
    compose("sentence in hex", content("idempotencyHmacKey", TEXT_IN_HEX), {"signing-keys-not-predictable": "fail installation"}),
    compose("key of three bytes again and again", content("auditHmacKey", FEW_BYTES), {"signing-keys-not-predictable": "fail installation"}),
    compose("one key for two purposes", (content("auditHmacKey", SHARED), content("streamsHmacKey", SHARED)),
            {"signing-keys-distinct": "fail installation", "secrets-distinct-values": "fail installation"}, BOTH_SERVICES),
    compose("one key in two spellings", (content("auditHmacKey", SHARED), content("secretStoreKek", SHARED.upper())),
            {"signing-keys-distinct": "fail installation", "secrets-distinct-values": "fail installation"}, BOTH_SERVICES),
    compose("one token for two purposes", (content("caracalAdminToken", SHARED), content("metricsBearer", SHARED)),
            {"secrets-distinct-values": "fail installation"}),
    compose("cookie secret is a word", content("caracalAuthSecret", "changeme"),
            {"secrets-placeholder-values": "fail installation", "secrets-token-strength": "fail installation"},
            "a known word is weak as well"),
    compose("token with a word and a year", content("metricsBearer", "Pass-Word2026"),
            {"secrets-placeholder-values": "fail installation", "secrets-token-strength": "fail installation"},
            "a known word is weak as well"),
    compose("admin token of twelve characters", content("caracalAdminToken", "k3Jd9Xq2Lm7T"),
            {"secrets-token-strength": "fail installation"}),
    compose("database password of eight characters", content("postgresPassword", "k3Jd9Xq2"),
            {"secrets-token-strength": "fail installation"}),
    compose("sample password in an address", content("redisUrl", "redis://:caracal@redis:6379"),
            {"secrets-placeholder-values": "fail installation"}),
    compose("file that everybody may write", Status("secrets/auditHmacKey", mode=0o666), {"secrets-file-permissions": "fail installation"}),
    compose("file that the group may write", Status("secrets/metricsBearer", mode=0o460), {"secrets-file-permissions": "fail installation"}),
    compose("directory that lets everybody in", Status("secrets", mode=0o755), {"secrets-file-permissions": "fail installation"}),
    compose("bearer of a quarter and a day", Status("secrets/metricsBearer", age_days=91), {"secrets-rotation-age": "fail installation"}),
    compose("key that nobody has changed for a year", Status("secrets/gatewayStsHmacKey", age_days=365), {"secrets-rotation-age": "fail installation"}),
    compose("one service with an audit key of its own",
            (Swap("compose.yaml", "", "  auditHmacKey: {", '  auditKeyOfSts: {file: ./secrets/auditKeyOfSts}\n  auditHmacKey: {'),
             in_service("sts", "      - auditHmacKey\n", "      - {source: auditKeyOfSts, target: auditHmacKey}\n"),
             content("auditKeyOfSts", SHARED)),
            {"signing-keys-same-on-both-sides": "fail api audit gateway"}),
    compose("audit without its key",
            in_service("audit", "      AUDIT_HMAC_KEY_FILE: /run/secrets/auditHmacKey\n", ""),
            {"signing-keys-audit-hmac": "fail audit", "published-mode-required-settings": "fail audit"},
            "the service does not start, and has no key"),
    compose("coordinator without idempotency key",
            in_service("coordinator", "      IDEMPOTENCY_HMAC_KEY_FILE: /run/secrets/idempotencyHmacKey\n", ""),
            {"signing-keys-idempotency-hmac": "fail coordinator", "published-mode-required-settings": "fail coordinator"},
            "the service does not start, and has no key"),

    kubernetes("key encryption key of 31 bytes", content("secretStoreKek", SHORT), {"signing-keys-key-encryption-key": "fail installation"}),
    kubernetes("audit key in base64", content("auditHmacKey", BASE64),
               {"signing-keys-audit-hmac": "fail installation", "signing-keys-encoding": "fail installation"}, TWO_RULES),
    kubernetes("key of one byte", content("streamsHmacKey", "7f" * 32), {"signing-keys-not-predictable": "fail installation"}),
    kubernetes("one key for two purposes", (content("streamsHmacKey", SHARED), content("gatewayStsHmacKey", SHARED + "\n")),
               {"signing-keys-distinct": "fail installation", "secrets-distinct-values": "fail installation"}, BOTH_SERVICES),
    kubernetes("token service without streams key",
               in_workload("sts", "            - {name: STREAMS_HMAC_KEY_FILE, value: /run/secrets/streamsHmacKey}\n", ""),
               {"signing-keys-streams-hmac": "fail sts", "published-mode-required-settings": "fail sts"},
               "the service does not start, and has no key"),
    kubernetes("gateway without the key for the token service",
               in_workload("gateway", "            - {name: GATEWAY_STS_HMAC_KEY_FILE, value: /run/secrets/gatewayStsHmacKey}\n", ""),
               {"signing-keys-gateway-sts-hmac": "fail gateway", "published-mode-required-settings": "fail gateway"},
               "the service does not start, and has no key"),
    kubernetes("token service without key encryption key",
               in_workload("sts", "            - {name: SECRET_STORE_KEK_FILE, value: /run/secrets/secretStoreKek}\n", ""),
               {"signing-keys-key-encryption-key": "fail sts", "published-mode-required-settings": "fail sts"},
               "the service does not start, and has no key"),
    kubernetes("one service with another key of the same Secret",
               (in_workload("gateway", "{key: auditHmacKey, path: auditHmacKey}", "{key: auditKeyOfGateway, path: auditHmacKey}"),
                content("auditKeyOfGateway", SHARED)),
               {"signing-keys-same-on-both-sides": "fail gateway"}),
    kubernetes("token of ten characters", content("caracalCoordinatorToken", "k3Jd9Xq2Lm"), {"secrets-token-strength": "fail installation"}),
    kubernetes("sample password in a database address",
               content("stsDatabaseUrl", "postgres://sts:changeme@pg.harbour.test:5432/caracal?sslmode=verify-full"),
               {"secrets-placeholder-values": "fail installation"}),
]

// signing-keys-audit-hmac: the tests of all HMAC keys, see single_keys_test.cpp.
#include "tests/checks/signing_keys/single_keys.h"

namespace compliance::test::audit_hmac_test {
namespace {

const SingleKey key{"signing-keys-audit-hmac",
                    "AUDIT_HMAC_KEY",
                    "auditHmacKey",
                    {Component::sts, Component::api, Component::gateway, Component::audit},
                    Severity::critical};

INSTANTIATE_TEST_SUITE_P(SigningKeysAuditHmac, SingleKeys, testing::Values(key));
INSTANTIATE_TEST_SUITE_P(SigningKeysAuditHmac, HmacKeys, testing::Values(key));

}  // namespace
}  // namespace compliance::test::audit_hmac_test

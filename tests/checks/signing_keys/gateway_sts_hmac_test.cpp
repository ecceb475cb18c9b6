// signing-keys-gateway-sts-hmac: the tests of all HMAC keys, see single_keys_test.cpp.
#include "tests/checks/signing_keys/single_keys.h"

namespace compliance::test::gateway_sts_hmac_test {
namespace {

const SingleKey key{"signing-keys-gateway-sts-hmac",
                    "GATEWAY_STS_HMAC_KEY",
                    "gatewayStsHmacKey",
                    {Component::gateway, Component::sts, Component::api},
                    Severity::critical};

INSTANTIATE_TEST_SUITE_P(SigningKeysGatewayStsHmac, SingleKeys, testing::Values(key));
INSTANTIATE_TEST_SUITE_P(SigningKeysGatewayStsHmac, HmacKeys, testing::Values(key));

}  // namespace
}  // namespace compliance::test::gateway_sts_hmac_test

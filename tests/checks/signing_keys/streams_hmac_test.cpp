// signing-keys-streams-hmac: the tests of all HMAC keys, see single_keys_test.cpp.
#include "tests/checks/signing_keys/single_keys.h"

namespace compliance::test::streams_hmac_test {
namespace {

const SingleKey key{"signing-keys-streams-hmac",
                    "STREAMS_HMAC_KEY",
                    "streamsHmacKey",
                    {Component::sts, Component::api, Component::gateway, Component::coordinator},
                    Severity::critical};

INSTANTIATE_TEST_SUITE_P(SigningKeysStreamsHmac, SingleKeys, testing::Values(key));
INSTANTIATE_TEST_SUITE_P(SigningKeysStreamsHmac, HmacKeys, testing::Values(key));

}  // namespace
}  // namespace compliance::test::streams_hmac_test

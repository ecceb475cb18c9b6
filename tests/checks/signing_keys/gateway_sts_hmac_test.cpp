// signing-keys-gateway-sts-hmac; what it shares with other rows is in single_keys_test.cpp
#include <gtest/gtest.h>

#include "tests/checks/signing_keys/keys.h"

namespace compliance::test {
namespace {

constexpr auto id = "signing-keys-gateway-sts-hmac";
const std::vector<Component> readers{Component::gateway, Component::sts, Component::api};

TEST(SigningKeysGatewayStsHmac, PassesForKeysLongerThanThirtyTwoBytes_T52) {
  EXPECT_EQ(status_of(id, installation_with_key(readers, "GATEWAY_STS_HMAC_KEY",
                                                "gatewayStsHmacKey", std::string{good_key} + "ff")),
            Outcome::pass);
}

TEST(SigningKeysGatewayStsHmac, PassesWithoutAuditWhichDoesNotReadIt_T49) {
  Installation installation =
      installation_with_key(readers, "GATEWAY_STS_HMAC_KEY", "gatewayStsHmacKey", good_key);
  containers_in(installation).push_back(hardened_service(Component::audit));
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(SigningKeysGatewayStsHmac, IsUnknownFromSecretFilesAloneWhenTheFileIsMissing) {
  Installation installation = only_secret_files();
  add_secret_file(installation, "metricsBearer", "x");
  EXPECT_EQ(result_of(id, installation).unknown_reasons(),
            std::vector{UnknownReason::missing_object});
}

}  // namespace
}  // namespace compliance::test

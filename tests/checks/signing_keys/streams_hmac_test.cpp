// signing-keys-streams-hmac; what it shares with other rows is in single_keys_test.cpp
#include <gtest/gtest.h>

#include "tests/checks/signing_keys/keys.h"

namespace compliance::test {
namespace {

constexpr auto id = "signing-keys-streams-hmac";
const std::vector<Component> readers{Component::sts, Component::api, Component::gateway,
                                     Component::coordinator};

TEST(SigningKeysStreamsHmac, PassesForKeysLongerThanThirtyTwoBytes_T52) {
  EXPECT_EQ(status_of(id, installation_with_key(readers, "STREAMS_HMAC_KEY", "streamsHmacKey",
                                                std::string{good_key} + "ff")),
            Outcome::pass);
}

TEST(SigningKeysStreamsHmac, PassesWithoutAuditWhichDoesNotReadIt_T49) {
  Installation installation =
      installation_with_key(readers, "STREAMS_HMAC_KEY", "streamsHmacKey", good_key);
  containers_in(installation).push_back(hardened_service(Component::audit));
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(SigningKeysStreamsHmac, IsUnknownFromSecretFilesAloneWhenTheFileIsMissing) {
  Installation installation = only_secret_files();
  add_secret_file(installation, "metricsBearer", "x");
  EXPECT_EQ(result_of(id, installation).unknown_reasons(),
            std::vector{UnknownReason::missing_object});
}

}  // namespace
}  // namespace compliance::test

// signing-keys-audit-hmac; what it shares with other rows is in single_keys_test.cpp
#include <gtest/gtest.h>

#include "tests/checks/signing_keys/keys.h"

namespace compliance::test {
namespace {

constexpr auto id = "signing-keys-audit-hmac";
const std::vector<Component> readers{Component::sts, Component::api, Component::gateway,
                                     Component::audit};

TEST(SigningKeysAuditHmac, PassesForKeysLongerThanThirtyTwoBytes_T52) {
  EXPECT_EQ(status_of(id, installation_with_key(readers, "AUDIT_HMAC_KEY", "auditHmacKey",
                                                std::string{good_key} + "ff")),
            Outcome::pass);
}

TEST(SigningKeysAuditHmac, PassesWithoutCoordinatorWhichDoesNotReadIt_T49) {
  Installation installation =
      installation_with_key(readers, "AUDIT_HMAC_KEY", "auditHmacKey", good_key);
  containers_in(installation).push_back(hardened_service(Component::coordinator));
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(SigningKeysAuditHmac, IsUnknownFromSecretFilesAloneWhenTheFileIsMissing) {
  Installation installation = only_secret_files();
  add_secret_file(installation, "metricsBearer", "x");
  EXPECT_EQ(result_of(id, installation).unknown_reasons(),
            std::vector{UnknownReason::missing_object});
}

}  // namespace
}  // namespace compliance::test

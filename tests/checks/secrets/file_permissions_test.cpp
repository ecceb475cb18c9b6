// secrets-file-permissions
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::file_permissions_test {
namespace {

constexpr auto id = "secrets-file-permissions";

Installation with(const FilePermissions& permissions) {
  Installation installation = packaged_compose();
  add_secret_file(installation, "zoneKek", "x");
  installation.secrets.files.back().permissions = permissions;
  return installation;
}

Outcome status_with(const FilePermissions& permissions) { return status_of(id, with(permissions)); }

TEST(SecretsFilePermissions, PassesForTheGenuine0444BelowADirectoryOf0700) {
  EXPECT_EQ(status_with({.mode = 0444, .shielded_by_directory = true}), Outcome::pass);
}

TEST(SecretsFilePermissions, PassesForFilesThatOthersCannotRead) {
  for (const std::uint32_t mode : {0400U, 0600U, 0440U, 0640U, 0000U, 0711U}) {
    EXPECT_EQ(status_with({.mode = mode}), Outcome::pass) << std::oct << mode;
  }
}

TEST(SecretsFilePermissions, FailsForWorldReadableFilesWithinReach) {
  const CheckResult result = result_of(id, with({.mode = 0444}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "mode 0444");
  EXPECT_EQ(result.findings.front().object, "secret zoneKek");
}

TEST(SecretsFilePermissions, FailsForFilesThatOthersMayWriteWhateverTheDirectory) {
  for (const std::uint32_t mode : {0620U, 0602U, 0666U}) {
    EXPECT_EQ(status_with({.mode = mode, .shielded_by_directory = true}), Outcome::fail)
        << std::oct << mode;
  }
}

TEST(SecretsFilePermissions, TheOwnerIsRootAServiceUserOrTheDirectorys) {
  for (const std::uint32_t owner : {0U, 70U, 65532U, 1000U}) {
    EXPECT_EQ(status_with({.mode = 0400, .owner = owner, .directory_owner = 1000}), Outcome::pass)
        << owner;
  }
  const CheckResult result =
      result_of(id, with({.mode = 0400, .owner = 1001, .directory_owner = 1000}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "1001");
}

TEST(SecretsFilePermissions, DoesNotApplyToProjectedVolumes) {
  Installation installation = with({.mode = 0666});
  installation.secrets.files.back().projected = true;
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

TEST(SecretsFilePermissions, IsUnknownForFilesThatCannotBeSeen) {
  Installation installation = with({.mode = 0400});
  installation.secrets.files.back().fault = Fault{.reason = UnknownReason::missing_object};
  const CheckResult missing = result_of(id, installation);
  EXPECT_EQ(summary_of(missing), "unknown:  [secrets/zoneKek]");
  EXPECT_EQ(missing.unknown_reasons(), std::vector{UnknownReason::missing_object});
  installation.secrets.files.back().fault.reset();
  installation.secrets.files.back().permissions.reset();
  const CheckResult unseen = result_of(id, installation);
  EXPECT_EQ(summary_of(unseen), "unknown: the permissions are not known [secrets/zoneKek]");
  EXPECT_EQ(unseen.unknown_reasons(), std::vector{UnknownReason::not_observable});
}

TEST(SecretsFilePermissions, IsUnknownWithoutSecretFiles) {
  EXPECT_EQ(summary_of(id, packaged_compose()),
            "unknown: no evidence for this check is configured []");
}

}  // namespace
}  // namespace compliance::test::file_permissions_test

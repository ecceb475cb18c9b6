// Secret directories and files -> shapes.
#include "exporter/observe/secrets/secrets.h"

#include <fstream>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace compliance::secrets::secrets_test {
namespace {

using testing::ElementsAre;

namespace fs = std::filesystem;

constexpr auto key = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
constexpr auto key_in_capitals = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08";
constexpr std::size_t limit = 1000;

class Secrets : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "secrets_XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    fs::permissions(directory_, fs::perms{0755});
  }
  void TearDown() override { fs::remove_all(directory_); }

  fs::path write(const std::string& name, const std::string& text, int mode = 0444) {
    const fs::path path = directory_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << text;
    fs::permissions(path, static_cast<fs::perms>(mode));
    return path;
  }

  SecretDirectoryContent observe(const std::map<std::string, std::string>& names = {}) {
    return observe_secret_directory(directory_, names, limit);
  }

  static std::vector<std::string> names_in(const SecretDirectoryContent& content) {
    std::vector<std::string> names;
    for (const SecretFile& file : content.files) {
      names.push_back(file.logical_name);
    }
    return names;
  }

  fs::path directory_;
};

TEST_F(Secrets, AFileHasAShapeAndAPlace) {
  const fs::path path = write("auditHmacKey", std::string{key} + "\n");
  const SecretFile file = observe_secret_file(path, "auditHmacKey", limit);
  EXPECT_EQ(file.logical_name, "auditHmacKey");
  EXPECT_EQ(file.origin, (Origin{.source = Source::secrets, .place = Location{path.string()}}));
  EXPECT_FALSE(file.fault);
  EXPECT_EQ(file.shape, shape_of(key));
  EXPECT_FALSE(file.projected);
}

TEST_F(Secrets, TheTimeOfAChangeIsTheFilesOwn) {
  const fs::path path = write("token", "x");
  const struct timespec times[2] = {{1'700'000'000, 0}, {1'750'000'000, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
  EXPECT_EQ(observe_secret_file(path, "token", limit).changed_at,
            std::chrono::sys_seconds{std::chrono::seconds{1'750'000'000}});
}

TEST_F(Secrets, PermissionsAreThoseOfTheFile) {
  const SecretFile file = observe_secret_file(write("token", "x", 0640), "token", limit);
  ASSERT_TRUE(file.permissions);
  EXPECT_EQ(file.permissions->mode, 0640U);
  EXPECT_EQ(file.permissions->owner, ::geteuid());
  EXPECT_EQ(file.permissions->directory_owner, ::geteuid());
  EXPECT_FALSE(file.permissions->shielded_by_directory);
}

TEST_F(Secrets, OwnersOfFileAndDirectoryAreToldApart) {
  const fs::path path = write("token", "x");
  if (::chown(path.c_str(), 54321, 54321) != 0) {
    GTEST_SKIP() << "only root can give files away";
  }
  const SecretFile file = observe_secret_file(path, "token", limit);
  EXPECT_EQ(file.permissions->owner, 54321U);
  EXPECT_EQ(file.permissions->directory_owner, ::geteuid());
}

TEST_F(Secrets, ADirectoryThatRefusesOthersShieldsItsFiles) {
  const fs::path path = write("secrets/token", "x", 0444);
  fs::permissions(directory_ / "secrets", fs::perms{0700});
  EXPECT_TRUE(observe_secret_file(path, "token", limit).permissions->shielded_by_directory);
}

TEST_F(Secrets, ADirectoryFurtherUpShieldsToo) {
  const fs::path path = write("home/secrets/token", "x", 0444);
  fs::permissions(directory_ / "home", fs::perms{0750});
  EXPECT_TRUE(observe_secret_file(path, "token", limit).permissions->shielded_by_directory);
}

TEST_F(Secrets, ADirectoryThatOthersMaySearchButNotListShieldsNothing) {
  const fs::path path = write("secrets/token", "x", 0444);
  fs::permissions(directory_ / "secrets", fs::perms{0711});
  EXPECT_FALSE(observe_secret_file(path, "token", limit).permissions->shielded_by_directory);
}

TEST_F(Secrets, ALinkInAClosedDirectoryShieldsNothing) {
  write("open/token", "x", 0444);
  fs::create_directory(directory_ / "closed");
  fs::create_symlink("../open/token", directory_ / "closed" / "token");
  fs::permissions(directory_ / "closed", fs::perms{0700});
  const SecretFile file = observe_secret_file(directory_ / "closed" / "token", "token", limit);
  EXPECT_FALSE(file.permissions->shielded_by_directory);
}

TEST_F(Secrets, ADirectoryIsReadInOrderOfName) {
  write("zoneKek", key);
  write("auditHmacKey", key);
  write("nested/token", "x");
  EXPECT_THAT(names_in(observe()), ElementsAre("auditHmacKey", "zoneKek"));
  EXPECT_FALSE(observe().fault);
}

TEST_F(Secrets, NamesComeFromTheConfigurationThenFromTheInventory) {
  write("bearer", "x");
  write("AUDIT_HMAC_KEY", "x");
  write("ZONE_KEK", "x");
  write("unheard_of", "x");
  EXPECT_THAT(names_in(observe({{"bearer", "metricsBearer"}, {"ZONE_KEK", "myKek"}})),
              ElementsAre("auditHmacKey", "myKek", "metricsBearer", "unheard_of"));
}

TEST_F(Secrets, RepositoryFilesAreNoSecrets) {
  write(".gitignore", "*");
  write(".gitkeep", "");
  write(".env", "x");
  EXPECT_THAT(names_in(observe()), ElementsAre(".env"));
}

TEST_F(Secrets, AProjectedVolumeIsReadThroughItsLinks) {
  write("..2026_06_25/metricsBearer", "x");
  fs::create_symlink("..2026_06_25", directory_ / "..data");
  fs::create_symlink("..data/metricsBearer", directory_ / "metricsBearer");
  const SecretDirectoryContent content = observe();
  ASSERT_THAT(names_in(content), ElementsAre("metricsBearer"));
  EXPECT_TRUE(content.files.front().projected);
  EXPECT_EQ(content.files.front().shape, shape_of("x"));
}

TEST_F(Secrets, AMissingDirectoryIsAFault) {
  const auto content = observe_secret_directory(directory_ / "absent", {}, limit);
  ASSERT_TRUE(content.fault);
  EXPECT_EQ(content.fault->reason, UnknownReason::missing_object);
  EXPECT_TRUE(content.files.empty());
}

TEST_F(Secrets, AFileIsNoDirectory) {
  const auto content = observe_secret_directory(write("file", "x"), {}, limit);
  ASSERT_TRUE(content.fault);
  EXPECT_EQ(content.fault->reason, UnknownReason::unreadable);
}

TEST_F(Secrets, AnEmptyDirectoryHasNothingAndNoFault) {
  EXPECT_EQ(observe().files.size(), 0U);
  EXPECT_FALSE(observe().fault);
}

TEST_F(Secrets, AnEmptyFileHasAnEmptyShape) {
  const SecretFile file = observe_secret_file(write("token", "\n"), "token", limit);
  EXPECT_FALSE(file.fault);
  EXPECT_EQ(file.shape.length, 0U);
}

TEST_F(Secrets, BinaryContentHasAShape) {
  const SecretFile file =
      observe_secret_file(write("token", std::string("\0\xff\x80", 3)), "token", limit);
  EXPECT_FALSE(file.fault);
  EXPECT_EQ(file.shape.length, 3U);
}

TEST_F(Secrets, WhatCannotBeReadHasItsReasonAndNothingElse) {
  ASSERT_EQ(::mkfifo((directory_ / "fifo").c_str(), 0644), 0);
  fs::create_symlink("gone", directory_ / "dangling");
  fs::create_symlink("loop", directory_ / "loop");
  write("large", std::string(limit + 1, 'x'));
  const SecretDirectoryContent content = observe();
  ASSERT_THAT(names_in(content), ElementsAre("dangling", "fifo", "large", "loop"));
  const std::vector<UnknownReason> reasons{UnknownReason::missing_object, UnknownReason::unreadable,
                                           UnknownReason::limit_exceeded,
                                           UnknownReason::unreadable};
  for (std::size_t index = 0; index < reasons.size(); ++index) {
    const SecretFile& file = content.files[index];
    ASSERT_TRUE(file.fault) << file.logical_name;
    EXPECT_EQ(file.fault->reason, reasons[index]) << file.logical_name;
    EXPECT_EQ(file.shape, SecretProperties{});
    EXPECT_EQ(file.text_fingerprint, Fingerprint{});
    EXPECT_FALSE(file.permissions);
    EXPECT_FALSE(file.changed_at);
  }
}

TEST_F(Secrets, ADirectoryIsNoSecretFile) {
  const SecretFile file = observe_secret_file(directory_, "token", limit);
  ASSERT_TRUE(file.fault);
  EXPECT_EQ(file.fault->reason, UnknownReason::unreadable);
}

TEST_F(Secrets, AFileThatVanishedIsMissing) {
  const SecretFile file = observe_secret_file(directory_ / "gone", "zoneKek", limit);
  EXPECT_EQ(file.logical_name, "zoneKek");
  ASSERT_TRUE(file.fault);
  EXPECT_EQ(file.fault->reason, UnknownReason::missing_object);
}

TEST_F(Secrets, TooManyFilesAreAFault) {
  for (int index = 0; index <= 10'000; ++index) {
    fs::create_symlink("gone", directory_ / std::to_string(index));
  }
  const SecretDirectoryContent content = observe();
  ASSERT_TRUE(content.fault);
  EXPECT_EQ(content.fault->reason, UnknownReason::limit_exceeded);
}

SecretFile parsed(std::string_view bytes) { return parse_secret(bytes, "x", Origin{}); }

TEST(Fingerprints, OfEqualValuesAreEqual) {
  EXPECT_EQ(parsed(key).text_fingerprint, parsed(key).text_fingerprint);
  EXPECT_EQ(parsed(key).text_fingerprint, parsed(std::string{key} + " \r\n").text_fingerprint);
}

TEST(Fingerprints, OfDifferentValuesDiffer) {
  EXPECT_NE(parsed(key).text_fingerprint, parsed("x").text_fingerprint);
  EXPECT_NE(parsed("x").text_fingerprint, parsed("X").text_fingerprint);
  EXPECT_NE(parsed("x").decoded_fingerprint, parsed("X").decoded_fingerprint);
  EXPECT_NE(parsed("x").text_fingerprint, Fingerprint{});
}

TEST(Fingerprints, OfKeysAreComparedDecoded) {
  EXPECT_NE(parsed(key).text_fingerprint, parsed(key_in_capitals).text_fingerprint);
  EXPECT_EQ(parsed(key).decoded_fingerprint, parsed(key_in_capitals).decoded_fingerprint);
}

TEST(Fingerprints, OfTextThatIsNoHexAreThoseOfTheText) {
  EXPECT_EQ(parsed("token").decoded_fingerprint, parsed("token").text_fingerprint);
}

}  // namespace
}  // namespace compliance::secrets::secrets_test

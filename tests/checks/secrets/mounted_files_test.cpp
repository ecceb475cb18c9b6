// secrets-mounted-files
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::mounted_files_test {
namespace {

constexpr auto id = "secrets-mounted-files";
constexpr auto path = "/run/secrets/auditHmacKey";

// audit reading one key from `path`, with this mount.
Container reading(const Mount& mount) {
  Container container = hardened_pod_container(Component::audit);
  set_variable(container, "AUDIT_HMAC_KEY_FILE", path);
  container.mounts = {mount};
  return container;
}

Mount at_directory(MountKind kind) { return {.kind = kind, .target = "/run/secrets"}; }

Mount secret_with(const std::string& item) {
  Mount mount = at_directory(MountKind::kubernetes_secret);
  mount.files = {{.key = "k", .path = item}};
  return mount;
}

TEST(SecretsMountedFiles, PassesForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(SecretsMountedFiles, PassesOnEveryKindOfSecretMount) {
  EXPECT_EQ(status_of(id, reading({.kind = MountKind::compose_secret, .target = path})),
            Outcome::pass);
  EXPECT_EQ(status_of(id, reading({.kind = MountKind::bind, .target = path, .read_only = true})),
            Outcome::pass);
  EXPECT_EQ(status_of(id, reading(at_directory(MountKind::kubernetes_secret))), Outcome::pass);
  EXPECT_EQ(status_of(id, reading(secret_with("auditHmacKey"))), Outcome::pass);
  EXPECT_EQ(status_of(id, reading(at_directory(MountKind::csi))), Outcome::pass);
  Mount memory = at_directory(MountKind::memory_dir);
  memory.shared_in_pod = true;
  EXPECT_EQ(status_of(id, reading(memory)), Outcome::pass);
}

TEST(SecretsMountedFiles, FailsOnEveryOtherMount) {
  for (const MountKind kind :
       {MountKind::compose_config, MountKind::named_volume, MountKind::tmpfs, MountKind::config_map,
        MountKind::downward_api, MountKind::service_account, MountKind::pod_certificate,
        MountKind::empty_dir, MountKind::memory_dir, MountKind::host_path,
        MountKind::persistent_claim, MountKind::other_volume}) {
    const CheckResult result =
        result_of(id, kubernetes_installation({reading(at_directory(kind))}));
    ASSERT_EQ(result.status, Outcome::fail) << static_cast<int>(kind);
    EXPECT_EQ(result.findings.front().observed, "another mount");
    EXPECT_EQ(result.findings.front().message,
              "AUDIT_HMAC_KEY_FILE points to a file on a mount that does not come from a secret");
  }
}

TEST(SecretsMountedFiles, AMountElsewhereProvidesNothing) {
  Container container = reading(at_directory(MountKind::config_map));
  container.mounts.push_back({.kind = MountKind::csi, .target = "/run/other"});
  EXPECT_EQ(summary_of(id, container),
            "fail: AUDIT_HMAC_KEY_FILE points to a file on a mount that does not come from a "
            "secret [compose.yaml:10:7]");
}

TEST(SecretsMountedFiles, FailsOnAWritableBind) {
  const CheckResult result =
      result_of(id, kubernetes_installation({reading({.kind = MountKind::bind, .target = path})}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "a writable bind");
  EXPECT_EQ(result.findings.front().message,
            "AUDIT_HMAC_KEY_FILE points to a file on a bind mount that the container can write to");
}

TEST(SecretsMountedFiles, FailsWithoutAnyMount) {
  const CheckResult result = result_of(
      id, kubernetes_installation({reading({.kind = MountKind::csi, .target = "/elsewhere"})}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "no mount");
  EXPECT_EQ(result.findings.front().message,
            "AUDIT_HMAC_KEY_FILE points to a file that no mount of the container provides");
}

TEST(SecretsMountedFiles, FailsWhenTheSecretHasNoSuchItem) {
  const CheckResult result =
      result_of(id, kubernetes_installation({reading(secret_with("streamsHmacKey"))}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "no such item");
  EXPECT_EQ(summary_of(id, reading({.kind = MountKind::compose_secret, .target = "/run/secrets"})),
            "fail: AUDIT_HMAC_KEY_FILE points to a file that the secret mounted there does not "
            "contain [compose.yaml:10:7]");
}

TEST(SecretsMountedFiles, DanglingFilesThatAreNotReadAreHarmless) {
  Container container = reading(secret_with("auditHmacKey"));
  for (const char* name : {"STREAMS_HMAC_KEY_FILE", "SECRET_STORE_KEK_FILE", "MY_TOKEN_FILE"}) {
    set_variable(container, name, "/run/secrets/nothing");
  }
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(SecretsMountedFiles, ASubPathIsTheFileItself) {
  Mount mount{.kind = MountKind::kubernetes_secret, .target = path, .sub_path = "key"};
  mount.files = {{.key = "k", .path = "key"}};
  EXPECT_EQ(status_of(id, reading(mount)), Outcome::pass);
  mount.sub_path = "other";
  EXPECT_EQ(summary_of(id, reading(mount)),
            "fail: AUDIT_HMAC_KEY_FILE points to a file that the secret mounted there does not "
            "contain [compose.yaml:10:7]");
}

TEST(SecretsMountedFiles, ASubPathMayBeADirectory) {
  Mount mount = secret_with("keys/auditHmacKey");
  mount.sub_path = "keys";
  EXPECT_EQ(status_of(id, reading(mount)), Outcome::pass);
  mount.sub_path = "tokens";
  EXPECT_EQ(summary_of(id, reading(mount)),
            "fail: AUDIT_HMAC_KEY_FILE points to a file that the secret mounted there does not "
            "contain [compose.yaml:10:7]");
}

TEST(SecretsMountedFiles, AProjectedVolumeIsJudgedByTheSourceThatHoldsTheFile) {
  Mount settings = at_directory(MountKind::config_map);
  settings.files = {{.key = "a", .path = "a"}};
  Container container = reading(secret_with("streamsHmacKey"));
  container.mounts.push_back(secret_with("auditHmacKey"));
  container.mounts.push_back(settings);
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.mounts.back().files = {{.key = "a", .path = "auditHmacKey"}};
  container.mounts.erase(container.mounts.begin() + 1);
  const CheckResult result = result_of(id, kubernetes_installation({container}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "another mount");
}

TEST(SecretsMountedFiles, TheNearestMountDecides) {
  Container container = reading(at_directory(MountKind::empty_dir));
  container.mounts.push_back({.kind = MountKind::compose_secret, .target = path});
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(SecretsMountedFiles, InlineValuesAndReferencesAreOtherChecks) {
  Container container = reading(at_directory(MountKind::config_map));
  set_variable(container, "AUDIT_HMAC_KEY", "x");
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
  set_secret_reference(container, "AUDIT_HMAC_KEY", "caracal-runtime", "auditHmacKey");
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
  set_variable(container, "AUDIT_HMAC_KEY", "");
  EXPECT_EQ(summary_of(id, container),
            "fail: AUDIT_HMAC_KEY_FILE points to a file on a mount that does not come from a "
            "secret [compose.yaml:10:7]");
}

TEST(SecretsMountedFiles, IsUnknownWhenAMountThatMayProvideThePathCannotBeDecided) {
  Container container = reading({.kind = MountKind::bind, .target = "/elsewhere"});
  container.mounts.push_back({.kind = MountKind::bind, .target = ""});
  container.mounts.back().fault = Fault{.reason = UnknownReason::unresolved_reference};
  const CheckResult result = result_of(id, kubernetes_installation({container}));
  EXPECT_EQ(summary_of(result), "unknown:  []");
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::unresolved_reference});
  container.mounts.push_back({.kind = MountKind::config_map, .target = "/run/secrets"});
  EXPECT_EQ(summary_of(id, container), "unknown:  []");
  container.mounts.push_back({.kind = MountKind::compose_secret, .target = path});
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(SecretsMountedFiles, IsUnknownWhenThePathCannotBeDecided) {
  Container container = hardened_service(Component::audit);
  set_unresolved_variable(container, "AUDIT_HMAC_KEY_FILE");
  EXPECT_EQ(summary_of(id, container), "unknown: X is not set [compose.yaml:10:7]");
}

TEST(SecretsMountedFiles, IsUnknownWhenVariablesOfACaracalContainerAreNotKnown) {
  Container container = packaged_service(Component::audit);
  container.environment.incomplete = Fault{.reason = UnknownReason::missing_object};
  EXPECT_EQ(summary_of(id, container), "unknown:  [compose.yaml:5:3]");
  container.component = Component::other;
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::mounted_files_test

// The charts of June 2026 as rendered; skipped where they are not at hand.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <gtest/gtest.h>

#include "checks/caracal/mounts.h"
#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::june_files_test {
namespace {

class JuneFiles : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::filesystem::path path = std::filesystem::path{COMPLIANCE_SOURCE_DIR} /
                                       "../shared/data/caracal-2026-06" / GetParam();
    std::ifstream file{path, std::ios::binary};
    if (!file) {
      GTEST_SKIP() << path << " is not there";
    }
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    facts_ = facts_of(text);
  }

  const Container* container(Component component) const {
    for (const Container& candidate : facts_.containers) {
      if (candidate.component == component) {
        return &candidate;
      }
    }
    return nullptr;
  }

  KubernetesFacts facts_{};
};

TEST_P(JuneFiles, HoldOneContainerOfEachComponent) {
  std::map<Component, int> found;
  for (const Container& container : facts_.containers) {
    ++found[container.component];
    EXPECT_EQ(container.role, ContainerRole::main);
    EXPECT_FALSE(container.image.fault);
  }
  const std::map<Component, int> expected{{Component::web, 1},    {Component::api, 1},
                                          {Component::sts, 1},    {Component::gateway, 1},
                                          {Component::audit, 1},  {Component::coordinator, 1},
                                          {Component::migrate, 1}};
  EXPECT_EQ(found, expected);
}

TEST_P(JuneFiles, HoldOneServiceOfEachServedComponent) {
  std::map<Component, int> found;
  for (const ServiceObject& service : facts_.services) {
    ++found[service.component];
  }
  const std::map<Component, int> expected{{Component::web, 1},   {Component::api, 1},
                                          {Component::sts, 1},   {Component::gateway, 1},
                                          {Component::audit, 1}, {Component::coordinator, 1}};
  EXPECT_EQ(found, expected);
}

TEST_P(JuneFiles, AreHardenedAtPodAndContainer) {
  for (const Container& container : facts_.containers) {
    const SecurityFacts& security = container.security;
    EXPECT_TRUE(security.run_as_non_root.is(true)) << container.object;
    EXPECT_TRUE(security.run_as_user.absent()) << container.object;
    EXPECT_TRUE(security.seccomp.is("RuntimeDefault")) << container.object;
    EXPECT_TRUE(security.no_new_privileges.is(true)) << container.object;
    EXPECT_TRUE(security.read_only_root.is(true)) << container.object;
    EXPECT_TRUE(security.privileged.absent()) << container.object;
    ASSERT_EQ(security.capabilities_dropped.size(), 1U) << container.object;
    EXPECT_EQ(security.capabilities_dropped[0].value, "ALL") << container.object;
    EXPECT_TRUE(container.service_account_token.is(false)) << container.object;
    EXPECT_TRUE(container.namespaces.empty()) << container.object;
    EXPECT_TRUE(container.unmounted_volumes.empty()) << container.object;
    EXPECT_TRUE(container.release.has_value()) << container.object;
  }
}

TEST_P(JuneFiles, ReferToSecretsOnlyFromWeb) {
  for (const Container& container : facts_.containers) {
    std::size_t references = 0;
    for (const Variable& variable : container.environment.variables) {
      references += variable.from == ValueFrom::secret_reference ? 1U : 0U;
      EXPECT_FALSE(variable.fault) << variable.name;
    }
    EXPECT_EQ(references, container.component == Component::web ? 4U : 0U) << container.object;
  }
}

TEST_P(JuneFiles, SayWhereThingsStand) {
  const Container* sts = container(Component::sts);
  ASSERT_NE(sts, nullptr);
  EXPECT_EQ(sts->object, "StatefulSet caracal-caracal-sts container sts");
  EXPECT_EQ(sts->origin.line, 56U);
  EXPECT_EQ(sts->origin.column, 11U);
  EXPECT_EQ(sts->image.origin.line, 57U);
  EXPECT_EQ(sts->security.run_as_non_root.origin.line, 34U);
  EXPECT_EQ(sts->security.seccomp.origin.line, 36U);
  EXPECT_EQ(sts->service_account_token.origin.line, 32U);
  EXPECT_EQ(sts->environment.find("CARACAL_MODE")->origin.line, 65U);
  EXPECT_EQ(secret_at(*sts, "/run/secrets/zoneKek"),
            (SecretIdentity{.secret = "caracal-runtime", .key = "zoneKek"}));
}

INSTANTIATE_TEST_SUITE_P(Files, JuneFiles,
                         testing::Values("kubernetes-production.yaml",
                                         "kubernetes-cloud-managed.yaml",
                                         "kubernetes-development.yaml"),
                         [](const auto& row) {
                           std::string name{row.param};
                           std::erase_if(name, [](char c) { return c == '-' || c == '.'; });
                           return name;
                         });

}  // namespace
}  // namespace compliance::test::june_files_test

// published-mode-control-gate
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test {
namespace {

constexpr auto id = "published-mode-control-gate";

TEST(PublishedModeControlGate, PassesForThePackagedInstallations_T39) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(PublishedModeControlGate, PassesWhenControlIsOffAsTheProductReadsIt) {
  for (const char* value : {"", "false", "TRUE", "1", "true "}) {
    Container api = hardened_service(Component::api);
    set_variable(api, "CARACAL_CONTROL_ENABLED", value);
    EXPECT_EQ(status_of(id, api), Outcome::pass) << value;
  }
}

TEST(PublishedModeControlGate, FailsWithoutGateFile) {
  for (const bool empty : {false, true}) {
    Container api = packaged_service(Component::api);
    if (empty) {
      set_variable(api, "CONTROL_GATE_FILE", "");
    } else {
      remove_variable(api, "CONTROL_GATE_FILE");
    }
    EXPECT_EQ(status_of(id, api), Outcome::fail);
  }
}

TEST(PublishedModeControlGate, FailsWhenTheGateFileIsOnNoMount) {
  Container api = packaged_service(Component::api);
  set_variable(api, "CONTROL_GATE_FILE", "/somewhere/enabled");
  EXPECT_EQ(status_of(id, api), Outcome::fail);
}

TEST(PublishedModeControlGate, IsUnknownWhenOneOfTheTwoCannotBeSeen) {
  for (const char* name : {"CARACAL_CONTROL_ENABLED", "CONTROL_GATE_FILE"}) {
    Container api = packaged_service(Component::api);
    set_unresolved_variable(api, name);
    EXPECT_EQ(status_of(id, api), Outcome::unknown) << name;
  }
}

TEST(PublishedModeControlGate, IsUnknownWhenAMountThatMayProvideTheFileCannotBeDecided) {
  Container api = packaged_service(Component::api);
  api.mounts.push_back({.kind = MountKind::bind});
  api.mounts.back().fault = Fault{.reason = UnknownReason::unresolved_reference};
  EXPECT_EQ(status_of(id, api), Outcome::pass);
  set_variable(api, "CONTROL_GATE_FILE", "/somewhere/enabled");
  EXPECT_EQ(status_of(id, api), Outcome::unknown);
}

TEST(PublishedModeControlGate, AppliesToTheApiAlone) {
  Container sts = hardened_service(Component::sts);
  set_variable(sts, "CARACAL_CONTROL_ENABLED", "true");
  EXPECT_EQ(status_of(id, sts), Outcome::not_applicable);
  Container init = hardened_pod_container(Component::api);
  init.role = ContainerRole::init;
  set_variable(init, "CARACAL_CONTROL_ENABLED", "true");
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test

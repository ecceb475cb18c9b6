// What Compose refuses, and what it accepts beside it.
#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::refused_files_test {
namespace {

struct FaultCase {
  const char* name;
  std::string text;
  Origin origin;
};

class RefusedFile : public testing::TestWithParam<FaultCase> {};

TEST_P(RefusedFile, IsAFaultWhereItStands) {
  const LocatedFault fault = fault_of(project({GetParam().text}));
  EXPECT_EQ(fault.origin, GetParam().origin) << fault.fault.message;
  EXPECT_EQ(fault.fault.reason, UnknownReason::unparsable);
  EXPECT_FALSE(fault.fault.message.empty());
  EXPECT_EQ(fault.fault.message.find("hunter2"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, RefusedFile,
    testing::Values(
        FaultCase{"Nothing", "", in_file(1, 1)}, FaultCase{"CommentsOnly", "# x\n", in_file(1, 1)},
        FaultCase{"AList", "- a\n", in_file(1, 1)}, FaultCase{"AText", "hunter2\n", in_file(1, 1)},
        FaultCase{"NoServices", "volumes: {}\n", in_file(1, 1)},
        FaultCase{"NullServices", "services:\nname: x\n", in_file(1, 10)},
        FaultCase{"ListOfServices", "services: []\n", in_file(1, 11)},
        FaultCase{"TextOfServices", "services: hunter2\n", in_file(1, 11)},
        FaultCase{"NullService", "services:\n  a:\n", in_file(2, 3)},
        FaultCase{"TextService", "services:\n  a: hunter2\n", in_file(2, 3)},
        FaultCase{"ListService", "services:\n  a: []\n", in_file(2, 3)},
        FaultCase{"NeitherImageNorBuild", "services:\n  a:\n    user: x\n", in_file(2, 3)},
        FaultCase{"EmptyImage", "services:\n  a:\n    image: \"\"\n", in_file(2, 3)},
        FaultCase{"SecretsList", "services: {}\nsecrets: []\n", in_file(2, 10)},
        FaultCase{"VolumesList", "services: {}\nvolumes: []\n", in_file(2, 10)},
        FaultCase{"NetworksText", "services: {}\nnetworks: x\n", in_file(2, 11)},
        FaultCase{"ConfigsText", "services: {}\nconfigs: x\n", in_file(2, 10)},
        FaultCase{"NullSecret", "services: {}\nsecrets:\n  a:\n", in_file(3, 3)},
        FaultCase{"SecretFileList", "services: {}\nsecrets:\n  a: {file: []}\n", in_file(3, 13)},
        FaultCase{"SecretOfTwoSources", "services: {}\nsecrets:\n  a: {file: x, environment: y}\n",
                  in_file(3, 3)},
        FaultCase{"OpenQuoteInACommand", app_with("command: a 'hunter2"), in_file(4, 14)},
        FaultCase{"UndefinedNetwork", app_with("networks: [x]"), in_file(2, 3)},
        FaultCase{"InvalidInterpolation", app_with("user: ${hunter2:}"), in_file(4, 11)},
        FaultCase{"InvalidInterpolationInAnExtension", "x-a: ${}\n" + app_with("init: true"),
                  in_file(1, 6)}),
    [](const auto& row) { return std::string{row.param.name}; });

struct FormCase {
  std::string key;
  std::string value;
};

class RefusedForm : public testing::TestWithParam<FormCase> {};

TEST_P(RefusedForm, IsAFaultAtTheValue) {
  const std::string line = GetParam().key + ": " + GetParam().value;
  const LocatedFault fault = app_fault(line);
  EXPECT_EQ(fault.origin.line, 4U) << line;
  EXPECT_NE(fault.fault.message.find(GetParam().key), std::string::npos) << fault.fault.message;
}

INSTANTIATE_TEST_SUITE_P(
    Forms, RefusedForm,
    testing::Values(
        FormCase{"build", "[]"}, FormCase{"command", "{}"}, FormCase{"entrypoint", "[[]]"},
        FormCase{"environment", "x"}, FormCase{"environment", "{A: []}"},
        FormCase{"environment", "[{}]"}, FormCase{"environment", ""}, FormCase{"env_file", "{}"},
        FormCase{"env_file", "[[]]"}, FormCase{"ports", "80"}, FormCase{"ports", "{}"},
        FormCase{"ports", ""}, FormCase{"ports", "[[]]"}, FormCase{"expose", "80"},
        FormCase{"volumes", "x"}, FormCase{"volumes_from", "x"}, FormCase{"tmpfs", "{}"},
        FormCase{"secrets", "x"}, FormCase{"configs", "{}"}, FormCase{"security_opt", "x"},
        FormCase{"security_opt", "[{}]"}, FormCase{"cap_add", "ALL"}, FormCase{"cap_drop", "ALL"},
        FormCase{"cap_drop", ""}, FormCase{"devices", "x"}, FormCase{"device_cgroup_rules", "x"},
        FormCase{"sysctls", "x"}, FormCase{"networks", "x"}, FormCase{"network_mode", "[]"},
        FormCase{"pid", "[]"}, FormCase{"ipc", "[]"}, FormCase{"uts", "[]"},
        FormCase{"userns_mode", "[]"}, FormCase{"user", "[]"}, FormCase{"privileged", "[]"},
        FormCase{"privileged", ""}, FormCase{"read_only", "{}"}, FormCase{"profiles", "x"},
        FormCase{"deploy", "x"}, FormCase{"mem_limit", "[]"}, FormCase{"cpus", "[]"},
        FormCase{"pids_limit", "[]"}, FormCase{"use_api_socket", "[]"}));

TEST(AcceptedForms, AreNullsWhereComposeAllowsThem) {
  EXPECT_EQ(app("command:\nentrypoint:\ndeploy:\npid:").command.size(), 0U);
}

TEST(AcceptedForms, AreKeysThatNobodyKnowsHere) {
  EXPECT_EQ(app("some_new_key: [1, {a: b}]").name, "app");
}

TEST(BrokenYaml, IsAFaultWithItsPosition) {
  const LocatedFault fault = fault_of(project({"services:\n  a: [\n"}));
  EXPECT_EQ(fault.fault.reason, UnknownReason::unparsable);
  EXPECT_EQ(fault.origin.place.text(), "compose.yaml");
  EXPECT_GT(fault.origin.line, 1U);
}

TEST(RequiredVariable, FailsTheSourceWhereItIsAsked) {
  const LocatedFault fault = app_fault("environment:\n  A: ${NO:?hunter2}");
  EXPECT_EQ(fault.origin, in_file(5, 10));
  EXPECT_EQ(fault.fault, (Fault{.reason = UnknownReason::unresolved_reference,
                                .message = "the variable NO is required and not set"}));
}

TEST(Keys, AreNotInterpolated) {
  EXPECT_NE(app("environment:\n  ${NO:?x}: 1").environment.find("${NO:?x}"), nullptr);
}

}  // namespace
}  // namespace compliance::test::refused_files_test

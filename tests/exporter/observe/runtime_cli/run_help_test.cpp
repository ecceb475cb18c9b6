// Running `PATH --help`.
#include "exporter/observe/runtime_cli/run_help.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): setenv is not in <cstdlib>

#include "tests/support/temporary_directory.h"

namespace compliance::runtime_cli::run_help_test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class RunHelp : public testing::Test {
 protected:
  // A program that is this shell script.
  std::string script(const std::string& body) {
    const std::string path = directory_.write("caracal", "#!/bin/sh\n" + body + "\n");
    fs::permissions(path, fs::perms::owner_all);
    return path;
  }

  ReadResult<std::string> output_of(const std::string& body, const RunLimits& limits = {}) {
    return run_help({script(body), "--help"}, limits);
  }

  UnknownReason reason_of(const std::string& body, const RunLimits& limits = {}) {
    const auto output = output_of(body, limits);
    EXPECT_FALSE(output) << body;
    return output ? UnknownReason::internal_error : output.error().reason;
  }

  test::TemporaryDirectory directory_{};
};

TEST_F(RunHelp, GivesWhatTheProgramPrints) {
  const auto output = output_of("printf 'caracal <command>\\n'; printf 'more'");
  ASSERT_TRUE(output) << output.error().message;
  EXPECT_EQ(output.value(), "caracal <command>\nmore");
}

TEST_F(RunHelp, GivesTheWordHelpAloneToTheProgram) {
  EXPECT_EQ(output_of("printf '%s|' \"$#\" \"$@\"").value(), "1|--help|");
}

TEST_F(RunHelp, TakesNothingOfTheEnvironmentAndOfTheInputAlong) {
  ASSERT_EQ(setenv("COMPLIANCE_CANARY", "canary", 1), 0);
  const std::string output = output_of(
                                 "printf '%s;' \"$COMPLIANCE_CANARY\" \"$NO_COLOR\" "
                                 "\"$PATH\"; cat")
                                 .value();
  unsetenv("COMPLIANCE_CANARY");
  EXPECT_EQ(output, ";1;/usr/bin:/bin;");
}

TEST_F(RunHelp, DoesNotTakeErrorsForOutput) {
  EXPECT_EQ(output_of("echo 'caracal <command>' >&2").value(), "");
}

TEST_F(RunHelp, RefusesAProgramThatFails) {
  EXPECT_EQ(reason_of("echo 'caracal <command>'; exit 1"), UnknownReason::unexpected_response);
  EXPECT_EQ(reason_of("echo 'caracal <command>'; kill -9 $$"), UnknownReason::unexpected_response);
}

TEST_F(RunHelp, EndsAProgramThatDoesNotEnd) {
  const RunLimits brief{.timeout = std::chrono::milliseconds{50}};
  EXPECT_EQ(reason_of("exec sleep 60", brief), UnknownReason::timeout);
  EXPECT_EQ(reason_of("exec >&-; exec sleep 60", brief), UnknownReason::timeout);
}

TEST_F(RunHelp, EndsAProgramThatTalksTooMuch) {
  EXPECT_EQ(reason_of("exec yes", {.max_output_bytes = 1000}), UnknownReason::limit_exceeded);
  EXPECT_TRUE(output_of("printf '%1000d' 1", {.max_output_bytes = 1000}));
  EXPECT_EQ(reason_of("printf '%1001d' 1", {.max_output_bytes = 1000}),
            UnknownReason::limit_exceeded);
}

TEST_F(RunHelp, SaysWhyAProgramCannotBeStarted) {
  const std::string missing = directory_.path_of("missing");
  const auto output = run_help({missing, "--help"}, {});
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().reason, UnknownReason::missing_object);
  EXPECT_THAT(output.error().message, HasSubstr("running " + missing + " --help: "));
  const std::string plain = script("echo");
  EXPECT_EQ(run_help({plain + "/below", "--help"}, {}).error().reason,
            UnknownReason::missing_object);
  fs::permissions(plain, fs::perms::owner_read);
  EXPECT_EQ(run_help({plain, "--help"}, {}).error().reason, UnknownReason::permission_denied);
}

}  // namespace
}  // namespace compliance::runtime_cli::run_help_test

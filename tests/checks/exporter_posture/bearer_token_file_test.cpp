// exporter-posture-bearer-token-file
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::bearer_token_file_test {
namespace {

constexpr auto id = "exporter-posture-bearer-token-file";

ProcessPosture with(FileAccess access) {
  ProcessPosture process = hardened_process();
  process.users.value = ProcessUsers{9787, 9787, 9787, 9787};
  process.bearer_tokens.front().access.value = access;
  return process;
}

TEST(ExporterPostureBearerTokenFile, EvaluatesWhoMayReadIt) {
  struct Row {
    const char* name;
    FileAccess access;
    Outcome outcome;
  };
  const Row rows[] = {
      {"a closed directory does not keep the group out",
       {.mode = 0640, .owner = 0, .group = 33, .shielded_by_directory = true},
       Outcome::fail},
      {"its group", {.mode = 0440, .owner = 9787, .group = 9787}, Outcome::fail},
      {"everybody", {.mode = 0404, .owner = 0, .group = 0}, Outcome::fail},
      {"its owner is another user", {.mode = 0400, .owner = 1000, .group = 0}, Outcome::fail},
      {"root's group is root", {.mode = 0440, .owner = 0, .group = 0}, Outcome::pass},
      {"everybody, behind a closed directory",
       {.mode = 0404, .owner = 0, .group = 0, .shielded_by_directory = true},
       Outcome::pass},
      {"others may write but not read", {.mode = 0602, .owner = 0, .group = 0}, Outcome::pass},
      {"the exporter's user alone", {.mode = 0400, .owner = 9787, .group = 33}, Outcome::pass},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(status_of(id, with(row.access)), row.outcome) << row.name;
  }
}

TEST(ExporterPostureBearerTokenFile, ShowsTheModeAndNotTheToken) {
  const CheckResult result = result_of(id, with({.mode = 0644, .owner = 0, .group = 33}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "mode 0644, owner 0, group 33");
  EXPECT_EQ(result.severity, Severity::medium);
}

TEST(ExporterPostureBearerTokenFile, FailsWhenTheSecondFileIsOpen) {
  ProcessPosture process = hardened_process();
  process.bearer_tokens.push_back(process.bearer_tokens.front());
  process.bearer_tokens.back().access.value = FileAccess{.mode = 0444};
  expect_fail(result_of(id, process), "other users of the host can read the bearer token",
              at_process());
}

TEST(ExporterPostureBearerTokenFile, DoesNotApplyInAPidNamespaceOfItsOwn) {
  ProcessPosture process = with({.mode = 0444, .owner = 0, .group = 0});
  process.alone_in_pid_namespace.value = true;
  EXPECT_EQ(status_of(id, process), Outcome::not_applicable);
}

TEST(ExporterPostureBearerTokenFile, IsEvaluatedWhenThePidNamespaceIsUnknown) {
  ProcessPosture process = with({.mode = 0444, .owner = 0, .group = 0});
  process.alone_in_pid_namespace = {};
  expect_fail(result_of(id, process), "other users of the host can read the bearer token",
              at_process());
}

TEST(ExporterPostureBearerTokenFile, IsUnknownWhenTheFileCannotBeRead) {
  ProcessPosture process = hardened_process();
  process.bearer_tokens.front().access = unreadable_fact<FileAccess>();
  expect_unknown(result_of(id, process),
                 {.reason = UnknownReason::permission_denied, .message = "refused"}, Origin{});
  process.bearer_tokens.clear();
  expect_unknown(
      result_of(id, process),
      {.reason = UnknownReason::not_observable, .message = "no bearer token file is known"},
      at_process());
}

TEST(ExporterPostureBearerTokenFile, PassesAnOwnedFileOfRootWhereTheUserIsNotKnown) {
  ProcessPosture process = with({.mode = 0400, .owner = 0, .group = 0});
  process.users = {};
  EXPECT_EQ(status_of(id, process), Outcome::pass);
}

}  // namespace
}  // namespace compliance::test::bearer_token_file_test

// exporter-posture-state-file
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::state_file_test {
namespace {

constexpr auto id = "exporter-posture-state-file";

ProcessPosture with(FileAccess access) {
  ProcessPosture process = hardened_process();
  process.state_file->value = access;
  return process;
}

TEST(ExporterPostureStateFile, EvaluatesWhoMayReachIt) {
  struct Row {
    const char* name;
    FileAccess access;
    Outcome outcome;
  };
  const Row rows[] = {
      {"its group may write", {.mode = 0620, .owner = 9787, .group = 0}, Outcome::fail},
      {"everybody may write, behind a closed directory",
       {.mode = 0602, .owner = 9787, .group = 0, .shielded_by_directory = true},
       Outcome::fail},
      {"others may put a journal beside it",
       {.mode = 0600, .owner = 9787, .group = 9787, .directory_writable_by_others = true},
       Outcome::fail},
      {"everybody may read", {.mode = 0604, .owner = 9787, .group = 0}, Outcome::fail},
      {"a stranger owns it", {.mode = 0600, .owner = 1000, .group = 0}, Outcome::fail},
      {"everybody may read, behind a closed directory",
       {.mode = 0604, .owner = 9787, .group = 0, .shielded_by_directory = true},
       Outcome::pass},
      {"the exporter alone", {.mode = 0600, .owner = 9787, .group = 9787}, Outcome::pass},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(status_of(id, with(row.access)), row.outcome) << row.name;
  }
}

TEST(ExporterPostureStateFile, ShowsWhatIsOpen) {
  const Finding finding = expect_fail(
      result_of(
          id,
          with({.mode = 0600, .owner = 9787, .group = 1, .directory_writable_by_others = true})),
      "other users of the host may put files beside the history", at_process());
  EXPECT_EQ(finding.observed, "mode 0600, owner 9787, group 1, directory writable by others");
}

TEST(ExporterPostureStateFile, PassesForAnOpenVolumeInAPidNamespaceOfItsOwn) {
  ProcessPosture process = with({.mode = 0600, .directory_writable_by_others = true});
  process.alone_in_pid_namespace.value = true;
  EXPECT_EQ(status_of(id, process), Outcome::pass);
}

TEST(ExporterPostureStateFile, DoesNotApplyToAHistoryInMemory) {
  ProcessPosture process = hardened_process();
  process.state_file.reset();
  EXPECT_EQ(status_of(id, process), Outcome::not_applicable);
}

TEST(ExporterPostureStateFile, IsUnknownWhenTheFileCannotBeRead) {
  ProcessPosture process = hardened_process();
  process.state_file = Fact<FileAccess>{};
  expect_unknown(
      result_of(id, process),
      {.reason = UnknownReason::not_observable, .message = "the mode of the state file is unknown"},
      Origin{});
}

}  // namespace
}  // namespace compliance::test::state_file_test

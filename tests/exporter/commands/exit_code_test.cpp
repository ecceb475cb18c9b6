// What was published -> the exit code of `check`.
#include "exporter/commands/exit_code.h"

#include <gtest/gtest.h>

#include "tests/support/snapshots.h"

namespace compliance::test::exit_code_test {
namespace {

Finding waived(Finding finding) {
  finding.waiver = "SEC-1";
  return finding;
}

const Finding fault = failing(Component::api, "service api", "is open");
const Finding timeout = undecided(Component::api, "a", UnknownReason::timeout, "m");

TEST(ExitCode, IsZeroWithoutAnything) {
  EXPECT_EQ(exit_code_of({}, {}), 0);
  EXPECT_EQ(exit_code_of(snapshot_of({result_with(sample_mode, {})}), {}), 0);
  EXPECT_EQ(
      exit_code_of(snapshot_of({result_with(sample_mode, {passing(Component::web, "w")})}), {}), 0);
}

TEST(ExitCode, IsOneForAFailureAtOrAboveTheThreshold) {
  const Snapshot snapshot = snapshot_of({result_with(sample_tokens, {fault})});
  for (const auto& [threshold, code] :
       {std::pair{Severity::low, 1}, std::pair{Severity::medium, 1}, std::pair{Severity::high, 0},
        std::pair{Severity::critical, 0}}) {
    EXPECT_EQ(exit_code_of(snapshot, {.fail_on = threshold}), code) << name_of(threshold);
  }
}

TEST(ExitCode, IsZeroForWaivedFailuresAlone) {
  EXPECT_EQ(exit_code_of(snapshot_of({result_with(sample_mode, {waived(fault)})}), {}), 0);
  EXPECT_EQ(exit_code_of(snapshot_of({result_with(sample_mode, {waived(fault), fault})}), {}), 1);
}

TEST(ExitCode, IsThreeForWhatWasConfiguredAndCouldNotBeJudged) {
  const Snapshot snapshot = snapshot_of({result_with(sample_mode, {not_configured(), timeout})});
  EXPECT_EQ(exit_code_of(snapshot, {}), 3);
  EXPECT_EQ(exit_code_of(snapshot, {.allow_unknown = true}), 0);
  EXPECT_EQ(exit_code_of(snapshot_of({result_with(sample_mode, {not_configured()})}), {}), 0);
}

// The exit code where unknown results are allowed and this is the only finding.
int allowed_code(UnknownReason reason, bool of_source) {
  Finding finding = undecided(Component::api, "a", reason, "m");
  finding.of_source = of_source;
  return exit_code_of(snapshot_of({result_with(sample_mode, {finding})}), {.allow_unknown = true});
}

TEST(ExitCode, NeverForgivesWhatCouldNotBeParsedNorASourceWithoutAnything) {
  EXPECT_EQ(allowed_code(UnknownReason::unparsable, true), 3);
  EXPECT_EQ(allowed_code(UnknownReason::unparsable, false), 3);
  EXPECT_EQ(allowed_code(UnknownReason::missing_object, true), 3);
  EXPECT_EQ(allowed_code(UnknownReason::missing_object, false), 0);
  EXPECT_EQ(allowed_code(UnknownReason::limit_exceeded, true), 3);
  EXPECT_EQ(allowed_code(UnknownReason::permission_denied, true), 0);
}

TEST(ExitCode, IsOneWhereSomethingIsUnknownToo) {
  EXPECT_EQ(exit_code_of(snapshot_of({result_with(sample_tokens, {timeout}),
                                      result_with(sample_mode, {fault})}),
                         {}),
            1);
}

TEST(ExitCode, LeavesOutWhatIsKnown) {
  const Snapshot snapshot =
      snapshot_of({result_with(sample_mode, {fault}), result_with(sample_tokens, {timeout})});
  const auto& checks = snapshot.installations.front().result.checks;
  const Finding* known_fault = &checks.at(0).findings.front();
  const Finding* known_timeout = &checks.at(1).findings.front();
  EXPECT_EQ(exit_code_of(snapshot, {.known = {known_timeout}}), 1);
  EXPECT_EQ(exit_code_of(snapshot, {.known = {known_fault}}), 3);
  EXPECT_EQ(exit_code_of(snapshot, {.known = {known_fault, known_timeout}}), 0);
}

TEST(ExitCode, IsThatOfTheWorstInstallation) {
  Snapshot snapshot = snapshot_of({result_with(sample_mode, {passing(Component::web, "w")})});
  snapshot.installations.push_back(
      snapshot_of({result_with(sample_mode, {fault})}).installations.front());
  EXPECT_EQ(exit_code_of(snapshot, {}), 1);
}

}  // namespace
}  // namespace compliance::test::exit_code_test

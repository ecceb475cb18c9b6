// `history verify`: one line and an exit code.
#include "exporter/commands/history_command.h"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/exporter/history/stores.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test::history_command_test {
namespace {

struct Answer {
  int code = 0;
  std::string output{};
  std::string errors{};
};

Answer answer_for(const std::string& path) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int code = run_history_verify(path);
  return {code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

TEST(HistoryVerify, PrintsWhatTheChainHoldsWhenItIsWhole) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 2);
  const Answer answer = answer_for(path);
  const std::string expected = path +
                               ": 2 events, chain intact, from 2026-06-25T00:01:00.000Z to "
                               "2026-06-25T00:02:00.000Z, head ";
  EXPECT_EQ(answer.code, 0);
  EXPECT_EQ(answer.output.substr(0, expected.size()), expected);
  EXPECT_EQ(answer.output.size(), expected.size() + 64 + 1);
  EXPECT_EQ(answer.errors, "");
}

TEST(HistoryVerify, NamesTheFirstRowThatDoesNotFit) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 3);
  {
    const OtherHand hand{path};
    hand.drop_guards();
    ASSERT_TRUE(hand.run("UPDATE events SET to_status = 'pass'"));
  }
  const Answer answer = answer_for(path);
  EXPECT_EQ(answer.code, 1);
  EXPECT_EQ(answer.output, "");
  EXPECT_EQ(answer.errors, path + ": event 1 was changed: its content does not match its hash\n");
}

TEST(HistoryVerify, RefusesAPathThatIsNoStore) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("missing.db");
  const Answer answer = answer_for(path);
  EXPECT_EQ(answer.code, 2);
  EXPECT_EQ(answer.errors, "caracal-compliance-exporter: " + path + ": there is no such file\n");
}

}  // namespace
}  // namespace compliance::test::history_command_test

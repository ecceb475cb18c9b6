// Whatever another hand does to the events, `history verify` finds it.
#include "exporter/history/verify.h"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/exporter/history/stores.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test::verify_test {
namespace {

using Outcome = Verification::Outcome;

struct Tampering {
  std::string name;
  std::string sql;
  std::string words;  // how the finding begins
};

std::string tampering_name(const testing::TestParamInfo<Tampering>& info) {
  return info.param.name;
}

class Verify : public testing::TestWithParam<Tampering> {};

// Six events. The guards are dropped, as who tampers would.
TEST_P(Verify, FindsTampering) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 6);
  ASSERT_EQ(verify_history(path).outcome, Outcome::intact);
  {
    const OtherHand hand{path};
    hand.drop_guards();
    ASSERT_TRUE(hand.run(GetParam().sql));
  }
  const Verification found = verify_history(path);
  EXPECT_EQ(found.outcome, Outcome::broken);
  EXPECT_EQ(found.message.substr(0, GetParam().words.size()), GetParam().words);
}

Tampering edit(const std::string& name, const std::string& assignment) {
  return {name, "UPDATE events SET " + assignment + " WHERE sequence = 3",
          "event 3 was changed: its content does not match its hash"};
}

INSTANTIATE_TEST_SUITE_P(
    EditOf, Verify,
    testing::Values(edit("Time", "at = at + 1"), edit("Installation", "installation = 'other'"),
                    edit("Check", "check_id = 'other'"), edit("Scope", "scope = 'component'"),
                    edit("Component", "component = 'web'"), edit("From", "from_status = 'fail'"),
                    edit("To", "to_status = 'pass'"), edit("Reason", "reason = 'timeout'"),
                    edit("Object", "object = ''"), edit("Origin", "origin = 'x'"),
                    edit("Message", "message = message || ' '"),
                    edit("Hash", "hash = zeroblob(32)"),
                    edit("Previous", "previous = zeroblob(32)"),
                    Tampering{"Number", "UPDATE events SET sequence = 9 WHERE sequence = 3",
                              "event 4 follows event 2: "}),
    tampering_name);

constexpr auto copied_row =
    "INSERT INTO events SELECT %, at, installation, check_id, scope, component, from_status, "
    "to_status, reason, object, origin, message, previous, hash FROM events WHERE sequence = 6";

std::string insertion(const std::string& number) {
  std::string sql = copied_row;
  return sql.replace(sql.find('%'), 1, number);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Verify,
    testing::Values(
        Tampering{"FirstRemoved", "DELETE FROM events WHERE sequence = 1",
                  "event 2 follows event 0: rows between them were removed, or it was inserted"},
        Tampering{"MiddleRemoved", "DELETE FROM events WHERE sequence = 4",
                  "event 5 follows event 3: "},
        Tampering{"LastRemoved", "DELETE FROM events WHERE sequence = 6",
                  "event 6 and what follows, up to 6, were removed"},
        Tampering{"AllRemoved", "DELETE FROM events",
                  "event 1 and what follows, up to 6, were removed"},
        Tampering{"MiddleRemovedAndRenumbered",
                  "DELETE FROM events WHERE sequence = 4;"
                  "UPDATE events SET sequence = 4 WHERE sequence = 5;"
                  "UPDATE events SET sequence = 5 WHERE sequence = 6",
                  "event 4 was changed: "},
        Tampering{"InsertedBehind", insertion("7"), "event 7 was changed: "},
        Tampering{"InsertedBefore", insertion("0"), "event 0 follows event 0: "},
        Tampering{"Exchanged",
                  "UPDATE events SET sequence = 99 WHERE sequence = 2;"
                  "UPDATE events SET sequence = 2 WHERE sequence = 3;"
                  "UPDATE events SET sequence = 3 WHERE sequence = 99",
                  "event 2 was changed: "}),
    tampering_name);

INSTANTIATE_TEST_SUITE_P(
    Ends, Verify,
    testing::Values(
        Tampering{"LastRemovedAndTheHeadMoved",
                  "DELETE FROM events WHERE sequence = 6;"
                  "UPDATE chain SET head_sequence = 5, "
                  "head_hash = (SELECT hash FROM events WHERE sequence = 5)",
                  "the record of the chain's ends was changed: it does not match its seal"},
        Tampering{"FirstRemovedAndTheAnchorMoved",
                  "UPDATE chain SET anchor_sequence = 1, "
                  "anchor_hash = (SELECT hash FROM events WHERE sequence = 1);"
                  "DELETE FROM events WHERE sequence = 1",
                  "the record of the chain's ends was changed: it does not match its seal"},
        Tampering{"AnchorHash", "UPDATE chain SET anchor_hash = zeroblob(32)",
                  "event 1 does not continue event 0: one of them was exchanged"},
        Tampering{"HeadHash", "UPDATE chain SET head_hash = zeroblob(32)",
                  "event 6 is not the one that was written last"},
        Tampering{"HeadTooLow", "UPDATE chain SET head_sequence = 5",
                  "event 6 was inserted behind the last one"},
        Tampering{"CreationTime", "UPDATE chain SET created_at = 5",
                  "the record of the chain's ends was changed"},
        Tampering{"Genesis", "UPDATE chain SET genesis = zeroblob(32)",
                  "the record of the chain's ends was changed"},
        Tampering{"NoRecord", "DELETE FROM chain", "the chain's record is not there"},
        Tampering{"NoTable", "DROP TABLE events", "the events cannot be read: "}),
    tampering_name);

TEST(VerifyAfterTampering, StillFindsItWhenTheDaemonWroteOn) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 6);
  {
    const OtherHand hand{path};
    hand.drop_guards();
    ASSERT_TRUE(
        hand.run("DELETE FROM events WHERE sequence = 6;"
                 "UPDATE chain SET head_sequence = 5, "
                 "head_hash = (SELECT hash FROM events WHERE sequence = 5)"));
  }
  {
    History history{{.path = path}, after(1000)};
    EXPECT_TRUE(history.state().up);
    record(history, {fails(sample_mode)}, after(1000));
    record(history, {passes(sample_mode)}, after(1060));
  }
  EXPECT_EQ(verify_history(path).message,
            "the record of the chain's ends was changed: it does not match its seal");
}

TEST(VerifyAfterTampering, FindsRowsOfAnotherHandThatTheDaemonWroteBehind) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 6);
  ASSERT_TRUE(OtherHand{path}.run(insertion("7")));
  {
    History history{{.path = path}, after(1000)};
    record(history, {fails(sample_mode)}, after(1000));
    EXPECT_TRUE(history.state().up);
    EXPECT_EQ(events_of(history).back().sequence, 8U);
  }
  EXPECT_EQ(verify_history(path).message.substr(0, 20), "event 7 was changed:");
}

TEST(StoreGuards, KeepRowsFromBeingChangedOrRemovedByAccident) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 3);
  const OtherHand hand{path};
  EXPECT_FALSE(hand.run("UPDATE events SET message = 'x' WHERE sequence = 2"));
  EXPECT_FALSE(hand.run("DELETE FROM events WHERE sequence = 1"));
  EXPECT_EQ(verify_history(path).outcome, Outcome::intact);
}

TEST(VerifyPath, SaysWhatIsThereInsteadOfAStore) {
  const TemporaryDirectory directory;
  const auto words_for = [](const std::string& path) {
    const Verification found = verify_history(path);
    EXPECT_EQ(found.outcome, Outcome::unreadable);
    return found.message;
  };
  EXPECT_EQ(words_for(directory.path_of("missing.db")), "there is no such file");
  EXPECT_EQ(words_for(directory.path_of("")), "it is no regular file");
  EXPECT_EQ(words_for(directory.write("empty.db", "")), "it is empty");
  EXPECT_EQ(words_for(directory.write("text.db", std::string(5000, 'x'))),
            "file is not a database");
  ASSERT_TRUE(OtherHand{directory.path_of("foreign.db")}.run("CREATE TABLE t (a)"));
  EXPECT_EQ(words_for(directory.path_of("foreign.db")),
            "another program's database; it is left alone");
}

TEST(VerifyPath, CallsACutStoreBroken) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  make_store(path, 20);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  const Verification found = verify_history(path);
  EXPECT_EQ(found.outcome, Outcome::broken);
  EXPECT_EQ(found.message, "the file is damaged: database disk image is malformed");
}

TEST(VerifyPath, LeavesNothingBehind) {
  const TemporaryDirectory directory;
  make_store(directory.path_of("state.db"), 2);
  ASSERT_EQ(verify_history(directory.path_of("state.db")).outcome, Outcome::intact);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator{directory.path_of("")},
                          std::filesystem::directory_iterator{}),
            1);
}

TEST(VerifyPath, WorksBesideADaemonThatWrites) {
  const TemporaryDirectory directory;
  const std::string path = directory.path_of("state.db");
  History history{{.path = path}, after(0)};
  for (int minute = 0; minute <= 30; ++minute) {
    record(history, {minute % 2 == 0 ? passes(sample_mode) : fails(sample_mode)},
           after(60L * minute));
    ASSERT_EQ(verify_history(path).outcome, Outcome::intact);
  }
  EXPECT_EQ(verify_history(path).message.substr(0, 9), "30 events");
  EXPECT_TRUE(history.state().up);
}

}  // namespace
}  // namespace compliance::test::verify_test

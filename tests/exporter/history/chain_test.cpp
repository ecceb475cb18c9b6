// Every field counts in the chain's hashes.
#include "exporter/history/chain.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/snapshots.h"

namespace compliance::test::chain_test {
namespace {

Event sample_event() {
  return {.sequence = 7,
          .at = instant_at(1'782'345'678'009),
          .installation = "production",
          .check = "containers-non-root",
          .scope = "check",
          .component = "api",
          .from = "pass",
          .to = "unknown",
          .reason = "timeout",
          .object = "service api",
          .origin = "compose.yaml:12:7",
          .message = "words"};
}

TEST(EventHash, DiffersWhenAnyFieldDoes) {
  const std::vector<std::function<void(Event&)>> changes{
      [](Event& event) { event.sequence = 8; },
      [](Event& event) { event.at += std::chrono::milliseconds{1}; },
      [](Event& event) { event.installation += "x"; },
      [](Event& event) { event.check += "x"; },
      [](Event& event) { event.scope = "component"; },
      [](Event& event) { event.component = "web"; },
      [](Event& event) { event.from = "fail"; },
      [](Event& event) { event.to = "fail"; },
      [](Event& event) { event.reason.clear(); },
      [](Event& event) { event.object += " "; },
      [](Event& event) { event.origin += "1"; },
      [](Event& event) { event.message = "Words"; },
  };
  std::set<std::string> hashes{event_hash("before", sample_event()),
                               event_hash("Before", sample_event())};
  for (const auto& change : changes) {
    Event event = sample_event();
    change(event);
    hashes.insert(event_hash("before", event));
  }
  EXPECT_EQ(hashes.size(), changes.size() + 2);
}

TEST(EventHash, TellsWhereOneTextEndsAndTheNextBegins) {
  Event one = sample_event();
  one.object = "ab";
  one.origin = "c";
  Event other = sample_event();
  other.object = "a";
  other.origin = "bc";
  EXPECT_NE(event_hash("", one), event_hash("", other));
}

TEST(EventHash, DoesNotCoverItself) {
  Event event = sample_event();
  event.hash = "anything";
  EXPECT_EQ(event_hash("", event), event_hash("", sample_event()));
}

TEST(Seal, DiffersWhenAnyFieldDoes) {
  const std::vector<std::function<void(ChainRecord&)>> changes{
      [](ChainRecord& record) { ++record.created_at; },
      [](ChainRecord& record) { record.genesis = "other"; },
      [](ChainRecord& record) { record.anchor_sequence = 1; },
      [](ChainRecord& record) { record.anchor_hash = "other"; },
      [](ChainRecord& record) { record.head_sequence = 1; },
      [](ChainRecord& record) { record.head_hash = "other"; },
  };
  const ChainRecord record = new_chain(instant_at(5), "genesis");
  EXPECT_EQ(record.seal, seal_of(record));
  std::set<std::string> seals{record.seal};
  for (const auto& change : changes) {
    ChainRecord changed = record;
    change(changed);
    seals.insert(seal_of(changed));
  }
  EXPECT_EQ(seals.size(), changes.size() + 1);
}

TEST(NewChain, EndsWhereItBegins) {
  const ChainRecord record = new_chain(instant_at(5), "genesis");
  EXPECT_EQ(record.anchor_hash, "genesis");
  EXPECT_EQ(record.head_hash, "genesis");
  EXPECT_EQ(record.head_sequence, 0U);
}

}  // namespace
}  // namespace compliance::test::chain_test

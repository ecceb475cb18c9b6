// Events -> JSON.
#include "exporter/publish/api/events_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/snapshots.h"

namespace compliance::test::events_json_test {
namespace {

TEST(EventsJson, SaysEverythingOfAnEvent) {
  const Event event{.sequence = 7,
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
                    .message = "no \"answer\"",
                    .hash = std::string{"\x01\xAB", 2}};
  EXPECT_EQ(render_events_json({.events = {event}, .more = true}, true), R"({
  "events": [
    {
      "sequence": 7,
      "at": "2026-06-25T00:01:18.009Z",
      "installation": "production",
      "check": "containers-non-root",
      "scope": "check",
      "component": "api",
      "from": "pass",
      "to": "unknown",
      "unknown_reason": "timeout",
      "object": "service api",
      "origin": "compose.yaml:12:7",
      "message": "no \"answer\"",
      "hash": "01ab"
    }
  ],
  "more": true,
  "persistent": true
}
)");
}

TEST(EventsJson, SaysNullWhereThereIsNothingToSay) {
  const auto json =
      nlohmann::json::parse(render_events_json({.events = {Event{.sequence = 1}}}, false));
  for (const char* member : {"unknown_reason", "object", "origin", "message", "hash"}) {
    EXPECT_TRUE(json["events"][0][member].is_null()) << member;
  }
  EXPECT_FALSE(json["persistent"].get<bool>());
}

TEST(EventsJson, IsAnEmptyListWithoutEvents) {
  EXPECT_EQ(render_events_json({}, true),
            "{\n  \"events\": [],\n  \"more\": false,\n  \"persistent\": true\n}\n");
}

TEST(EventsJson, ReplacesWhatIsNoText) {
  const auto json =
      nlohmann::json::parse(render_events_json({.events = {Event{.message = "a\xFFz"}}}, true));
  EXPECT_EQ(json["events"][0]["message"], "a\xEF\xBF\xBDz");
}

}  // namespace
}  // namespace compliance::test::events_json_test

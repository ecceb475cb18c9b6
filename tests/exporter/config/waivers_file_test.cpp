// waivers.yaml: what is read, and what is refused where.
#include "exporter/config/waivers_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace compliance::waivers_file_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

WaiversFile parsed(const std::string& text) {
  Config config;
  config.installations.push_back({.name = "production"});
  return parse_waivers("w.yaml", text, config);
}

// A waiver with everything that is mandatory, but for `without`.
std::string entry(const std::string& without = "", const std::string& more = "") {
  std::string text = "- {";
  for (const auto& [key, value] :
       std::vector<std::pair<std::string, std::string>>{{"id", "CAB-7"},
                                                        {"check", "containers-not-privileged"},
                                                        {"installation", "production"},
                                                        {"reason", "vendor's agent"},
                                                        {"approved_by", "security board"},
                                                        {"expires", "2030-12-31"}}) {
    text += key == without ? "" : key + ": " + value + ", ";
  }
  return text + more + "}\n";
}

TEST(WaiversFile, ReadsEveryKey) {
  const WaiversFile file = parsed(entry("", "component: redis, object: service redis"));
  EXPECT_THAT(file.problems, IsEmpty());
  ASSERT_EQ(file.waivers.size(), 1U);
  using namespace std::chrono;
  EXPECT_EQ(file.waivers.front(), (Waiver{.id = "CAB-7",
                                          .check = "containers-not-privileged",
                                          .installation = "production",
                                          .component = Component::redis,
                                          .object = "service redis",
                                          .reason = "vendor's agent",
                                          .approved_by = "security board",
                                          .expires = sys_days{year{2031} / January / 1}}));
}

TEST(WaiversFile, MayBeEmpty) {
  for (const char* text : {"", "[]", "# none yet\n"}) {
    EXPECT_THAT(parsed(text).problems, IsEmpty()) << text;
    EXPECT_EQ(parsed(text).invalid, 0U) << text;
  }
}

TEST(WaiversFile, KeepsTheGoodOnesBesideABadOne) {
  const WaiversFile file = parsed(entry("reason") + entry());
  EXPECT_EQ(file.waivers.size(), 0U) << "the second has the id of the first";
  const WaiversFile other = parsed(entry() + "- 7\n");
  EXPECT_EQ(other.waivers.size(), 1U);
  EXPECT_EQ(other.invalid, 1U);
}

struct RefusedRow {
  std::string text;
  const char* problem;
};

TEST(WaiversFile, SaysWhatIsWrongAndWhere) {
  const std::vector<RefusedRow> rows{
      {"a: b\n", "w.yaml:1:1: must be a list of waivers"},
      {"[", "w.yaml:1:1: not YAML: end of sequence flow not found"},
      {entry("id"), "w.yaml:1:3: a waiver needs id"},
      {entry("check"), "w.yaml:1:3: a waiver needs check"},
      {entry("installation"), "w.yaml:1:3: a waiver needs installation"},
      {entry("reason"), "w.yaml:1:3: a waiver needs reason"},
      {entry("approved_by"), "w.yaml:1:3: a waiver needs approved_by"},
      {entry("expires"), "w.yaml:1:3: a waiver needs expires"},
      {entry("id", "id: 'a b'"), "w.yaml:1:142: an id must be 1 to 64 letters, digits, -, _ and ."},
      {entry("check", "check: containers-nice"),
       "w.yaml:1:122: unknown check 'containers-nice'; see `list`"},
      {entry("installation", "installation: staging"),
       "w.yaml:1:137: must be one of: production, exporter"},
      {entry("", "component: mysql"), "w.yaml:1:160: 'mysql' is not a component"},
      {entry("expires", "expires: soon"),
       "w.yaml:1:137: expires must be a date such as 2030-12-31 or an instant such as "
       "2030-12-31T12:00:00Z"},
      {entry("", "expired: x"),
       "w.yaml:1:149: unknown key 'expired' in a waiver; allowed: approved_by, check, component, "
       "expires, id, installation, object, reason"},
  };
  for (const RefusedRow& row : rows) {
    const WaiversFile file = parsed(row.text);
    EXPECT_THAT(file.problems, ElementsAre(row.problem)) << row.text;
    EXPECT_EQ(file.invalid, 1U) << row.text;
    EXPECT_THAT(file.waivers, IsEmpty()) << row.text;
  }
}

TEST(WaiversFile, RefusesEmptyReasonsAndApprovals) {
  for (const char* key : {"reason", "approved_by"}) {
    EXPECT_EQ(parsed(entry(key, std::string{key} + ": ''")).invalid, 1U) << key;
  }
}

TEST(ParseExpiry, TakesDatesAndInstantsOfRfc3339Alone) {
  using namespace std::chrono;
  const sys_seconds noon = sys_days{year{2030} / December / 31} + hours{12};
  for (const char* text :
       {"2030-12-31T12:00:00Z", "2030-12-31t12:00:00z", "2030-12-31 12:00:00Z",
        "2030-12-31T12:00:00.999Z", "2030-12-31T13:30:00+01:30", "2030-12-31T10:00:00-02:00"}) {
    EXPECT_EQ(parse_expiry(text), noon) << text;
  }
  EXPECT_EQ(parse_expiry("2030-12-31"), sys_days{year{2031} / January / 1});
  EXPECT_EQ(parse_expiry("2028-02-29"), sys_days{year{2028} / March / 1});
  for (const char* text : {"",
                           "2030",
                           "2030-12",
                           "2030-13-01",
                           "2030-02-30",
                           "2030-00-10",
                           "2030-1-1",
                           "30-12-31",
                           "2030-12-31T",
                           "2030-12-31T12:00Z",
                           "2030-12-31T12:00:00",
                           "2030-12-31T24:00:00Z",
                           "2030-12-31T12:60:00Z",
                           "2030-12-31T12:00:61Z",
                           "2030-12-31T12:00:00.Z",
                           "2030-12-31T12:00:00+25:00",
                           "2030-12-31T12:00:00Zx",
                           "2030-12-31x",
                           "+030-12-31",
                           "31.12.2030"}) {
    EXPECT_FALSE(parse_expiry(text)) << text;
  }
}

}  // namespace
}  // namespace compliance::waivers_file_test

// json_object.h
#include "checks/formats/json_object.h"

#include <gtest/gtest.h>

namespace compliance {
namespace {

JsonMembers read(std::string_view text) { return read_json_object(text).value_or(JsonMembers{}); }

JsonMember only(std::string_view value) {
  const JsonMembers members = read("{\"a\":" + std::string{value} + "}");
  return members.size() == 1 ? members.front() : JsonMember{};
}

TEST(JsonObject, RefusesWhatIsNoObject) {
  for (const char* text : {"",
                           " ",
                           "[]",
                           "\"a\"",
                           "1",
                           "null",
                           "ok",
                           "<html></html>",
                           "{",
                           "}",
                           "{}}",
                           "{}{}",
                           "{} x",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\" 1}",
                           "{\"a\"=1}",
                           "{a:1}",
                           "{'a':1}",
                           "{\"a\":1,}",
                           "{,}",
                           "{\"a\":1;\"b\":2}",
                           "{\"a\":1 \"b\":2}",
                           "{\"a\":1",
                           "{1:1}",
                           "[{\"a\":1}]",
                           "{]",
                           "{\"a\":1]",
                           "\xef\xbb\xbf{}"}) {
    EXPECT_FALSE(read_json_object(text)) << text;
  }
  EXPECT_FALSE(read_json_object(std::string_view{"{}\0", 3}));
  EXPECT_FALSE(read_json_object(std::string_view{"{\0}", 3}));
}

TEST(JsonObject, RefusesValuesThatAreNone) {
  for (const char* value :
       {"tru",        "True",       "nul",         "NaN",    "Infinity", "-",       "+1",
        "01",         "-01",        "1.",          ".5",     "1.e3",     "1e",      "1e+",
        "1e-",        "1E",         "0x1",         "1 2",    "--1",      "[",       "[1",
        "[1,]",       "[,]",        "[1 2]",       "[1}",    "]",        "{",       "{\"b\":}",
        "{\"b\":1,}", "\"",         "\"b",         "\"\\\"", "\"\\",     "\"\\x\"", "\"\\u\"",
        "\"\\u12\"",  "\"\\u123\"", "\"\\u12g4\"", "\"\t\"", "\"\n\"",   "'b'",     "undefined"}) {
    EXPECT_FALSE(read_json_object("{\"a\":" + std::string{value} + "}")) << value;
    EXPECT_FALSE(read_json_object("{\"a\":[" + std::string{value} + "]}")) << value;
  }
}

TEST(JsonObject, ReadsTheEmptyOneAndWhiteSpaceAnywhere) {
  EXPECT_EQ(read_json_object("{}"), JsonMembers{});
  EXPECT_EQ(read_json_object(" \t\r\n{ \n} \n"), JsonMembers{});
  EXPECT_EQ(
      read(" { \"a\" : 1 , \"b\" : [ 1 , 2 ] , \"c\" : { \"d\" : null } } "),
      (JsonMembers{
          {"a", JsonKind::number, "1"}, {"b", JsonKind::array, ""}, {"c", JsonKind::object, ""}}));
}

TEST(JsonObject, ReadsEveryKindOfValue) {
  EXPECT_EQ(only("true"), (JsonMember{"a", JsonKind::boolean, "true"}));
  EXPECT_EQ(only("false"), (JsonMember{"a", JsonKind::boolean, "false"}));
  EXPECT_EQ(only("null"), (JsonMember{"a", JsonKind::null, "null"}));
  EXPECT_EQ(only("[]"), (JsonMember{"a", JsonKind::array, ""}));
  EXPECT_EQ(only("[1,[2,{}],\"]\"]"), (JsonMember{"a", JsonKind::array, ""}));
  EXPECT_EQ(only("{\"b\":{\"c\":1}}"), (JsonMember{"a", JsonKind::object, ""}));
  for (const char* number :
       {"0", "-0", "404", "-12", "0.5", "10.25", "1e9", "1E+9", "2.5e-10", "1e05"}) {
    EXPECT_EQ(only(number), (JsonMember{"a", JsonKind::number, number})) << number;
  }
}

TEST(JsonObject, DecodesEscapes) {
  EXPECT_EQ(only(R"("a\"\\\/\b\f\n\r\tz")").text, "a\"\\/\b\f\n\r\tz");
  EXPECT_EQ(only(R"("\u0041\u007a\u007F")").text, "Az\x7f");
  EXPECT_EQ(only(R"("\u0080\u00e9\uD83D")").text, R"(\u0080\u00e9\uD83D)");
  EXPECT_EQ(only("\"\xc3\xa9 \x7f\"").text, "\xc3\xa9 \x7f");
  EXPECT_EQ(read(R"({"\u0065rror":1})").front().name, "error");
}

TEST(JsonObject, IsReadToADepthOf32) {
  const auto nested = [](std::size_t depth, const std::string& open, const std::string& close) {
    std::string text;
    for (std::size_t level = 0; level < depth; ++level) {
      text = level == 0 ? std::string{"1"} : open + text + close;
    }
    return "{\"a\":" + text + "}";
  };
  EXPECT_TRUE(read_json_object(nested(32, "[", "]")));
  EXPECT_FALSE(read_json_object(nested(33, "[", "]")));
  EXPECT_TRUE(read_json_object(nested(32, "{\"a\":", "}")));
  EXPECT_FALSE(read_json_object(nested(33, "{\"a\":", "}")));
  EXPECT_FALSE(read_json_object("{\"a\":" + std::string(1'000'000, '[')));
}

TEST(JsonObject, NeverReadsAPartOfOneForTheWhole) {
  const std::string text = R"({"error":"x\u0041","list":[1.5e3,{"a":null}],"ok":true})";
  ASSERT_TRUE(read_json_object(text));
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(read_json_object(text.substr(0, length))) << length;
  }
}

TEST(JsonMember, IsFoundByItsName) {
  const JsonMembers members = read(R"({"a":1,"b":2,"a":3})");
  EXPECT_EQ(find_member(members, "b")->text, "2");
  EXPECT_EQ(find_member(members, "a")->text, "3");
  EXPECT_EQ(find_member(members, "A"), nullptr);
  EXPECT_EQ(find_member({}, "a"), nullptr);
}

TEST(JsonMember, SaysAStringAndNothingElse) {
  EXPECT_TRUE(says(R"({"x":1,"error":"control disabled"})", "error", "control disabled"));
  for (const char* text : {R"({"error":"Control disabled"})", R"({"error":"control disabled."})",
                           R"({"Error":"control disabled"})", R"({"error":["control disabled"]})",
                           R"({"a":{"error":"control disabled"}})", R"(["control disabled"])",
                           "control disabled", "{}", ""}) {
    EXPECT_FALSE(says(text, "error", "control disabled")) << text;
  }
  EXPECT_TRUE(says(R"({"a":"1"})", "a", "1"));
  EXPECT_FALSE(says(R"({"a":1})", "a", "1"));
}

}  // namespace
}  // namespace compliance

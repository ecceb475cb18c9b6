// Tests of reading JSON objects.
#include "exporter/base/json_object.h"

#include <gtest/gtest.h>

namespace compliance::json_object_test {
namespace {

using Kind = JsonValue::Kind;

std::optional<JsonObject> read(std::string_view text) { return read_json_object(text); }

JsonValue only(std::string_view value) {
  const auto object = read("{\"a\":" + std::string{value} + "}");
  return object && object->size() == 1 ? object->begin()->second : JsonValue{};
}

TEST(ReadJsonObject, RefusesWhatIsNoObject) {
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
    EXPECT_FALSE(read(text)) << text;
  }
  EXPECT_FALSE(read(std::string_view{"{}\0", 3}));
  EXPECT_FALSE(read(std::string_view{"{\0}", 3}));
}

TEST(ReadJsonObject, RefusesValuesThatAreNone) {
  for (const char* value :
       {"tru",        "True",       "nul",         "NaN",    "Infinity", "-",       "+1",
        "01",         "-01",        "1.",          ".5",     "1.e3",     "1e",      "1e+",
        "1e-",        "1E",         "0x1",         "1 2",    "--1",      "[",       "[1",
        "[1,]",       "[,]",        "[1 2]",       "[1}",    "]",        "{",       "{\"b\":}",
        "{\"b\":1,}", "\"",         "\"b",         "\"\\\"", "\"\\",     "\"\\x\"", "\"\\u\"",
        "\"\\u12\"",  "\"\\u123\"", "\"\\u12g4\"", "\"\t\"", "\"\n\"",   "'b'",     "undefined"}) {
    EXPECT_FALSE(read("{\"a\":" + std::string{value} + "}")) << value;
    EXPECT_FALSE(read("{\"a\":[" + std::string{value} + "]}")) << value;
  }
}

TEST(ReadJsonObject, ReadsTheEmptyObjectAndWhiteSpaceAnywhere) {
  EXPECT_EQ(read("{}"), JsonObject{});
  EXPECT_EQ(read(" \t\r\n{ \n} \n"), JsonObject{});
  EXPECT_EQ(read(" { \"a\" : 1 , \"b\" : [ 1 , 2 ] , \"c\" : { \"d\" : null } } "),
            (JsonObject{{"a", {Kind::number}}, {"b", {Kind::array}}, {"c", {Kind::object}}}));
}

TEST(ReadJsonObject, ReadsEveryKindOfValue) {
  EXPECT_EQ(only("\"b\""), (JsonValue{Kind::string, "b"}));
  EXPECT_EQ(only("true"), JsonValue{Kind::boolean});
  EXPECT_EQ(only("false"), JsonValue{Kind::boolean});
  EXPECT_EQ(read(R"({"a":null})"), (JsonObject{{"a", {Kind::null}}}));
  EXPECT_EQ(only("[]"), JsonValue{Kind::array});
  EXPECT_EQ(only("[1,[2,{}],\"]\"]"), JsonValue{Kind::array});
  EXPECT_EQ(only("{\"b\":{\"c\":1}}"), JsonValue{Kind::object});
  for (const char* number :
       {"0", "-0", "404", "-12", "0.5", "10.25", "1e9", "1E+9", "2.5e-10", "1e05"}) {
    EXPECT_EQ(only(number), JsonValue{Kind::number}) << number;
  }
}

TEST(ReadJsonObject, DecodesEscapes) {
  EXPECT_EQ(only(R"("a\"\\\/\b\f\n\r\tz")").text, "a\"\\/\b\f\n\r\tz");
  EXPECT_EQ(only(R"("\u0041\u007a\u007F")").text, "Az\x7f");
  EXPECT_EQ(only(R"("\u00e9\uD83D\uDE00")").text, "\xc3\xa9\xf0\x9f\x98\x80");
  EXPECT_EQ(only("\"\xc3\xa9 \x7f\"").text, "\xc3\xa9 \x7f");
  EXPECT_EQ(read(R"({"\u0065rror":1})"), (JsonObject{{"error", {Kind::number}}}));
}

TEST(ReadJsonObject, RefusesTextThatIsNotUnicode) {
  for (const char* value : {"\"\xff\"", "\"\xc3\"", "\"\xc0\xaf\"", R"("\uD83D")", R"("\uDE00")"}) {
    EXPECT_FALSE(read("{\"a\":" + std::string{value} + "}")) << value;
  }
}

TEST(ReadJsonObject, IsReadToADepthOf32) {
  const auto nested = [](std::size_t depth, const std::string& open, const std::string& close) {
    std::string text = "1";
    for (std::size_t level = 1; level < depth; ++level) {
      text.insert(0, open);
      text += close;
    }
    return "{\"a\":" + text + "}";
  };
  EXPECT_TRUE(read(nested(32, "[", "]")));
  EXPECT_FALSE(read(nested(33, "[", "]")));
  EXPECT_TRUE(read(nested(32, "{\"a\":", "}")));
  EXPECT_FALSE(read(nested(33, "{\"a\":", "}")));
  EXPECT_FALSE(read("{\"a\":" + std::string(1'000'000, '[')));
}

TEST(ReadJsonObject, NeverReadsAPartOfOneForTheWhole) {
  const std::string text = R"({"error":"x\u0041","list":[1.5e3,{"a":null}],"ok":true})";
  ASSERT_TRUE(read(text));
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(read(text.substr(0, length))) << length;
  }
}

TEST(ReadJsonObject, KeepsTheLastOfEqualNames) {
  EXPECT_EQ(read(R"({"a":1,"b":2,"a":"3"})"),
            (JsonObject{{"a", {Kind::string, "3"}}, {"b", {Kind::number}}}));
  EXPECT_EQ(read(R"({"a":1,"c":{"a":"inner"}})"),
            (JsonObject{{"a", {Kind::number}}, {"c", {Kind::object}}}));
}

TEST(ReadJsonObject, RefusesObjectsWithMoreThan256Members) {
  const auto with_members = [](int count) {
    std::string text = "{\"0\":[{\"a\":1,\"b\":2},{\"c\":3}]";
    for (int number = 1; number < count; ++number) {
      text += ",\"" + std::to_string(number) + "\":" + std::to_string(number);
    }
    return text + "}";
  };
  EXPECT_EQ(read(with_members(256)).value_or(JsonObject{}).size(), 256U);
  EXPECT_FALSE(read(with_members(257)));
}

}  // namespace
}  // namespace compliance::json_object_test

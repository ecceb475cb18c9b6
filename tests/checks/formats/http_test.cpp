// Tests of headers and JSON members of HTTP answers.
#include "checks/formats/http.h"

#include <gtest/gtest.h>

namespace compliance::http_test {
namespace {

TEST(JsonMember, IsFoundByItsExactName) {
  const HttpAnswer answer{
      .json = JsonObject{{"error", {JsonValue::Kind::string, "control disabled"}}, {"b", {}}}};
  ASSERT_NE(json_member(answer, "error"), nullptr);
  EXPECT_EQ(json_member(answer, "error")->text, "control disabled");
  EXPECT_EQ(json_member(answer, "Error"), nullptr);
  EXPECT_EQ(json_member(answer, "erro"), nullptr);
  EXPECT_EQ(json_member(HttpAnswer{}, "error"), nullptr);
}

}  // namespace
}  // namespace compliance::http_test

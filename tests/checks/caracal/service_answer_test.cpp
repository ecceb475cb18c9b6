// Tests of recognising the answers of Caracal's services.
#include "checks/caracal/service_answer.h"

#include <gtest/gtest.h>

#include "tests/support/endpoints.h"

namespace compliance::test::service_answer_test {
namespace {

HttpAnswer answer(int status, std::string body) {
  return answering(status, std::move(body)).value.value_or(HttpAnswer{});
}

TEST(ServiceAnswer, IsKnownByAStringOfTheBodyAndNothingElse) {
  EXPECT_TRUE(is_closed_control(answer(503, R"({"x":1,"error":"control disabled"})")));
  for (const char* body : {R"({"error":"Control disabled"})", R"({"error":"control disabled."})",
                           R"({"Error":"control disabled"})", R"({"error":["control disabled"]})",
                           R"({"a":{"error":"control disabled"}})", R"(["control disabled"])",
                           R"({"error":true})", "control disabled", "{}", ""}) {
    EXPECT_FALSE(is_closed_control(answer(503, body))) << body;
  }
  EXPECT_FALSE(is_closed_control(answer(500, R"({"error":"control disabled"})")));
}

TEST(ServiceAnswer, HoldsKeysInAnArray) {
  EXPECT_TRUE(is_key_set(answer(200, R"({"keys":[]})")));
  for (const char* body : {R"({"keys":{}})", R"({"keys":"[]"})", R"({"key":[]})",
                           R"([{"keys":[]}])", R"({"a":{"keys":[]}})"}) {
    EXPECT_FALSE(is_key_set(answer(200, body))) << body;
  }
  EXPECT_FALSE(is_key_set(answer(201, R"({"keys":[]})")));
}

}  // namespace
}  // namespace compliance::test::service_answer_test

// Tests of what is read from a Redis's answer to PING.
#include "exporter/observe/probes/ports/redis_answer.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace compliance::probes::redis_answer_test {
namespace {

struct Case {
  std::string text;
  PingAnswer expected;
};

TEST(PingAnswer, IsReadFromTheFirstLine) {
  const std::string long_denial = "-DENIED " + std::string(900, 'x') + "\r\n";
  const std::vector<Case> cases{
      {"+PONG\r\n", PingAnswer::pong},
      {"+PONG\r\n+PONG\r\n", PingAnswer::pong},
      {"-NOAUTH Authentication required.\r\n", PingAnswer::no_auth},
      {"-NOAUTH\r\n", PingAnswer::no_auth},
      {long_denial, PingAnswer::denied},
      {"-LOADING Redis is loading the dataset in memory\r\n", PingAnswer::other_error},
      {"-MASTERDOWN Link with MASTER is down\r\n", PingAnswer::other_error},
      {"-NOPERM this user has no permissions\r\n", PingAnswer::other_error},
      {"-ERR max number of clients reached\r\n", PingAnswer::other_error},
      {"", PingAnswer::incomplete},
      {"+", PingAnswer::incomplete},
      {"+PONG", PingAnswer::incomplete},
      {"+PONG\n", PingAnswer::incomplete},
      {"-NOAUTH Authentication", PingAnswer::incomplete},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(read_ping_answer(each.text), each.expected) << each.text;
  }
}

TEST(PingAnswer, IsForeignWhereRedisWouldNotSayIt) {
  const std::vector<std::string> texts{
      "+OK POP3 ready\r\n",
      "+PONGO\r\n",
      "+pong\r\n",
      "PONG\r\n",
      "-NOAUTHORITY\r\n",
      "-Error\r\n",
      "-\r\n",
      "-ERR \x01\r\n",
      "$4\r\nPONG\r\n",
      ":1\r\n",
      "\r\n",
      "HTTP/1.1 400 Bad Request\r\n\r\n",
      "SSH-2.0-OpenSSH_9.2\r\n",
      std::string("\0\0\0\0", 4),
      "-" + std::string(3000, 'x'),
      "-ERR " + std::string(3000, 'x') + "\r\n",
  };
  for (const auto& text : texts) {
    EXPECT_EQ(read_ping_answer(text), PingAnswer::foreign) << text;
  }
}

TEST(KnownErrorWord, IsOneOfRedisOrNothing) {
  EXPECT_EQ(known_error_word("-LOADING Redis is loading\r\n"), "LOADING");
  EXPECT_EQ(known_error_word("-BUSY\r\n"), "BUSY");
  EXPECT_EQ(known_error_word("-SECRET hunter2\r\n"), "");
  EXPECT_EQ(known_error_word("-NOAUTH x\r\n"), "");
  EXPECT_EQ(known_error_word(""), "");
}

}  // namespace
}  // namespace compliance::probes::redis_answer_test

// The head of a proxy's answer to CONNECT.
#include "exporter/observe/probes/net/proxy_answer.h"

#include <string>

#include <gtest/gtest.h>

namespace compliance::probes::proxy_answer_test {
namespace {

using State = ProxyAnswer::State;

struct Reading {
  State state = State::unfinished;
  int status = 0;
  std::size_t taken = 0;
};

Reading read(const std::string& bytes) {
  ProxyAnswer answer;
  Reading reading;
  while (reading.state == State::unfinished && reading.taken < bytes.size()) {
    reading.state = answer.feed(bytes[reading.taken++]);
  }
  reading.status = answer.status();
  return reading;
}

TEST(ProxyAnswer, TakesTheStatusAndLeavesTheTunnelAlone) {
  const std::string head = "HTTP/1.1 200 Connection established\r\nVia: 1.1 a\r\n\r\n";
  const Reading reading = read(head + "+PONG");
  EXPECT_EQ(reading.state, State::complete);
  EXPECT_EQ(reading.status, 200);
  EXPECT_EQ(reading.taken, head.size());
}

TEST(ProxyAnswer, TakesOldAnswersAndSuchWithoutWords) {
  EXPECT_EQ(read("HTTP/1.0 407 Proxy Authentication Required\r\n\r\n").status, 407);
  EXPECT_EQ(read("HTTP/1.1 502\r\n\r\n").status, 502);
  EXPECT_EQ(read("HTTP/1.1 503 \r\n\r\n").status, 503);
}

TEST(ProxyAnswer, WaitsForTheEmptyLine) {
  for (const std::string bytes : {"", "H", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\n",
                                  "HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 200 OK\r\n\r"}) {
    EXPECT_EQ(read(bytes).state, State::unfinished) << bytes;
  }
}

TEST(ProxyAnswer, RefusesWhatIsNoHeadOfHttp) {
  for (const std::string bytes :
       {"h", "SSH-2.0-x\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.2 200 OK\r\n\r\n", "HTTP/1.1\r\n\r\n",
        "HTTP/1.\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\n", "HTTP/1.1 200 OK\rX", "HTTP/1.1 200 O\x01"}) {
    EXPECT_EQ(read(bytes).state, State::broken) << bytes;
  }
  EXPECT_EQ(read(std::string{"HTTP/1.1 200 O\0K\r\n\r\n", 20}).state, State::broken);
}

TEST(ProxyAnswer, EndsAtItsLongestHead) {
  const std::string start = "HTTP/1.1 200 OK\r\nA: ";
  const std::string end = "\r\n\r\n";
  const std::string filling(ProxyAnswer::max_bytes - start.size() - end.size(), 'a');
  EXPECT_EQ(read(start + filling + end).state, State::complete);
  const Reading longer = read(start + filling + "a" + end);
  EXPECT_EQ(longer.state, State::broken);
  EXPECT_EQ(longer.taken, ProxyAnswer::max_bytes + 1);
}

}  // namespace
}  // namespace compliance::probes::proxy_answer_test

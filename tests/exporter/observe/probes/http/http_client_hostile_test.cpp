// The HTTP client with servers that want to harm it: everything ends early, small and with a
// reason.
#include <atomic>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/http/client.h"
#include "tests/exporter/observe/probes/http/gzip.h"

namespace compliance::probes::http_client_hostile_test {
namespace {

using test::ample;
using test::closing_after;
using test::HttpConversation;
using test::HttpPeer;
using test::message_of;
using test::reason_of;

// What a client is sent once it has asked, and then again and again.
struct Flood {
  std::string start{};
  std::string again{};
  std::size_t most = 1U << 30U;  // bytes that a client which never stops would be sent
};

// Sends the flood until the client goes; counts what was sent.
HttpPeer::Script flooding(Flood flood, std::atomic<std::size_t>& sent) {
  return [flood = std::move(flood), &sent](HttpConversation& conversation) {
    if (!conversation.receive() || !conversation.send(flood.start)) {
      return;
    }
    while (sent < flood.most && conversation.send(flood.again)) {
      sent += flood.again.size();
    }
  };
}

struct FloodRow {
  std::string name{};
  Flood flood{};
  UnknownReason reason = UnknownReason::limit_exceeded;
};

std::string block_of(const std::string& text) {
  std::string block;
  while (block.size() < 32'768) {
    block += text;
  }
  return block;
}

std::vector<FloodRow> floods() {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::string kilobyte(1024, 'x');
  return {
      {"a body of 1 GB that says so",
       {.start = ok + "Content-Length: 1073741824\r\n\r\n", .again = block_of("x")}},
      {"a body of 1 GB that does not", {.start = ok + "\r\n", .again = block_of("x")}},
      {"a body of 1 GB in chunks",
       {.start = ok + "Transfer-Encoding: chunked\r\n\r\n",
        .again = block_of("400\r\n" + kilobyte + "\r\n")}},
      {"one chunk that never ends",
       {.start = ok + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n", .again = block_of("x")}},
      {"a body longer than any number",
       {.start = ok + "Content-Length: 99999999999999999999999999\r\n\r\n",
        .again = block_of("x")}},
      {"endless headers", {.start = ok, .again = block_of("A: b\r\n")}},
      {"one header that never ends", {.start = ok + "A: ", .again = block_of("x")}},
      {"a header name that never ends", {.start = ok, .again = block_of("x")}},
      {"folded lines without end", {.start = ok + "A: b\r\n", .again = block_of(" b\r\n")}},
      {"a status line that never ends", {.start = ok.substr(0, 13), .again = block_of("x")}},
      {"interim answers without end",
       {.start = "", .again = block_of("HTTP/1.1 100 Continue\r\n\r\n")}},
      {"interim answers with headers without end",
       {.start = "", .again = block_of("HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n")}},
      {"a trailer without end",
       {.start = ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n", .again = block_of("A: b\r\n")}},
      {"garbage without end",
       {.start = "", .again = block_of("\x01\x02\xff")},
       UnknownReason::protocol_error},
  };
}

TEST(HttpClientAgainstFloods, StopsLongBeforeTheirEndAndSaysWhy) {
  constexpr std::size_t buffers = 16U << 20U;  // of sockets on both sides, at the very most
  for (const FloodRow& row : floods()) {
    std::atomic<std::size_t> sent = 0;
    {
      const HttpPeer peer(flooding(row.flood, sent));
      const auto answer = test::get(peer);
      EXPECT_EQ(reason_of(answer), row.reason) << row.name << ": " << message_of(answer);
    }
    EXPECT_LT(sent, buffers) << row.name;
  }
}

struct AnswerRow {
  std::string name{};
  std::string bytes{};
  UnknownReason reason = UnknownReason::protocol_error;
};

std::string many_headers(int count) {
  std::string text = "HTTP/1.1 200 OK\r\n";
  for (int header = 0; header < count; ++header) {
    text += "A: b\r\n";
  }
  return text + "\r\n";
}

std::vector<AnswerRow> bad_answers() {
  using enum UnknownReason;
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::string chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
  const std::string bomb = test::gzip(std::string(32U << 20U, '\0'));
  const std::string zipped = ok + "Content-Encoding: gzip\r\nContent-Length: ";
  return {
      {"a status line of 26 KB", "HTTP/1.1 200 " + std::string(26'000, 'x') + "\r\n\r\n",
       limit_exceeded},
      {"100,000 headers", many_headers(100'000), limit_exceeded},
      {"1,001 lines", many_headers(1000), limit_exceeded},
      {"a gzip bomb", zipped + std::to_string(bomb.size()) + "\r\n\r\n" + bomb, limit_exceeded},
      {"broken gzip", zipped + "4\r\n\r\nabcd"},
      {"an unknown coding", ok + "Content-Encoding: br\r\nContent-Length: 1\r\n\r\nx",
       unexpected_response},
      {"HTTP/0.9", "<html>hello</html>"},
      {"another protocol", "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"},
      {"HTTP/2 that nobody agreed on", std::string{"\0\0\0\4\0\0\0\0\0", 9}},
      {"a chunk size that is no number", chunked + "zz\r\nabc\r\n0\r\n\r\n"},
      {"a chunk size that is too long", chunked + "ffffffffffffffffffff\r\nabc"},
      {"a chunk that is longer than it says", chunked + "1\r\nabc\r\n0\r\n\r\n"},
      {"a negative length", ok + "Content-Length: -5\r\n\r\nabc"},
      {"a status that is no number", "HTTP/1.1 abc OK\r\n\r\n"},
      {"a protocol switch that nobody asked for",
       "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nframes"},
      {"nothing", "", unreachable},
      {"a close within the header", ok + "A: b\r\n"},
      {"a close within a header line", ok + "A"},
      {"a close within the body", ok + "Content-Length: 10\r\n\r\nabc"},
      {"a close within a chunk", chunked + "5\r\nab"},
      {"a close before the last chunk", chunked + "2\r\nab\r\n"},
      {"a close after an interim answer", "HTTP/1.1 100 Continue\r\n\r\n", unreachable},
  };
}

TEST(HttpClientAgainstBadAnswers, GivesTheRightReason) {
  for (const AnswerRow& row : bad_answers()) {
    const HttpPeer peer(closing_after(row.bytes));
    const auto answer = test::get(peer);
    EXPECT_EQ(reason_of(answer), row.reason) << row.name << ": " << message_of(answer);
    EXPECT_EQ(message_of(answer).rfind("GET http://console.test:", 0), 0U) << message_of(answer);
  }
}

TEST(HttpClientAgainstBadAnswers, NeverRepeatsWhatAPeerSaid) {
  for (const std::string& bytes :
       {std::string{"whisper\r\n\r\n"}, std::string{"HTTP/1.1 whisper OK\r\n\r\n"},
        std::string{"HTTP/1.1 200 OK\r\nContent-Length: whisper\r\n\r\n"},
        std::string{"HTTP/1.1 200 OK\r\nContent-Encoding: whisper\r\n\r\nx"},
        std::string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: whisper\r\n\r\nx"},
        std::string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nwhisper"}}) {
    const HttpPeer peer(closing_after(bytes));
    const auto answer = test::get(peer);
    EXPECT_EQ(message_of(answer).find("whisper"), std::string::npos) << message_of(answer);
  }
}

TEST(HttpClientAgainstBadAnswers, AResetBeforeAnAnswerIsNoAnswer) {
  const HttpPeer peer([](HttpConversation& conversation) {
    conversation.receive();
    conversation.reset();
  });
  EXPECT_EQ(reason_of(test::get(peer)), UnknownReason::unreachable);
}

TEST(HttpClientAgainstBadAnswers, DoesNotGoRoundARedirectLoop) {
  const HttpPeer peer(closing_after("HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n"));
  const auto answer = test::get(peer);
  ASSERT_TRUE(answer) << message_of(answer);
  EXPECT_EQ(answer.value().status, 301);
  EXPECT_EQ(peer.lines().size(), 1U);
}

// Sends a byte, and the next one once the client's time for it has come.
HttpPeer::Script dripping(std::string bytes) {
  return [bytes = std::move(bytes)](HttpConversation& conversation) {
    if (!conversation.receive()) {
      return;
    }
    for (const char byte : bytes) {
      if (!conversation.send({&byte, 1})) {
        return;
      }
    }
    conversation.hold();
  };
}

TEST(HttpClientAgainstSlowPeers, EndsAtItsDeadlineWhateverHasComeSoFar) {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  for (const std::string& bytes :
       {std::string{}, std::string{"H"}, ok, ok + "A: b\r\n", ok + "Content-Length: 10\r\n\r\nabc",
        ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        std::string{"HTTP/1.1 100 Continue\r\n\r\n"}, ok + "\r\nno length"}) {
    const HttpPeer peer(dripping(bytes));
    const auto answer = test::get(peer, test::scant);
    EXPECT_EQ(reason_of(answer), UnknownReason::timeout) << bytes << ": " << message_of(answer);
  }
}

TEST(HttpClientAgainstSlowPeers, IsUsableAfterwards) {
  std::atomic<bool> silent = true;
  const HttpPeer peer([&silent](HttpConversation& conversation) {
    while (conversation.receive()) {
      if (silent.exchange(false)) {
        conversation.hold();
        return;
      }
      conversation.send(test::http_answer(200, "again"));
    }
  });
  HttpClient client(test::route_to(peer), Resolver{});
  EXPECT_EQ(reason_of(client.send({.target = "/"}, Deadline::after(test::scant))),
            UnknownReason::timeout);
  const auto answer = client.send({.target = "/"}, Deadline::after(ample));
  ASSERT_TRUE(answer) << message_of(answer);
  EXPECT_EQ(answer.value().body, "again");
}

}  // namespace
}  // namespace compliance::probes::http_client_hostile_test

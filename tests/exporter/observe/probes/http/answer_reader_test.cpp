// What is an answer, and what is too much of one.
#include "exporter/observe/probes/http/answer_reader.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace compliance::probes::answer_reader_test {
namespace {

// Takes the lines, then the body; stops where the reader refuses.
ReadResult<HttpAnswer> read(const std::vector<std::string>& lines, std::string_view body = {}) {
  AnswerReader reader;
  for (const std::string& line : lines) {
    if (!reader.take_line(line)) {
      return reader.finish();
    }
  }
  if (!body.empty()) {
    reader.take_body(body);
  }
  return reader.finish();
}

UnknownReason reason_of(const ReadResult<HttpAnswer>& answer) {
  return answer ? UnknownReason::pending : answer.error().reason;
}

TEST(AnswerReader, KeepsHeadersInWireOrderAndRepeatedOnesApart) {
  const auto answer = read({"HTTP/1.1 200 OK\r\n", "X-Frame-Options: DENY\r\n", "Vary:Origin\r\n",
                            "x-frame-options:  SAMEORIGIN \t\r\n", "\r\n"},
                           "body");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer.value().status, 200);
  EXPECT_EQ(answer.value().body, "body");
  EXPECT_EQ(answer.value().headers, (std::vector<HttpHeader>{{"x-frame-options", "DENY"},
                                                             {"vary", "Origin"},
                                                             {"x-frame-options", "SAMEORIGIN"}}));
}

TEST(AnswerReader, JoinsFoldedLines) {
  const auto answer =
      read({"HTTP/1.1 200 OK\r\n", "Content-Security-Policy: default-src 'self';\r\n",
            "\t frame-ancestors 'none'\r\n", "\r\n"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer.value().headers.at(0).value, "default-src 'self'; frame-ancestors 'none'");
}

TEST(AnswerReader, PassesOverLinesThatAreNoHeader) {
  const auto answer = read({"HTTP/1.1 200 OK\r\n", " folded onto nothing\r\n", "no colon\r\n",
                            "X-Frame-Options : DENY\r\n", ": no name\r\n", "A: b\n", "\n"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer.value().headers, (std::vector<HttpHeader>{{"a", "b"}}));
}

TEST(AnswerReader, ForgetsInterimAnswers) {
  const auto answer = read({"HTTP/1.1 103 Early Hints\r\n", "X-Frame-Options: DENY\r\n", "\r\n",
                            "HTTP/1.1 404 Not Found\r\n", "A: b\r\n", "\r\n"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer.value().status, 404);
  EXPECT_EQ(answer.value().headers, (std::vector<HttpHeader>{{"a", "b"}}));
}

TEST(AnswerReader, TakesNoHeaderFromTheTrailer) {
  AnswerReader reader;
  for (const std::string_view line : {"HTTP/1.1 200 OK\r\n", "\r\n"}) {
    ASSERT_TRUE(reader.take_line(line));
  }
  ASSERT_TRUE(reader.take_body("body"));
  ASSERT_TRUE(reader.take_line("X-Frame-Options: DENY\r\n"));
  const auto answer = reader.finish();
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer.value().headers.empty());
}

TEST(AnswerReader, RefusesWhatIsNoStatusLine) {
  for (const std::string_view line :
       {"HTTP/1.1\r\n", "HTTP/1.1 \r\n", "HTTP/1.1 20\r\n", "HTTP/1.1 2000 OK\r\n",
        "HTTP/1.1 099 Low\r\n", "HTTP/1.1 2x0 OK\r\n", "HTTP/1.1 -20 OK\r\n", "http/1.1 200 OK\r\n",
        "ICY 200 OK\r\n", "\r\n", "200 OK\r\n"}) {
    EXPECT_EQ(reason_of(read({std::string{line}})), UnknownReason::protocol_error) << line;
  }
}

TEST(AnswerReader, TakesAStatusWithoutReason) {
  for (const std::string_view line : {"HTTP/1.1 204\r\n", "HTTP/1.0 204 \r\n", "HTTP/1.1 204\n"}) {
    const auto answer = read({std::string{line}, "\r\n"});
    ASSERT_TRUE(answer) << line;
    EXPECT_EQ(answer.value().status, 204) << line;
  }
}

TEST(AnswerReader, DoesNotTakeAHeaderThatHasNoEndForAnAnswer) {
  EXPECT_EQ(reason_of(read({})), UnknownReason::protocol_error);
  EXPECT_EQ(reason_of(read({"HTTP/1.1 200 OK\r\n", "A: b\r\n"})), UnknownReason::protocol_error);
  EXPECT_EQ(reason_of(read({"HTTP/1.1 100 Continue\r\n", "\r\n"})), UnknownReason::protocol_error);
}

TEST(AnswerReader, RefusesABodyBeforeTheHeaderHasEnded) {
  EXPECT_EQ(reason_of(read({"HTTP/1.1 101 Switching Protocols\r\n", "\r\n"}, "frames")),
            UnknownReason::protocol_error);
}

TEST(AnswerReader, BoundsTheStatusLine) {
  const std::string start = "HTTP/1.1 200 ";
  const std::string fits(max_status_line_bytes - start.size() - 2, 'x');
  EXPECT_TRUE(read({start + fits + "\r\n", "\r\n"}));
  EXPECT_EQ(reason_of(read({start + fits + "x\r\n", "\r\n"})), UnknownReason::limit_exceeded);
}

TEST(AnswerReader, BoundsTheNumberOfLines) {
  std::vector<std::string> lines(max_header_lines, "A: b\r\n");
  lines.front() = "HTTP/1.1 200 OK\r\n";
  lines.back() = "\r\n";
  EXPECT_TRUE(read(lines));
  lines.insert(lines.begin() + 1, "A: b\r\n");
  EXPECT_EQ(reason_of(read(lines)), UnknownReason::limit_exceeded);
}

TEST(AnswerReader, BoundsTheBytesOfAllHeadersTogether) {
  const std::string status = "HTTP/1.1 200 OK\r\n";
  const std::string header = "A: " + std::string(30'000, 'x') + "\r\n";
  const std::string rest(max_header_bytes - status.size() - 2 * header.size() - 2, 'x');
  EXPECT_TRUE(read({status, header, header, rest, "\r\n"}));
  EXPECT_EQ(reason_of(read({status, header, header, rest + "x", "\r\n"})),
            UnknownReason::limit_exceeded);
}

TEST(AnswerReader, CountsInterimAnswersAndTrailersToo) {
  AnswerReader flooded;
  std::size_t taken = 0;
  while (flooded.take_line("HTTP/1.1 100 Continue\r\n") && flooded.take_line("\r\n")) {
    ++taken;
  }
  EXPECT_EQ(taken, max_header_lines / 2);
  AnswerReader trailed;
  ASSERT_TRUE(trailed.take_line("HTTP/1.1 200 OK\r\n"));
  ASSERT_TRUE(trailed.take_line("\r\n"));
  while (trailed.take_line("A: b\r\n")) {
  }
  EXPECT_EQ(reason_of(trailed.finish()), UnknownReason::limit_exceeded);
}

TEST(AnswerReader, AnswersOf64KiBAndMoreAreAnswersAndCut) {
  const auto answer =
      read({"HTTP/1.1 200 OK\r\n", "\r\n"}, std::string(kept_body_bytes, 'a') + "b");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer.value().body, std::string(kept_body_bytes, 'a'));
}

TEST(AnswerReader, BoundsTheBody) {
  EXPECT_TRUE(read({"HTTP/1.1 200 OK\r\n", "\r\n"}, std::string(max_body_bytes, 'a')));
  EXPECT_EQ(reason_of(read({"HTTP/1.1 200 OK\r\n", "\r\n"}, std::string(max_body_bytes + 1, 'a'))),
            UnknownReason::limit_exceeded);
}

TEST(AnswerReader, RefusesCodingsThatItCannotRead) {
  for (const std::string_view coding : {"br", "zstd", "deflate", "gzip, gzip", "gzip,br", "x"}) {
    EXPECT_EQ(reason_of(read({"HTTP/1.1 200 OK\r\n",
                              "Content-Encoding: " + std::string{coding} + "\r\n", "\r\n"},
                             "some bytes")),
              UnknownReason::unexpected_response)
        << coding;
  }
}

TEST(AnswerReader, ReadsNamesOfCodingsThatChangeNothing) {
  for (const std::string_view coding : {"", "identity", "Identity , ,identity"}) {
    const auto answer =
        read({"HTTP/1.1 200 OK\r\n", "Content-Encoding: " + std::string{coding} + "\r\n", "\r\n"},
             "some bytes");
    ASSERT_TRUE(answer) << coding;
    EXPECT_EQ(answer.value().body, "some bytes") << coding;
  }
}

TEST(AnswerReader, ACodingOfNoBodyDoesNoHarm) {
  EXPECT_TRUE(read({"HTTP/1.1 304 Not Modified\r\n", "Content-Encoding: br\r\n", "\r\n"}));
}

}  // namespace
}  // namespace compliance::probes::answer_reader_test

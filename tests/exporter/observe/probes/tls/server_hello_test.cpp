// The reading of a server's answer: whole, split, broken, hostile.
#include "exporter/observe/probes/tls/server_hello.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace compliance::probes::server_hello_test {
namespace {

using State = ServerHelloReader::State;

std::string u8(std::size_t number) { return {static_cast<char>(number & 0xffU)}; }
std::string u16(std::size_t number) { return u8(number >> 8U) + u8(number); }

std::string record(std::size_t type, const std::string& content, std::size_t version = 0x0303) {
  return u8(type) + u16(version) + u16(content.size()) + content;
}

std::string alert(std::size_t level, std::size_t description) {
  return record(21, u8(level) + u8(description));
}

std::string extension(std::size_t type, const std::string& content) {
  return u16(type) + u16(content.size()) + content;
}

// The parts of a ServerHello, right as they are.
struct Parts {
  std::size_t version = 0x0303;
  std::string random = std::string(32, 'r');
  std::string session_id{};
  std::size_t suite = 0xc02f;
  std::size_t compression = 0;
  std::string extensions{};     // with their length in front, or nothing
  std::string behind_it_all{};  // what may not be there
};

std::string message(std::size_t type, const std::string& body) {
  return u8(type) + u8(0) + u16(body.size()) + body;
}

std::string hello_message(const Parts& parts) {
  return message(2, u16(parts.version) + parts.random + u8(parts.session_id.size()) +
                        parts.session_id + u16(parts.suite) + u8(parts.compression) +
                        parts.extensions + parts.behind_it_all);
}

std::string hello_of(const Parts& parts) { return record(22, hello_message(parts)); }

std::string with_length(const std::string& extensions) {
  return u16(extensions.size()) + extensions;
}

Parts tls1_3_parts() {
  Parts parts;
  parts.suite = 0x1301;
  parts.session_id = std::string(32, 's');
  parts.extensions = with_length(extension(43, u16(0x0304)) +
                                 extension(51, u16(0x1d) + with_length(std::string(32, 'k'))));
  return parts;
}

std::string retry_random() {
  return {
      "\xcf\x21\xad\x74\xe5\x9a\x61\x11\xbe\x1d\x8c\x02\x1e\x65\xb8\x91"
      "\xc2\xa2\x11\x16\x7a\xbb\x8c\x5e\x07\x9e\x09\xe2\xc8\xa8\x33\x9c",
      32};
}

ServerHelloReader read(const std::string& bytes) {
  ServerHelloReader reader;
  reader.feed(bytes);
  return reader;
}

ServerHelloReader read_in_steps(const std::string& bytes, std::size_t step) {
  ServerHelloReader reader;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.feed(std::string_view{bytes}.substr(at, step));
  }
  return reader;
}

TEST(ServerHelloReader, ReadsVersionAndSuite) {
  const ServerHelloReader reader = read(hello_of({}));
  EXPECT_EQ(reader.state(), State::chosen);
  EXPECT_EQ(reader.hello(), (ServerHello{.version = 0x0303, .suite = 0xc02f}));
}

TEST(ServerHelloReader, ReadsEveryOldVersion) {
  for (const std::size_t version : {0x0300U, 0x0301U, 0x0302U, 0x0303U}) {
    EXPECT_EQ(read(hello_of({.version = version})).hello().version, version);
  }
}

TEST(ServerHelloReader, ReadsTheVersionOfTls13InItsExtension) {
  EXPECT_EQ(read(hello_of(tls1_3_parts())).hello(),
            (ServerHello{.version = 0x0304, .suite = 0x1301}));
}

TEST(ServerHelloReader, ReadsARequestForAnotherKeyShareAsAnyHello) {
  Parts parts = tls1_3_parts();
  parts.random = retry_random();
  EXPECT_EQ(read(hello_of(parts)).hello(), (ServerHello{.version = 0x0304, .suite = 0x1301}));
}

TEST(ServerHelloReader, DoesNotMindWhatFollows) {
  const std::string together = record(22, hello_message({}) + message(11, "certificates"));
  EXPECT_EQ(read(together).state(), State::chosen);
  EXPECT_EQ(read(hello_of({}) + "garbage").state(), State::chosen);
  EXPECT_EQ(read(hello_of({}) + alert(2, 40)).state(), State::chosen);
}

TEST(ServerHelloReader, PutsFragmentsTogether) {
  const std::string whole = hello_message(tls1_3_parts());
  std::string bytes;
  for (const char byte : whole) {
    bytes += record(22, {byte});
  }
  EXPECT_EQ(read(bytes).hello().version, 0x0304);
  EXPECT_EQ(read_in_steps(bytes, 1).hello().version, 0x0304);
}

TEST(ServerHelloReader, WaitsForTheRest) {
  const std::string whole = hello_of(tls1_3_parts());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_EQ(read(whole.substr(0, length)).state(), State::unfinished) << length;
  }
}

TEST(ServerHelloReader, TakesAFatalAlertForARefusal) {
  EXPECT_EQ(read(alert(2, 40)).state(), State::refused);
  EXPECT_EQ(read(record(21, u8(2) + u8(70), 0x0300)).state(), State::refused);
  EXPECT_EQ(read(record(21, u8(2)) + record(21, u8(70))).state(), State::refused);
}

TEST(ServerHelloReader, TakesAPoliteFarewellForARefusal) {
  EXPECT_EQ(read(alert(1, 0)).state(), State::refused);
}

TEST(ServerHelloReader, GoesOnAfterAWarning) {
  EXPECT_EQ(read(alert(1, 112) + hello_of({})).state(), State::chosen);
  EXPECT_EQ(read(record(21, u8(1) + u8(112) + u8(2) + u8(40))).state(), State::refused);
  EXPECT_EQ(read(alert(1, 112)).state(), State::unfinished);
}

TEST(ServerHelloReader, EndsAStormOfWarnings) {
  std::string storm;
  for (int count = 0; count < 9; ++count) {
    EXPECT_EQ(read(storm).state(), State::unfinished);
    storm += alert(1, 112);
  }
  EXPECT_EQ(read(storm).state(), State::refused);
}

TEST(ServerHelloReader, SeesWhatIsNoTls) {
  for (const std::string bytes :
       {"HTTP/1.1 400 Bad Request\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "220 mail.example ESMTP\r\n",
        "\x16\x02", "\x16\x04", "\x16\x03\x05", "\x15\x02", "\x80\x2e\x01", "\x14\x03\x03",
        "\x17\x03\x03", "-ERR unknown command"}) {
    EXPECT_EQ(read(bytes).state(), State::foreign) << bytes;
  }
  EXPECT_EQ(read(std::string(1, '\0')).state(), State::foreign);
}

TEST(ServerHelloReader, RefusesRecordsThatMayNotBe) {
  EXPECT_EQ(read(record(22, "")).state(), State::foreign);
  EXPECT_EQ(read(record(21, "")).state(), State::foreign);
  EXPECT_EQ(read(u8(22) + u16(0x0303) + u16(16385)).state(), State::foreign);
  EXPECT_EQ(read(u8(22) + u16(0x0303) + u16(16384)).state(), State::unfinished);
  EXPECT_EQ(read(alert(3, 40)).state(), State::foreign);
  EXPECT_EQ(read(alert(0, 40)).state(), State::foreign);
}

TEST(ServerHelloReader, RefusesOtherMessagesInFront) {
  for (const std::size_t type : {0U, 1U, 3U, 4U, 6U, 11U, 14U, 20U, 254U}) {
    EXPECT_EQ(read(record(22, message(type, ""))).state(), State::foreign) << type;
  }
}

TEST(ServerHelloReader, RefusesAMessageTooLongToBeOne) {
  EXPECT_EQ(read(record(22, u8(2) + u8(0) + u16(16385))).state(), State::foreign);
  EXPECT_EQ(read(record(22, u8(2) + u8(1) + u16(0))).state(), State::foreign);
  EXPECT_EQ(read(record(22, u8(2) + u8(0) + u16(16384))).state(), State::unfinished);
}

struct BrokenHello {
  const char* name;
  Parts parts;
};

TEST(ServerHelloReader, RefusesAHelloThatIsWrongInAnyPart) {
  const std::string versions = extension(43, u16(0x0304));
  const std::vector<BrokenHello> cases{
      {"SSL 2.0", {.version = 0x0002}},
      {"a version behind 1.2", {.version = 0x0304}},
      {"a foreign version", {.version = 0x0400}},
      {"a long session id", {.session_id = std::string(33, 's')}},
      {"compression", {.compression = 1}},
      {"half a length of extensions", {.extensions = u8(0)}},
      {"extensions that end too early", {.extensions = u16(5) + extension(1, "")}},
      {"bytes behind the extensions", {.extensions = u16(0), .behind_it_all = "x"}},
      {"half an extension", {.extensions = with_length(u16(1))}},
      {"an extension that ends too early", {.extensions = with_length(u16(1) + u16(9) + "x")}},
      {"an extension twice", {.extensions = with_length(extension(1, "") + extension(1, ""))}},
      {"a version of one byte", {.extensions = with_length(extension(43, "\x03"))}},
      {"a list of versions", {.extensions = with_length(extension(43, "\x02\x03\x04"))}},
      {"an old version as a new one", {.extensions = with_length(extension(43, u16(0x0303)))}},
      {"a draft", {.extensions = with_length(extension(43, u16(0x7f1c)))}},
      {"1.3 within 1.1", {.version = 0x0302, .extensions = with_length(versions)}},
      {"a short random", {.random = std::string(20, 'r'), .suite = 0}},
  };
  for (const BrokenHello& entry : cases) {
    EXPECT_EQ(read(hello_of(entry.parts)).state(), State::foreign) << entry.name;
  }
  EXPECT_EQ(read(hello_of({.extensions = u16(0)})).state(), State::chosen);
}

TEST(ServerHelloReader, RefusesAHelloCutAnywhere) {
  const std::string body = hello_message(tls1_3_parts()).substr(4);
  for (std::size_t length = 0; length < body.size(); ++length) {
    // Without extensions it is an old one, and whole.
    const bool without_extensions = length == 2 + 32 + 33 + 2 + 1;
    EXPECT_EQ(read(record(22, message(2, body.substr(0, length)))).state(),
              without_extensions ? State::chosen : State::foreign)
        << length;
  }
}

}  // namespace
}  // namespace compliance::probes::server_hello_test

// URLs of http and https, read as the WHATWG URL standard reads them.
#include "checks/formats/web_url.h"

#include <array>

#include <gtest/gtest.h>

namespace compliance::test::web_url_test {
namespace {

// The origin of a text that is read; the words of its fault otherwise.
std::string origin_or_fault(std::string_view text) {
  const WebUrlReading reading = read_web_url(text);
  return reading.sound() ? origin_of(reading.url) : std::string{words_for(reading.fault)};
}

struct OriginRow {
  const char* text;
  const char* origin;
};

TEST(WebUrl, HasAnOrigin) {
  constexpr auto rows = std::to_array<OriginRow>({
      {"https://a.example", "https://a.example"},
      {"HTTPS://A.Example/", "https://a.example"},
      {"https://a.example:443/x", "https://a.example"},
      {"http://a.example:443", "http://a.example:443"},
      {"http://a.example:80", "http://a.example"},
      {"https://a.example:80", "https://a.example:80"},
      {"https://a.example:", "https://a.example"},
      {"https://a.example:0", "https://a.example:0"},
      {"https://a.example:00008443", "https://a.example:8443"},
      {"https://a.example:65535", "https://a.example:65535"},
      {"https://a.example.", "https://a.example."},
      {"https://a.example..", "https://a.example.."},
      {"https://a_b.example", "https://a_b.example"},
      {"https://xn--bcher-kva.example", "https://xn--bcher-kva.example"},
      {"https://*.example", "https://*.example"},
  });
  for (const OriginRow& row : rows) {
    EXPECT_EQ(origin_or_fault(row.text), row.origin) << row.text;
  }
}

TEST(WebUrl, LosesTheUserAndWhatFollowsTheHost) {
  constexpr auto rows = std::to_array<OriginRow>({
      {"https://user@a.example", "https://a.example"},
      {"https://user:60303ae2@a.example:8443/p?q#f", "https://a.example:8443"},
      {"https://a.example@b.example", "https://b.example"},
      {"https://a.example:443@b.example", "https://b.example"},
      {"https://u@v@b.example", "https://b.example"},
      {"https://@a.example", "https://a.example"},
      {"https://a.example/@b.example", "https://a.example"},
      {"https://a.example?@b.example", "https://a.example"},
      {"https://a.example#@b.example", "https://a.example"},
      {"https://a.example\\@b.example", "https://a.example"},
  });
  for (const OriginRow& row : rows) {
    EXPECT_EQ(origin_or_fault(row.text), row.origin) << row.text;
  }
}

TEST(WebUrl, MayBeWrittenCarelessly) {
  constexpr auto rows = std::to_array<OriginRow>({
      {" \t\r\n https://a.example \x01\n", "https://a.example"},
      {"ht\ntps://a.ex\tample", "https://a.example"},
      {"https:\\\\a.example", "https://a.example"},
      {"https:/a.example", "https://a.example"},
      {"https:a.example", "https://a.example"},
      {"https:////a.example", "https://a.example"},
      {"https:/\\/a.example\\x", "https://a.example"},
      {"https://%61.example", "https://a.example"},
      {"https://%41%2Eexample", "https://a.example"},
  });
  for (const OriginRow& row : rows) {
    EXPECT_EQ(origin_or_fault(row.text), row.origin) << row.text;
  }
}

TEST(WebUrl, ReadsAddressesInEveryNotation) {
  constexpr auto rows = std::to_array<OriginRow>({
      {"http://127.0.0.1", "http://127.0.0.1"},
      {"http://127.0.0.1.", "http://127.0.0.1"},
      {"http://127.1", "http://127.0.0.1"},
      {"http://2130706433", "http://127.0.0.1"},
      {"http://0x7F000001", "http://127.0.0.1"},
      {"http://0x7f.1", "http://127.0.0.1"},
      {"http://017700000001", "http://127.0.0.1"},
      {"http://0177.0.0.01", "http://127.0.0.1"},
      {"http://0", "http://0.0.0.0"},
      {"http://%30x7f.1", "http://127.0.0.1"},
      {"http://[::1]", "http://[::1]"},
      {"http://[0:0:0:0:0:0:0:1]:8080", "http://[::1]:8080"},
      {"http://[2001:DB8::A]:80", "http://[2001:db8::a]"},
      {"http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]"},
      {"http://[::ffff:0.0.0.0]", "http://[::ffff:0:0]"},
      {"http://a.1.example", "http://a.1.example"},
  });
  for (const OriginRow& row : rows) {
    EXPECT_EQ(origin_or_fault(row.text), row.origin) << row.text;
  }
  EXPECT_EQ(read_web_url("http://0x7f.1").url.address, parse_address("127.0.0.1"));
  EXPECT_EQ(read_web_url("http://[::1]").url.address, parse_address("::1"));
  EXPECT_FALSE(read_web_url("http://a.example").url.address);
}

TEST(WebUrl, IsRefusedWithTheReason) {
  const auto refused = [](std::string_view text, WebUrlFault fault) {
    EXPECT_EQ(words_for(read_web_url(text).fault), words_for(fault)) << text;
    EXPECT_FALSE(read_web_url(text).sound()) << text;
  };
  for (const char* text :
       {"", "a.example", "//a.example", "/x", "1http://a", ":80", "ht tp://a", "\xc3\xbc://a"}) {
    refused(text, WebUrlFault::relative);
  }
  for (const char* text : {"ftp://a.example", "localhost:3001", "javascript:x", "https+x://a"}) {
    refused(text, WebUrlFault::other_scheme);
  }
  for (const char* text : {"https:", "https://", "https:///", "https://?x", "https://user@",
                           "https://user@:80", "https://:80"}) {
    refused(text, WebUrlFault::no_host);
  }
  for (const char* text : {"https://a b",
                           "https://a%20b",
                           "https://a%00b",
                           "https://a%2fb",
                           "https://a<b",
                           "https://a|b",
                           "https://a^b",
                           "https://a%b",
                           "https://a%7fb",
                           "https://[::1",
                           "https://[::1]x",
                           "https://[1.2.3.4]",
                           "https://[fe80::1%25eth0]",
                           "https://[]",
                           "https://a]b",
                           "https://1.2.3.4.5",
                           "https://256.1.1.1",
                           "https://1.2.3.08",
                           "https://a.0x",
                           "https://1.2.3.4x.5",
                           "https://4294967296",
                           "https://u%40a%40b"}) {
    refused(text, WebUrlFault::bad_host);
  }
  for (const char* text : {"https://b\u00fccher.example", "https://b%C3%BCcher.example",
                           "https://\xef\xbd\x81.example", "https://\xff.example"}) {
    refused(text, WebUrlFault::non_ascii_host);
  }
  for (const char* text : {"https://a:65536", "https://a:x", "https://a:-1", "https://a:+1",
                           "https://a:80x", "https://a:8 0", "https://a:99999999999999999999"}) {
    refused(text, WebUrlFault::bad_port);
  }
}

TEST(WebUrl, KnowsItsParts) {
  const auto url = [](std::string_view text) { return read_web_url(text).url; };
  EXPECT_EQ(url("https://a:8443/").port, 8443);
  EXPECT_FALSE(url("https://a:443").port);
  for (const char* text : {"https://a", "https://a/", "https://a\\", "https://@a", "https://:@a"}) {
    EXPECT_TRUE(is_origin(url(text))) << text;
  }
  EXPECT_TRUE(url("https://u@a").has_userinfo);
  EXPECT_TRUE(url("https://:p@a").has_userinfo);
  EXPECT_TRUE(url("https://a/x").has_path);
  EXPECT_TRUE(url("https://a?").has_query);
  EXPECT_TRUE(url("https://a/#").has_fragment);
  EXPECT_FALSE(url("https://a#?").has_query);
  EXPECT_FALSE(url("https://a?#").has_path);
  for (const char* text : {"https://u@a", "https://a/x", "https://a?", "https://a#"}) {
    EXPECT_FALSE(is_origin(url(text))) << text;
  }
}

TEST(WebUrl, EveryFaultHasWords) {
  EXPECT_EQ(words_for(WebUrlFault::none), "is sound");
  EXPECT_EQ(words_for(WebUrlFault::relative), "is no http or https URL");
  EXPECT_EQ(words_for(WebUrlFault::other_scheme), "is no http or https URL");
  EXPECT_EQ(words_for(WebUrlFault::no_host), "is a URL without host");
  EXPECT_EQ(words_for(WebUrlFault::bad_host), "is a URL with a host that is none");
  EXPECT_EQ(words_for(WebUrlFault::bad_port), "is a URL with a port that is none");
  EXPECT_EQ(words_for(WebUrlFault::non_ascii_host),
            "is a URL with an internationalised host that IDNA rejects");
}

TEST(WebUrl, IsShownWithoutAnythingSecret) {
  constexpr auto rows = std::to_array<OriginRow>({
      {"https://a.example:8443/60303ae2?token=60303ae2#60303ae2", "https://a.example:8443"},
      {"https://user:60303ae2@a.example", "a URL with an @ in it"},
      {"https://user:603?03ae2@a.example", "a URL with an @ in it"},
      {"https://user:603/03ae2@a.example", "a URL with an @ in it"},
      {"https://user:603#03ae2@a.example", "a URL with an @ in it"},
      {"https://user:60303ae2", "another value"},
      {"60303ae2", "another value"},
      {"https:60303ae2", "another value"},
      {"postgres://user:60303ae2@db", "another value"},
      {"https://60303ae2%40a.example", "another value"},
  });
  for (const OriginRow& row : rows) {
    EXPECT_EQ(shown_origin(row.text), row.origin) << row.text;
  }
}

TEST(WebUrl, IsLocalForLocalhostAndItsAddresses) {
  const auto local = [](std::string_view text) { return is_local_host(read_web_url(text).url); };
  for (const char* text : {"http://localhost", "http://LOCALHOST.", "http://x.localhost",
                           "http://127.9.9.9", "http://[::1]", "http://[::ffff:127.0.0.1]",
                           "http://0.0.0.0", "http://[::]", "http://0x7f.1"}) {
    EXPECT_TRUE(local(text)) << text;
  }
  for (const char* text : {"http://localhost.example", "http://notlocalhost", "http://10.0.0.1",
                           "http://169.254.1.1", "http://[fe80::1]", "http://128.0.0.1"}) {
    EXPECT_FALSE(local(text)) << text;
  }
}

TEST(WebUrl, AHostMayStandForAnAddress) {
  for (const char* host : {"127.0.0.1", "127.1", "0x7f000001", "017700000001", "2130706433"}) {
    EXPECT_EQ(host_address(host), parse_address("127.0.0.1")) << host;
  }
  EXPECT_EQ(host_address("[::1]"), parse_address("::1"));
  EXPECT_EQ(host_address("::1"), parse_address("::1"));
  for (const char* host : {"", "[]", "[::1", "::1]", "a.example", "1.2.3.4.5", "1.2.3.4:80"}) {
    EXPECT_FALSE(host_address(host)) << host;
  }
}

TEST(WebUrl, TheFinalDotOfAHostCanBeLeftOut) {
  EXPECT_EQ(without_final_dot("a.example."), "a.example");
  EXPECT_EQ(without_final_dot("a.example"), "a.example");
  EXPECT_EQ(without_final_dot("."), ".");
  EXPECT_EQ(without_final_dot(""), "");
}

}  // namespace
}  // namespace compliance::test::web_url_test

// Conversion of internationalised host names to ASCII.
#include "exporter/base/ascii_host.h"

#include <gtest/gtest.h>

namespace compliance::ascii_host_test {
namespace {

TEST(HostToAscii, ConvertsAsBrowsersDo) {
  EXPECT_EQ(host_to_ascii("b\u00fccher.example"), "xn--bcher-kva.example");
  EXPECT_EQ(host_to_ascii("B\u00dcCHER.example"), "xn--bcher-kva.example");
  EXPECT_EQ(host_to_ascii("bu\u0308cher.example"), "xn--bcher-kva.example") << "decomposed";
  EXPECT_EQ(host_to_ascii("fa\u00df.de"), "xn--fa-hia.de") << "non-transitional";
  EXPECT_EQ(host_to_ascii("\u05d0\u05d1\u05d2.example"), "xn--4dbcd.example") << "right to left";
  EXPECT_EQ(host_to_ascii("\u4f8b\uff0eexample"), "xn--fsq.example") << "full-width dot";
  EXPECT_EQ(host_to_ascii("plain.example"), "plain.example");
}

TEST(HostToAscii, RejectsWhatIdnaRejects) {
  EXPECT_FALSE(host_to_ascii("\u05d0a.example")) << "mixed directions in one label";
  EXPECT_FALSE(host_to_ascii("a\u2028b.example")) << "a line separator";
  EXPECT_FALSE(
      host_to_ascii("b\xfc"
                    "cher.example"))
      << "not UTF-8";
  EXPECT_FALSE(host_to_ascii(std::string(70, 'a') + "\u00fc.example")) << "a label too long";
}

TEST(WithAsciiHosts, ConvertsTheHostAlone) {
  EXPECT_EQ(with_ascii_hosts("https://b\u00fccher.example"), "https://xn--bcher-kva.example");
  EXPECT_EQ(with_ascii_hosts(" HTTPS:\\\\u:p\u00e4@b\u00fccher.example:8443/\u00fc?q#f"),
            " HTTPS:\\\\u:p\u00e4@xn--bcher-kva.example:8443/\u00fc?q#f");
  EXPECT_EQ(with_ascii_hosts("http://b%C3%BCcher.example/"), "http://xn--bcher-kva.example/");
}

TEST(WithAsciiHosts, ConvertsEveryEntryOfAList) {
  EXPECT_EQ(with_ascii_hosts("https://a.example, https://b\u00fccher.example,http://fa\u00df.de"),
            "https://a.example, https://xn--bcher-kva.example,http://xn--fa-hia.de");
  EXPECT_EQ(with_ascii_hosts("https://u:a,b@b\u00fccher.example"),
            "https://u:a,b@xn--bcher-kva.example");
}

TEST(WithAsciiHosts, LeavesEverythingElse) {
  for (const char* text :
       {"", "plain", "https://a.example/\u00fc", "postgres://b\u00fccher.example/db",
        "b\u00fccher.example", "https://\u05d0a.example", "https://", "https://a.example/%C3%BC"}) {
    EXPECT_EQ(with_ascii_hosts(text), text);
  }
}

}  // namespace
}  // namespace compliance::ascii_host_test

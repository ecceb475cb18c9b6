// Hosts that are numbers.
#include "checks/formats/host_number.h"

#include <gtest/gtest.h>

namespace compliance::test::host_number_test {
namespace {

std::string read(std::string_view host) {
  const auto address = parse_ipv4_number(host);
  return address ? text_of(*address) : "refused";
}

TEST(HostNumber, FillsTheBytesThatAreLeft) {
  EXPECT_EQ(read("1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(read("1.2.3"), "1.2.0.3");
  EXPECT_EQ(read("1.2.772"), "1.2.3.4");
  EXPECT_EQ(read("1.131844"), "1.2.3.4");
  EXPECT_EQ(read("16909060"), "1.2.3.4");
  EXPECT_EQ(read("1.2.3.4."), "1.2.3.4");
}

TEST(HostNumber, ReadsEachNumberInItsBase) {
  EXPECT_EQ(read("0x1.02.3.0X4"), "1.2.3.4");
  EXPECT_EQ(read("0xA9FEa9fe"), "169.254.169.254");
  EXPECT_EQ(read("010.8.0.0"), "8.8.0.0");
  EXPECT_EQ(read("00.0.0.0"), "0.0.0.0");
  EXPECT_EQ(read("0x"), "0.0.0.0");
  EXPECT_EQ(read("0x.1"), "0.0.0.1");
  EXPECT_EQ(read("0"), "0.0.0.0");
}

TEST(HostNumber, EndsWhereAddressesEnd) {
  EXPECT_EQ(read("255.255.255.255"), "255.255.255.255");
  EXPECT_EQ(read("255.255.65535"), "255.255.255.255");
  EXPECT_EQ(read("255.16777215"), "255.255.255.255");
  EXPECT_EQ(read("4294967295"), "255.255.255.255");
  for (const char* host : {"1.2.3.256", "1.2.65536", "1.16777216", "4294967296", "256.1", "1.256.1",
                           "1.2.256.1", "99999999999999999999"}) {
    EXPECT_EQ(read(host), "refused") << host;
  }
}

TEST(HostNumber, RefusesEverythingElse) {
  for (const char* host : {"", ".", "1..2", ".1", "1.2.3.4.5", "1.2.3.4..", "a", "1.2.3.a", "08",
                           "0x1g", "+1", "-1", " 1", "1 ", "1.2.3.4x"}) {
    EXPECT_EQ(read(host), "refused") << host;
  }
}

TEST(HostNumber, IsKnownByTheLastLabel) {
  for (const char* host : {"1", "1.", "a.1", "a.08", "0x", "a.0x1F", "1.2.3.4", "9.x.0X0."}) {
    EXPECT_TRUE(ends_in_a_number(host)) << host;
  }
  for (const char* host : {"", ".", "a", "1.a", "1..", "x0", "0xg", "1x", "a.0y1", "1.2.3.4a"}) {
    EXPECT_FALSE(ends_in_a_number(host)) << host;
  }
}

}  // namespace
}  // namespace compliance::test::host_number_test

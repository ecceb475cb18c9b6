// Addresses and blocks: their text, their classes and what contains what.
#include "checks/formats/address.h"

#include <string>

#include <gtest/gtest.h>

namespace compliance::test::address_test {
namespace {

std::string canonical(std::string_view text) {
  const auto address = parse_address(text);
  return address ? text_of(*address) : "refused";
}

std::string canonical_block(std::string_view text) {
  const auto block = parse_block(text);
  return block ? text_of(*block) : "refused";
}

AddressClass class_of_text(std::string_view text) {
  const auto address = parse_address(text);
  EXPECT_TRUE(address) << text;
  return address ? class_of(*address) : AddressClass::other;
}

bool within(std::string_view block, std::string_view address) {
  return contains(parse_block(block).value(), parse_address(address).value());
}

bool encloses(std::string_view outer, std::string_view inner) {
  return contains(parse_block(outer).value(), parse_block(inner).value());
}

struct TextCase {
  const char* text;
  const char* canonical;
};

TEST(Address, IsReadInEveryStandardFormAndWrittenCanonically) {
  constexpr TextCase cases[] = {
      {"0.0.0.0", "0.0.0.0"},
      {"255.255.255.255", "255.255.255.255"},
      {"10.1.20.9", "10.1.20.9"},
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"2001:DB8::a", "2001:db8::a"},
      {"2001:0db8:0:0:0:0:0:0001", "2001:db8::1"},
      {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
      {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
      {"1:0:0:4:0:0:0:8", "1:0:0:4::8"},
      {"1:0:0:4:5:0:0:8", "1::4:5:0:0:8"},
      {"1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"},
      {"0:0:3:4:5:6:7:8", "::3:4:5:6:7:8"},
      {"::ffff:1.2.3.4", "::ffff:1.2.3.4"},
      {"::ffff:102:304", "::ffff:1.2.3.4"},
      {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
      {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
      {"1::ffff:1.2.3.4", "1::ffff:102:304"},
      {"::ff00:1.2.3.4", "::ff00:102:304"},
      {"::ff:1.2.3.4", "::ff:102:304"},
  };
  for (const TextCase& row : cases) {
    EXPECT_EQ(canonical(row.text), row.canonical) << row.text;
  }
}

TEST(Address, OtherNotationsAreRefused) {
  for (const char* text : {"",
                           "1",
                           "1.2.3",
                           "1.2.3.4.5",
                           "1.2.3.4.",
                           ".1.2.3.4",
                           "1..3.4",
                           "01.2.3.4",
                           "1.2.3.04",
                           "1.2.3.256",
                           "1.2.3.-4",
                           "1.2.3.+4",
                           "1.2.3.x",
                           "0x7f.0.0.1",
                           "1.2.3.4 ",
                           " 1.2.3.4",
                           "1.2.3.4%eth0",
                           "example.com",
                           ":",
                           ":::",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7:8::",
                           "1:2:3:4::5:6:7:8",
                           "::1::",
                           "1::2::3",
                           ":1:2:3:4:5:6:7:8",
                           "1:2:3:4:5:6:7:8:",
                           "::1:",
                           ":1::",
                           "12345::",
                           "g::",
                           "::-1",
                           "::0x1",
                           "[::1]",
                           "fe80::1%eth0",
                           "::1.2.3",
                           "::1.2.3.4.5",
                           "::1.2.3.4:5",
                           "1.2.3.4::",
                           "::01.2.3.4",
                           "1:2:3:4:5:6:7:1.2.3.4",
                           "::1/128",
                           "::\n1"}) {
    EXPECT_EQ(canonical(text), "refused") << text;
  }
}

TEST(AddressBlock, ClearsTheBitsBehindItsPrefix) {
  constexpr TextCase cases[] = {
      {"10.0.0.0/8", "10.0.0.0/8"},
      {"10.9.8.7/8", "10.0.0.0/8"},
      {"0.0.0.0/0", "0.0.0.0/0"},
      {"1.2.3.4/0", "0.0.0.0/0"},
      {"1.2.3.4/32", "1.2.3.4/32"},
      {"172.31.255.255/12", "172.16.0.0/12"},
      {"1.2.3.255/25", "1.2.3.128/25"},
      {"1.2.3.255/31", "1.2.3.254/31"},
      {"::/0", "::/0"},
      {"fdff:ffff::1/7", "fc00::/7"},
      {"2001:db8::1/128", "2001:db8::1/128"},
      {"2001:db8:ffff::/33", "2001:db8:8000::/33"},
  };
  for (const TextCase& row : cases) {
    EXPECT_EQ(canonical_block(row.text), row.canonical) << row.text;
  }
}

TEST(AddressBlock, IsRefusedWithoutASoundPrefix) {
  for (const char* text : {"", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08",
                           "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0/8", "::/129", "::/ 1", "/8",
                           "10.0.0.0/8x", "10.0.0.0/4294967304"}) {
    EXPECT_EQ(canonical_block(text), "refused") << text;
  }
}

TEST(AddressBlock, ContainsTheAddressesOfItsOwnFamilyAlone) {
  EXPECT_TRUE(within("10.0.0.0/8", "10.255.255.255"));
  EXPECT_FALSE(within("10.0.0.0/8", "11.0.0.0"));
  EXPECT_TRUE(within("10.0.0.0/9", "10.127.0.0"));
  EXPECT_FALSE(within("10.0.0.0/9", "10.128.0.0"));
  EXPECT_TRUE(within("0.0.0.0/0", "255.1.2.3"));
  EXPECT_FALSE(within("0.0.0.0/0", "::1"));
  EXPECT_FALSE(within("::/0", "1.2.3.4"));
  EXPECT_FALSE(within("0.0.0.0/0", "::ffff:1.2.3.4"));
  EXPECT_TRUE(within("::/0", "::ffff:1.2.3.4"));
}

TEST(AddressBlock, ContainsBlocksThatAreNotWider) {
  EXPECT_TRUE(encloses("10.0.0.0/8", "10.0.0.0/8"));
  EXPECT_TRUE(encloses("10.0.0.0/8", "10.1.0.0/16"));
  EXPECT_FALSE(encloses("10.1.0.0/16", "10.0.0.0/8"));
  EXPECT_FALSE(encloses("10.0.0.0/8", "10.0.0.0/7"));
  EXPECT_FALSE(encloses("10.0.0.0/8", "11.0.0.0/16"));
  EXPECT_FALSE(encloses("0.0.0.0/0", "::/0"));
  EXPECT_FALSE(encloses("::/0", "0.0.0.0/0"));
}

TEST(AddressBlock, IsCutToTheBitsOfItsFamily) {
  EXPECT_EQ(text_of(block_of(parse_address("1.2.3.4").value(), 99)), "1.2.3.4/32");
  EXPECT_EQ(text_of(block_of(parse_address("::1").value(), 999)), "::1/128");
}

struct ClassCase {
  const char* text;
  AddressClass expected;
};

TEST(AddressClasses, EndWhereTheirBlocksEnd) {
  constexpr ClassCase cases[] = {
      {"0.0.0.0", AddressClass::unspecified},
      {"0.255.255.255", AddressClass::unspecified},
      {"1.0.0.0", AddressClass::other},
      {"9.255.255.255", AddressClass::other},
      {"10.0.0.0", AddressClass::private_use},
      {"10.255.255.255", AddressClass::private_use},
      {"11.0.0.0", AddressClass::other},
      {"100.63.255.255", AddressClass::other},
      {"100.64.0.0", AddressClass::carrier_grade_nat},
      {"100.100.100.199", AddressClass::carrier_grade_nat},
      {"100.100.100.200", AddressClass::metadata},
      {"100.100.100.201", AddressClass::carrier_grade_nat},
      {"100.127.255.255", AddressClass::carrier_grade_nat},
      {"100.128.0.0", AddressClass::other},
      {"126.255.255.255", AddressClass::other},
      {"127.0.0.0", AddressClass::loopback},
      {"127.255.255.255", AddressClass::loopback},
      {"128.0.0.0", AddressClass::other},
      {"169.253.255.255", AddressClass::other},
      {"169.254.0.0", AddressClass::link_local},
      {"169.254.169.254", AddressClass::link_local},
      {"169.255.0.0", AddressClass::other},
      {"172.15.255.255", AddressClass::other},
      {"172.16.0.0", AddressClass::private_use},
      {"172.31.255.255", AddressClass::private_use},
      {"172.32.0.0", AddressClass::other},
      {"192.167.255.255", AddressClass::other},
      {"192.168.0.0", AddressClass::private_use},
      {"192.168.255.255", AddressClass::private_use},
      {"192.169.0.0", AddressClass::other},
      {"223.255.255.255", AddressClass::other},
      {"224.0.0.0", AddressClass::multicast},
      {"239.255.255.255", AddressClass::multicast},
      {"240.0.0.0", AddressClass::other},
      {"::", AddressClass::unspecified},
      {"::1", AddressClass::loopback},
      {"::2", AddressClass::other},
      {"fbff:ffff::", AddressClass::other},
      {"fc00::", AddressClass::private_use},
      {"fd00:ec2::253", AddressClass::private_use},
      {"fd00:ec2::254", AddressClass::metadata},
      {"fd00:ec2::255", AddressClass::private_use},
      {"fdff:ffff::1", AddressClass::private_use},
      {"fe00::", AddressClass::other},
      {"fe7f::1", AddressClass::other},
      {"fe80::1", AddressClass::link_local},
      {"febf:ffff::1", AddressClass::link_local},
      {"fec0::1", AddressClass::other},
      {"ff00::", AddressClass::multicast},
      {"ff02::1", AddressClass::multicast},
      {"2001:db8::1", AddressClass::other},
  };
  for (const ClassCase& row : cases) {
    EXPECT_EQ(class_of_text(row.text), row.expected) << row.text;
  }
}

TEST(AddressClasses, AreThoseOfTheIpv4AddressWithin) {
  constexpr TextCase cases[] = {
      {"::ffff:10.0.0.1", "10.0.0.1"},
      {"64:ff9b::169.254.169.254", "169.254.169.254"},
      {"64:ff9b:1::10.0.0.1", "10.0.0.1"},
      {"64:ff9b:1:ffff:ffff:ffff:127.0.0.1", "127.0.0.1"},
      {"64:ff9b:1:c000:2:2100::", "192.0.2.33"},     // a prefix of 48 bits
      {"64:ff9b:1:7fc0:0:221::", "192.0.2.33"},      // of 56 bits
      {"64:ff9b:1:7f7f:c0:2:2100::", "192.0.2.33"},  // of 64 bits
      {"64:ff9b:1:a9fe:a9:fe00::", "169.254.169.254"},
      {"64:ff9b:0:0:1::10.0.0.1", "64:ff9b::1:0:a00:1"},
      {"64:ff9b:2::10.0.0.1", "64:ff9b:2::a00:1"},
      {"::fffe:10.0.0.1", "::fffe:a00:1"},
      {"::10.0.0.1", "::a00:1"},
      {"10.0.0.1", "10.0.0.1"},
  };
  for (const TextCase& row : cases) {
    EXPECT_EQ(text_of(unwrapped(parse_address(row.text).value())), row.canonical) << row.text;
  }
  EXPECT_EQ(class_of_text("::ffff:10.0.0.1"), AddressClass::private_use);
  EXPECT_EQ(class_of_text("64:ff9b::127.0.0.1"), AddressClass::loopback);
  EXPECT_EQ(class_of_text("64:ff9b::8.8.8.8"), AddressClass::other);
  EXPECT_EQ(class_of_text("64:ff9b:1:a9fe:a9:fe00::"), AddressClass::link_local);
}

TEST(AddressClasses, HaveWordsOfTheirOwn) {
  EXPECT_EQ(words_for(AddressClass::other), "a public address");
  EXPECT_EQ(words_for(AddressClass::unspecified), "an unspecified address");
  EXPECT_EQ(words_for(AddressClass::loopback), "a loopback address");
  EXPECT_EQ(words_for(AddressClass::link_local),
            "a link-local address, where clouds serve their metadata");
  EXPECT_EQ(words_for(AddressClass::metadata), "a cloud's metadata address");
  EXPECT_EQ(words_for(AddressClass::private_use), "a private address");
  EXPECT_EQ(words_for(AddressClass::carrier_grade_nat), "an address of carrier-grade NAT");
  EXPECT_EQ(words_for(AddressClass::multicast), "a multicast address");
}

}  // namespace
}  // namespace compliance::test::address_test

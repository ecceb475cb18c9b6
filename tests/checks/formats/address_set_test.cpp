// Whether address ranges together hold all addresses.
#include "checks/formats/address_set.h"

#include <gtest/gtest.h>

#include "tests/checks/network_policy/policies.h"

namespace compliance::test::address_set_test {
namespace {

using Ranges = std::vector<AddressRange>;

struct Case {
  const char* name;
  Ranges ranges;
  bool expected;
};

void expect_each(const std::vector<Case>& cases, bool (*covers)(const Ranges&)) {
  for (const Case& one : cases) {
    EXPECT_EQ(covers(one.ranges), one.expected) << one.name;
  }
}

TEST(AddressSet, CoversABlockWithAnythingThatHoldsIt) {
  const AddressBlock ten = block("10.0.0.0/8");
  EXPECT_TRUE(cover({range("10.0.0.0/8")}, ten));
  EXPECT_TRUE(cover({range("0.0.0.0/0")}, ten));
  EXPECT_TRUE(cover({range("10.128.0.0/9"), range("10.0.0.0/9")}, ten));
  EXPECT_FALSE(cover({range("10.128.0.0/9")}, ten));
  EXPECT_FALSE(cover({range("10.0.0.0/9")}, ten));
  EXPECT_FALSE(cover({range("11.0.0.0/8")}, ten));
  EXPECT_FALSE(cover({}, ten));
}

TEST(AddressSet, CoversDownToSingleAddresses) {
  const Ranges all_but_one{range("10.0.0.0/30", {"10.0.0.2/32"})};
  EXPECT_FALSE(cover(all_but_one, block("10.0.0.0/30")));
  EXPECT_FALSE(cover(all_but_one, block("10.0.0.2/32")));
  EXPECT_TRUE(cover(all_but_one, block("10.0.0.3/32")));
  EXPECT_TRUE(cover({all_but_one[0], range("10.0.0.2/32")}, block("10.0.0.0/30")));
  EXPECT_FALSE(cover({all_but_one[0], range("10.0.0.1/32")}, block("10.0.0.0/30")));
}

TEST(AddressSet, TakesExceptionsAway) {
  expect_each(
      {{"an exception", {range("0.0.0.0/0", {"10.0.0.0/8"})}, false},
       {"filled by another range", {range("0.0.0.0/0", {"10.0.0.0/8"}), range("10.0.0.0/8")}, true},
       {"filled in part", {range("0.0.0.0/0", {"10.0.0.0/8"}), range("10.0.0.0/9")}, false},
       {"two ranges with other exceptions",
        {range("0.0.0.0/0", {"10.0.0.0/8"}), range("0.0.0.0/0", {"11.0.0.0/8"})},
        true},
       {"two ranges with one exception in common",
        {range("0.0.0.0/0", {"10.0.0.0/8"}), range("0.0.0.0/0", {"10.1.0.0/16"})},
        false},
       {"exceptions that take everything",
        {range("0.0.0.0/0", {"0.0.0.0/1", "128.0.0.0/1"})},
        false}},
      &cover_a_family);
}

TEST(AddressSet, CoversAFamilyInOnePieceOrSeveral) {
  expect_each(
      {{"nothing", {}, false},
       {"all of IPv4", {range("0.0.0.0/0")}, true},
       {"all of IPv6", {range("::/0")}, true},
       {"two halves of IPv4", {range("0.0.0.0/1"), range("128.0.0.0/1")}, true},
       {"two halves of IPv6", {range("::/1"), range("8000::/1")}, true},
       {"a half of each", {range("0.0.0.0/1"), range("8000::/1")}, false},
       {"one half twice", {range("0.0.0.0/1"), range("0.0.0.0/1")}, false},
       {"uneven pieces",
        {range("0.0.0.0/2"), range("64.0.0.0/2"), range("192.0.0.0/2"), range("128.0.0.0/2")},
        true},
       {"a hole of one address", {range("0.0.0.0/0", {"203.0.113.7/32"})}, false}},
      &cover_a_family);
}

TEST(AddressSet, NeedsNotWhatThePublicInternetLacks) {
  const std::vector<std::string> private_v4{
      "0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
      "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
      "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4"};
  EXPECT_TRUE(cover_public_internet({range("0.0.0.0/0", private_v4)}));
  EXPECT_TRUE(cover_public_internet({range("2000::/3", {"2001:db8::/32", "3fff::/20"})}));
  for (const char* beside : {"11.0.0.0/32", "100.63.0.0/16", "100.128.0.0/16", "169.253.0.0/16",
                             "172.32.0.0/16", "192.0.1.0/24", "192.0.3.0/24", "192.167.0.0/16",
                             "198.20.0.0/16", "223.0.0.0/8", "8.8.8.8/32"}) {
    EXPECT_FALSE(cover_public_internet({range("0.0.0.0/0", {beside})})) << beside;
  }
  for (const char* beside : {"2001:db9::/32", "2606:4700::/32", "3fff:1000::/20"}) {
    EXPECT_FALSE(cover_public_internet({range("2000::/3", {beside})})) << beside;
  }
}

TEST(AddressSet, FindsNoWholeInternetInPartsOfIt) {
  expect_each({{"nothing", {}, false},
               {"private networks", {range("10.0.0.0/8"), range("192.168.0.0/16")}, false},
               {"a half", {range("0.0.0.0/1")}, false},
               {"two halves", {range("0.0.0.0/1"), range("128.0.0.0/1")}, true},
               {"all of IPv6", {range("::/0")}, true},
               {"unique local addresses", {range("fc00::/7")}, false}},
              &cover_public_internet);
}

TEST(AddressSet, AnswersSoonForManyRangesAndExceptions) {
  AddressRange cut = range("0.0.0.0/0");
  Ranges ranges;
  for (unsigned number = 0; number < 1000; ++number) {
    const AddressBlock single =
        block(std::to_string(number % 200) + "." + std::to_string(number / 200) + ".0.1/32");
    cut.except.push_back(single);
    ranges.push_back({.block = single});
  }
  EXPECT_FALSE(cover_a_family(ranges));
  EXPECT_FALSE(cover_a_family({cut}));
  ranges.push_back(cut);
  EXPECT_TRUE(cover_a_family(ranges));
}

}  // namespace
}  // namespace compliance::test::address_set_test

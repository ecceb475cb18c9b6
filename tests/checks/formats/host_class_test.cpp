// Classes of hosts in the URLs that services use among themselves.
#include "checks/formats/host_class.h"

#include <gtest/gtest.h>

namespace compliance::test::host_class_test {
namespace {

TEST(HostClass, LoopbackIsTheNameAndTheAddressesOfBothFamilies) {
  for (const char* host : {"localhost", "127.0.0.1", "127.255.0.9", "::1"}) {
    EXPECT_TRUE(is_loopback_host(host)) << host;
  }
  for (const char* host : {"", "localhost.example.com", "128.0.0.1", "127.0.0", "127.0.0.1.2",
                           "127.0.0.256", "127.0.0.01", "::2"}) {
    EXPECT_FALSE(is_loopback_host(host)) << host;
  }
}

TEST(HostClass, ASingleLabelIsANameWithoutADot) {
  for (const char* host : {"sts", "caracal-caracal-sts", "sts2", "2sts", "0xsts"}) {
    EXPECT_TRUE(is_single_label(host)) << host;
  }
  for (const char* host :
       {"", "sts.", "sts.ns", "10.0.0.1", "::1", "2130706433", "0x08080808", "0x"}) {
    EXPECT_FALSE(is_single_label(host)) << host;
  }
}

TEST(HostClass, PrivateAddressesEndWhereTheirBlocksEnd) {
  for (const char* host : {"10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255",
                           "192.168.0.0", "192.168.255.255", "fc00::1", "fdff::1", "fd12:3::4"}) {
    EXPECT_TRUE(is_private_address(host)) << host;
  }
  for (const char* host :
       {"",           "9.255.255.255",   "11.0.0.0",    "172.15.255.255", "172.32.0.0",
        "171.16.0.0", "192.167.255.255", "192.169.0.0", "193.168.0.1",    "169.254.169.254",
        "10.0.0",     "10.0.0.0.0",      "10.0.0.x",    "10..0.1",        "010.0.0.1",
        "fe80::1",    "fd::1",           "fb00::1",     "ac00::1",        "fd00"}) {
    EXPECT_FALSE(is_private_address(host)) << host;
  }
}

TEST(HostClass, KnowsAddressesBehindMappedAndTranslatedOnes) {
  EXPECT_TRUE(is_loopback_host("::ffff:127.0.0.1"));
  EXPECT_TRUE(is_private_address("::ffff:10.0.0.1"));
  EXPECT_TRUE(is_private_address("64:ff9b::10.0.0.1"));
  EXPECT_FALSE(is_private_address("::ffff:11.0.0.1"));
}

TEST(HostClass, LocalhostNamesAreLocalhostAndWhatLiesBelow) {
  for (const char* host : {"localhost", "localhost.", "a.localhost", "a.b.localhost."}) {
    EXPECT_TRUE(is_localhost_name(host)) << host;
  }
  for (const char* host : {"", ".", "localhost..", ".localhost", "alocalhost", "localhost.a"}) {
    EXPECT_FALSE(is_localhost_name(host)) << host;
  }
}

TEST(HostClass, InternalHostsAreAllOfThem) {
  for (const char* host : {"sts", "localhost", "127.0.0.1", "10.0.0.1", "fd00::1", "sts.ns.svc"}) {
    EXPECT_TRUE(is_internal_host(host)) << host;
  }
  for (const char* host : {"", "sts.example.net", "8.8.8.8", "2001:db8::1", "134744072"}) {
    EXPECT_FALSE(is_internal_host(host)) << host;
  }
}

TEST(HostClass, InternalNamesLieBelowAnInternalDomain) {
  for (const char* host : {"sts.ns.svc", "sts.ns.svc.cluster.local", "sts.ns.svc.cluster.local.",
                           "db.internal", "db.local"}) {
    EXPECT_TRUE(is_internal_name(host)) << host;
  }
  for (const char* host : {"", ".", "svc", ".svc", "svc.", "sts.svc..", "sts.svc.example.com",
                           "mysvc", "internal.example.com", "db.localhost"}) {
    EXPECT_FALSE(is_internal_name(host)) << host;
  }
}

}  // namespace
}  // namespace compliance::test::host_class_test

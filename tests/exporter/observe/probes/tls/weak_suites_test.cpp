// The list of weak suites.
#include "exporter/observe/probes/tls/weak_suites.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace compliance::probes::weak_suites_test {
namespace {

TEST(WeakSuites, AreInOrderAndNoneTwice) {
  std::set<std::string_view> names;
  int before = -1;
  for (const WeakSuite& suite : weak_suites()) {
    EXPECT_LT(before, suite.number) << suite.name;
    EXPECT_TRUE(names.insert(suite.name).second) << suite.name;
    before = suite.number;
  }
  EXPECT_EQ(names.size(), 106U);
}

TEST(WeakSuites, AreWeakByTheirNames) {
  for (const WeakSuite& suite : weak_suites()) {
    bool weak = false;
    for (const char* const part : {"NULL", "anon", "EXPORT", "RC4", "_DES_", "3DES"}) {
      weak = weak || suite.name.find(part) != std::string_view::npos;
    }
    EXPECT_TRUE(weak) << suite.name;
  }
}

TEST(WeakSuites, HaveTheNumbersOfTheRegistry) {
  EXPECT_EQ(weak_suite_name(0x0000), "TLS_NULL_WITH_NULL_NULL");
  EXPECT_EQ(weak_suite_name(0x0003), "TLS_RSA_EXPORT_WITH_RC4_40_MD5");
  EXPECT_EQ(weak_suite_name(0x0005), "TLS_RSA_WITH_RC4_128_SHA");
  EXPECT_EQ(weak_suite_name(0x0009), "TLS_RSA_WITH_DES_CBC_SHA");
  EXPECT_EQ(weak_suite_name(0x000a), "TLS_RSA_WITH_3DES_EDE_CBC_SHA");
  EXPECT_EQ(weak_suite_name(0x003b), "TLS_RSA_WITH_NULL_SHA256");
  EXPECT_EQ(weak_suite_name(0x00a6), "TLS_DH_anon_WITH_AES_128_GCM_SHA256");
  EXPECT_EQ(weak_suite_name(0xc011), "TLS_ECDHE_RSA_WITH_RC4_128_SHA");
  EXPECT_EQ(weak_suite_name(0xc018), "TLS_ECDH_anon_WITH_AES_128_CBC_SHA");
}

TEST(WeakSuites, HoldNoOrdinaryOne) {
  for (const int number : {0x002f, 0x009c, 0x00ff, 0x1301, 0x5600, 0xc02f, 0xcca8}) {
    EXPECT_EQ(weak_suite_name(static_cast<std::uint16_t>(number)), "") << number;
  }
}

TEST(WeakSuites, AreWidespreadWhenAnOrdinaryServerMayHaveHadThem) {
  EXPECT_TRUE(is_widespread({.number = 0x000a, .name = weak_suite_name(0x000a)}));
  EXPECT_TRUE(is_widespread({.number = 0x0034, .name = weak_suite_name(0x0034)}));
  EXPECT_FALSE(is_widespread({.number = 0x001e, .name = weak_suite_name(0x001e)}));
  EXPECT_FALSE(is_widespread({.number = 0x008a, .name = weak_suite_name(0x008a)}));
}

}  // namespace
}  // namespace compliance::probes::weak_suites_test

// Hosts of routes and listeners.
#include "exporter/observe/kubernetes/model/route_hosts.h"

#include <gtest/gtest.h>

namespace compliance::kubernetes::route_hosts_test {
namespace {

TEST(RouteHost, IsInLowerCase) {
  EXPECT_EQ(normal_host("A.Example.COM"), "a.example.com");
  EXPECT_EQ(normal_host("*"), "");
  EXPECT_EQ(normal_host(""), "");
  EXPECT_EQ(normal_host("*.A"), "*.a");
}

TEST(RouteHost, HasTheWildcardOfItsParent) {
  EXPECT_EQ(wildcard_of("a.example.com"), "*.example.com");
  EXPECT_EQ(wildcard_of("*.example.com"), "*.example.com");
  EXPECT_EQ(wildcard_of("localhost"), "");
  EXPECT_EQ(wildcard_of(""), "");
}

TEST(RouteHost, IsSharedWithAWildcardAboveIt) {
  EXPECT_EQ(common_host("*.org", "a.org"), "a.org");
  EXPECT_EQ(common_host("a.org", "*.org"), "a.org");
  EXPECT_EQ(common_host("*.org", "a.b.org"), "a.b.org");
  EXPECT_EQ(common_host("*.org", "*.b.org"), "*.b.org");
  EXPECT_EQ(common_host("*.b.org", "*.org"), "*.b.org");
}

TEST(RouteHost, IsSharedWithEveryHost) {
  EXPECT_EQ(common_host("", "a.org"), "a.org");
  EXPECT_EQ(common_host("a.org", ""), "a.org");
  EXPECT_EQ(common_host("", ""), "");
}

TEST(RouteHost, IsNotSharedOtherwise) {
  EXPECT_EQ(common_host("a.org", "b.org"), std::nullopt);
  EXPECT_EQ(common_host("*.org", "org"), std::nullopt);
  EXPECT_EQ(common_host("*.a.org", "xa.org"), std::nullopt);
  EXPECT_EQ(common_host("a.org", "*.a.org"), std::nullopt);
}

}  // namespace
}  // namespace compliance::kubernetes::route_hosts_test

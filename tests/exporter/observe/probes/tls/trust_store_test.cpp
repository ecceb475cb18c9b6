// Roots are read once while their file stays as it is, and anew when it does not.
#include "exporter/observe/probes/tls/trust_store.h"

#include <gtest/gtest.h>

#include "tests/support/http_peer.h"
#include "tests/support/temporary_directory.h"

namespace compliance::probes::trust_store_test {
namespace {

TEST(TrustStore, IsSharedWhileTheFileStaysAsItIs) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("ca.pem", test::loopback_certificate().pem);
  const auto first = load_trust_store(file);
  const auto second = load_trust_store(file);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first.value().get(), second.value().get());
}

TEST(TrustStore, IsReadAnewWhenAnotherFileIsPutInItsPlace) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("ca.pem", test::loopback_certificate().pem);
  const auto first = load_trust_store(file);
  directory.write("ca.pem", test::loopback_certificate().pem);
  const auto second = load_trust_store(file);
  ASSERT_TRUE(first && second);
  EXPECT_NE(first.value().get(), second.value().get());
}

TEST(TrustStore, IsNoneWhenTheFileIsGoneOrBroken) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("ca.pem", test::loopback_certificate().pem);
  ASSERT_TRUE(load_trust_store(file));
  directory.write("ca.pem", "no certificate");
  EXPECT_FALSE(load_trust_store(file));
  std::filesystem::remove(file);
  const auto gone = load_trust_store(file);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().reason, UnknownReason::missing_object);
}

}  // namespace
}  // namespace compliance::probes::trust_store_test

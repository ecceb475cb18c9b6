// Certificates as OpenSSL reads them.
#include "exporter/observe/x509.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/certificates.h"

namespace compliance::x509_test {
namespace {

test::MadeCertificate make_root(const std::string& name = "root") {
  return test::make_certificate({.name = name, .authority = true}, nullptr);
}

TEST(ReadCertificates, TakesAsManyAsItMayAndNoMore) {
  const test::MadeCertificate root = make_root();
  const std::string three = root.pem + root.pem + root.pem;
  EXPECT_EQ(read_certificates(three, "ca.pem", 3).value().size(), 3U);
  const auto read = read_certificates(three, "ca.pem", 2);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error(), (Fault{.reason = UnknownReason::limit_exceeded,
                                 .message = "ca.pem holds more than 2 certificates"}));
}

TEST(ReadCertificates, NeedsOne) {
  for (const std::string& text : {std::string{}, std::string{"text"}, make_root().key_pem}) {
    const auto read = read_certificates(text, "ca.pem", 10);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error(), (Fault{.reason = UnknownReason::unparsable,
                                   .message = "ca.pem holds no PEM certificate"}));
  }
}

TEST(FactsOfCertificates, NumberThemAndMarkThePathFromTheFirst) {
  const test::MadeCertificate root = make_root();
  const test::MadeCertificate other = make_root("other");
  const test::MadeCertificate own = test::make_certificate({.name = "own"}, &root);
  const auto read = read_certificates(own.pem + other.pem + root.pem, "chain.pem", 10);
  const std::vector<X509*> sources = pointers(read.value());
  const std::vector<Certificate> facts = facts_of(sources);
  ASSERT_EQ(facts.size(), 3U);
  EXPECT_EQ(facts[0].position, 1U);
  EXPECT_EQ(facts[2].position, 3U);
  EXPECT_TRUE(facts[0].on_path);
  EXPECT_FALSE(facts[0].self_signed);
  EXPECT_FALSE(facts[1].on_path);
  EXPECT_TRUE(facts[2].on_path);
  EXPECT_TRUE(facts[2].authority);
  EXPECT_FALSE(are_in_order(sources));
}

TEST(FactsOfCertificates, AreNoneOfNone) {
  EXPECT_TRUE(facts_of(std::vector<X509*>{}).empty());
  EXPECT_TRUE(are_in_order({}));
}

}  // namespace
}  // namespace compliance::x509_test

// Certificate files -> dates, keys and signatures.
#include "exporter/observe/secrets/certificates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/certificates.h"
#include "tests/support/temporary_directory.h"

namespace compliance::secrets::certificates_test {
namespace {

using test::CertificatePlan;
using test::MadeCertificate;
using test::make_certificate;
using testing::HasSubstr;
using testing::Not;

CertificateChain chain_in(const std::string& pem) {
  auto chain = parse_certificates(pem, "tls.crt");
  EXPECT_TRUE(chain) << chain.error().message;
  return chain ? std::move(chain).value() : CertificateChain{};
}

Certificate facts_of(const CertificatePlan& plan) {
  const CertificateChain chain = chain_in(make_certificate(plan, nullptr).pem);
  return chain.certificates.empty() ? Certificate{} : chain.certificates.front();
}

Fault fault_of(const std::string& pem) {
  const auto chain = parse_certificates(pem, "tls.crt");
  EXPECT_FALSE(chain);
  return chain ? Fault{} : chain.error();
}

std::vector<bool> on_path(const CertificateChain& chain) {
  std::vector<bool> marks;
  for (const Certificate& certificate : chain.certificates) {
    marks.push_back(certificate.on_path);
  }
  return marks;
}

// A root, an authority below it, and the server's own certificate.
struct Chain {
  MadeCertificate root = make_certificate({.name = "root", .authority = true}, nullptr);
  MadeCertificate authority = make_certificate({.name = "authority", .authority = true}, &root);
  MadeCertificate leaf = make_certificate({}, &authority);
};

TEST(Certificates, DatesAreThoseOfTheCertificate) {
  const CertificatePlan plan{.not_before = std::chrono::sys_days{std::chrono::year{2024} / 2 / 29} +
                                           std::chrono::seconds{1},
                             .not_after = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31} +
                                          std::chrono::hours{23}};
  EXPECT_EQ(facts_of(plan).not_before, plan.not_before);
  EXPECT_EQ(facts_of(plan).not_after, plan.not_after);
}

TEST(Certificates, ADateThatIsNoneIsAbsent) {
  const MadeCertificate made = make_certificate({}, nullptr);
  const CertificateChain chain =
      chain_in(test::with_bytes(made.pem, "270115080000Z", "279915080000Z"));
  EXPECT_EQ(chain.certificates.front().not_before, std::nullopt);
  EXPECT_NE(chain.certificates.front().not_after, std::nullopt);
}

struct KeyCase {
  const char* name;
  CertificatePlan plan;
  KeyKind kind;
  std::uint32_t bits;
};

TEST(Certificates, KeysHaveAKindAndASize) {
  const std::vector<KeyCase> cases{
      {"RSA", {.key = "RSA-1024"}, KeyKind::rsa, 1024},
      {"curve", {.key = "P-384"}, KeyKind::elliptic_curve, 384},
      {"small curve", {.key = "P-224"}, KeyKind::elliptic_curve, 224},
      {"DSA", {.key = "DSA"}, KeyKind::other, 2048},
  };
  for (const KeyCase& row : cases) {
    EXPECT_EQ(facts_of(row.plan).key_kind, row.kind) << row.name;
    EXPECT_EQ(facts_of(row.plan).key_bits, row.bits) << row.name;
  }
}

// Releases of OpenSSL count the bits of these keys differently.
TEST(Certificates, EdwardsKeysAreAKindOfTheirOwn) {
  const Certificate facts = facts_of({.key = "ED25519", .digest = ""});
  EXPECT_EQ(facts.key_kind, KeyKind::edwards);
  EXPECT_GE(facts.key_bits, 253U);
}

TEST(Certificates, AKeyOfAnUnknownKindIsUnread) {
  // The identifier of EC public keys, one step further.
  const std::string known{"\x2a\x86\x48\xce\x3d\x02\x01", 7};
  const std::string strange{"\x2a\x86\x48\xce\x3d\x02\x7f", 7};
  const CertificateChain chain =
      chain_in(test::with_bytes(make_certificate({}, nullptr).pem, known, strange));
  EXPECT_EQ(chain.certificates.front().key_kind, KeyKind::unread);
  EXPECT_EQ(chain.certificates.front().key_bits, 0U);
}

TEST(Certificates, SignaturesHaveADigest) {
  const std::vector<std::pair<CertificatePlan, SignatureDigest>> cases{
      {{.digest = "SHA256"}, SignatureDigest::strong},
      {{.digest = "SHA512"}, SignatureDigest::strong},
      {{.digest = "SHA1"}, SignatureDigest::sha1},
      {{.key = "RSA-1024", .digest = "MD5"}, SignatureDigest::md5},
      {{.key = "RSA-1024", .digest = "SHA1"}, SignatureDigest::sha1},
      {{.key = "ED25519", .digest = ""}, SignatureDigest::strong},
  };
  for (const auto& [plan, digest] : cases) {
    EXPECT_EQ(facts_of(plan).signature, digest) << plan.key << " " << plan.digest;
  }
}

TEST(Certificates, ASignatureOfAnUnknownKindIsUnread) {
  // ECDSA with SHA-256, one step further.
  const std::string known{"\x2a\x86\x48\xce\x3d\x04\x03\x02", 8};
  const std::string strange{"\x2a\x86\x48\xce\x3d\x04\x03\x7f", 8};
  const CertificateChain chain =
      chain_in(test::with_bytes(make_certificate({}, nullptr).pem, known, strange));
  EXPECT_EQ(chain.certificates.front().signature, SignatureDigest::unread);
}

TEST(Certificates, UsageAllowsAServerUnlessItNamesOtherThingsAlone) {
  const std::vector<std::pair<CertificatePlan, bool>> cases{
      {{}, true},
      {{.key_usage = "digitalSignature"}, true},
      {{.key_usage = "keyEncipherment"}, true},
      {{.key_usage = "keyAgreement"}, true},
      {{.key_usage = "keyCertSign,cRLSign"}, false},
      {{.extended_key_usage = "serverAuth"}, true},
      {{.extended_key_usage = "clientAuth,serverAuth"}, true},
      {{.extended_key_usage = "anyExtendedKeyUsage"}, true},
      {{.extended_key_usage = "clientAuth"}, false},
      {{.key_usage = "digitalSignature", .extended_key_usage = "emailProtection"}, false},
      {{.key_usage = "nonRepudiation", .extended_key_usage = "serverAuth"}, false},
  };
  for (const auto& [plan, allowed] : cases) {
    EXPECT_EQ(facts_of(plan).usage_allows_server, allowed)
        << plan.key_usage << " " << plan.extended_key_usage;
  }
}

TEST(Certificates, AnExtensionThatIsBrokenIsSaid) {
  EXPECT_FALSE(facts_of({.key_usage = "digitalSignature"}).extensions_unread);
  // Key usage: the bit string becomes a boolean of a length that none has.
  const std::string usage{"\x03\x02\x07\x80", 4};
  const std::string broken{"\x01\x02\x07\x80", 4};
  const MadeCertificate made = make_certificate({.key_usage = "digitalSignature"}, nullptr);
  EXPECT_TRUE(
      chain_in(test::with_bytes(made.pem, usage, broken)).certificates.front().extensions_unread);
}

TEST(Certificates, RootsSignThemselvesAndAuthoritiesSayThatTheyAre) {
  const Chain made;
  const CertificateChain chain = chain_in(made.leaf.pem + made.authority.pem + made.root.pem);
  ASSERT_EQ(chain.certificates.size(), 3U);
  EXPECT_FALSE(chain.certificates[0].self_signed);
  EXPECT_FALSE(chain.certificates[0].authority);
  EXPECT_FALSE(chain.certificates[1].self_signed);
  EXPECT_TRUE(chain.certificates[1].authority);
  EXPECT_TRUE(chain.certificates[2].self_signed);
  EXPECT_TRUE(chain.certificates[2].authority);
  EXPECT_EQ(chain.certificates[0].position, 1U);
  EXPECT_EQ(chain.certificates[2].position, 3U);
}

TEST(Certificates, TheOrderIsRightWhenEachIsIssuedByTheNext) {
  const Chain made;
  EXPECT_TRUE(chain_in(made.leaf.pem).in_order);
  EXPECT_TRUE(chain_in(made.leaf.pem + made.authority.pem + made.root.pem).in_order);
  EXPECT_FALSE(chain_in(made.authority.pem + made.leaf.pem).in_order);
  EXPECT_FALSE(chain_in(made.leaf.pem + made.root.pem + made.authority.pem).in_order);
}

TEST(Certificates, ThePathFollowsTheIssuersInAnyOrder) {
  const Chain made;
  const MadeCertificate stranger = make_certificate({.name = "stranger"}, nullptr);
  EXPECT_EQ(on_path(chain_in(made.leaf.pem + made.root.pem + stranger.pem + made.authority.pem)),
            (std::vector<bool>{true, true, false, true}));
  EXPECT_EQ(on_path(chain_in(stranger.pem + made.leaf.pem)), (std::vector<bool>{true, false}));
  EXPECT_EQ(on_path(chain_in(made.leaf.pem + made.root.pem)), (std::vector<bool>{true, false}));
}

TEST(Certificates, ACertificateThatIsThereTwiceEndsThePath) {
  const Chain made;
  EXPECT_EQ(on_path(chain_in(made.root.pem + made.root.pem)), (std::vector<bool>{true, false}));
}

TEST(Certificates, TextAndKeysBetweenTheBlocksAreLeftAlone) {
  const Chain made;
  const CertificateChain chain = chain_in("subject=/CN=x\n" + made.leaf.key_pem + made.leaf.pem +
                                          "issuer=/CN=y\n" + made.authority.pem + "trailing words");
  EXPECT_EQ(chain.certificates.size(), 2U);
}

TEST(Certificates, LineEndsOfOtherSystemsAreRead) {
  std::string pem;
  for (const char c : make_certificate({}, nullptr).pem) {
    pem += c == '\n' ? "\r\n" : std::string(1, c);
  }
  EXPECT_EQ(chain_in(pem).certificates.size(), 1U);
}

TEST(Certificates, AFileWithoutOneIsUnparsable) {
  const Chain made;
  for (const std::string& text :
       {std::string{}, std::string{"words"}, made.leaf.key_pem, std::string("\0\0", 2)}) {
    const Fault fault = fault_of(text);
    EXPECT_EQ(fault.reason, UnknownReason::unparsable);
    EXPECT_EQ(fault.message, "tls.crt holds no PEM certificate");
  }
}

TEST(Certificates, OtherLabelsAreNoCertificates) {
  std::string pem = make_certificate({}, nullptr).pem;
  for (std::size_t at = pem.find("CERTIFICATE"); at != std::string::npos;
       at = pem.find("CERTIFICATE", at + 20)) {
    pem.insert(at, "TRUSTED ");
  }
  EXPECT_EQ(fault_of(pem).message, "tls.crt holds no PEM certificate");
}

TEST(Certificates, BrokenBlocksAreUnparsable) {
  const std::string pem = make_certificate({}, nullptr).pem;
  std::string no_base64 = pem;
  no_base64.replace(60, 4, "!!!!");
  for (const std::string& text :
       {pem.substr(0, pem.size() / 2), no_base64, pem + pem.substr(0, 200)}) {
    const Fault fault = fault_of(text);
    EXPECT_EQ(fault.reason, UnknownReason::unparsable);
    EXPECT_EQ(fault.message, "tls.crt holds a PEM block that is broken");
  }
}

TEST(Certificates, ABlockWithOtherBytesIsUnparsable) {
  const std::string words =
      "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";
  EXPECT_EQ(fault_of(words).message, "tls.crt holds a CERTIFICATE block that is no certificate");
  EXPECT_EQ(fault_of(make_certificate({}, nullptr).pem + words).reason, UnknownReason::unparsable);
}

TEST(Certificates, ABlockThatAsksForAPasswordIsNotAnswered) {
  const std::string pem = make_certificate({}, nullptr).pem;
  const std::size_t line = pem.find('\n') + 1;
  const std::string encrypted = pem.substr(0, line) +
                                "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899"
                                "AABBCCDDEEFF\n\n" +
                                pem.substr(line);
  const auto chain = parse_certificates(encrypted, "tls.crt");
  EXPECT_TRUE(chain) << "the bytes are read as they are, without a question";
}

TEST(Certificates, MoreThanAHundredAreTooMany) {
  const std::string pem = make_certificate({}, nullptr).pem;
  std::string many;
  for (std::size_t count = 0; count < max_certificates; ++count) {
    many += pem;
  }
  EXPECT_EQ(chain_in(many).certificates.size(), max_certificates);
  EXPECT_EQ(fault_of(many + pem).reason, UnknownReason::limit_exceeded);
}

TEST(CertificateFile, HoldsAPlaceAndTheChain) {
  const test::TemporaryDirectory directory;
  const Chain made;
  const std::string path = directory.write("tls.crt", made.leaf.pem + made.authority.pem);
  const CertificateFile file = observe_certificate_file(path);
  EXPECT_EQ(file.origin, (Origin{.source = Source::secrets, .place = Location{path}}));
  EXPECT_EQ(file.fault, std::nullopt);
  EXPECT_EQ(file.certificates.size(), 2U);
  EXPECT_TRUE(file.in_order);
}

TEST(CertificateFile, SaysWhyThereIsNothing) {
  const test::TemporaryDirectory directory;
  const auto reason_of = [&](const std::string& path) {
    const CertificateFile file = observe_certificate_file(path);
    return file.fault ? file.fault->reason : UnknownReason::internal_error;
  };
  EXPECT_EQ(reason_of(directory.path_of("none")), UnknownReason::missing_object);
  EXPECT_EQ(reason_of(directory.path_of("")), UnknownReason::unreadable);
  EXPECT_EQ(reason_of(directory.write("words", "words")), UnknownReason::unparsable);
  EXPECT_EQ(reason_of(directory.write("large", std::string(max_certificate_bytes + 1, 'x'))),
            UnknownReason::limit_exceeded);
}

TEST(CertificateFile, NoMessageHoldsContent) {
  const test::TemporaryDirectory directory;
  const MadeCertificate made = make_certificate({.name = "canary-7d1f0c4b"}, nullptr);
  const std::string path =
      directory.write("tls.crt", made.key_pem + made.pem.substr(0, made.pem.size() - 40));
  const CertificateFile file = observe_certificate_file(path);
  ASSERT_TRUE(file.fault);
  EXPECT_THAT(file.fault->message, Not(HasSubstr("canary")));
  EXPECT_EQ(file.fault->message, path + " holds a PEM block that is broken");
}

}  // namespace
}  // namespace compliance::secrets::certificates_test

// Certificates made on the spot with OpenSSL.
#include "tests/support/certificates.h"

#include <memory>

#include <openssl/dsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace compliance::test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

Bio memory_bio() { return {BIO_new(BIO_s_mem()), &BIO_free}; }

Bio reading_bio(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

std::string text_of(BIO* memory) {
  char* data = nullptr;
  const long length = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(length)};
}

X509Certificate read_certificate(const std::string& pem) {
  const auto bio = reading_bio(pem);
  return {PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), &X509_free};
}

Key read_key(const std::string& pem) {
  const auto bio = reading_bio(pem);
  return {PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free};
}

// DSA needs parameters first.
Key dsa_key() {
  constexpr int bits = 2048;
  constexpr int subgroup_bits = 256;
  const KeyContext context{EVP_PKEY_CTX_new_id(EVP_PKEY_DSA, nullptr), &EVP_PKEY_CTX_free};
  EVP_PKEY* parameters = nullptr;
  EVP_PKEY_paramgen_init(context.get());
  EVP_PKEY_CTX_set_dsa_paramgen_bits(context.get(), bits);
  EVP_PKEY_CTX_set_dsa_paramgen_q_bits(context.get(), subgroup_bits);
  EVP_PKEY_paramgen(context.get(), &parameters);
  const Key owned{parameters, &EVP_PKEY_free};
  const KeyContext generator{EVP_PKEY_CTX_new(parameters, nullptr), &EVP_PKEY_CTX_free};
  EVP_PKEY* key = nullptr;
  EVP_PKEY_keygen_init(generator.get());
  EVP_PKEY_keygen(generator.get(), &key);
  return {key, &EVP_PKEY_free};
}

Key new_key(const std::string& kind) {
  const std::string rsa = "RSA-";
  if (kind.rfind(rsa, 0) == 0) {
    return {EVP_RSA_gen(std::stoul(kind.substr(rsa.size()))), &EVP_PKEY_free};
  }
  if (kind == "ED25519") {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): it has no other form
    return {EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free};
  }
  return kind == "DSA" ? dsa_key() : Key{EVP_EC_gen(kind.c_str()), &EVP_PKEY_free};
}

void set_name(X509* certificate, const std::string& name) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL takes unsigned bytes
  const auto* bytes = reinterpret_cast<const unsigned char*>(name.c_str());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, bytes, -1, -1,
                             0);
}

void set_times(X509* certificate, const CertificatePlan& plan) {
  ASN1_TIME_set(X509_getm_notBefore(certificate), plan.not_before.time_since_epoch().count());
  ASN1_TIME_set(X509_getm_notAfter(certificate), plan.not_after.time_since_epoch().count());
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  if (value.empty()) {
    return;
  }
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

}  // namespace

CertificatePlan valid_now(const std::string& alternative_names) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  CertificatePlan plan;
  plan.not_before = now - std::chrono::days{1};
  plan.not_after = now + std::chrono::days{89};
  plan.alternative_names = alternative_names;
  return plan;
}

MadeCertificate make_certificate(const CertificatePlan& plan, const MadeCertificate* issuer) {
  static long serial = 1;
  constexpr long version_3 = 2;
  const Key key = new_key(plan.key);
  const X509Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), version_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
  set_times(certificate.get(), plan);
  X509_set_pubkey(certificate.get(), key.get());
  set_name(certificate.get(), plan.name);
  add_extension(certificate.get(), NID_basic_constraints, plan.authority ? "critical,CA:TRUE" : "");
  add_extension(certificate.get(), NID_key_usage, plan.key_usage);
  add_extension(certificate.get(), NID_ext_key_usage, plan.extended_key_usage);
  add_extension(certificate.get(), NID_subject_alt_name, plan.alternative_names);
  const X509Certificate parent =
      issuer == nullptr ? X509Certificate{nullptr, &X509_free} : read_certificate(issuer->pem);
  const Key parent_key =
      issuer == nullptr ? Key{nullptr, &EVP_PKEY_free} : read_key(issuer->key_pem);
  X509_set_issuer_name(certificate.get(),
                       X509_get_subject_name(parent ? parent.get() : certificate.get()));
  const EVP_MD* digest = plan.digest.empty() ? nullptr : EVP_get_digestbyname(plan.digest.c_str());
  X509_sign(certificate.get(), parent_key ? parent_key.get() : key.get(), digest);
  const auto pem = memory_bio();
  const auto key_pem = memory_bio();
  PEM_write_bio_X509(pem.get(), certificate.get());
  PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return {.pem = text_of(pem.get()), .key_pem = text_of(key_pem.get())};
}

std::string with_bytes(const std::string& pem, const std::string& old, const std::string& fresh) {
  const auto input = reading_bio(pem);
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* bytes = nullptr;
  long length = 0;
  PEM_read_bio(input.get(), &name, &header, &bytes, &length);
  std::string content{bytes, bytes + length};
  for (std::size_t at = content.find(old); at != std::string::npos; at = content.find(old, at)) {
    content.replace(at, old.size(), fresh);
    at += fresh.size();
  }
  const auto output = memory_bio();
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL takes unsigned bytes
  const auto* changed = reinterpret_cast<const unsigned char*>(content.data());
  PEM_write_bio(output.get(), name, header, changed, length);
  OPENSSL_free(name);
  OPENSSL_free(header);
  OPENSSL_free(bytes);
  return text_of(output.get());
}

}  // namespace compliance::test

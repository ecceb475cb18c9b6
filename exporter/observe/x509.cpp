// X.509 certificates by OpenSSL: what files and TLS servers show -> facts.
#include "exporter/observe/x509.h"

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <utility>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace compliance {
namespace {

// A memory BIO is OpenSSL's reader over a text; it copies nothing.
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

// One block of PEM text; its bytes may be a private key and are wiped.
class PemBlock {
 public:
  PemBlock() = default;
  PemBlock(const PemBlock&) = delete;
  PemBlock& operator=(const PemBlock&) = delete;
  PemBlock(PemBlock&&) = delete;
  PemBlock& operator=(PemBlock&&) = delete;
  ~PemBlock() {
    OPENSSL_free(name_);
    OPENSSL_free(header_);
    OPENSSL_clear_free(bytes_, static_cast<std::size_t>(length_));
  }

  // The next block, if there is a whole one.
  bool read(BIO* text) { return PEM_read_bio(text, &name_, &header_, &bytes_, &length_) == 1; }

  // The Gateway knows this label alone.
  bool is_certificate() const { return std::string_view{name_} == "CERTIFICATE"; }

  // Null for anything that is not one certificate and nothing else.
  X509Certificate certificate() const {
    const unsigned char* at = bytes_;
    X509Certificate certificate{d2i_X509(nullptr, &at, length_)};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-bounds-pointer-arithmetic): OpenSSL moved it on
    return at == bytes_ + length_ ? std::move(certificate) : nullptr;
  }

 private:
  char* name_ = nullptr;
  char* header_ = nullptr;
  unsigned char* bytes_ = nullptr;
  long length_ = 0;
};

// In UTC, as X.509 demands; nothing when OpenSSL cannot read the time.
std::optional<std::chrono::sys_seconds> time_of(const ASN1_TIME* time) {
  struct tm parts {};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) {
    return std::nullopt;
  }
  constexpr int first_year = 1900;
  const std::chrono::year_month_day day{std::chrono::year{parts.tm_year + first_year},
                                        std::chrono::month{static_cast<unsigned>(parts.tm_mon) + 1},
                                        std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
  return std::chrono::sys_days{day} + std::chrono::hours{parts.tm_hour} +
         std::chrono::minutes{parts.tm_min} + std::chrono::seconds{parts.tm_sec};
}

// RSA-PSS keys differ from RSA keys only in how they may sign.
KeyKind kind_of(const EVP_PKEY* key) {
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA_PSS:
      return KeyKind::rsa;
    case EVP_PKEY_EC:
      return KeyKind::elliptic_curve;
    case EVP_PKEY_ED25519:
    case EVP_PKEY_ED448:
      return KeyKind::edwards;
    default:
      return KeyKind::other;
  }
}

// The digest of the issuer's signature. MD2 and MD4 are broken at least as badly as MD5. Signatures
// that hash within themselves, such as Ed25519, are strong.
SignatureDigest digest_of(X509* certificate) {
  int digest = NID_undef;
  int key = NID_undef;
  if (X509_get_signature_info(certificate, &digest, &key, nullptr, nullptr) != 1) {
    return SignatureDigest::unread;
  }
  switch (digest) {
    case NID_md2:
    case NID_md4:
    case NID_md5:
    case NID_md5_sha1:
      return SignatureDigest::md5;
    case NID_sha1:
      return SignatureDigest::sha1;
    default:
      return SignatureDigest::strong;
  }
}

// As OpenSSL judges a TLS server, and with the wildcard usage that Go and browsers take for one.
bool allows_server(X509* certificate) {
  constexpr std::uint32_t usages = KU_DIGITAL_SIGNATURE | KU_KEY_ENCIPHERMENT | KU_KEY_AGREEMENT;
  constexpr std::uint32_t extended = XKU_SSL_SERVER | XKU_ANYEKU;
  // An extension that is not there has every bit set.
  return (X509_get_key_usage(certificate) & usages) != 0 &&
         (X509_get_extended_key_usage(certificate) & extended) != 0;
}

// The facts of one certificate, without its place in the chain.
Certificate facts_of(X509* certificate) {
  Certificate facts{.not_before = time_of(X509_get0_notBefore(certificate)),
                    .not_after = time_of(X509_get0_notAfter(certificate)),
                    .signature = digest_of(certificate)};
  if (const EVP_PKEY* key = X509_get0_pubkey(certificate)) {
    facts.key_kind = kind_of(key);
    // OpenSSL says -1 for a key that it does not understand.
    facts.key_bits = static_cast<std::uint32_t>(std::max(EVP_PKEY_get_bits(key), 0));
  }
  const std::uint32_t flags = X509_get_extension_flags(certificate);
  facts.extensions_unread = (flags & EXFLAG_INVALID) != 0;
  facts.self_signed = (flags & EXFLAG_SS) != 0;
  facts.authority = (flags & EXFLAG_CA) != 0;
  facts.usage_allows_server = allows_server(certificate);
  return facts;
}

// Compares names, key identifiers and the issuer's right to sign; the signature itself is not
// checked, since a file is only described here.
bool issued(X509* issuer, X509* subject) { return X509_check_issued(issuer, subject) == X509_V_OK; }

// The certificate that issued the one at `index`, or nothing: a root is its own issuer.
std::optional<std::size_t> issuer_of(std::size_t index, const std::vector<X509*>& sources,
                                     const std::vector<Certificate>& facts) {
  // A certificate that is on the path already is left out, so two that issue each other make no
  // endless path.
  for (std::size_t other = 0; other < sources.size() && !facts[index].self_signed; ++other) {
    if (!facts[other].on_path && issued(sources[other], sources[index])) {
      return other;
    }
  }
  return std::nullopt;
}

// Follows the issuers from the first certificate as far as they are there.
void mark_path(const std::vector<X509*>& sources, std::vector<Certificate>& facts) {
  for (std::optional<std::size_t> next = 0; next; next = issuer_of(*next, sources, facts)) {
    facts[*next].on_path = true;
  }
}

// A fault that says what is wrong with the PEM text of `place` and quotes none of it.
Fault unparsable(std::string_view place, std::string_view what) {
  return {.reason = UnknownReason::unparsable,
          .message = std::string{place} + " " + std::string{what}};
}

// Reads block after block until the text ends. What stands between blocks is skipped, as in OpenSSL
// and in Go.
ReadResult<std::vector<X509Certificate>> read_blocks(BIO* text, std::string_view place,
                                                     std::size_t most) {
  std::vector<X509Certificate> certificates;
  while (true) {
    PemBlock block;
    if (!block.read(text)) {
      // OpenSSL fails at the end as well: only this reason tells the end from a broken block.
      const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
      return at_end ? ReadResult<std::vector<X509Certificate>>{std::move(certificates)}
                    : unparsable(place, "holds a PEM block that is broken");
    }
    if (!block.is_certificate()) {
      continue;
    }
    if (certificates.size() == most) {
      return Fault{.reason = UnknownReason::limit_exceeded,
                   .message = std::string{place} + " holds more than " + std::to_string(most) +
                              " certificates"};
    }
    certificates.push_back(block.certificate());
    if (certificates.back() == nullptr) {
      return unparsable(place, "holds a CERTIFICATE block that is no certificate");
    }
  }
}

}  // namespace

std::vector<X509*> pointers(const std::vector<X509Certificate>& certificates) {
  std::vector<X509*> result;
  result.reserve(certificates.size());
  for (const X509Certificate& certificate : certificates) {
    result.push_back(certificate.get());
  }
  return result;
}

ReadResult<std::vector<X509Certificate>> read_certificates(std::string_view pem,
                                                           std::string_view place,
                                                           std::size_t most) {
  // The error queue belongs to the thread: what was left there must not be taken for the reason of
  // a failure here, nor the other way round.
  ERR_clear_error();
  const Bio text{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
  auto certificates = read_blocks(text.get(), place, most);
  ERR_clear_error();
  if (certificates && certificates.value().empty()) {
    return unparsable(place, "holds no PEM certificate");
  }
  return certificates;
}

std::vector<Certificate> facts_of(const std::vector<X509*>& sources) {
  std::vector<Certificate> facts;
  for (X509* source : sources) {
    facts.push_back(facts_of(source));
    facts.back().position = static_cast<std::uint32_t>(facts.size());
  }
  if (!facts.empty()) {
    mark_path(sources, facts);
  }
  ERR_clear_error();
  return facts;
}

bool are_in_order(const std::vector<X509*>& sources) {
  return std::adjacent_find(sources.begin(), sources.end(), [](X509* subject, X509* issuer) {
           return !issued(issuer, subject);
         }) == sources.end();
}

}  // namespace compliance

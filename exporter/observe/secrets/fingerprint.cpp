// Digests by which equal secrets are recognised, useless outside this process.
#include "exporter/observe/secrets/fingerprint.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace compliance::secrets {
namespace {

using Key = std::array<unsigned char, 32>;

const Key& process_key() {
  static const Key key = [] {
    Key random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
      std::abort();  // a key that others know would make fingerprints worth stealing
    }
    return random;
  }();
  return key;
}

}  // namespace

Fingerprint fingerprint_of(std::string_view text) {
  const std::basic_string_view<unsigned char> bytes{
      reinterpret_cast<const unsigned char*>(text.data()),  // NOLINT(*-reinterpret-cast): C bytes
      text.size()};
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  const Key& key = process_key();
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(),
       digest.data(), &size);
  Fingerprint fingerprint{};
  std::copy_n(digest.begin(), fingerprint.size(), fingerprint.begin());
  return fingerprint;
}

Fingerprint fingerprint_of_hex(std::string_view digits) {
  // Lower-case digits stand for the bytes: equal bytes, equal digits.
  std::string lower{digits};
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const Fingerprint fingerprint = fingerprint_of(lower);
  OPENSSL_cleanse(lower.data(), lower.size());
  return fingerprint;
}

}  // namespace compliance::secrets

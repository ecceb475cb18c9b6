// Content digests.
#include "exporter/base/digest.h"

#include <openssl/evp.h>

namespace compliance {

std::string sha256(std::string_view bytes) {
  constexpr std::size_t digest_bytes = 32;
  std::string digest(digest_bytes, '\0');
  unsigned int length = 0;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's byte type
  auto* const into = reinterpret_cast<unsigned char*>(digest.data());
  // Fails only without memory; the digest of zeros that is left then matches nothing that was read.
  EVP_Digest(bytes.data(), bytes.size(), into, &length, EVP_sha256(), nullptr);
  return digest;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text += digits[value >> 4U];
    text += digits[value & 0xFU];
  }
  return text;
}

}  // namespace compliance

// Names -> UUIDs.
#include "exporter/base/uuid.h"

#include <openssl/evp.h>

#include "exporter/base/digest.h"

namespace compliance {
namespace {

constexpr std::size_t uuid_bytes = 16;
constexpr std::size_t version_byte = 6;
constexpr std::size_t variant_byte = 8;

// What the standard takes of SHA-1 is no protection: equal names are to have equal identifiers.
std::string sha1(std::string_view bytes) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int length = 0;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's byte type
  auto* const into = reinterpret_cast<unsigned char*>(digest.data());
  EVP_Digest(bytes.data(), bytes.size(), into, &length, EVP_sha1(), nullptr);
  digest.resize(length);
  return digest;
}

}  // namespace

std::string uuid_of(const UuidNamespace& space, std::string_view name) {
  std::string bytes = sha1(std::string{space.begin(), space.end()}.append(name));
  bytes.resize(uuid_bytes);
  const auto set_bits = [&bytes](std::size_t index, unsigned int mask, unsigned int bits) {
    const unsigned int kept = static_cast<unsigned char>(bytes[index]) & ~mask;
    bytes[index] = static_cast<char>(kept | bits);
  };
  set_bits(version_byte, 0xF0U, 0x50U);
  set_bits(variant_byte, 0xC0U, 0x80U);
  std::string text = hex(bytes);
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) {
    text.insert(dash, 1, '-');
  }
  return text;
}

}  // namespace compliance

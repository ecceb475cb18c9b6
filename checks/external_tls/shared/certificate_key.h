// Which keys and digests of certificates are strong enough.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/facts/certificate.h"

namespace compliance {

// RSA below 2048 bits, an elliptic curve below 256, DSA and the like. Keys that could not be read
// are not weak: see unread_part().
bool has_weak_key(const Certificate& certificate);

// MD5, SHA-1 and what came before them.
bool has_broken_digest(const Certificate& certificate);

// What of the certificate could not be read, such as "a key"; nothing when all of it was.
std::optional<std::string_view> unread_part(const Certificate& certificate);

// "RSA, 1024 bits"
std::string key_in_words(const Certificate& certificate);

// "SHA-1"
std::string_view name_of(SignatureDigest digest);

}  // namespace compliance

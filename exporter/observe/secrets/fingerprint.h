// Digests by which equal secrets are recognised, useless outside this process.
#pragma once

#include <string_view>

#include "checks/facts/secret_file.h"

namespace compliance::secrets {

// HMAC-SHA256 of `text`, cut to 16 bytes, with a random key that is made at the first call and
// never leaves memory. Safe from all threads.
Fingerprint fingerprint_of(std::string_view text);

// The same for hex digits: texts that decode to the same bytes have the same fingerprint.
Fingerprint fingerprint_of_hex(std::string_view digits);

}  // namespace compliance::secrets

// The secrets of Caracal: their names and the services that read them. Source: FACTS.md 2.3, 3.2 to
// 3.7.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "checks/facts/component.h"

namespace compliance {

// What kind of secret it is, and so which form and strength the rules expect.
enum class SecretKind : std::uint8_t {
  hmac_key,            // hex, at least 32 bytes
  key_encryption_key,  // hex, exactly 32 bytes
  token,               // tokens, bearers, the auth secret, cloud credentials
  password,
  url,  // a URL that may hold a password
};

// One row of the inventory. A secret with two variables has two rows.
struct KnownSecret {
  std::string_view logical_name{};  // such as "auditHmacKey": file and key name
  std::string_view variable{};      // such as "AUDIT_HMAC_KEY"; empty: only as a file
  SecretKind kind = SecretKind::token;
};

// All secrets of FACTS.md 3.2 and 3.7.
std::span<const KnownSecret> known_secrets();

// The secret of that logical name (case sensitive), service-specific names included
// (stsDatabaseUrl, apiDbPassword); null for a name that is not in the inventory.
const KnownSecret* secret_named(std::string_view logical_name);

// The secret that is set through this variable (without _FILE), or null.
const KnownSecret* secret_of_variable(std::string_view variable);

// True for names that look secret but are not (FACTS.md 3.6), every *_FILE among them.
bool is_known_harmless(std::string_view variable);

// True when a component reads the variable (without _FILE): a *_FILE that points nowhere is
// harmless where it is not read (FACTS.md 2.3, 3.4, T49).
bool reads_secret(Component component, std::string_view variable);

}  // namespace compliance

// Recognises secrets by the names and values of variables and keys. Names alone mislead in both
// directions (FACTS.md T47), so the inventory comes first and guesses need a strong value too.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/caracal/secret_inventory.h"
#include "checks/facts/environment.h"

namespace compliance {

// True when a word of the name (parted by underscores) stands for a secret: KEY, TOKEN, SECRET,
// PASSWORD and the like. Names of addresses and paths (*_URL, *_PATH, ...), of public keys, and
// those of is_known_harmless() never do.
bool looks_secret(std::string_view name);

// True when the text is a URL or a connection string that holds a password.
bool holds_password(std::string_view text);

// True from 20 characters and 80 bits on: long and irregular enough for a generated secret.
bool is_strong(std::string_view text);

// True when a text is a secret's value, for a variable or key of this inventory entry: any text
// for most; for URLs one with a password, and text that is not a URL, which may hold one.
bool is_secret_text(const KnownSecret& secret, std::string_view text);

// The text that the files give a variable, ConfigMaps included; null for references,
// fields, unresolved and empty ones.
const std::string* inline_text(const Variable& variable);

// True when the files give the variable a text that cannot be decided.
bool is_undecided_inline(const Variable& variable);

// The inventory's entry for a key of a Secret or ConfigMap: by logical name or by variable.
const KnownSecret* secret_of_key(std::string_view key);

}  // namespace compliance

// Whether tokens and passwords are strong enough. Generated ones are 32 or 24 random bytes in hex
// (FACTS.md 3.2) and pass by far; the product itself demands no length.
#include <cmath>

#include "checks/caracal/secret_inventory.h"
#include "checks/check.h"
#include "checks/facts/secret_file.h"

namespace compliance::secrets {
namespace {

// Bits that a secret of the kind needs; nothing for keys (signing_keys checks their bytes) and
// URLs.
std::optional<double> required_bits(const KnownSecret* secret) {
  if (secret == nullptr) {
    return std::nullopt;
  }
  switch (secret->kind) {
    case SecretKind::token:
      return 128;
    case SecretKind::password:
      return 80;
    case SecretKind::hmac_key:
    case SecretKind::key_encryption_key:
    case SecretKind::url:
      return std::nullopt;
  }
  return std::nullopt;
}

// Rounded down.
std::string in_words(double bits) {
  return std::to_string(static_cast<int>(std::floor(bits))) + " bits";
}

// The estimate is an upper bound, so what fails is weak for certain.
Verdict evaluate_token_strength(const SecretFile& file, const Policy& /*policy*/) {
  const auto required = required_bits(secret_named(file.logical_name));
  if (!required) {
    return not_applicable();
  }
  if (file.fault) {
    return unknown(*file.fault, file.origin);
  }
  if (file.shape.estimated_bits >= *required) {
    return pass();
  }
  return with_expected_observed(fail(file.logical_name + " is too easy to guess", file.origin),
                                "at least " + in_words(*required),
                                in_words(file.shape.estimated_bits));
}

}  // namespace

extern constinit const Check token_strength{
    .id = "secrets-token-strength",
    .title = "Tokens and passwords are strong",
    .area = Area::secrets,
    .severity = Severity::medium,
    .evidence = Source::secrets,
    .why =
        "A short token can be found by brute force, and it gives access to the administration of "
        "all zones.",
    .remediation =
        "Generate a new one from 32 random bytes, for example with openssl rand -hex 32.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_token_strength,
};
}  // namespace compliance::secrets

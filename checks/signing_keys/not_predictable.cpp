// Whether a key can be guessed. The patterns are those that Go services refuse of a key encryption
// key, which Node of 2026.06.22 takes but for zeros (FACTS.md 3.3), and printable text in hex.
#include "checks/signing_keys/shared/key_rule.h"

namespace compliance::signing_keys {
namespace {

// As for tokens; 32 random bytes have 256.
constexpr double min_bits = 128;

// The pattern is named, which tells no byte of the key but for all zeros.
Verdict not_predictable_verdict(const KeyContent& content) {
  if (fault_of(content)) {
    return unknown_content(content);
  }
  const SecretProperties& shape = content.file->shape;
  // An empty key is the finding of the check of that key alone.
  if (shape.length == 0) {
    return attributed_to(pass(), content);
  }
  if (shape.pattern != KeyPattern::none) {
    return attributed_to(
        with_expected_observed(fail("the key follows a pattern", content.file->origin),
                               "random bytes", std::string{name_of(shape.pattern)}),
        content);
  }
  // Text that decodes to nothing counts as it is.
  const double bits = shape.decoded_bytes > 0 ? shape.key_bits : shape.estimated_bits;
  if (bits < min_bits) {
    return attributed_to(
        with_expected_observed(fail("the key is too easy to guess", content.file->origin),
                               "at least 128 bits by the estimate", "fewer"),
        content);
  }
  return attributed_to(pass(), content);
}

Verdicts evaluate_not_predictable(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const KeyContent& content : all_key_contents(installation)) {
    verdicts.push_back(not_predictable_verdict(content));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check not_predictable{
    .id = "signing-keys-not-predictable",
    .title = "No key follows a pattern or has less than 128 bits by the estimate",
    .area = Area::signing_keys,
    .severity = Severity::critical,
    .evidence = Source::secrets,
    .why = "A key that can be guessed protects nothing, whatever its length.",
    .remediation = "Replace the key with random bytes, for example from 'openssl rand -hex 32'.",
    .reference = "https://csrc.nist.gov/pubs/sp/800/133/r2/final",
    .rule = RuleOnEach<Installation>{&evaluate_not_predictable},
};

}  // namespace compliance::signing_keys

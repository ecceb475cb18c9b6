// One source for a key that several services share
#include <iterator>

#include "checks/signing_keys/shared/key_agreement.h"

namespace compliance::signing_keys {
namespace {

Verdicts evaluate_same_on_both_sides(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const SigningKey& key : keys::all) {
    Verdicts of_key = judge_key_agreement(installation, key);
    verdicts.insert(verdicts.end(), std::make_move_iterator(of_key.begin()),
                    std::make_move_iterator(of_key.end()));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check same_on_both_sides{
    .id = "signing-keys-same-on-both-sides",
    .title = "Services that share a key read it from the same secret",
    .area = Area::signing_keys,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why =
        "Two sources drift apart at the next rotation: signatures of one side are then refused, "
        "or an old key stays in use unnoticed.",
    .remediation = "Mount one secret into all services that share the key.",
    .reference = "https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final",
    .rule = RuleOnEach<Installation>{&evaluate_same_on_both_sides},
};

}  // namespace compliance::signing_keys

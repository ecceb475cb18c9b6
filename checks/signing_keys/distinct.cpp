// Whether two signing keys share a value. No service of the product compares keys with one another
// (FACTS.md 3.3).
#include <algorithm>

#include "checks/signing_keys/shared/key_rule.h"

namespace compliance::signing_keys {
namespace {

// Under its new name a KEK keeps its value: files of both names are equal during an upgrade.
bool is_renamed_key(const std::string& one, const std::string& other) {
  return one == "zoneKek" && other.compare(0, 14, "secretStoreKek") == 0;
}

// By decoded bytes; unknown content shares nothing, nor do empty keys: each is the finding of its
// own check.
bool share_value(const KeyContent& one, const KeyContent& other) {
  return !fault_of(one) && !fault_of(other) && !is_renamed_key(one.name, other.name) &&
         !is_renamed_key(other.name, one.name) && one.file->shape.length != 0 &&
         one.file->decoded_fingerprint == other.file->decoded_fingerprint;
}

// Of several equal keys the last is named.
Verdict distinct_verdict(const KeyContent& content, const std::vector<KeyContent>& all) {
  if (fault_of(content)) {
    return unknown_content(content);
  }
  const auto twin = std::find_if(all.rbegin(), all.rend(), [&content](const KeyContent& other) {
    return &other != &content && share_value(content, other);
  });
  return attributed_to(twin == all.rend() ? pass()
                                          : fail("has the same value as the secret " + twin->name,
                                                 content.file->origin),
                       content);
}

// Both keys of a pair fail, each naming the other. The keys are a handful, so comparing all pairs
// costs nothing.
Verdicts evaluate_distinct(const Installation& installation, const Policy& /*policy*/) {
  const std::vector<KeyContent> contents = all_key_contents(installation);
  Verdicts verdicts;
  for (const KeyContent& content : contents) {
    verdicts.push_back(distinct_verdict(content, contents));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check distinct{
    .id = "signing-keys-distinct",
    .title = "Signing keys differ from one another",
    .area = Area::signing_keys,
    .severity = Severity::high,
    .evidence = Source::secrets,
    .why =
        "One leaked value then breaks every boundary that it protects, and no key can be rotated "
        "alone.",
    .remediation = "Give each key a value of its own, for example from 'openssl rand -hex 32'.",
    .reference = "https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final",
    .rule = RuleOnEach<Installation>{&evaluate_distinct},
};

}  // namespace compliance::signing_keys

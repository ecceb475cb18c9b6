// Whether services that share a key read it from one source. HMAC keys have no overlap: both sides
// have to change together (FACTS.md 13.1).
#include <algorithm>

#include "checks/caracal/mounts.h"
#include "checks/caracal/settings.h"
#include "checks/check.h"
#include "checks/signing_keys/shared/signing_key.h"

namespace compliance::signing_keys {
namespace {

// The source of a setting. Inline text is the `key` of a source without secret; it is compared and
// never shown.
std::optional<SecretIdentity> source_of(const KeySetting& setting) {
  if (setting.setting.form == SettingForm::inline_value) {
    return SecretIdentity{.key = setting.setting.variable->value.value_or("")};
  }
  return identity_of(setting);
}

bool have_equal_content(const SecretFile* one, const SecretFile* other) {
  // One file for two sources proves nothing about the second.
  return one != nullptr && other != nullptr && one != other && !one->fault && !other->fault &&
         one->decoded_fingerprint == other->decoded_fingerprint;
}

// For a key that is set and whose source cannot be told.
Verdict unknown_source(const KeySetting& setting) {
  const Origin& origin = setting.setting.variable != nullptr ? setting.setting.variable->origin
                                                             : setting.container->origin;
  if (setting.setting.form == SettingForm::undecidable) {
    return attributed_to(unknown(fault_of(setting), origin), *setting.container);
  }
  return attributed_to(
      unknown(UnknownReason::not_observable,
              "no secret is mounted where " + std::string{setting.variable} + " is read from",
              origin),
      *setting.container);
}

// `first` is the first container whose source is known.
Verdict differs(const KeySetting& setting, const KeySetting& first) {
  return attributed_to(fail("reads " + std::string{setting.variable} +
                                " from a different source than " + first.container->object,
                            setting.setting.variable->origin),
                       *setting.container);
}

// Compares the sources of the key in all containers that have it: secret and key of a mounted file
// or a reference, the text of inline ones. Two sources whose files are known to have equal content
// agree. One failing verdict for each container that differs from the first, one unknown for each
// whose source cannot be told; none at all when fewer than two containers have the key.
Verdicts agreement_verdicts(const Installation& installation, const SigningKey& key) {
  std::vector<KeySetting> settings = key_settings(installation, key);
  std::erase_if(settings, [](const KeySetting& setting) {
    return setting.setting.form == SettingForm::unset;
  });
  if (settings.size() < 2) {
    return {};
  }
  Verdicts verdicts;
  const auto first = std::find_if(settings.begin(), settings.end(), [](const KeySetting& setting) {
    return source_of(setting).has_value();
  });
  const auto common = first == settings.end() ? std::nullopt : source_of(*first);
  for (const KeySetting& setting : settings) {
    const auto source = source_of(setting);
    if (!source) {
      verdicts.push_back(unknown_source(setting));
    } else if (source != common &&
               !have_equal_content(file_of(installation, setting), file_of(installation, *first))) {
      verdicts.push_back(differs(setting, *first));
    }
  }
  if (verdicts.empty()) {
    verdicts.push_back(attributed_to(pass(), Component::installation, std::string{key.variable}));
  }
  return verdicts;
}

Verdicts evaluate_same_on_both_sides(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const SigningKey& key : keys::all) {
    append(verdicts, agreement_verdicts(installation, key));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check same_on_both_sides{
    .id = "signing-keys-same-on-both-sides",
    .title = "Services that share a key read it from the same secret",
    .area = Area::signing_keys,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "Two sources drift apart at the next rotation: the signatures of one side are then "
        "rejected, or an old key stays in use unnoticed.",
    .remediation = "Mount one secret into all services that share the key.",
    .reference = "https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final",
    .rule = RuleOnEach<Installation>{&evaluate_same_on_both_sides},
};

}  // namespace compliance::signing_keys

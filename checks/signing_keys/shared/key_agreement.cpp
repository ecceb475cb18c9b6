// Whether services that share a key read it from one source.
#include "checks/signing_keys/shared/key_agreement.h"

#include <algorithm>

#include "checks/caracal/mounts.h"
#include "checks/caracal/settings.h"

namespace compliance {
namespace {

// What a setting leads to. Inline text stands in `key` of a source without secret; it is compared
// and never shown.
std::optional<SecretIdentity> source_of(const KeySetting& setting) {
  if (setting.setting.form == SettingForm::inline_value) {
    return SecretIdentity{.key = setting.setting.variable->value.value_or("")};
  }
  return identity_of(setting);
}

bool have_equal_content(const SecretFile* one, const SecretFile* other) {
  // One file that stands for two sources says nothing about the second.
  return one != nullptr && other != nullptr && one != other && !one->fault && !other->fault &&
         one->decoded_fingerprint == other->decoded_fingerprint;
}

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

Verdict differs(const KeySetting& setting, const KeySetting& first) {
  return attributed_to(fail("reads " + std::string{setting.variable} +
                                " from another source than " + first.container->object,
                            setting.setting.variable->origin),
                       *setting.container);
}

}  // namespace

Verdicts judge_key_agreement(const Installation& installation, const SigningKey& key) {
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

}  // namespace compliance

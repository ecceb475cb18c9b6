// The rule that the checks of single keys share.
#include "checks/signing_keys/shared/key_rule.h"

#include "checks/caracal/settings.h"

namespace compliance {
namespace {

// FACTS.md 3.3.
constexpr std::size_t key_bytes = 32;

std::string_view name_of(KeyLength length) {
  return length == KeyLength::exactly_32_bytes ? "hex of exactly 32 bytes"
                                               : "hex of at least 32 bytes";
}

// In decoded bytes.
bool is_long_enough(std::size_t bytes, KeyLength length) {
  return length == KeyLength::exactly_32_bytes ? bytes == key_bytes : bytes >= key_bytes;
}

// Shape and length, which may be shown; nothing of the key.
std::string observed(const SecretProperties& shape) {
  if (shape.length == 0) {
    return "an empty file";
  }
  if (shape.hexadecimal) {
    return "hex of " + std::to_string(shape.decoded_bytes) + " bytes";
  }
  return shape.base64 ? "base64 text" : "text that is not hex";
}

// Both names where the key has been renamed.
std::string absence_of(const SigningKey& key) {
  const std::string name{key.variable};
  return key.former_variable.empty()
             ? name + " is not set"
             : "neither " + name + " nor " + std::string{key.former_variable} + " is set";
}

// The product decodes strict hex, so any other text fails whatever its length.
Verdict content_verdict(const KeyContent& content, KeyLength length) {
  if (fault_of(content)) {
    return unknown_content(content);
  }
  const SecretProperties& shape = content.file->shape;
  if (shape.hexadecimal && is_long_enough(shape.decoded_bytes, length)) {
    return attributed_to(pass(), content);
  }
  const std::string expected{name_of(length)};
  return attributed_to(
      with_expected_observed(fail("the key is not " + expected, content.file->origin), expected,
                             observed(shape)),
      content);
}

}  // namespace

Verdict attributed_to(Verdict verdict, const KeyContent& content) {
  return attributed_to(std::move(verdict), Component::installation, "secret " + content.name);
}

Verdict unknown_content(const KeyContent& content) {
  const Origin origin =
      content.file != nullptr ? content.file->origin : Origin{.source = Source::secrets};
  return attributed_to(unknown(*fault_of(content), origin), content);
}

Verdict key_setting_verdict(const KeySetting& setting, const SigningKey& key) {
  const Container& container = *setting.container;
  switch (setting.setting.form) {
    // A service without the key does not start, so nothing is exposed.
    case SettingForm::unset:
      return attributed_to(with_severity(fail(absence_of(key), container.origin), Severity::low),
                           container);
    case SettingForm::undecidable: {
      const Variable* variable = setting.setting.variable;
      return attributed_to(
          unknown(fault_of(setting), variable != nullptr ? variable->origin : container.origin),
          container);
    }
    case SettingForm::inline_value:
    case SettingForm::file:
    case SettingForm::reference:
      break;
  }
  return attributed_to(pass(), container);
}

Verdicts evaluate_key_settings(const Installation& installation, const SigningKey& key) {
  Verdicts verdicts;
  for (const KeySetting& setting : key_settings(installation, key)) {
    verdicts.push_back(key_setting_verdict(setting, key));
  }
  return verdicts;
}

Verdicts evaluate_key_contents(const Installation& installation, const SigningKey& key,
                               KeyLength length) {
  Verdicts verdicts;
  for (const KeyContent& content : key_contents(installation, key)) {
    verdicts.push_back(content_verdict(content, length));
  }
  return verdicts;
}

Verdicts evaluate_key(const Installation& installation, const SigningKey& key, KeyLength length) {
  Verdicts verdicts = evaluate_key_settings(installation, key);
  append(verdicts, evaluate_key_contents(installation, key, length));
  return verdicts;
}

}  // namespace compliance

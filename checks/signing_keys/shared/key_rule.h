// The rule that the checks of single keys share.
#pragma once

#include <cstdint>

#include "checks/check.h"
#include "checks/signing_keys/shared/signing_key.h"

namespace compliance {

// How many bytes a key must have. Source: FACTS.md 3.3.
enum class KeyLength : std::uint8_t { at_least_32_bytes, exactly_32_bytes };

// Whether each container that reads the key has it: unset fails with severity low, since the
// product refuses to start. Inline keys and references count as set; other checks evaluate them.
Verdicts evaluate_key_settings(const Installation& installation, const SigningKey& key);

// Whether the files that hold the key have hex of the right length.
Verdicts evaluate_key_contents(const Installation& installation, const SigningKey& key,
                               KeyLength length);

// Settings first, then contents.
Verdicts evaluate_key(const Installation& installation, const SigningKey& key, KeyLength length);

// The verdict of one setting of that key.
Verdict key_setting_verdict(const KeySetting& setting, const SigningKey& key);

// `verdict` attributed to the secret file.
Verdict attributed_to(Verdict verdict, const KeyContent& content);

// Unknown, with the reason why the file's content is not known.
Verdict unknown_content(const KeyContent& content);

}  // namespace compliance

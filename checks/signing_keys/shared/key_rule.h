// The rule that the rows of single keys share.
#pragma once

#include <cstdint>

#include "checks/check.h"
#include "checks/signing_keys/shared/signing_key.h"

namespace compliance {

// How many bytes a key must have. Source: facts 3.3.
enum class KeyLength : std::uint8_t { at_least_32_bytes, exactly_32_bytes };

// Whether each container that reads the key has it: unset fails with severity low, since the
// product refuses to start. Inline keys and references count as set; other checks judge them.
Verdicts judge_key_settings(const Installation& installation, const SigningKey& key);

// Whether the files that hold the key have hex of the right length.
Verdicts judge_key_contents(const Installation& installation, const SigningKey& key,
                            KeyLength length);

// Both.
Verdicts judge_key(const Installation& installation, const SigningKey& key, KeyLength length);

// The verdict of one setting of that key.
Verdict judge_key_setting(const KeySetting& setting, const SigningKey& key);

// `verdict` as one about the secret file, at the place of the file.
Verdict attributed_to(Verdict verdict, const KeyContent& content);

// Unknown with the reason why nothing is known of the file's content.
Verdict unknown_content(const KeyContent& content);

}  // namespace compliance

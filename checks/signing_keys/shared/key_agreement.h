// Whether services that share a key read it from one source.
#pragma once

#include "checks/check.h"
#include "checks/signing_keys/shared/signing_key.h"

namespace compliance {

// Compares the sources of the key in all containers that have it: secret and key of a mounted file
// or a reference, the text of inline ones. Two sources whose files are known to have equal content
// agree. One failing verdict for each container that differs from the first, one unknown for each
// whose source cannot be told; none at all when fewer than two containers have the key.
Verdicts judge_key_agreement(const Installation& installation, const SigningKey& key);

}  // namespace compliance

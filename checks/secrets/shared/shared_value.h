// Which secrets have to differ from one another.
#pragma once

#include "checks/facts/installation.h"

namespace compliance {

// True for files of the inventory that hold a value of their own: all but URLs, which repeat
// passwords by nature.
bool has_own_value(const SecretFile& file);

// Another secret's file with the same value, compared decoded; null when there is none. Copies of
// one secret are the same secret, and so is a key encryption key under its old and its new name.
// Empty files share nothing.
const SecretFile* sharing_value(const SecretFile& file, const Installation& installation);

}  // namespace compliance

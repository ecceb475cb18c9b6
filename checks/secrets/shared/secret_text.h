// The texts of secrets wherever they can be seen: files, environments, manifests.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/facts/installation.h"

namespace compliance {

// A secret of the inventory whose text is within sight; the text itself is not kept.
struct SecretText {
  std::string name{};  // logical name, variable, or key
  SecretProperties shape{};
  bool is_url = false;           // only its password part counts
  std::optional<Fault> fault{};  // the text can not be known
  Component component = Component::installation;
  std::string object{};
  Origin origin{};
};

// Secret files, variables with a text in the files, and plaintext values of Secrets and
// ConfigMaps; for containers with an incomplete environment also one fault.
std::vector<SecretText> secret_texts(const Installation& installation);

// True when the whole value, of URLs the password, is a well-known placeholder.
bool is_placeholder(const SecretText& secret);

}  // namespace compliance

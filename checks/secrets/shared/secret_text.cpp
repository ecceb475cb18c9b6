// The texts of secrets wherever they can be seen: files, environments, manifests.
#include "checks/secrets/shared/secret_text.h"

#include <utility>

#include "checks/secrets/shared/suspicious_value.h"

namespace compliance {
namespace {

void append_files(std::vector<SecretText>& texts, const Installation& installation) {
  for (const SecretFile& file : installation.secrets.files) {
    if (const KnownSecret* secret = secret_named(file.logical_name)) {
      texts.push_back({.name = file.logical_name,
                       .shape = file.shape,
                       .is_url = secret->kind == SecretKind::url,
                       .fault = file.fault,
                       .object = "secret " + file.logical_name,
                       .origin = file.origin});
    }
  }
}

void append_variables(std::vector<SecretText>& texts, const Container& container) {
  for (const Variable& variable : container.environment.variables) {
    const KnownSecret* secret = secret_of_variable(variable.name);
    const std::string* text = inline_text(variable);
    if (secret == nullptr || (text == nullptr && !is_undecided_inline(variable))) {
      continue;
    }
    texts.push_back({.name = variable.name,
                     .shape = text != nullptr ? shape_of(*text) : SecretProperties{},
                     .is_url = secret->kind == SecretKind::url,
                     .fault = text != nullptr ? std::nullopt : variable.fault,
                     .component = container.component,
                     .object = container.object,
                     .origin = variable.origin});
  }
  if (container.environment.incomplete) {
    texts.push_back({.fault = container.environment.incomplete,
                     .component = container.component,
                     .object = container.object,
                     .origin = container.origin});
  }
}

void append_stored(std::vector<SecretText>& texts, const StoredObject& object) {
  for (const StoredValue& value : object.values) {
    const KnownSecret* secret = secret_of_key(value.key);
    if (secret != nullptr && value.form == StoredForm::plaintext) {
      texts.push_back({.name = value.key,
                       .shape = value.shape,
                       .is_url = secret->kind == SecretKind::url,
                       .object = object.object,
                       .origin = value.origin});
    }
  }
}

}  // namespace

std::vector<SecretText> secret_texts(const Installation& installation) {
  std::vector<SecretText> texts;
  append_files(texts, installation);
  for (const Container& container : installation.containers()) {
    append_variables(texts, container);
  }
  for (const StoredObject& object : installation.kubernetes.stored_objects) {
    append_stored(texts, object);
  }
  return texts;
}

bool is_placeholder(const SecretText& secret) {
  if (!secret.is_url) {
    return secret.shape.placeholder;
  }
  return secret.shape.url && secret.shape.url->placeholder_password;
}

}  // namespace compliance

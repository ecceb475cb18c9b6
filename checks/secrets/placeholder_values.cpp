// Whether a secret is a well-known placeholder, wherever its text can be seen: in files,
// environments and manifests.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checks/check.h"
#include "checks/facts/installation.h"
#include "checks/secrets/shared/suspicious_value.h"

namespace compliance::secrets {
namespace {

// A secret of the inventory whose text can be seen; the text itself is not kept.
struct SecretText {
  std::string name{};  // logical name, variable, or key
  SecretProperties shape{};
  bool is_url = false;           // only its password part counts
  std::optional<Fault> fault{};  // why the text is not known
  Component component = Component::installation;
  std::string object{};
  Origin origin{};
};

// Files whose names the inventory does not know may hold anything and are left out.
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

// An undecided variable brings its fault; references have no text here.
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

// ConfigMaps too: a placeholder there is one all the same.
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

// Secret files, variables with a text in the files, and plaintext values of Secrets and
// ConfigMaps; for containers with an incomplete environment also one fault.
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

// True when the whole value, of URLs the password, is a well-known placeholder.
bool is_placeholder(const SecretText& secret) {
  if (!secret.is_url) {
    return secret.shape.placeholder;
  }
  return secret.shape.url && secret.shape.url->placeholder_password;
}

// The reason of an unreadable file or an undecided variable stays that of the text itself.
Verdict placeholder_values_verdict(const SecretText& secret) {
  if (secret.fault) {
    return attributed_to(unknown(*secret.fault, secret.origin), secret.component, secret.object);
  }
  if (!is_placeholder(secret)) {
    return attributed_to(pass(), secret.component, secret.object);
  }
  return attributed_to(with_expected_observed(
                           fail(secret.name + " is set to a well-known placeholder", secret.origin),
                           "a random value", "a placeholder"),
                       secret.component, secret.object);
}

Verdicts evaluate_placeholder_values(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const SecretText& secret : secret_texts(installation)) {
    verdicts.push_back(placeholder_values_verdict(secret));
  }
  // Environments and manifests alone do not show what the files hold.
  if (!has_any(installation.configured, Source::secrets)) {
    verdicts.push_back(
        unknown(UnknownReason::not_configured, "no secret files are configured", Origin{}));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check placeholder_values{
    .id = "secrets-placeholder-values",
    .title = "No secret is a well-known placeholder",
    .area = Area::secrets,
    .severity = Severity::critical,
    .evidence = Source::secrets | Source::compose | Source::kubernetes,
    .why = "Attackers try words from examples first.",
    .remediation = "Replace it with a random value, for example from openssl rand -hex 32.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_placeholder_values,
};

}  // namespace compliance::secrets

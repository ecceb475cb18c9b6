// The signing keys: which services read each, how it is set, and which secret file holds it.
#include "checks/signing_keys/shared/signing_key.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "checks/caracal/mounts.h"
#include "checks/caracal/secret_inventory.h"
#include "checks/caracal/settings.h"

namespace compliance {
namespace {

// The file's name; the text itself where it has no slash.
std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// The name that the inventory has for the variable's secret.
std::string file_name_of(std::string_view variable) {
  const KnownSecret* known = secret_of_variable(variable);
  return std::string{known == nullptr ? variable : known->logical_name};
}

// The variable in effect: a set one, else one that may be set, else the current name.
KeySetting setting_of(const Container& container, const SigningKey& key) {
  const KeySetting current{&container, key.variable,
                           setting_in_effect(container.environment, key.variable)};
  if (key.former_variable.empty()) {
    return current;
  }
  const KeySetting former{&container, key.former_variable,
                          setting_in_effect(container.environment, key.former_variable)};
  const auto rank = [](const KeySetting& setting) {
    switch (setting.setting.form) {
      case SettingForm::unset:
        return 0;
      case SettingForm::undecidable:
        return 1;
      default:
        return 2;
    }
  };
  return rank(former) > rank(current) ? former : current;
}

// In a pod every container with the component's label counts for it, sidecars too.
bool is_beside_a_reader(const KeySetting& setting, const std::vector<KeySetting>& all) {
  return setting.setting.form == SettingForm::unset && !setting.container->workload.empty() &&
         std::any_of(all.begin(), all.end(), [&](const KeySetting& other) {
           return other.container->workload == setting.container->workload &&
                  other.setting.form != SettingForm::unset;
         });
}

// The file that a setting leads to; empty for forms that have none.
std::string file_name_of(const KeySetting& setting) {
  if (setting.setting.form == SettingForm::reference) {
    return setting.setting.variable->reference_key;
  }
  if (setting.setting.form != SettingForm::file) {
    return {};
  }
  const auto identity = identity_of(setting);
  return identity ? last_part(identity->key.empty() ? identity->secret : identity->key)
                  : file_name_of(setting.variable);
}

// `absence` is why the content is unknown if no file of that name is there.
KeyContent content_named(const Installation& installation, std::string name, Fault absence) {
  const SecretFile* file = find_secret_file(installation, name);
  if (!has_any(installation.configured, Source::secrets)) {
    absence = {
        .reason = UnknownReason::not_configured,
        .message = "no secret files are configured, so the content of " + name + " is not known"};
  }
  return {.name = std::move(name), .file = file, .absence = std::move(absence)};
}

// For a file that the settings lead to.
Fault missing(const std::string& name) {
  return {.reason = UnknownReason::missing_object,
          .message = "no secret file " + name + " is among those configured"};
}

// For a key that comes by secretKeyRef.
Fault referred_to(const Variable& variable) {
  return {.reason = UnknownReason::not_observable,
          .message = variable.name + " comes from the Secret " + variable.reference_name +
                     ", whose content no configured secret file shows"};
}

// Each name once, the first wins.
void add(std::vector<KeyContent>& contents, KeyContent content) {
  const bool known = std::any_of(contents.begin(), contents.end(), [&](const KeyContent& other) {
    return other.name == content.name;
  });
  if (!known) {
    contents.push_back(std::move(content));
  }
}

// For installations that show only secret files.
std::vector<KeyContent> contents_by_inventory(const Installation& installation,
                                              const SigningKey& key) {
  std::vector<KeyContent> contents;
  for (const std::string_view variable : {key.variable, key.former_variable}) {
    const std::string name = file_name_of(variable);
    if (find_secret_file(installation, name) != nullptr) {
      contents.push_back(content_named(installation, name, {}));
    }
  }
  const bool alone = !has_any(installation.configured, Source::compose | Source::kubernetes);
  if (contents.empty() && alone && !key.since_v0_1_0) {
    const std::string name = file_name_of(key.variable);
    contents.push_back(content_named(installation, name, missing(name)));
  }
  return contents;
}

}  // namespace

// All containers are needed first: whether one is a sidecar, its neighbours tell.
std::vector<KeySetting> key_settings(const Installation& installation, const SigningKey& key) {
  std::vector<KeySetting> all;
  for (const Component component : key.readers) {
    for (const Container* container : main_containers_of(installation, component)) {
      all.push_back(setting_of(*container, key));
    }
  }
  std::vector<KeySetting> settings;
  std::copy_if(all.begin(), all.end(), std::back_inserter(settings),
               [&all](const KeySetting& setting) { return !is_beside_a_reader(setting, all); });
  return settings;
}

Fault fault_of(const KeySetting& setting) {
  if (setting.setting.variable != nullptr && setting.setting.variable->fault) {
    return *setting.setting.variable->fault;
  }
  return setting.container->environment.incomplete.value_or(
      Fault{.reason = UnknownReason::unresolved_reference,
            .message = std::string{setting.variable} + " cannot be resolved"});
}

// Text that is set inline has no source to share.
std::optional<SecretIdentity> identity_of(const KeySetting& setting) {
  const Variable* variable = setting.setting.variable;
  if (setting.setting.form == SettingForm::reference) {
    return SecretIdentity{.secret = variable->reference_name, .key = variable->reference_key};
  }
  if (setting.setting.form != SettingForm::file || !variable->value) {
    return std::nullopt;
  }
  return secret_at(*setting.container, *variable->value);
}

const SecretFile* file_of(const Installation& installation, const KeySetting& setting) {
  const std::string name = file_name_of(setting);
  return name.empty() ? nullptr : find_secret_file(installation, name);
}

std::optional<Fault> fault_of(const KeyContent& content) {
  return content.file == nullptr ? content.absence : content.file->fault;
}

std::vector<KeyContent> key_contents(const Installation& installation, const SigningKey& key) {
  const std::vector<KeySetting> settings = key_settings(installation, key);
  // Without readers there are no settings; the files may still be evaluated.
  if (settings.empty()) {
    return contents_by_inventory(installation, key);
  }
  std::vector<KeyContent> contents;
  for (const KeySetting& setting : settings) {
    const std::string name = file_name_of(setting);
    if (!name.empty()) {
      const bool referred = setting.setting.form == SettingForm::reference;
      add(contents,
          content_named(installation, name,
                        referred ? referred_to(*setting.setting.variable) : missing(name)));
    }
  }
  return contents;
}

std::vector<KeyContent> all_key_contents(const Installation& installation) {
  std::vector<KeyContent> contents;
  for (const SigningKey& key : keys::all) {
    for (KeyContent& content : key_contents(installation, key)) {
      add(contents, std::move(content));
    }
  }
  // Previous keys have no reader in settings, but decrypt or verify old data all the same.
  for (const SecretFile& file : installation.secrets.files) {
    const KnownSecret* known = secret_named(file.logical_name);
    if (known != nullptr &&
        (known->kind == SecretKind::hmac_key || known->kind == SecretKind::key_encryption_key)) {
      add(contents, {.name = file.logical_name, .file = &file});
    }
  }
  return contents;
}

}  // namespace compliance

// Compose schema: refuses lists and mappings where Compose expects something else.
#include "exporter/observe/compose/model/schema.h"

#include <algorithm>
#include <array>
#include <string>

namespace compliance::compose {
namespace {

// Forms that a value may have, combined with |.
enum ValueType : unsigned {
  nothing = 1,
  text = 2,
  texts = 4,      // list of texts
  entries = 8,    // list of texts and mappings
  settings = 16,  // mapping to texts and nulls
  mapping = 32,
};

// A key with the forms that Compose accepts for it.
struct KeyForm {
  std::string_view key;
  unsigned forms;
};

// The keys that facts are read from, by the schema of the Compose specification. Numbers and
// booleans are texts here: what they mean is for whoever reads the key.
constexpr auto service_forms = std::to_array<KeyForm>({
    {"image", text},
    {"build", text | mapping},
    {"command", nothing | text | texts},
    {"entrypoint", nothing | text | texts},
    {"environment", texts | settings},
    {"env_file", text | entries},
    {"ports", entries},
    {"expose", texts},
    {"volumes", entries},
    {"volumes_from", texts},
    {"tmpfs", text | texts},
    {"secrets", entries},
    {"configs", entries},
    {"security_opt", texts},
    {"cap_add", texts},
    {"cap_drop", texts},
    {"devices", entries},
    {"gpus", text | entries},
    {"device_cgroup_rules", texts},
    {"sysctls", texts | settings},
    {"networks", texts | mapping},
    {"network_mode", text},
    {"pid", nothing | text},
    {"ipc", text},
    {"uts", text},
    {"userns_mode", text},
    {"cgroup", text},
    {"user", text},
    {"privileged", text},
    {"read_only", text},
    {"profiles", texts},
    {"deploy", nothing | mapping},
    {"mem_limit", text},
    {"cpus", text},
    {"pids_limit", text},
    {"use_api_socket", text},
    {"pre_start", entries},
    {"post_start", entries},
    {"pre_stop", entries},
});

// Of an entry of post_start or pre_stop.
constexpr auto hook_forms = std::to_array<KeyForm>({
    {"command", nothing | text | texts},
    {"user", text},
    {"privileged", text},
    {"environment", texts | settings},
});

// Of an entry of the top-level `secrets`.
constexpr auto secret_forms = std::to_array<KeyForm>({
    {"file", text},
    {"environment", text},
    {"external", text | mapping},
    {"content", text},
});

bool all_items(const Value& value, bool (*accepts)(const Value&)) {
  return std::all_of(value.items.begin(), value.items.end(), accepts);
}

// All forms that a value has: a list of texts is also a list of texts and mappings. 0 for a list
// that holds lists or nulls, which no key accepts.
unsigned forms_of(const Value& value) {
  switch (value.kind) {
    case document::Kind::null:
      return nothing;
    case document::Kind::scalar:
      return text;
    case document::Kind::sequence:
      if (all_items(value, [](const Value& item) { return item.is_scalar(); })) {
        return texts | entries;
      }
      return all_items(value,
                       [](const Value& item) { return item.is_scalar() || item.is_mapping(); })
                 ? entries
                 : 0U;
    case document::Kind::mapping:
      return all_items(value, [](const Value& item) { return item.is_scalar() || item.is_null(); })
                 ? settings | mapping
                 : mapping;
  }
  return 0U;
}

// The accepted forms in words for a message; "null" is not mentioned, since nobody asks for it.
std::string words_for(unsigned forms) {
  constexpr auto words = std::to_array<std::pair<unsigned, const char*>>({
      {text, "a text"},
      {texts, "a list of texts"},
      {entries, "a list"},
      {settings, "a mapping of names to texts"},
      {mapping, "a mapping"},
  });
  std::string result;
  for (const auto& [form, word] : words) {
    if ((forms & form) != 0U) {
      result += (result.empty() ? "" : " or ") + std::string{word};
    }
  }
  return result;
}

// The first key of `value` with a form that is not allowed. `owner` is for the message.
template <std::size_t size>
std::optional<LocatedFault> fault_in(const Value& value, const std::array<KeyForm, size>& allowed,
                                     const std::string& owner) {
  for (const KeyForm& form : allowed) {
    const Value* stated = value.find(form.key);
    if (stated != nullptr && (forms_of(*stated) & form.forms) == 0U) {
      return refused(stated->origin,
                     owner + ": " + std::string{form.key} + " must be " + words_for(form.forms));
    }
  }
  return std::nullopt;
}

// An empty section is null and accepted.
std::optional<LocatedFault> section_fault(const Value& model, std::string_view section) {
  const Value* value = model.find(section);
  if (value == nullptr || value->is_null() || value->is_mapping()) {
    return std::nullopt;
  }
  return refused(value->origin, std::string{section} + " must be a mapping");
}

}  // namespace

std::optional<LocatedFault> schema_fault(const Value& model) {
  const Value* services = model.find("services");
  const bool has_jobs = model.find("jobs") != nullptr;
  // A file without services starts nothing, and Compose refuses it.
  if (services == nullptr ? !has_jobs : !services->is_mapping() && !has_jobs) {
    return refused(services == nullptr ? model.origin : services->origin,
                   services == nullptr ? "there are no services" : "services must be a mapping");
  }
  for (const std::string_view section :
       {"services", "jobs", "volumes", "networks", "secrets", "configs"}) {
    if (auto fault = section_fault(model, section)) {
      return fault;
    }
  }
  return std::nullopt;
}

std::optional<LocatedFault> service_schema_fault(const Value& service, const Origin& key,
                                                 const std::string& owner) {
  if (!service.is_mapping()) {
    return refused(key, owner + " must be a mapping");
  }
  return fault_in(service, service_forms, owner);
}

std::optional<LocatedFault> hook_schema_fault(const Value& hook, const std::string& owner) {
  if (!hook.is_mapping()) {
    return refused(hook.origin, owner + " must be a mapping");
  }
  return fault_in(hook, hook_forms, owner);
}

std::optional<LocatedFault> secret_schema_fault(const Value& secret, const Origin& key,
                                                const std::string& owner) {
  if (!secret.is_mapping()) {
    return refused(key, owner + " must be a mapping");
  }
  return fault_in(secret, secret_forms, owner);
}

}  // namespace compliance::compose

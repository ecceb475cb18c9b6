// Finds the URLs of Postgres and Redis.
#include "checks/subject/data_store.h"

#include <algorithm>

#include "checks/subject/environment.h"
#include "checks/subject/host_class.h"
#include "checks/subject/secret_inventory.h"

namespace compliance {
namespace {

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

Fact<UrlShape> shape_fact(const SecretShape& shape, const Origin& origin) {
  Fact<UrlShape> fact{.value = shape.url, .origin = origin};
  if (!fact.value) {
    fact.fault = Fault{.reason = UnknownReason::unparsable, .message = "holds no URL"};
  }
  return fact;
}

Fact<UrlShape> faulty(Fault fault, const Origin& origin) {
  return {.origin = origin, .fault = std::move(fault)};
}

// The plaintext value of a Secret among the manifests, or null.
const StoredValue* stored_value(const Installation& installation, const SecretIdentity& identity) {
  for (const StoredObject& object : installation.stored_objects) {
    if (object.kind != StoreKind::secret || object.name != identity.secret) {
      continue;
    }
    const auto found = std::find_if(
        object.values.begin(), object.values.end(), [&identity](const StoredValue& value) {
          return value.key == identity.key && value.form == StoredForm::plaintext;
        });
    if (found != object.values.end()) {
      return &*found;
    }
  }
  return nullptr;
}

Fault unseen(const Installation& installation, const std::string& name) {
  if (!has_any(installation.configured, Evidence::secret_files)) {
    return {.reason = UnknownReason::not_configured,
            .message = "no secret files are configured, so the URL in " + name + " is not known"};
  }
  return {.reason = UnknownReason::missing_object,
          .message = "no secret file " + name + " is among those configured"};
}

Fact<UrlShape> shape_of_secret(const Installation& installation, const SecretIdentity& identity,
                               const std::string& name) {
  if (const StoredValue* stored = stored_value(installation, identity)) {
    return shape_fact(stored->shape, stored->origin);
  }
  const SecretFile* file = find_secret_file(installation, name);
  if (file == nullptr) {
    return faulty(unseen(installation, name), Origin{.source = Source::secrets});
  }
  return file->fault ? faulty(*file->fault, file->origin) : shape_fact(file->shape, file->origin);
}

StoreUrl from_secret(const Installation& installation, const SecretIdentity& identity) {
  const std::string name = last_part(identity.key.empty() ? identity.secret : identity.key);
  return {.object = identity.key.empty() ? "secret " + name
                                         : "Secret " + identity.secret + " key " + identity.key,
          .name = name,
          .shape = shape_of_secret(installation, identity, name)};
}

// What the container reads the URL from by that variable; nothing when it is not set.
std::optional<StoreUrl> url_of(const Installation& installation, const Container& container,
                               std::string_view variable) {
  const Setting setting = setting_in_effect(container.environment, variable);
  StoreUrl url{
      .component = container.component, .object = container.object, .name = std::string{variable}};
  switch (setting.form) {
    case SettingForm::unset:
      return std::nullopt;
    case SettingForm::inline_value:
      url.shape =
          shape_fact(shape_of(setting.variable->value.value_or("")), setting.variable->origin);
      return url;
    case SettingForm::reference:
      return from_secret(installation, {.secret = setting.variable->reference_name,
                                        .key = setting.variable->reference_key});
    case SettingForm::file: {
      const auto identity = secret_at(container, setting.variable->value.value_or(""));
      const KnownSecret* known = secret_of_variable(variable);
      return from_secret(
          installation,
          identity.value_or(SecretIdentity{
              .secret = std::string{known == nullptr ? variable : known->logical_name}}));
    }
    case SettingForm::undecidable:
      break;
  }
  const bool stated = setting.variable != nullptr && setting.variable->fault;
  url.shape = faulty(stated ? *setting.variable->fault
                            : container.environment.incomplete.value_or(
                                  Fault{.reason = UnknownReason::unresolved_reference,
                                        .message = std::string{variable} + " cannot be resolved"}),
                     stated ? setting.variable->origin : container.origin);
  return url;
}

void add(std::vector<StoreUrl>& urls, StoreUrl url) {
  const bool known = std::any_of(urls.begin(), urls.end(), [&url](const StoreUrl& other) {
    return other.object == url.object && other.name == url.name;
  });
  if (!known) {
    urls.push_back(std::move(url));
  }
}

}  // namespace

std::optional<StoreUrl> store_url_of(const Installation& installation, const Container& container,
                                     std::span<const std::string_view> variables) {
  for (const std::string_view variable : variables) {
    if (auto url = url_of(installation, container, variable)) {
      return url;
    }
  }
  return std::nullopt;
}

std::vector<StoreUrl> store_urls(const Installation& installation,
                                 std::span<const Component> readers,
                                 std::span<const std::string_view> variables) {
  std::vector<StoreUrl> urls;
  for (const Container& container : installation.containers) {
    if (container.role != ContainerRole::main ||
        std::find(readers.begin(), readers.end(), container.component) == readers.end()) {
      continue;
    }
    if (auto url = store_url_of(installation, container, variables)) {
      add(urls, std::move(*url));
    }
  }
  for (const std::string_view variable : variables) {
    const KnownSecret* known = secret_of_variable(variable);
    const SecretFile* file = known == nullptr
                                 ? nullptr
                                 : find_secret_file(installation, std::string{known->logical_name});
    if (file != nullptr && installation.containers.empty()) {
      add(urls, from_secret(installation, {.secret = file->logical_name}));
    }
  }
  return urls;
}

bool is_bundled(const Installation& installation, Component store, std::string_view host) {
  return std::any_of(installation.containers.begin(), installation.containers.end(),
                     [&](const Container& container) {
                       return container.platform == Platform::compose &&
                              container.component == store && container.name == host;
                     });
}

bool may_be_bundled(const Installation& installation, std::string_view host) {
  return !has_any(installation.configured, Evidence::compose | Evidence::kubernetes) &&
         is_single_label(host);
}

Verdict judge_store_url(const StoreUrl& url, const Installation& installation, Component store,
                        JudgeUrl judge) {
  if (url.shape.fault) {
    return unknown(*url.shape.fault, url.shape.origin);
  }
  const UrlShape& shape = *url.shape.value;
  const bool local = shape.host.rfind('/', 0) == 0 || is_loopback_host(shape.host);
  if (local || is_bundled(installation, store, shape.host)) {
    return not_applicable();
  }
  Verdict verdict = judge(url, shape);
  if (verdict.outcome == Outcome::fail && may_be_bundled(installation, shape.host)) {
    return unknown(UnknownReason::not_configured,
                   "whether the host of " + url.name +
                       " is a service beside it only Compose or "
                       "Kubernetes files could say",
                   url.shape.origin);
  }
  return verdict;
}

}  // namespace compliance

// Finds the URLs by which services reach Postgres and Redis.
#include "checks/internal_services/shared/data_store.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "checks/caracal/mounts.h"
#include "checks/caracal/secret_inventory.h"
#include "checks/caracal/settings.h"
#include "checks/facts/environment.h"
#include "checks/formats/host_class.h"

namespace compliance {
namespace {

// The file's name; the text itself where it has no slash.
std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// For a URL without host each driver has its own default, so the host is unknown.
Fact<LooseUrl> shape_fact(const SecretProperties& shape, const std::string& name,
                          const Origin& origin) {
  Fact<LooseUrl> fact{.value = shape.url, .origin = origin};
  if (!fact.value) {
    fact.fault = Fault{.reason = UnknownReason::unparsable, .message = name + " is not a URL"};
  } else if (fact.value->scheme == "unix") {
    fact.value->host = std::string(1, '/');  // as text, g++ 12 sees memory overlap
  } else if (fact.value->host.empty()) {
    fact.value.reset();
    fact.fault = Fault{.reason = UnknownReason::unparsable,
                       .message = "the URL in " + name + " has no host"};
  }
  return fact;
}

// A URL that cannot be known, and why.
Fact<LooseUrl> faulty(Fault fault, const Origin& origin) {
  return {.origin = origin, .fault = std::move(fault)};
}

// No name of Kubernetes holds a line break.
std::string key_of(const std::string& object_namespace, const std::string& name) {
  return object_namespace + '\n' + name;
}

// Why no file shows the URL: no files are configured, or this one is not among them.
Fault unseen(const Installation& installation, const std::string& name) {
  if (!has_any(installation.configured, Source::secrets)) {
    return {.reason = UnknownReason::not_configured,
            .message = "no secret files are configured, so the URL in " + name + " is unknown"};
  }
  return {.reason = UnknownReason::missing_object,
          .message = "no secret file " + name + " is configured"};
}

// The file of that name, else the one by which the inventory knows the variable's secret: a Compose
// secret and its file may have different names.
const SecretFile* file_of(const Installation& installation, const std::string& name,
                          std::string_view variable) {
  const SecretFile* file = find_secret_file(installation, name);
  const KnownSecret* known = secret_of_variable(variable);
  return file == nullptr && known != nullptr ? find_secret_file(installation, known->logical_name)
                                             : file;
}

// Why the value of the variable is undecided.
Fact<LooseUrl> undecidable(const Container& container, const Setting& setting) {
  if (setting.variable != nullptr && setting.variable->fault) {
    return faulty(*setting.variable->fault, setting.variable->origin);
  }
  return faulty(unseen_variables(container).value_or(Fault{}), container.origin);
}

// The secret behind a path in the container.
SecretIdentity identity_at(const Container& container, const Setting& setting,
                           std::string_view variable) {
  const KnownSecret* known = secret_of_variable(variable);
  return secret_at(container, setting.variable->value.value_or(""))
      .value_or(
          SecretIdentity{.secret = std::string{known == nullptr ? variable : known->logical_name}});
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

// A release may hold two Secrets of one name, in files for different environments: all are kept.
DataStores::DataStores(const Installation& installation) : installation_(installation) {
  for (const StoredObject& object : installation.kubernetes.stored_objects) {
    if (object.kind == StoreKind::secret) {
      secrets_.emplace(key_of(object.object_namespace, object.name), &object);
    }
  }
}

std::vector<StoreUrl> DataStores::urls(std::span<const Component> readers,
                                       std::span<const std::string_view> variables) const {
  if (installation_.containers().empty()) {
    return urls_of_files(variables);
  }
  std::vector<StoreUrl> urls;
  // Replicas and containers that share a Secret yield one finding, not many.
  std::set<std::tuple<std::string, std::string, std::string>> known;
  for (const Container& container : installation_.containers()) {
    if (container.role != ContainerRole::main ||
        std::find(readers.begin(), readers.end(), container.component) == readers.end()) {
      continue;
    }
    auto url = url_of(container, variables);
    if (url && known.insert({container.object_namespace, url->object, url->name}).second) {
      urls.push_back(std::move(*url));
    }
  }
  return urls;
}

std::optional<StoreUrl> DataStores::url_of(const Container& container,
                                           std::span<const std::string_view> variables) const {
  for (const std::string_view variable : variables) {
    if (auto url = url_of(container, variable)) {
      return url;
    }
  }
  return std::nullopt;
}

// The plaintext value of a Secret of the container's namespace, or null.
const StoredValue* DataStores::stored_value(const SecretIdentity& identity,
                                            const Container& container) const {
  const auto [first, last] =
      secrets_.equal_range(key_of(container.object_namespace, identity.secret));
  for (auto secret = first; secret != last; ++secret) {
    const std::vector<StoredValue>& values = secret->second->values;
    const auto found =
        std::find_if(values.begin(), values.end(), [&identity](const StoredValue& value) {
          return value.key == identity.key && value.form == StoredForm::plaintext;
        });
    if (found != values.end()) {
      return &*found;
    }
  }
  return nullptr;
}

// `container` is null when only files are known.
StoreUrl DataStores::from_secret(const SecretIdentity& identity, const Container* container,
                                 std::string_view variable) const {
  const std::string name = last_part(identity.key.empty() ? identity.secret : identity.key);
  StoreUrl url{.object = identity.key.empty()
                             ? "secret " + name
                             : "Secret " + identity.secret + " key " + identity.key,
               .name = name};
  const StoredValue* stored = container == nullptr ? nullptr : stored_value(identity, *container);
  if (stored != nullptr) {
    url.shape = shape_fact(stored->shape, name, stored->origin);
    return url;
  }
  const SecretFile* file = file_of(installation_, name, variable);
  if (file == nullptr) {
    url.shape = faulty(unseen(installation_, name), Origin{.source = Source::secrets});
  } else {
    url.shape = file->fault ? faulty(*file->fault, file->origin)
                            : shape_fact(file->shape, name, file->origin);
  }
  return url;
}

// What the container reads the URL from by that variable; nothing when it is not set.
std::optional<StoreUrl> DataStores::url_of(const Container& container,
                                           std::string_view variable) const {
  const Setting setting = setting_in_effect(container.environment, variable);
  StoreUrl url{
      .component = container.component, .object = container.object, .name = std::string{variable}};
  switch (setting.form) {
    // An unstated variable may still come from what could not be read.
    case SettingForm::unset:
      if (container.environment.find(variable) != nullptr || !unseen_variables(container)) {
        return std::nullopt;
      }
      break;
    case SettingForm::inline_value:
      url.shape = shape_fact(shape_of(setting.variable->value.value_or("")), url.name,
                             setting.variable->origin);
      return url;
    case SettingForm::reference:
      return from_secret(
          {.secret = setting.variable->reference_name, .key = setting.variable->reference_key},
          &container, variable);
    case SettingForm::file:
      return from_secret(identity_at(container, setting, variable), &container, variable);
    case SettingForm::undecidable:
      break;
  }
  url.shape = undecidable(container, setting);
  return url;
}

// Without any container there is nobody to read them, so each file stands for itself.
std::vector<StoreUrl> DataStores::urls_of_files(std::span<const std::string_view> variables) const {
  std::vector<StoreUrl> urls;
  for (const SecretFile& file : installation_.secrets.files) {
    const KnownSecret* known = secret_named(file.logical_name);
    if (known != nullptr && is_one_of(known->variable, variables)) {
      urls.push_back(from_secret({.secret = file.logical_name}, nullptr, {}));
    }
  }
  return urls;
}

// %2f is how libpq's URLs write the directory of a socket as a host.
bool stays_inside(const Installation& installation, std::string_view host) {
  const bool local = host.substr(0, 1) == "/" || host.substr(0, 3) == "%2f" ||
                     is_loopback_host(host) || is_localhost_name(host);
  return local ||
         std::any_of(installation.containers().begin(), installation.containers().end(),
                     [host](const Container& container) {
                       return container.platform == Platform::compose && container.name == host;
                     });
}

Verdict unless_inside(Verdict verdict, const Installation& installation, std::string_view host,
                      const std::string& name) {
  // A name with dots or an address leads outside for certain.
  if (verdict.outcome != Outcome::fail || !is_single_label(host)) {
    return verdict;
  }
  if (has_any(installation.configured, Source::compose)) {
    return unknown(UnknownReason::not_observable,
                   "whether " + name + " leads outside is not visible: its host is not a service " +
                       "of the project, but may be an alias on one of its networks",
                   verdict.origin);
  }
  // A single label there is a Service of the namespace, and stores are outside all the same.
  if (has_any(installation.configured, Source::kubernetes)) {
    return verdict;
  }
  return unknown(UnknownReason::not_configured,
                 "only Compose or Kubernetes files could show whether the host of " + name +
                     " is a service beside it",
                 verdict.origin);
}

Verdict store_url_verdict(const StoreUrl& url, const Installation& installation, UrlRule rule) {
  if (url.shape.fault) {
    return unknown(*url.shape.fault, url.shape.origin);
  }
  const LooseUrl& shape = *url.shape.value;
  return stays_inside(installation, shape.host)
             ? not_applicable()
             : unless_inside(rule(url, shape), installation, shape.host, url.name);
}

}  // namespace compliance

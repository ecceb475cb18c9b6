// Compose files -> facts: builds one model of all files, then reads its services, secrets and
// networks.
#include "exporter/observe/compose/compose.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "exporter/observe/compose/model/load.h"
#include "exporter/observe/compose/model/merge.h"
#include "exporter/observe/compose/model/project.h"
#include "exporter/observe/compose/model/schema.h"
#include "exporter/observe/compose/services/facts.h"
#include "exporter/observe/compose/services/service.h"

namespace compliance::compose {
namespace {

// A boolean, or in older files a mapping that only external networks have.
Fact<bool> external_fact(const Value& network, const Origin& absent) {
  const Value* external = network.find("external");
  if (external == nullptr || external->is_null()) {
    return {.origin = absent};
  }
  Fact<bool> fact{.origin = external->origin, .fault = unset_fault(*external)};
  if (!fact.fault) {
    fact.value = external->is_mapping() || boolean_of(external->text).value_or(false);
  }
  return fact;
}

// The name that the engine knows the network by; older files state that of an external one below
// `external`. Empty when none is stated or a variable without value takes part: the engine then
// uses the project's name and the key.
std::string engine_name(const Value& network) {
  const Value* older = value_at(network, {"external", "name"});
  const Value* name = older == nullptr ? network.find("name") : older;
  return name != nullptr && name->unset.empty() ? name->text : std::string{};
}

// The top-level `networks`, by key; `default` is among them only if it is defined.
std::vector<ComposeNetwork> read_project_networks(const Value& model) {
  std::vector<ComposeNetwork> networks;
  const Value* section = model.find("networks");
  for (std::size_t index = 0; section != nullptr && index < section->keys.size(); ++index) {
    const Key& key = section->keys[index];
    const Value& network = section->items[index];
    networks.push_back({.key = key.name,
                        .engine_name = engine_name(network),
                        .driver = text_fact(network.find("driver"), key.origin),
                        .external = external_fact(network, key.origin),
                        .origin = key.origin});
  }
  std::sort(networks.begin(), networks.end(),
            [](const auto& left, const auto& right) { return left.key < right.key; });
  return networks;
}

// A namespace mode that joins the namespace of another service.
constexpr std::string_view service_prefix = "service:";

// The merged model of all files, refused where Compose would refuse its types.
ParseResult<Value> load(Files& files, const std::vector<ParsedFile>& parsed,
                        const ScopePointer& scope) {
  auto model = load_model(files, parsed, scope, {});
  if (!model) {
    return model;
  }
  if (auto fault = schema_fault(model.value())) {
    return std::move(*fault);
  }
  return model;
}

// The component of the service whose namespace a mode joins; nothing for other modes and services.
std::optional<Component> joined_component(const std::string& mode,
                                          const std::map<std::string, Component>& components) {
  const bool joins = mode.starts_with(service_prefix);
  const auto found = joins ? components.find(mode.substr(service_prefix.size())) : components.end();
  return found == components.end() ? std::nullopt : std::optional{found->second};
}

// Sets the component behind every service:NAME that a namespace mode names. Needs all containers,
// since a service may join one that is read later.
void resolve_namespaces(std::vector<Container>& containers) {
  std::map<std::string, Component> components;
  for (const Container& container : containers) {
    components.emplace(container.name, container.component);
  }
  for (Container& container : containers) {
    for (NamespaceMode& mode : container.namespaces) {
      mode.service_component = joined_component(mode.mode, components);
    }
  }
}

// Services that Compose hands to a program of its own are no containers.
bool is_container(const Value& service) { return service.find("provider") == nullptr; }

// The containers of the enabled services in order of name, so that the order of keys in the files
// changes nothing. Fails where Compose would fail; a disabled service is not even looked at, as in
// Compose.
ParseResult<ComposeResult> read_services(const ComposeServiceContext& context,
                                         const std::vector<std::string>& profiles) {
  ComposeResult result;
  const Value& services = *context.model.find("services");
  for (std::size_t index = 0; index < services.items.size(); ++index) {
    const Value& service = services.items[index];
    if (!is_enabled(service, profiles) || !is_container(service)) {
      continue;
    }
    auto read = read_service(context, services.keys[index], service);
    if (!read) {
      return read.error();
    }
    ServiceFacts service_facts = std::move(read).value();
    if (auto fault = undefined_reference(service_facts.container, context.model)) {
      return std::move(*fault);
    }
    result.containers.push_back(std::move(service_facts.container));
    for (LocatedFault& fault : service_facts.faults) {
      result.faults.push_back(std::move(fault));
    }
  }
  std::sort(result.containers.begin(), result.containers.end(),
            [](const Container& left, const Container& right) { return left.name < right.name; });
  resolve_namespaces(result.containers);
  return result;
}

}  // namespace

ParseResult<ComposeResult> parse_compose(const ComposeInput& input) {
  Files files{input.read};
  std::vector<ParsedFile> parsed;
  // Each file is parsed once, although project name and model both need it.
  parsed.reserve(input.files.size());
  std::transform(input.files.begin(), input.files.end(), std::back_inserter(parsed), &parse_file);
  auto variables = read_variables(files, input, parsed);
  if (!variables) {
    return variables.error();
  }
  auto scope = std::make_shared<Scope>();
  scope->directory = input.project_directory;
  scope->variables = std::move(variables).value();
  const auto model = load(files, parsed, scope);
  if (!model) {
    return model.error();
  }
  const ComposeServiceContext context{
      .files = files, .input = input, .model = model.value(), .variables = scope->variables};
  auto facts = read_services(context, enabled_profiles(input, scope->variables));
  auto secrets = read_secrets(model.value());
  if (!facts || !secrets) {
    return facts ? secrets.error() : facts.error();
  }
  ComposeResult result = std::move(facts).value();
  result.secrets = std::move(secrets).value();
  result.networks = read_project_networks(model.value());
  result.secret_files = read_secret_files(model.value());
  return result;
}

}  // namespace compliance::compose

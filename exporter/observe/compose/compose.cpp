// Compose files -> facts: builds one model of all files, then reads its services, secrets and
// networks.
#include "exporter/observe/compose/compose.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "exporter/observe/compose/model/load.h"
#include "exporter/observe/compose/model/project.h"
#include "exporter/observe/compose/model/schema.h"
#include "exporter/observe/compose/services/networks.h"
#include "exporter/observe/compose/services/service.h"

namespace compliance::compose {
namespace {

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

// Why an entry of a section is no container, whether it is enabled or not.
std::optional<LocatedFault> form_fault(const ContainerSection& section, const Key& key,
                                       const Value& entry) {
  return entry.broken
             ? std::optional{*entry.broken}
             : service_schema_fault(entry, key.origin, std::string{section.entry} + ' ' + key.name);
}

// Adds one reading to all others.
void append(ServiceReading& all, ServiceReading more) {
  std::move(more.containers.begin(), more.containers.end(), std::back_inserter(all.containers));
  std::move(more.unreadable.begin(), more.unreadable.end(), std::back_inserter(all.unreadable));
}

// The sections whose entries are containers.
constexpr auto container_sections =
    std::to_array<ContainerSection>({{"services", "service"}, {"jobs", "job"}});

// Services that Compose hands to a program of its own are no containers.
bool is_container(const Value& service) { return service.find("provider") == nullptr; }

// The containers of the enabled services and jobs, in the order of the files, and what cannot be
// read. A disabled one is not read beyond its form, as in Compose.
ServiceReading read_sections(const ComposeServiceContext& context,
                             const std::vector<std::string>& profiles) {
  ServiceReading all;
  for (const ContainerSection& section : container_sections) {
    const Value* entries = context.model.find(section.key);
    for (std::size_t index = 0; entries != nullptr && index < entries->keys.size(); ++index) {
      const Value& entry = entries->items[index];
      const Key& key = entries->keys[index];
      if (auto fault = form_fault(section, key, entry)) {
        all.unreadable.push_back(*std::move(fault));
      } else if (is_enabled(entry, profiles) && is_container(entry)) {
        append(all, read_service(context, section, key, entry));
      }
    }
  }
  return all;
}

// Adds what the containers have from each other and from their networks.
void resolve_mounts(std::vector<ServiceFacts>& services) {
  std::vector<MountTaker> takers;
  takers.reserve(services.size());
  for (ServiceFacts& service : services) {
    takers.push_back({.container = &service.container,
                      .sources = std::move(service.volumes_from),
                      .is_service = service.is_service});
  }
  take_mounts(takers);
}

// Each fault once: services that extend one that cannot be read have its fault.
std::vector<LocatedFault> without_repetition(std::vector<LocatedFault> faults) {
  std::set<std::string> seen;
  std::vector<LocatedFault> distinct;
  for (LocatedFault& fault : faults) {
    const Origin& origin = fault.origin;
    const std::string words = std::string{origin.place.text()} + ':' + std::to_string(origin.line) +
                              ':' + std::to_string(origin.column) + ':' + fault.fault.message;
    if (seen.insert(words).second) {
      distinct.push_back(std::move(fault));
    }
  }
  return distinct;
}

// In order of name, so that the order of keys in the files changes nothing.
ComposeResult facts_of(ServiceReading reading, std::vector<ComposeNetwork> networks) {
  resolve_mounts(reading.containers);
  ComposeResult result;
  result.networks = std::move(networks);
  result.unreadable = without_repetition(std::move(reading.unreadable));
  for (ServiceFacts& service : reading.containers) {
    apply_networks(service.container, result.networks);
    result.containers.push_back(std::move(service.container));
    std::move(service.faults.begin(), service.faults.end(), std::back_inserter(result.faults));
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
  ComposeResult result = facts_of(read_sections(context, enabled_profiles(input, scope->variables)),
                                  read_project_networks(model.value()));
  ProjectSecrets secrets = read_secrets(model.value());
  result.secrets = std::move(secrets.secrets);
  std::move(secrets.faults.begin(), secrets.faults.end(), std::back_inserter(result.unreadable));
  result.secret_files = read_secret_files(model.value());
  return result;
}

}  // namespace compliance::compose

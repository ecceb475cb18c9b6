// Compose files -> facts.
#include "exporter/observe/compose/compose.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "exporter/observe/compose/model/load.h"
#include "exporter/observe/compose/model/merge.h"
#include "exporter/observe/compose/model/project.h"
#include "exporter/observe/compose/model/schema.h"
#include "exporter/observe/compose/services/networks.h"
#include "exporter/observe/compose/services/service.h"

namespace compliance::compose {
namespace {

constexpr std::string_view service_prefix = "service:";

ParseResult<Value> load(Files& files, const ComposeInput& input, const ScopePointer& scope) {
  auto model = load_model(files, input.files, scope, {});
  if (!model) {
    return model;
  }
  if (auto fault = shape_fault(model.value())) {
    return std::move(*fault);
  }
  return model;
}

// The component behind every service:NAME that a namespace mode names.
void resolve_namespaces(std::vector<Container>& containers) {
  std::map<std::string, Component> components;
  for (const Container& container : containers) {
    components.emplace(container.name, container.component);
  }
  for (Container& container : containers) {
    for (NamespaceMode& mode : container.namespaces) {
      if (mode.mode.substr(0, service_prefix.size()) != service_prefix) {
        continue;
      }
      const auto found = components.find(mode.mode.substr(service_prefix.size()));
      if (found != components.end()) {
        mode.service_component = found->second;
      }
    }
  }
}

// Services that Compose hands to a program of its own are no containers.
bool is_container(const Value& service) { return service.find("provider") == nullptr; }

ParseResult<ComposeFacts> read_services(const ServiceContext& context,
                                        const std::vector<std::string>& profiles) {
  ComposeFacts facts;
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
    facts.containers.push_back(std::move(service_facts.container));
    for (LocatedFault& fault : service_facts.faults) {
      facts.faults.push_back(std::move(fault));
    }
  }
  std::sort(facts.containers.begin(), facts.containers.end(),
            [](const Container& left, const Container& right) { return left.name < right.name; });
  resolve_namespaces(facts.containers);
  return facts;
}

}  // namespace

ParseResult<ComposeFacts> parse_compose(const ComposeInput& input) {
  Files files{input.read};
  auto variables = read_variables(files, input);
  if (!variables) {
    return variables.error();
  }
  auto scope = std::make_shared<Scope>();
  scope->directory = input.project_directory;
  scope->variables = std::move(variables).value();
  const auto model = load(files, input, scope);
  if (!model) {
    return model.error();
  }
  const ServiceContext context{
      .files = files, .input = input, .model = model.value(), .variables = scope->variables};
  auto facts = read_services(context, enabled_profiles(input, scope->variables));
  auto secrets = read_secrets(model.value());
  if (!facts || !secrets) {
    return facts ? secrets.error() : facts.error();
  }
  ComposeFacts result = std::move(facts).value();
  result.secrets = std::move(secrets).value();
  result.networks = read_project_networks(model.value());
  result.secret_files = read_secret_files(model.value());
  result.files_read = files.asked();
  return result;
}

}  // namespace compliance::compose

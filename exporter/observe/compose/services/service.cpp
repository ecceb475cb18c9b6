// Reads one service of the merged model as a container.
#include "exporter/observe/compose/services/service.h"

#include <algorithm>
#include <utility>

#include "exporter/observe/component_rules.h"
#include "exporter/observe/compose/model/escapes.h"
#include "exporter/observe/compose/model/project.h"
#include "exporter/observe/compose/model/schema.h"
#include "exporter/observe/compose/services/environment.h"
#include "exporter/observe/compose/services/facts.h"
#include "exporter/observe/compose/services/hooks.h"
#include "exporter/observe/compose/services/mounts.h"
#include "exporter/observe/compose/services/ports.h"
#include "exporter/observe/compose/services/security.h"

namespace compliance::compose {
namespace {

// What a container is read from: a service, a job, or a pre_start step.
struct ContainerSource {
  std::string service{};  // name of the service or job
  std::string object{};   // "service api", "service api pre_start 1"
  Origin origin{};
  const Value& values;
  // For a step: the container of its service.
  const Container* parent = nullptr;
};

// The image, or that it is built here; Compose refuses a service with neither. An image beside
// `build` is the name that the built one gets. A step without an image has that of its service.
ParseResult<Image> read_image(const ContainerSource& source) {
  const Value& service = source.values;
  const Value* image = service.find("image");
  if (image != nullptr && !(image->text.empty() && image->unset.empty())) {
    Image result = parse_image(image->text);
    result.fault = unset_fault(*image);
    result.origin = image->origin;
    return result;
  }
  if (const Value* build = service.find("build")) {
    return Image{.built_locally = true, .origin = build->origin};
  }
  if (source.parent != nullptr) {
    return source.parent->image;
  }
  return refused(source.origin, source.object + " has neither image nor build");
}

// The release that the image's tag names; nothing when a variable without value is part of it.
std::optional<Release> release_of(const Value& service, const Image& image) {
  const Value* value = service.find("image");
  if (value == nullptr || image.tag.empty()) {
    return std::nullopt;
  }
  // The tag stands in front of the digest. A variable without value there, or right behind, could
  // make it another tag.
  const std::size_t end = std::min(value->text.find('@'), value->text.size());
  const std::size_t start = end < image.tag.size() ? 0 : end - image.tag.size();
  const bool decided = std::none_of(
      value->unset.begin(), value->unset.end(),
      [start, end](const Unset& unset) { return unset.offset >= start && unset.offset <= end; });
  return decided ? parse_release(image.tag) : std::nullopt;
}

// The words of a command in either form; none when it is not stated.
ParseResult<std::vector<std::string>> read_words(const Value* command) {
  std::vector<std::string> words;
  if (command == nullptr) {
    return words;
  }
  for (const Value& item : command->items) {
    words.push_back(item.text);
  }
  if (!command->is_scalar()) {
    return words;
  }
  auto split = split_command(command->text);
  if (!split) {
    return refused(command->origin, "a quote in the command is never closed");
  }
  return std::move(*split);
}

// Entrypoint and arguments as one list, as far as the file states them: the image's own are not
// known here.
ParseResult<std::vector<std::string>> read_command(const Value& service) {
  auto words = read_words(service.find("entrypoint"));
  // A fault of the entrypoint is the one to show first.
  auto arguments = words ? read_words(service.find("command")) : words;
  if (!arguments) {
    return arguments;
  }
  std::vector<std::string> command = std::move(words).value();
  for (const std::string& word : arguments.value()) {
    command.push_back(word);
  }
  return command;
}

// The entries of a list; one entry for a text that stands for all devices of a kind.
void add_devices(std::vector<Located<std::string>>& devices, const Value* list) {
  if (list == nullptr) {
    return;
  }
  if (list->is_scalar() && !list->text.empty()) {
    devices.push_back({.value = list->text, .origin = list->origin});
  }
  for (const Value& entry : list->items) {
    const Value* source = entry.is_mapping() ? entry.find("source") : &entry;
    devices.push_back({.value = source == nullptr ? "" : source->text, .origin = entry.origin});
  }
}

// Devices, rules of the device cgroup, GPUs and reserved devices, as written.
std::vector<Located<std::string>> read_devices(const Value& service) {
  std::vector<Located<std::string>> devices;
  for (const std::string_view key : {"devices", "device_cgroup_rules", "gpus"}) {
    add_devices(devices, service.find(key));
  }
  add_devices(devices, value_at(service, {"deploy", "resources", "reservations", "devices"}));
  return devices;
}

// The limit of `deploy`, which wins over the key of older files.
Fact<std::string> limit(const Value& service, std::string_view name, std::string_view older_key,
                        const Origin& absent) {
  const Value* stated = value_at(service, {"deploy", "resources", "limits", name});
  return text_fact(stated != nullptr ? stated : service.find(older_key), absent);
}

// As written: units are for the rules.
ResourceLimits read_limits(const Value& service, const Origin& absent) {
  return {.memory = limit(service, "memory", "mem_limit", absent),
          .cpu = limit(service, "cpus", "cpus", absent),
          .pids = limit(service, "pids", "pids_limit", absent)};
}

// The implicit network `default`, unless the service names others or has another's network.
std::vector<std::string> read_networks(const Value& service) {
  const Value* networks = service.find("networks");
  std::vector<std::string> names;
  for (std::size_t index = 0; networks != nullptr && index < networks->items.size(); ++index) {
    names.push_back(networks->is_mapping() ? networks->keys[index].name
                                           : networks->items[index].text);
  }
  if (names.empty() && service.find("network_mode") == nullptr) {
    names.emplace_back("default");
  }
  return names;
}

// Injected containers are never a component: their names may look like one. A step with the image
// of its service is that service's component; with another one its program or image tells.
void set_component(Container& container, const ContainerSource& source, const ComposeInput& input) {
  const auto& injected = input.injected_containers;
  container.injected =
      std::find(injected.begin(), injected.end(), source.service) != injected.end();
  if (container.injected) {
    container.component = Component::other;
  } else if (source.parent != nullptr && container.image == source.parent->image) {
    container.component = source.parent->component;
  } else {
    container.component = component_of({.name = source.parent == nullptr ? source.service : "",
                                        .command = container.command,
                                        .image_repository = container.image.repository},
                                       input.components);
  }
}

// Takes over a value, or returns why there is none.
template <class T>
std::optional<LocatedFault> take(T& target, ParseResult<T> result) {
  if (!result) {
    return result.error();
  }
  target = std::move(result).value();
  return std::nullopt;
}

// The parts that can be refused, one after the other; the first fault is returned.
std::optional<LocatedFault> fill(Container& container, const ContainerSource& source,
                                 const Value& model) {
  const Value& values = source.values;
  auto fault = take(container.image, read_image(source));
  if (!fault) {
    fault = take(container.command, read_command(values));
  }
  if (!fault) {
    fault = take(container.mounts, read_mounts(values, model));
  }
  if (!fault) {
    fault = take(container.security, read_security(values, source.origin));
  }
  if (!fault) {
    fault = take(container.published_ports, read_ports(values));
  }
  if (!fault) {
    fault = take(container.declared_ports, read_expose(values));
  }
  return fault;
}

// Why the values cannot be read at all.
std::optional<LocatedFault> fault_of_values(const ContainerSource& source) {
  return source.values.broken ? std::optional{*source.values.broken}
                              : service_schema_fault(source.values, source.origin, source.object);
}

ParseResult<ServiceFacts> read_container(const ComposeServiceContext& context,
                                         const ContainerSource& source) {
  ServiceFacts facts;
  Container& container = facts.container;
  container.platform = Platform::compose;
  container.role = source.parent == nullptr ? ContainerRole::main : ContainerRole::init;
  container.name = source.parent == nullptr ? source.service : source.object;
  container.object = source.object;
  container.origin = source.origin;
  auto fault = fault_of_values(source);
  if (!fault) {
    fault = fill(container, source, context.model);
  }
  if (fault) {
    return *std::move(fault);
  }
  auto environment = read_environment(context.files, source.values, context.variables);
  if (!environment) {
    return environment.error();
  }
  ServiceEnvironment read = std::move(environment).value();
  container.environment = std::move(read.facts);
  facts.faults = std::move(read.faults);
  facts.volumes_from = read_volumes_from(source.values);
  container.release = release_of(source.values, container.image);
  container.namespaces = read_namespaces(source.values);
  container.devices = read_devices(source.values);
  // Compose has no such token: the fact is absent and only has a place.
  container.service_account_token.origin = source.origin;
  container.limits = read_limits(source.values, source.origin);
  container.networks = read_networks(source.values);
  set_component(container, source, context.input);
  if (auto undefined = undefined_reference(container, context.model)) {
    return *std::move(undefined);
  }
  return facts;
}

// The steps of `pre_start`, each a container of its own with the volumes of its service.
void add_pre_start(ServiceReading& reading, const ComposeServiceContext& context,
                   const ContainerSource& service) {
  const Container parent = reading.containers.front().container;
  const std::vector<Value> steps = pre_start_steps(service.values);
  for (std::size_t index = 0; index < steps.size(); ++index) {
    auto step = read_container(
        context, {.service = service.service,
                  .object = service.object + " pre_start " + std::to_string(index + 1),
                  .origin = steps[index].origin,
                  .values = steps[index],
                  .parent = &parent});
    if (!step) {
      reading.unreadable.push_back(step.error());
      continue;
    }
    ServiceFacts facts = std::move(step).value();
    facts.volumes_from.push_back({.service = service.service, .origin = facts.container.origin});
    reading.containers.push_back(std::move(facts));
  }
}

}  // namespace

ServiceReading read_service(const ComposeServiceContext& context, const ContainerSection& section,
                            const Key& key, const Value& service) {
  const ContainerSource source{.service = key.name,
                               .object = std::string{section.entry} + ' ' + key.name,
                               .origin = key.origin,
                               .values = service};
  ServiceReading reading;
  auto read = read_container(context, source);
  auto hooks = read ? read_hooks(context.files, service, source.object, context.variables)
                    : ParseResult<std::vector<LifecycleHook>>{read.error()};
  if (!hooks) {
    reading.unreadable.push_back(hooks.error());
    return reading;
  }
  ServiceFacts facts = std::move(read).value();
  facts.container.hooks = std::move(hooks).value();
  facts.is_service = section.key == "services";
  reading.containers.push_back(std::move(facts));
  add_pre_start(reading, context, source);
  return reading;
}

}  // namespace compliance::compose

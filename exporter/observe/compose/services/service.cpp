// Reads one service of the merged model as a container.
#include "exporter/observe/compose/services/service.h"

#include <algorithm>
#include <utility>

#include "exporter/observe/component_rules.h"
#include "exporter/observe/compose/model/escapes.h"
#include "exporter/observe/compose/services/environment.h"
#include "exporter/observe/compose/services/facts.h"
#include "exporter/observe/compose/services/mounts.h"
#include "exporter/observe/compose/services/ports.h"
#include "exporter/observe/compose/services/security.h"

namespace compliance::compose {
namespace {

// The image, or that it is built here; Compose refuses a service with neither. An image beside
// `build` is the name that the built one gets.
ParseResult<Image> read_image(const Key& key, const Value& service) {
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
  return refused(key.origin, "service " + key.name + " has neither image nor build");
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

// Devices and rules of the device cgroup, as written.
std::vector<Located<std::string>> read_devices(const Value& service) {
  std::vector<Located<std::string>> devices;
  for (const std::string_view key : {"devices", "device_cgroup_rules"}) {
    const Value* list = service.find(key);
    for (const Value& entry : list == nullptr ? std::vector<Value>{} : list->items) {
      const Value* source = entry.is_mapping() ? entry.find("source") : &entry;
      devices.push_back({.value = source == nullptr ? "" : source->text, .origin = entry.origin});
    }
  }
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
  for (const Key& key : networks == nullptr ? std::vector<Key>{} : networks->keys) {
    names.push_back(key.name);
  }
  if (networks != nullptr && networks->is_sequence()) {
    for (const Value& item : networks->items) {
      names.push_back(item.text);
    }
  }
  if (names.empty() && service.find("network_mode") == nullptr) {
    names.emplace_back("default");
  }
  return names;
}

// Injected containers are never a component: their names may look like one.
void set_component(Container& container, const ComposeInput& input) {
  const auto& injected = input.injected_containers;
  container.injected =
      std::find(injected.begin(), injected.end(), container.name) != injected.end();
  container.component = container.injected
                            ? Component::other
                            : component_of({.name = container.name,
                                            .command = container.command,
                                            .image_repository = container.image.repository},
                                           input.components);
}

// The parts that can be refused, one after the other; the first fault is returned.
std::optional<LocatedFault> fill(Container& container, const Key& key, const Value& service,
                                 const Value& model) {
  auto image = read_image(key, service);
  if (!image) {
    return image.error();
  }
  container.image = std::move(image).value();
  auto command = read_command(service);
  if (!command) {
    return command.error();
  }
  container.command = std::move(command).value();
  auto mounts = read_mounts(service, model);
  if (!mounts) {
    return mounts.error();
  }
  container.mounts = std::move(mounts).value();
  auto security = read_security(service, key.origin);
  if (!security) {
    return security.error();
  }
  container.security = std::move(security).value();
  auto ports = read_ports(service);
  if (!ports) {
    return ports.error();
  }
  container.published_ports = std::move(ports).value();
  auto declared = read_expose(service);
  if (!declared) {
    return declared.error();
  }
  container.declared_ports = std::move(declared).value();
  return std::nullopt;
}

}  // namespace

ParseResult<ServiceFacts> read_service(const ComposeServiceContext& context, const Key& key,
                                       const Value& service) {
  ServiceFacts facts;
  Container& container = facts.container;
  container.platform = Platform::compose;
  container.name = key.name;
  container.object = "service " + key.name;
  container.origin = key.origin;
  if (auto fault = fill(container, key, service, context.model)) {
    return std::move(*fault);
  }
  auto environment = read_environment(context.files, service, context.variables);
  if (!environment) {
    return environment.error();
  }
  ServiceEnvironment read = std::move(environment).value();
  container.environment = std::move(read.facts);
  facts.faults = std::move(read.faults);
  container.release = release_of(service, container.image);
  container.namespaces = read_namespaces(service);
  container.devices = read_devices(service);
  // Compose has no such token: the fact is absent and only has a place.
  container.service_account_token.origin = key.origin;
  container.limits = read_limits(service, key.origin);
  container.networks = read_networks(service);
  set_component(container, context.input);
  return facts;
}

}  // namespace compliance::compose

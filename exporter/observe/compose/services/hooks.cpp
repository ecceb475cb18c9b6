// What runs beside a service's own process: pre_start steps and lifecycle hooks.
#include "exporter/observe/compose/services/hooks.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

#include "exporter/observe/compose/model/merge.h"
#include "exporter/observe/compose/model/schema.h"
#include "exporter/observe/compose/services/environment.h"
#include "exporter/observe/compose/services/facts.h"

namespace compliance::compose {
namespace {

// Keys that facts are read from and that a step does not have from its service.
constexpr auto own_keys = std::to_array<std::string_view>(
    {"volumes", "build", "depends_on", "deploy", "expose", "healthcheck", "ports", "profiles",
     "pre_start", "post_start", "pre_stop"});

// What a step has from its service.
Value inherited_values(const Value& service) {
  Value values;
  values.kind = document::Kind::mapping;
  values.origin = service.origin;
  values.scope = service.scope;
  for (std::size_t index = 0; index < service.keys.size(); ++index) {
    if (std::find(own_keys.begin(), own_keys.end(), service.keys[index].name) == own_keys.end()) {
      values.keys.push_back(service.keys[index]);
      values.items.push_back(service.items[index]);
    }
  }
  return values;
}

// A path of the project's own files, to be compared without "./" in front.
void normalise_path(Value& path) {
  if (path.scope && path.scope->prefix.empty()) {
    auto scope = std::make_shared<Scope>(*path.scope);
    scope->prefix = ".";
    path.scope = std::move(scope);
  }
}

// Compose merges a step with its service when it has resolved the paths of both.
void normalise_env_files(Value& step) {
  Value* env_file = step.find("env_file");
  if (env_file == nullptr) {
    return;
  }
  for (Value& entry : env_file->items) {
    Value* path = entry.find("path");
    normalise_path(path == nullptr ? entry : *path);
  }
}

// Hooks have no env_file: their environment is all that they state.
ParseResult<LifecycleHook> read_hook(Files& files, const Value& hook, const Variables& project) {
  auto privileged = boolean_fact(hook.find("privileged"), hook.origin);
  if (!privileged) {
    return privileged.error();
  }
  auto environment = read_environment(files, hook, project);
  if (!environment) {
    return environment.error();
  }
  return LifecycleHook{.privileged = std::move(privileged).value(),
                       .user = text_fact(hook.find("user"), hook.origin),
                       .environment = std::move(environment).value().facts,
                       .origin = hook.origin};
}

}  // namespace

std::vector<Value> pre_start_steps(const Value& service) {
  std::vector<Value> steps;
  for (const Value& step : items_at(service, "pre_start")) {
    Value values = extend_service(inherited_values(service), step);
    // Findings about what the step does not state point to the step.
    values.origin = step.origin;
    normalise_env_files(values);
    steps.push_back(std::move(values));
  }
  return steps;
}

ParseResult<std::vector<LifecycleHook>> read_hooks(Files& files, const Value& service,
                                                   const std::string& owner,
                                                   const Variables& project) {
  std::vector<LifecycleHook> hooks;
  for (const std::string_view key : {"post_start", "pre_stop"}) {
    for (const Value& entry : items_at(service, key)) {
      if (auto fault = hook_schema_fault(entry, owner + " " + std::string{key})) {
        return *std::move(fault);
      }
      auto hook = read_hook(files, entry, project);
      if (!hook) {
        return hook.error();
      }
      hooks.push_back(std::move(hook).value());
    }
  }
  return hooks;
}

}  // namespace compliance::compose

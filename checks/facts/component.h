// The parts of a Caracal installation, as the label `component` names them. FACTS.md 1.1 lists the
// services with their images and processes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace compliance {

// The order is that of the names in names.cpp. `edge` is a reverse proxy or load balancer in front
// of Caracal, `other` any foreign workload, `installation` stands for what belongs to no single
// one.
enum class Component : std::uint8_t {
  web,
  api,
  sts,
  gateway,
  audit,
  coordinator,
  postgres,
  redis,
  migrate,
  auth_migrate,
  replay_init,
  edge,
  other,
  installation,
};

// The value of the label `component`, such as "auth-migrate".
std::string_view name_of(Component component);

// The component of that name, or nothing.
std::optional<Component> component_named(std::string_view name);

// sts, api, gateway, audit, coordinator: the services that read CARACAL_MODE. web does not: its
// mode is NODE_ENV (FACTS.md 2.1, T2).
bool has_mode(Component component);

// Everything that Caracal itself ships: all but edge, other and installation.
bool is_packaged(Component component);

}  // namespace compliance

// What the packaged files give to single components beyond what every container may have.
#include "checks/caracal/packaged_exceptions.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace compliance {
namespace {

// A component and a name that it may have or bear.
using Grant = std::pair<Component, std::string_view>;

// cap_add of the packaged Compose file.
constexpr auto added_capabilities = std::to_array<Grant>({
    {Component::postgres, "CHOWN"},
    {Component::postgres, "DAC_READ_SEARCH"},
    {Component::postgres, "FOWNER"},
    {Component::postgres, "SETGID"},
    {Component::postgres, "SETUID"},
    {Component::replay_init, "CHOWN"},
    {Component::replay_init, "DAC_OVERRIDE"},
    {Component::replay_init, "FOWNER"},
});

// Container and image names of the components that have exceptions, as plain_name() writes them.
constexpr auto own_names = std::to_array<Grant>({
    {Component::postgres, "postgres"},
    {Component::postgres, "postgresql"},
    {Component::redis, "redis"},
    {Component::redis, "valkey"},
    {Component::replay_init, "replayinit"},
    {Component::replay_init, "replayvolumeinit"},
});

template <std::size_t Count>
bool is_granted(const std::array<Grant, Count>& grants, const Grant& wanted) {
  return std::find(grants.begin(), grants.end(), wanted) != grants.end();
}

// Lower-case letters and digits alone, without "caracal" in front.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char letter : name) {
    if (letter >= 'A' && letter <= 'Z') {
      plain += static_cast<char>(letter - 'A' + 'a');
    } else if (letter != '-' && letter != '_') {
      plain += letter;
    }
  }
  constexpr std::string_view product = "caracal";
  return plain.starts_with(product) ? plain.substr(product.size()) : plain;
}

// A Compose service is one container; in a pod only the container or image that bears the
// component's name is the component itself.
bool is_component_itself(const Container& container) {
  if (container.platform == Platform::compose) {
    return true;
  }
  const std::string& repository = container.image.repository;
  const std::string image = plain_name(repository.substr(repository.rfind('/') + 1));
  return is_granted(own_names, {container.component, plain_name(container.name)}) ||
         is_granted(own_names, {container.component, image});
}

}  // namespace

bool may_add_capability(const Container& container, std::string_view capability) {
  // Pod Security restricted lets every container add it, and an edge needs ports below 1024.
  if (capability == "NET_BIND_SERVICE") {
    return container.platform == Platform::kubernetes || container.component == Component::edge;
  }
  return is_granted(added_capabilities, {container.component, capability}) &&
         is_component_itself(container);
}

bool may_write_root(const Container& container) {
  return (container.component == Component::postgres || container.component == Component::redis) &&
         is_component_itself(container);
}

bool may_start_as_root(const Container& container) {
  return container.platform == Platform::compose &&
         (container.component == Component::postgres || container.component == Component::migrate ||
          container.component == Component::replay_init);
}

bool sets_up_network(const Container& container) {
  return container.injected && container.role == ContainerRole::init;
}

}  // namespace compliance

// Which component a container is. Every rule compares whole words: a `web-scraper` is no `web`.
#include "exporter/observe/component_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>

namespace compliance {
namespace {

// A text that stands for a component.
struct Known {
  std::string_view text;
  Component component;
};

// Nothing: the rule does not apply, and the next one is asked.
using Match = std::optional<Component>;

// Names of services, containers and labels, in lower case without - and _. The last part of the
// names of Caracal's images as well. Compose says dbMigrate where the chart says migrate (FACTS.md
// 1.1, 5.1).
constexpr std::array<Known, 13> names{{
    {"web", Component::web},
    {"api", Component::api},
    {"sts", Component::sts},
    {"gateway", Component::gateway},
    {"audit", Component::audit},
    {"coordinator", Component::coordinator},
    {"postgres", Component::postgres},
    {"redis", Component::redis},
    {"migrate", Component::migrate},
    {"dbmigrate", Component::migrate},
    {"authmigrate", Component::auth_migrate},
    {"replayinit", Component::replay_init},
    {"replayvolumeinit", Component::replay_init},
}};

// Programs that only Caracal's images have (FACTS.md 1.1). caracal-node serves api and coordinator,
// and caracal-go three services, so the image alone would not tell them apart.
constexpr std::array<Known, 8> programs{{
    {"/usr/local/bin/sts", Component::sts},
    {"/usr/local/bin/gateway", Component::gateway},
    {"/usr/local/bin/audit", Component::audit},
    {"/app/api/dist/main.js", Component::api},
    {"/app/coordinator/dist/main.js", Component::coordinator},
    {"/app/auth/dist/server.js", Component::web},
    {"/usr/local/bin/caracal-migrate", Component::migrate},
    {"caracal-migrate", Component::migrate},
}};

// Stock images, by the last part of their path. An image of this list is a guess about its purpose,
// which is why it is asked for last.
constexpr std::array<Known, 12> stock_images{{
    {"postgres", Component::postgres},
    {"postgresql", Component::postgres},
    {"redis", Component::redis},
    {"valkey", Component::redis},
    {"caddy", Component::edge},
    {"traefik", Component::edge},
    {"nginx", Component::edge},
    {"nginx-unprivileged", Component::edge},
    {"haproxy", Component::edge},
    {"haproxy-alpine", Component::edge},
    {"envoy", Component::edge},
    {"cloudflared", Component::edge},
}};

// The component of the entry whose text is exactly `text`.
template <std::size_t size>
Match find(const std::array<Known, size>& table, std::string_view text) {
  const auto* place = std::find_if(table.begin(), table.end(),
                                   [&](const Known& known) { return known.text == text; });
  return place == table.end() ? Match{} : place->component;
}

// The spelling that the table of names uses: replayVolumeInit, replay-volume-init and
// replay_volume_init are one name.
std::string normal_form(std::string_view name) {
  std::string normal;
  for (const char letter : name) {
    if (letter != '-' && letter != '_') {
      normal += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
  }
  return normal;
}

// Helm puts the release and the chart in front: caracal-caracal-sts, production-caracal-sts. What
// stands behind the last "caracal" counts; a name without it counts whole.
Match by_name(std::string_view name) {
  constexpr std::string_view product = "caracal";
  const std::string normal = normal_form(name);
  const std::size_t place = normal.rfind(product);
  const std::size_t start = place == std::string::npos ? 0 : place + product.size();
  return find(names, std::string_view{normal}.substr(start));
}

// The first program of the table among the words of a shell script.
Match by_script(std::string_view script) {
  constexpr std::string_view separators = " \t\r\n;&|()\"'`";
  std::size_t start = script.find_first_not_of(separators);
  while (start != std::string_view::npos) {
    const std::size_t end = script.find_first_of(separators, start);
    if (const Match match = find(programs, script.substr(start, end - start))) {
      return match;
    }
    start = script.find_first_not_of(separators, end);
  }
  return std::nullopt;
}

// Arguments are looked into as well, since a shell may get its script as one of them.
Match by_command(const std::vector<std::string>& command) {
  for (const std::string_view argument : command) {
    if (const Match match = by_script(argument)) {
      return match;
    }
  }
  return std::nullopt;
}

// Images of Caracal's own are named by their service, all others by the table of stock images. The
// registry and the path are ignored, since operators mirror images.
Match by_image(std::string_view repository) {
  constexpr std::string_view prefix = "caracal-";
  const std::string_view last = repository.substr(repository.rfind('/') + 1);
  return last.starts_with(prefix) ? by_name(last) : find(stock_images, last);
}

// The operator's word. It is compared as written, unlike the names of the other rules.
Match by_configuration(const ComponentClues& clues,
                       const std::map<std::string, Component>& configured) {
  for (const std::string& name : {clues.name, clues.workload}) {
    if (const auto place = configured.find(name); place != configured.end()) {
      return place->second;
    }
  }
  return std::nullopt;
}

}  // namespace

Component component_of(const ComponentClues& clues,
                       const std::map<std::string, Component>& configured) {
  Match match = by_configuration(clues, configured);
  if (!match) {
    match = by_name(clues.label);
  }
  if (!match) {
    match = by_command(clues.command);
  }
  if (!match) {
    match = by_name(clues.name);
  }
  if (!match) {
    match = by_image(clues.image_repository);
  }
  return match.value_or(Component::other);
}

Image parse_image(const std::string& reference) {
  Image image;
  const std::size_t at = reference.find('@');
  if (at != std::string::npos) {
    image.digest = reference.substr(at + 1);
  }
  image.repository = reference.substr(0, at);
  const std::size_t colon = image.repository.rfind(':');
  const std::size_t slash = image.repository.rfind('/');
  if (colon != std::string::npos && (slash == std::string::npos || slash < colon)) {
    image.tag = image.repository.substr(colon + 1);
    image.repository.resize(colon);
  }
  return image;
}

}  // namespace compliance

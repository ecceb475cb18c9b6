// The entries of `allowed_ingress`.
#include "exporter/config/allowed_ingress_config.h"

#include <algorithm>
#include <limits>
#include <string>

#include "exporter/config/installation_config.h"

namespace compliance {
namespace {

std::string read_namespace(const ConfigNode& node, ConfigProblems& problems) {
  constexpr std::size_t longest = 63;
  const std::string name = read_string(node, problems).value_or("");
  const bool valid =
      !name.empty() && name.size() <= longest && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      });
  if (!valid && node.kind == ConfigNode::Kind::scalar) {
    problems.add(node, "a namespace must be 1 to 63 characters of a-z, 0-9 and -");
  }
  return name;
}

std::optional<AddressBlock> read_block(const ConfigNode& node, ConfigProblems& problems) {
  const auto text = read_string(node, problems);
  auto block = text ? parse_block(*text) : std::nullopt;
  if (text && !block) {
    problems.add(node, "must be an address block such as 10.0.0.0/8 or fd00::/8");
  }
  return block;
}

std::vector<Component> read_components(const ConfigNode& node, ConfigProblems& problems) {
  std::vector<Component> components;
  if (node.kind != ConfigNode::Kind::sequence || node.items.empty()) {
    problems.add(node, "components must be a list of at least one component; leave it out for all");
    return components;
  }
  for (const ConfigNode& item : node.items) {
    if (const auto name = read_choice(item, component_choices(), problems)) {
      components.push_back(component_named(*name).value_or(Component::other));
    }
  }
  return components;
}

std::vector<std::uint16_t> read_ports(const ConfigNode& node, ConfigProblems& problems) {
  std::vector<std::uint16_t> ports;
  if (node.kind != ConfigNode::Kind::sequence || node.items.empty()) {
    problems.add(node, "ports must be a list of at least one port; leave it out for all");
    return ports;
  }
  for (const ConfigNode& item : node.items) {
    const auto number = read_count(item, problems);
    if (number && *number > std::numeric_limits<std::uint16_t>::max()) {
      problems.add(item, "must be a port number from 1 to 65535");
    } else if (number) {
      ports.push_back(static_cast<std::uint16_t>(*number));
    }
  }
  return ports;
}

AllowedIngress read_entry(const ConfigNode& node, ConfigProblems& problems) {
  AllowedIngress entry;
  read_mapping(
      node, "an entry of allowed_ingress",
      {{"namespace",
        [&](const ConfigNode& value) { entry.object_namespace = read_namespace(value, problems); }},
       {"pods", [&](const ConfigNode& value) { entry.pods = read_string_map(value, problems); }},
       {"cidr", [&](const ConfigNode& value) { entry.block = read_block(value, problems); }},
       {"components",
        [&](const ConfigNode& value) { entry.components = read_components(value, problems); }},
       {"ports", [&](const ConfigNode& value) { entry.ports = read_ports(value, problems); }}},
      problems);
  if (node.kind == ConfigNode::Kind::mapping &&
      (node.find("namespace") != nullptr) == (node.find("cidr") != nullptr)) {
    problems.add(node, "an entry of allowed_ingress needs either namespace or cidr");
  }
  if (node.kind == ConfigNode::Kind::mapping && node.find("cidr") != nullptr &&
      node.find("pods") != nullptr) {
    problems.add(*node.find("pods"), "pods go with a namespace, not with a cidr");
  }
  return entry;
}

}  // namespace

std::vector<AllowedIngress> read_allowed_ingress(const ConfigNode& node, ConfigProblems& problems) {
  std::vector<AllowedIngress> entries;
  if (node.kind != ConfigNode::Kind::sequence) {
    problems.add(node, "allowed_ingress must be a list");
    return entries;
  }
  for (const ConfigNode& item : node.items) {
    entries.push_back(read_entry(item, problems));
  }
  return entries;
}

}  // namespace compliance

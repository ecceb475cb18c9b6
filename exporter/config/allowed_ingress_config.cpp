// The section `allowed_ingress` of an installation.
#include "exporter/config/sections.h"

namespace compliance {
namespace {

// The name as it is written, with a problem where no namespace can be called so.
std::string read_namespace(const ConfigNode& node, ConfigProblems& problems) {
  std::string name = read_string(node, problems).value_or("");
  if (!is_lower_case_name(name) && node.kind == ConfigNode::Kind::scalar) {
    problems.add(node, "a namespace must be 1 to 63 characters of a-z, 0-9 and -");
  }
  return name;
}

// Problems leave the block absent; the whole configuration is rejected then.
std::optional<AddressBlock> read_block(const ConfigNode& node, ConfigProblems& problems) {
  const auto text = read_string(node, problems);
  auto block = text ? parse_block(*text) : std::nullopt;
  if (text && !block) {
    problems.add(node, "must be an address block such as 10.0.0.0/8 or fd00::/8");
  }
  return block;
}

// An empty list would allow nothing, and an absent one allows all: the list must not be empty, so
// that nobody mistakes the one for the other.
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

// One entry: pods of a namespace, or an address block. Labels without a namespace would say pods of
// any namespace, which is rarely meant.
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
       {"ports",
        [&](const ConfigNode& value) {
          entry.ports = read_ports(
              value, "ports must be a list of at least one port; leave it out for all", problems);
        }}},
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

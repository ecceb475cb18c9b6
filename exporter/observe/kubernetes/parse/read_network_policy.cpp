// Reads NetworkPolicies as the API server stores them.
#include "exporter/observe/kubernetes/parse/read_network_policy.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "exporter/observe/kubernetes/parse/label_selector.h"

namespace compliance::kubernetes {
namespace {

// Fields of a peer, which a rule does not have.
constexpr std::array<std::string_view, 3> peer_fields{"ipBlock", "namespaceSelector",
                                                      "podSelector"};
constexpr std::array<std::string_view, 3> protocols{"TCP", "UDP", "SCTP"};
// Kinds that select pods of every namespace.
constexpr std::array<std::string_view, 5> cluster_wide_kinds{
    "CiliumClusterwideNetworkPolicy", "GlobalNetworkPolicy", "AdminNetworkPolicy",
    "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"};

template <std::size_t size>
bool is_one_of(std::string_view text, const std::array<std::string_view, size>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// An address with a prefix length; anything else is refused.
AddressBlock read_block(ManifestReader& reader, const Node& node, std::string_view field) {
  const auto block = node.is_scalar() ? parse_block(node.text()) : std::nullopt;
  if (!block) {
    reader.refuse(node, "'" + std::string{field} + "' of an ipBlock is not an address block");
  }
  return block.value_or(AddressBlock{});
}

// An ipBlock. Every exception has to be a proper part of the block.
AddressRange read_addresses(ManifestReader& reader, const Node& node) {
  const Node cidr = node["cidr"];
  AddressRange range{.block = read_block(reader, cidr ? cidr : node, "cidr")};
  const Node except = reader.list(node, "except");
  for (std::size_t index = 0; index < except.size(); ++index) {
    const AddressBlock block = read_block(reader, except.at(index), "except");
    if (!contains(range.block, block) || block == range.block) {
      reader.refuse(except.at(index), "'except' of an ipBlock is not a part of its 'cidr'");
    }
    range.except.push_back(block);
  }
  return range;
}

// One entry of `from` or `to`: an ipBlock, or selectors, never both.
PolicyPeer read_peer(ManifestReader& reader, const Node& entry) {
  if (!entry.is_mapping()) {
    reader.refuse(entry, "a peer of a NetworkPolicy is not a mapping");
    return {};
  }
  reader.only_keys(entry, "a peer of a NetworkPolicy",
                   {"ipBlock", "namespaceSelector", "podSelector"});
  PolicyPeer peer{.namespaces = read_label_selector(reader, entry, "namespaceSelector"),
                  .pods = read_label_selector(reader, entry, "podSelector"),
                  .origin = reader.origin_of(entry)};
  if (const Node block = reader.mapping(entry, "ipBlock")) {
    peer.addresses = read_addresses(reader, block);
  }
  const bool selects_pods = peer.namespaces || peer.pods;
  if (peer.addresses.has_value() == selects_pods) {
    reader.refuse(entry, selects_pods ? "a peer of a NetworkPolicy has an ipBlock beside a selector"
                                      : "a peer of a NetworkPolicy has no ipBlock and no selector");
  }
  return peer;
}

// Service names of IANA, as the API server takes them (RFC 6335, 5.1): up to 15 small letters,
// digits and single hyphens, one letter at least.
bool is_port_name(std::string_view text) {
  constexpr std::size_t longest = 15;
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto fits = [&is_letter](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
  };
  return !text.empty() && text.size() <= longest &&
         std::any_of(text.begin(), text.end(), is_letter) &&
         std::all_of(text.begin(), text.end(), fits) && text.front() != '-' && text.back() != '-' &&
         text.find("--") == std::string_view::npos;
}

// A range needs a number to begin with and no smaller one to end with.
void read_end_port(ManifestReader& reader, const Node& node, PolicyPort& port) {
  if (node.is_null()) {
    return;
  }
  port.last = reader.port(node, "endPort");
  if (port.first == 0 || port.last < port.first) {
    reader.refuse(node, "'endPort' of a NetworkPolicy does not follow a port number");
  }
}

// A name of the receiving pod or a number; without either the entry stands for all ports.
void read_port_value(ManifestReader& reader, const Node& node, PolicyPort& port) {
  if (node.is_null()) {
    return;
  }
  if (is_text(node) && is_port_name(node.text())) {
    port.name = std::string{node.text()};
  } else if (node.is_scalar() && node.is_plain()) {
    port.first = port.last = reader.port(node, "port");
  } else {
    reader.refuse(node, "'port' of a NetworkPolicy is not a port number or a name");
  }
}

// One entry of `ports`. An empty one stands for all ports of TCP.
PolicyPort read_policy_port(ManifestReader& reader, const Node& entry) {
  PolicyPort port{.origin = reader.origin_of(entry)};
  if (!entry.is_mapping()) {
    if (!entry.is_null()) {
      reader.refuse(entry, "a port of a NetworkPolicy is not a mapping");
    }
    return port;
  }
  if (std::string protocol = reader.text(entry, "protocol"); !protocol.empty()) {
    port.protocol = std::move(protocol);
  }
  if (!is_one_of(port.protocol, protocols)) {
    reader.refuse(entry["protocol"], "'protocol' of a NetworkPolicy is none of TCP, UDP and SCTP");
  }
  read_port_value(reader, entry["port"], port);
  read_end_port(reader, entry["endPort"], port);
  return port;
}

// One entry of `ingress` or `egress`; `peers` is "from" or "to". An empty rule admits everybody on
// every port.
NetworkPolicyRule read_policy_rule(ManifestReader& reader, const Node& entry,
                                   std::string_view peers) {
  NetworkPolicyRule rule{.origin = reader.origin_of(entry)};
  if (!entry.is_mapping()) {
    if (!entry.is_null()) {
      reader.refuse(entry, "a rule of a NetworkPolicy is not a mapping");
    }
    return rule;
  }
  const Node list = reader.list(entry, peers);
  for (std::size_t index = 0; index < list.size(); ++index) {
    rule.peers.push_back(read_peer(reader, list.at(index)));
  }
  const Node ports = reader.list(entry, "ports");
  for (std::size_t index = 0; index < ports.size(); ++index) {
    rule.ports.push_back(read_policy_port(reader, ports.at(index)));
  }
  // The mistake of the chart's examples (FACTS.md 5.5): the API server drops the fields, and the
  // rule that is left admits everybody.
  rule.bare_peer =
      rule.peers.empty() && std::any_of(peer_fields.begin(), peer_fields.end(),
                                        [&entry](std::string_view field) { return entry[field]; });
  return rule;
}

std::vector<NetworkPolicyRule> read_rules(ManifestReader& reader, const Node& list,
                                          std::string_view peers) {
  std::vector<NetworkPolicyRule> rules;
  for (std::size_t index = 0; index < list.size(); ++index) {
    rules.push_back(read_policy_rule(reader, list.at(index), peers));
  }
  return rules;
}

// Without policyTypes a policy is for ingress, and for egress when it has egress rules.
void read_directions(ManifestReader& reader, const Node& types, NetworkPolicy& policy) {
  policy.has_ingress = types.size() == 0;
  policy.has_egress = types.size() == 0 && !policy.egress.empty();
  for (std::size_t index = 0; index < types.size(); ++index) {
    const std::string_view type = types.at(index).text();
    policy.has_ingress = policy.has_ingress || type == "Ingress";
    policy.has_egress = policy.has_egress || type == "Egress";
    if (type != "Ingress" && type != "Egress") {
      reader.refuse(types.at(index), "an entry of 'policyTypes' is neither Ingress nor Egress");
    }
  }
}

}  // namespace

UnresolvedNetworkPolicy read_network_policy(ManifestReader& reader, const Node& object,
                                            Metadata metadata) {
  const Node spec = reader.mapping(object, "spec");
  // A policy without podSelector is for all pods.
  reader.only_keys(spec, "spec", {"podSelector", "policyTypes", "ingress", "egress"});
  NetworkPolicy policy{
      .name = metadata.name,
      .object_namespace = metadata.object_namespace,
      .pods = read_label_selector(reader, spec, "podSelector").value_or(LabelSelector{}),
      .ingress = read_rules(reader, reader.list(spec, "ingress"), "from"),
      .egress = read_rules(reader, reader.list(spec, "egress"), "to"),
      .origin = metadata.origin};
  // After the rules: the default of policyTypes depends on them.
  read_directions(reader, reader.list(spec, "policyTypes"), policy);
  return {.metadata = std::move(metadata), .policy = std::move(policy)};
}

OtherPolicy read_other_policy(Metadata metadata) {
  const bool cluster_wide = is_one_of(metadata.kind, cluster_wide_kinds);
  return {.metadata = std::move(metadata), .cluster_wide = cluster_wide};
}

}  // namespace compliance::kubernetes

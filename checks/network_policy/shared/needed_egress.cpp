// Whether egress rules allow what a pod needs: name resolution and https.
#include "checks/network_policy/shared/needed_egress.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace compliance {
namespace {

// Namespaces of the name servers: the usual one, and OpenShift's.
constexpr std::array<std::string_view, 2> name_server_namespaces{"kube-system", "openshift-dns"};

// DNS over UDP is what resolvers try first. OpenShift's name servers listen on 5353.
bool names_dns(const PolicyPort& port) {
  constexpr std::array<std::uint16_t, 2> dns_ports{53, 5353};
  if (port.protocol != "UDP") {
    return false;
  }
  if (!port.name.empty()) {
    return port.name.rfind("dns", 0) == 0;
  }
  return port.first != 0 && std::any_of(dns_ports.begin(), dns_ports.end(), [&](auto number) {
           return port.first <= number && number <= port.last;
         });
}

// A namespace that is chosen by labels may be that of the name servers.
bool leads_to_name_server(const PolicyPeer& peer) {
  if (peer.addresses || !peer.bound_namespaces) {
    return true;
  }
  const auto& bound = *peer.bound_namespaces;
  return std::any_of(bound.begin(), bound.end(), [](const std::string& name) {
    return std::find(name_server_namespaces.begin(), name_server_namespaces.end(), name) !=
           name_server_namespaces.end();
  });
}

// The release's own pods are no name servers, so a rule for port 53 to them does not count.
bool is_for_dns(const NetworkPolicyRule& rule) {
  if (std::any_of(rule.ports.begin(), rule.ports.end(), names_dns)) {
    return rule.peers.empty() || has_peer(rule, PeerScope::outside) ||
           has_peer(rule, PeerScope::undecided);
  }
  const bool every_port = includes(rule, {.number = 53, .protocol = "UDP"});
  return every_port && (rule.peers.empty() ||
                        std::any_of(rule.peers.begin(), rule.peers.end(), leads_to_name_server));
}

// `peer` is null for a rule without peers. Services are translated to pods before policies see a
// packet, hence the pod's own port within the cluster.
bool leads_to_https(const NetworkPolicyRule& rule, const PolicyPeer* peer) {
  if (peer != nullptr && peer->place == PeerScope::release) {
    return false;
  }
  const bool in_cluster = peer != nullptr && !peer->addresses;
  return includes(rule, {.number = 443}) ||
         (in_cluster && includes(rule, {.name = "https", .number = 8443}));
}

}  // namespace

bool resolves_names(Component component) {
  switch (component) {
    case Component::web:
    case Component::api:
    case Component::sts:
    case Component::gateway:
    case Component::audit:
    case Component::coordinator:
    case Component::migrate:
    case Component::auth_migrate:
    case Component::edge:
      return true;
    case Component::postgres:
    case Component::redis:
    case Component::replay_init:
    case Component::other:
    case Component::installation:
      return false;
  }
  return false;
}

DnsEgressPath dns_egress_of(const std::vector<RuleInEffect>& rules) {
  DnsEgressPath path;
  for (const RuleInEffect& in_effect : rules) {
    const NetworkPolicyRule& rule = *in_effect.rule;
    if (!rule.bare_peer && is_for_dns(rule)) {
      return {.state = DnsEgress::present};
    }
    if (rule.bare_peer && path.state == DnsEgress::absent) {
      path = {.state = DnsEgress::bare_peer, .origin = rule.origin};
    }
  }
  return path;
}

// One rule is enough: policies only add permissions.
bool reaches_https(const std::vector<RuleInEffect>& rules) {
  return std::any_of(rules.begin(), rules.end(), [](const RuleInEffect& in_effect) {
    const NetworkPolicyRule& rule = *in_effect.rule;
    return (rule.peers.empty() && leads_to_https(rule, nullptr)) ||
           std::any_of(rule.peers.begin(), rule.peers.end(),
                       [&rule](const PolicyPeer& peer) { return leads_to_https(rule, &peer); });
  });
}

}  // namespace compliance

// Where the peers of NetworkPolicies are.
#include "exporter/observe/kubernetes/resolve/peer_scope.h"

#include <algorithm>
#include <array>
#include <utility>

namespace compliance::kubernetes {
namespace {

constexpr std::string_view namespace_name_label = "kubernetes.io/metadata.name";
constexpr std::string_view app_name_label = "app.kubernetes.io/name";
constexpr std::string_view instance_label = "app.kubernetes.io/instance";
constexpr std::string_view product_name = "caracal";

// Labels that pods of any software may have with the same value.
constexpr std::array<std::string_view, 4> common_labels{"app.kubernetes.io/managed-by",
                                                        "app.kubernetes.io/version",
                                                        "helm.sh/chart", "pod-template-hash"};

bool demands(const LabelSelector& selector, std::string_view key, std::string_view value) {
  return std::any_of(selector.requirements.begin(), selector.requirements.end(),
                     [key, value](const LabelRequirement& requirement) {
                       return requirement.op == LabelOperator::in && requirement.key == key &&
                              requirement.values.size() == 1 && requirement.values.front() == value;
                     });
}

const LabelRequirement* named_by(const LabelSelector& selector) {
  const auto found = std::find_if(selector.requirements.begin(), selector.requirements.end(),
                                  [](const LabelRequirement& requirement) {
                                    return requirement.op == LabelOperator::in &&
                                           requirement.key == namespace_name_label;
                                  });
  return found == selector.requirements.end() ? nullptr : &*found;
}

// Labels that every namespace has, or that say how it is run and not whose it is.
bool is_common_to_namespaces(std::string_view key) {
  constexpr std::array<std::string_view, 6> keys{
      namespace_name_label,      "istio-injection",   "istio.io/rev",
      "istio.io/dataplane-mode", "linkerd.io/inject", "app.kubernetes.io/managed-by"};
  return key.rfind("pod-security.kubernetes.io/", 0) == 0 ||
         std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Demands a label to be there: one that only forbids selects what nobody has thought of.
bool is_demanding(const LabelSelector& selector) {
  return std::any_of(
      selector.requirements.begin(), selector.requirements.end(),
      [](const LabelRequirement& requirement) {
        return (requirement.op == LabelOperator::in || requirement.op == LabelOperator::exists) &&
               !is_common_to_namespaces(requirement.key);
      });
}

}  // namespace

// Of a namespace without object no labels are known but its name: it may have those asked for.
bool PeerScopeResolver::could_be(const std::string& name, const LabelSelector& selector) const {
  return namespaces_.find(name) == nullptr || matches(selector, namespaces_.labels_of(name));
}

std::optional<std::vector<std::string>> PeerScopeResolver::bound_to(const PolicyPeer& peer,
                                                                    const std::string& in) const {
  if (!peer.namespaces) {
    return std::vector<std::string>{in};
  }
  const LabelSelector& selector = *peer.namespaces;
  std::vector<std::string> names;
  if (const LabelRequirement* named = named_by(selector)) {
    std::copy_if(named->values.begin(), named->values.end(), std::back_inserter(names),
                 [&](const std::string& name) { return could_be(name, selector); });
    return names;
  }
  if (is_demanding(selector)) {
    for (const auto& [name, object] : namespaces_.objects()) {
      if (matches(selector, object->labels)) {
        names.push_back(name);
      }
    }
  }
  return names.empty() ? std::nullopt : std::optional{std::move(names)};
}

bool PeerScopeResolver::demands_identity(const LabelSelector& selector) const {
  return pods_.labelled && demands(selector, app_name_label, product_name) &&
         (pods_.instance.empty() || demands(selector, instance_label, pods_.instance));
}

bool PeerScopeResolver::selects_release_only(const std::string& in,
                                             const LabelSelector& selector) const {
  if (demands_identity(selector)) {
    return true;
  }
  const bool is_own = std::any_of(selector.requirements.begin(), selector.requirements.end(),
                                  [&](const LabelRequirement& requirement) {
                                    return requirement.op == LabelOperator::in &&
                                           std::find(common_labels.begin(), common_labels.end(),
                                                     requirement.key) == common_labels.end() &&
                                           pods_.release.has_each_value(in, requirement);
                                  });
  return is_own && pods_.release.selects_any(in, selector) &&
         !pods_.foreign.selects_any(in, selector);
}

PeerScope PeerScopeResolver::scope_of(const PolicyPeer& peer) const {
  if (peer.addresses || !peer.bound_namespaces) {
    return PeerScope::outside;
  }
  const auto& bound = *peer.bound_namespaces;
  if (bound.empty()) {
    return PeerScope::release;
  }
  if (!peer.pods) {
    return PeerScope::outside;
  }
  const LabelSelector& pods = *peer.pods;
  const bool is_inside = std::all_of(bound.begin(), bound.end(), [&](const std::string& name) {
    return pods_.namespaces.contains(name) && selects_release_only(name, pods);
  });
  if (is_inside) {
    return PeerScope::release;
  }
  const bool unknown_namespace = peer.namespaces && pods_.namespaces.contains("");
  return unknown_namespace && selects_release_only("", pods) ? PeerScope::undecided
                                                             : PeerScope::outside;
}

void PeerScopeResolver::decide(PolicyPeer& peer, const std::string& in) const {
  if (!peer.addresses) {
    peer.bound_namespaces = bound_to(peer, in);
  }
  peer.place = scope_of(peer);
}

}  // namespace compliance::kubernetes

// Decides whether the peers of NetworkPolicies are the release's own pods or others too.
#include "exporter/observe/kubernetes/resolve/peer_scope.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

namespace compliance::kubernetes {
namespace {

// Key of a label in the index; no part of it can hold a line break.
std::string indexed_label(const std::string& ns, const std::string& key, const std::string& value) {
  return ns + '\n' + key + '\n' + value;
}

// Null when the key is not there.
template <class Map>
auto* found_in(const Map& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

// All entries of the lists together.
template <class Lists>
std::size_t size_of(const Lists& lists) {
  std::size_t size = 0;
  for (const auto* list : lists) {
    size += list->size();
  }
  return size;
}

constexpr std::string_view namespace_name_label = "kubernetes.io/metadata.name";
constexpr std::string_view app_name_label = "app.kubernetes.io/name";
constexpr std::string_view instance_label = "app.kubernetes.io/instance";
constexpr std::string_view product_name = "caracal";

// Labels that pods of any software may have with the same value.
constexpr std::array<std::string_view, 4> common_labels{"app.kubernetes.io/managed-by",
                                                        "app.kubernetes.io/version",
                                                        "helm.sh/chart", "pod-template-hash"};

// True when the selector asks for exactly this value of the label.
bool demands(const LabelSelector& selector, std::string_view key, std::string_view value) {
  return std::any_of(selector.requirements.begin(), selector.requirements.end(),
                     [key, value](const LabelRequirement& requirement) {
                       return requirement.op == LabelOperator::in && requirement.key == key &&
                              requirement.values.size() == 1 && requirement.values.front() == value;
                     });
}

// The requirement by which a selector names namespaces; null when it has none.
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

// True when the selector demands a label that not every namespace has: one that only forbids
// selects namespaces that nobody has thought of.
bool is_demanding(const LabelSelector& selector) {
  return std::any_of(
      selector.requirements.begin(), selector.requirements.end(),
      [](const LabelRequirement& requirement) {
        return (requirement.op == LabelOperator::in || requirement.op == LabelOperator::exists) &&
               !is_common_to_namespaces(requirement.key);
      });
}

}  // namespace

std::uint32_t PodIndex::add(const std::string& ns, const Labels& labels) {
  const auto number = static_cast<std::uint32_t>(labels_.size());
  labels_.push_back(&labels);
  by_namespace_[ns].push_back(number);
  for (const auto& [key, value] : labels) {
    by_label_[indexed_label(ns, key, value)].push_back(number);
  }
  return number;
}

std::vector<const PodIndex::Numbers*> PodIndex::candidates(
    const std::string& ns, const LabelRequirement& requirement) const {
  std::vector<const Numbers*> lists;
  const std::set<std::string> values{requirement.values.begin(), requirement.values.end()};
  for (const std::string& value : values) {
    if (const Numbers* list = found_in(by_label_, indexed_label(ns, requirement.key, value))) {
      lists.push_back(list);
    }
  }
  return lists;
}

// The requirement that leaves the fewest pods decides which ones are asked.
std::vector<const PodIndex::Numbers*> PodIndex::candidates(const std::string& ns,
                                                           const LabelSelector& selector) const {
  const Numbers* all = found_in(by_namespace_, ns);
  std::vector<const Numbers*> best;
  if (all != nullptr) {
    best.push_back(all);
  }
  for (const LabelRequirement& requirement : selector.requirements) {
    if (requirement.op != LabelOperator::in) {
      continue;
    }
    auto lists = candidates(ns, requirement);
    if (size_of(lists) < size_of(best)) {
      best = std::move(lists);
    }
  }
  return best;
}

std::vector<std::uint32_t> PodIndex::selected(const std::string& ns,
                                              const LabelSelector& selector) const {
  Numbers numbers;
  for (const Numbers* list : candidates(ns, selector)) {
    std::copy_if(list->begin(), list->end(), std::back_inserter(numbers),
                 [&](std::uint32_t number) { return matches(selector, *labels_[number]); });
  }
  return numbers;
}

bool PodIndex::selects_any(const std::string& ns, const LabelSelector& selector) const {
  const auto lists = candidates(ns, selector);
  return std::any_of(lists.begin(), lists.end(), [&](const Numbers* list) {
    return std::any_of(list->begin(), list->end(),
                       [&](std::uint32_t number) { return matches(selector, *labels_[number]); });
  });
}

// Every value counts: a requirement with one foreign value may select foreign pods.
bool PodIndex::has_each_value(const std::string& ns, const LabelRequirement& requirement) const {
  return std::all_of(requirement.values.begin(), requirement.values.end(),
                     [&](const std::string& value) {
                       return by_label_.contains(indexed_label(ns, requirement.key, value));
                     });
}

// Of a namespace without object no labels are known but its name: it may have those asked for.
bool PeerScopeResolver::could_be(const std::string& name, const LabelSelector& selector) const {
  return namespaces_.find(name) == nullptr || matches(selector, namespaces_.labels_of(name));
}

// Without a selector for namespaces a peer is of the policy's own. Labels bind it only to
// namespaces that are among the files and carry them: others of the cluster are not seen.
std::optional<std::vector<std::string>> PeerScopeResolver::bound_to(const PolicyPeer& peer,
                                                                    const std::string& ns) const {
  if (!peer.namespaces) {
    return std::vector<std::string>{ns};
  }
  const LabelSelector& selector = *peer.namespaces;
  std::vector<std::string> names;
  if (const LabelRequirement* named = named_by(selector)) {
    std::copy_if(named->values.begin(), named->values.end(), std::back_inserter(names),
                 [&](const std::string& name) { return could_be(name, selector); });
    return names;
  }
  if (!is_demanding(selector)) {
    return std::nullopt;
  }
  for (const auto& [name, object] : namespaces_.objects()) {
    if (matches(selector, object->labels)) {
      names.push_back(name);
    }
  }
  return names.empty() ? std::nullopt : std::optional{std::move(names)};
}

// Name and instance of the release, as its own policy demands them (FACTS.md 5.5).
bool PeerScopeResolver::demands_identity(const LabelSelector& selector) const {
  return pods_.labelled && demands(selector, app_name_label, product_name) &&
         (pods_.instance.empty() || demands(selector, instance_label, pods_.instance));
}

// Other labels count when a pod of the release has them and no pod of another workload in that
// namespace does. Labels that any software may carry do not count.
bool PeerScopeResolver::selects_release_only(const std::string& ns,
                                             const LabelSelector& selector) const {
  if (demands_identity(selector)) {
    return true;
  }
  const bool is_own = std::any_of(selector.requirements.begin(), selector.requirements.end(),
                                  [&](const LabelRequirement& requirement) {
                                    return requirement.op == LabelOperator::in &&
                                           std::find(common_labels.begin(), common_labels.end(),
                                                     requirement.key) == common_labels.end() &&
                                           pods_.release.has_each_value(ns, requirement);
                                  });
  return is_own && pods_.release.selects_any(ns, selector) &&
         !pods_.foreign.selects_any(ns, selector);
}

PeerScope PeerScopeResolver::scope_of(const PolicyPeer& peer) const {
  if (peer.addresses || !peer.bound_namespaces) {
    return PeerScope::outside;
  }
  const auto& bound = *peer.bound_namespaces;
  // The selector names only namespaces that cannot match it: the peer selects nobody, and so nobody
  // outside.
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
  // Where the release's namespace is not known, "" stands for it: the named ones may be it or not.
  const bool unknown_namespace = peer.namespaces && pods_.namespaces.contains("");
  return unknown_namespace && selects_release_only("", pods) ? PeerScope::undecided
                                                             : PeerScope::outside;
}

void PeerScopeResolver::decide(PolicyPeer& peer, const std::string& ns) const {
  if (!peer.addresses) {
    peer.bound_namespaces = bound_to(peer, ns);
  }
  peer.place = scope_of(peer);
}

}  // namespace compliance::kubernetes

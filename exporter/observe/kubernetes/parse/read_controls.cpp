// Reads what keeps workloads available: replicas, spread, budgets, autoscalers.
#include "exporter/observe/kubernetes/parse/read_controls.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "exporter/observe/kubernetes/parse/label_selector.h"

namespace compliance::kubernetes {
namespace {

// More pods than any cluster has, so that sums stay small.
constexpr std::int64_t max_amount = 1'000'000'000;

// The number of pods at `field`; `otherwise`, the default of the platform, where nothing is stated.
Fact<std::int64_t> amount_or(ManifestReader& reader, const Node& parent, const char* field,
                             std::int64_t otherwise) {
  Fact<std::int64_t> fact = reader.int_fact(parent[field], field, reader.origin_of(parent));
  if (fact.absent()) {
    fact.value = otherwise;
  } else if (fact.value) {
    fact.value = std::clamp(*fact.value, std::int64_t{0}, max_amount);
  }
  return fact;
}

// An IntOrString of Kubernetes: a number of pods or a percentage; nothing for anything else.
std::optional<PodAmount> parse_amount(const Node& node) {
  if (const auto number = document::as_integer(node)) {
    return *number < 0 ? std::nullopt
                       : std::optional{PodAmount{.number = std::min(*number, max_amount)}};
  }
  std::string_view text = node.text();
  if (!text.ends_with('%')) {
    return std::nullopt;
  }
  text.remove_suffix(1);
  PodAmount amount{.percent = true};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount.number);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && amount.number >= 0 ? std::optional{amount} : std::nullopt;
}

// Absent when it is not stated: a budget has one of two such fields.
Fact<PodAmount> amount_fact(ManifestReader& reader, const Node& spec, const char* field,
                            const Origin& otherwise) {
  const Node node = spec[field];
  if (node.is_null()) {
    return {.origin = otherwise};
  }
  Fact<PodAmount> fact{.value = parse_amount(node), .origin = reader.origin_of(node)};
  const bool too_much = fact.value && fact.value->percent && fact.value->number > 100;
  if (!fact.value || too_much) {
    fact.fault = Fault{.reason = UnknownReason::unparsable,
                       .message = "'" + std::string{field} +
                                  (too_much ? "' must not be greater than 100%"
                                            : "' is neither a number nor a percentage")};
    fact.value.reset();
  }
  return fact;
}

// True when the selector at labelSelector of one of the entries, or of what each has at `below`,
// matches the labels.
bool any_selects(ManifestReader& reader, const Node& entries, const char* below,
                 const Labels& labels) {
  bool any = false;
  for (std::size_t index = 0; index < entries.size(); ++index) {
    const Node term =
        below == nullptr ? entries.at(index) : reader.mapping(entries.at(index), below);
    any = matches(read_label_selector(reader, term, "labelSelector"), labels) || any;
  }
  return any;
}

// True when a spread constraint or an anti-affinity, required or preferred, selects the workload's
// own pods: one that selects others does not keep its replicas apart. All three are read, so that a
// malformed one is refused.
bool is_spread(ManifestReader& reader, const Node& pod, const Labels& labels) {
  const Node affinity = reader.mapping(reader.mapping(pod, "affinity"), "podAntiAffinity");
  const bool constrained =
      any_selects(reader, reader.list(pod, "topologySpreadConstraints"), nullptr, labels);
  const bool required =
      any_selects(reader, reader.list(affinity, "requiredDuringSchedulingIgnoredDuringExecution"),
                  nullptr, labels);
  const bool preferred =
      any_selects(reader, reader.list(affinity, "preferredDuringSchedulingIgnoredDuringExecution"),
                  "podAffinityTerm", labels);
  return constrained || required || preferred;
}

// What both kinds of autoscaler have in common.
UnresolvedAutoscaler autoscaler_of(ManifestReader& reader, const Node& spec,
                                   const Metadata& metadata) {
  const Node target = reader.mapping(spec, "scaleTargetRef");
  return {.object_namespace = metadata.object_namespace,
          .target_kind = reader.text(target, "kind"),
          .target_name = reader.text(target, "name"),
          .autoscaler = {.object = metadata.kind + " " + metadata.name}};
}

}  // namespace

void read_scale(ManifestReader& reader, const Node& object, Workload& workload) {
  const std::string& kind = workload.metadata.kind;
  if ((kind != "Deployment" && kind != "StatefulSet") || workload.containers.empty()) {
    return;
  }
  const Node spec = reader.mapping(object, "spec");
  const Node pod = reader.mapping(reader.mapping(spec, "template"), "spec");
  workload.replicas = amount_or(reader, spec, "replicas", 1);
  workload.spread = is_spread(reader, pod, pod_labels_of(workload));
}

UnresolvedBudget read_budget(ManifestReader& reader, const Node& object, const Metadata& metadata) {
  const Node spec = reader.mapping(object, "spec");
  UnresolvedBudget open{.name = metadata.name,
                        .object_namespace = metadata.object_namespace,
                        .selector = read_label_selector(reader, spec, "selector")};
  // The meaning of an empty selector is the one thing that changed between the versions.
  const bool older = object["apiVersion"].text() == "policy/v1beta1";
  if (older && open.selector && open.selector->requirements.empty()) {
    open.selector.reset();
  }
  open.budget = {.object = metadata.kind + " " + metadata.name,
                 .min_available = amount_fact(reader, spec, "minAvailable", metadata.origin),
                 .max_unavailable = amount_fact(reader, spec, "maxUnavailable", metadata.origin),
                 .origin = metadata.origin};
  return open;
}

UnresolvedAutoscaler read_autoscaler(ManifestReader& reader, const Node& object,
                                     const Metadata& metadata) {
  const Node spec = reader.mapping(object, "spec");
  UnresolvedAutoscaler open = autoscaler_of(reader, spec, metadata);
  open.autoscaler.minimum = amount_or(reader, spec, "minReplicas", 1);
  return open;
}

UnresolvedAutoscaler read_scaled_object(ManifestReader& reader, const Node& object,
                                        const Metadata& metadata) {
  const Node spec = reader.mapping(object, "spec");
  UnresolvedAutoscaler open = autoscaler_of(reader, spec, metadata);
  open.autoscaler.minimum = amount_or(reader, spec, "minReplicaCount", 0);
  if (open.target_kind.empty()) {
    open.target_kind = "Deployment";
  }
  return open;
}

}  // namespace compliance::kubernetes

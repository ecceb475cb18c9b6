// Reads NetworkPolicies as the API server stores them.
#pragma once

#include "checks/facts/network_policy.h"
#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// Reads a NetworkPolicy: defaults filled in, unknown fields dropped, what validation would not let
// pass refused. Where its peers are is not decided yet.
UnresolvedNetworkPolicy read_network_policy(ManifestReader& reader, const Node& object,
                                            Metadata metadata);

// A policy of Cilium, Calico and the like: known to be there, not read. It makes undecided what
// NetworkPolicies alone would decide.
OtherPolicy read_other_policy(Metadata metadata);

}  // namespace compliance::kubernetes

// Follows the references of variables: the environment that the kubelet would make of them.
#pragma once

#include <cstddef>
#include <string>

#include "exporter/observe/kubernetes/resolve/store_index.h"

namespace compliance::kubernetes {

// Follows references and expands $(NAME). One object serves a whole installation: it bounds how
// much text references and expansions may make together, since a hostile file could multiply it.
// Used by one thread at a time; `stores` outlives it.
class EnvironmentResolver {
 public:
  explicit EnvironmentResolver(const StoreIndex& stores) : stores_(stores) {}

  // The environment of one container, in order of name. `ns` is the namespace of the pod. envFrom
  // comes first, then env, later ones winning. Values of Secrets stay unknown: a reference to one
  // is a variable without value. What is not among the objects makes a variable, or with envFrom
  // the whole environment, incomplete.
  EnvironmentFacts resolve(const UnresolvedContainer& container, const std::string& ns);

 private:
  class Builder;

  // Takes `bytes` from what is left. False when that is not enough; then nothing is taken.
  bool take(std::size_t bytes);

  const StoreIndex& stores_;
  // 64 MiB, far above any real installation.
  std::size_t bytes_left_ = std::size_t{64} << 20U;
};

}  // namespace compliance::kubernetes

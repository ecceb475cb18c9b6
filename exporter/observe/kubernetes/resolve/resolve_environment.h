// Open variables -> the environment that the kubelet would make of them.
#pragma once

#include <cstddef>
#include <string>

#include "exporter/observe/kubernetes/resolve/store_index.h"

namespace compliance::kubernetes {

// Follows references and expands $(NAME). One object serves a whole installation: it bounds how
// much text references and expansions may make together, since a hostile file could multiply it.
class EnvironmentResolver {
 public:
  explicit EnvironmentResolver(const StoreIndex& stores) : stores_(stores) {}

  // `ns` is the namespace of the pod. envFrom comes first, then env, later ones winning.
  EnvironmentFacts resolve(const UnresolvedContainer& container, const std::string& ns);

 private:
  class Builder;

  // False when so much more text is too much.
  bool take(std::size_t bytes);

  const StoreIndex& stores_;
  std::size_t bytes_left_ = std::size_t{64} << 20U;
};

}  // namespace compliance::kubernetes

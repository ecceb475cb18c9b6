// What a document owns. Known to this folder only.
#pragma once

#include <vector>

#include "exporter/observe/document/arena.h"
#include "exporter/observe/document/document.h"

namespace compliance::document {

struct Document::Storage {
  explicit Storage(std::size_t expected) : arena(expected) {}

  Arena arena;
  std::vector<Node> roots{};
};

}  // namespace compliance::document

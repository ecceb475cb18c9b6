// What the tag of an image promises.
#include "checks/containers/shared/image_tag.h"

#include <algorithm>
#include <array>
#include <string>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

constexpr auto moving_tags =
    std::to_array<std::string_view>({"latest", "main", "master", "dev", "edge", "nightly"});

}  // namespace

TagKind kind_of_tag(std::string_view tag) {
  const std::string lower = lower_case(tag);
  if (lower.empty()) {
    return TagKind::none;
  }
  if (lower == "v") {
    return TagKind::release_missing;
  }
  const bool moving =
      std::find(moving_tags.begin(), moving_tags.end(), lower) != moving_tags.end() ||
      lower.find("-dev") != std::string::npos;
  return moving ? TagKind::moving : TagKind::release;
}

}  // namespace compliance

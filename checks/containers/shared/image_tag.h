// What the tag of an image promises.
#pragma once

#include <cstdint>
#include <string_view>

namespace compliance {

enum class TagKind : std::uint8_t {
  release,          // anything that is none of the following
  none,             // no tag: the engines take latest
  moving,           // latest, main, master, dev, edge, nightly, or one that contains -dev
  release_missing,  // v alone: the packaged files write v before a release that is not given
};

// Letters count in any case.
TagKind kind_of_tag(std::string_view tag);

}  // namespace compliance

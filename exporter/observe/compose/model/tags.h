// !reset and !override: where a document removes what earlier files and extended services say.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// The tag that removes a value. Its own value counts for nothing.
inline constexpr std::string_view reset_tag = "!reset";
// The tag of a value that replaces earlier ones. Tags inside it mean nothing to Compose.
inline constexpr std::string_view override_tag = "!override";

// The places of one document that have a tag, as a tree of keys. Tags within lists, lists of merge
// keys included, are not among them: Compose applies none there.
struct Tags {
  bool removes = false;  // the value at this place has a tag itself
  std::map<std::string, Tags, std::less<>> children{};

  // The places below `key`; an empty tree when there are none.
  const Tags& below(std::string_view key) const;
};

// The tags of a document that was parsed with its hidden entries: those of merged mappings count
// at the place where they are merged, hidden or not.
Tags tags_of(const document::Node& root);

// `earlier` without what stands at the places that have a tag.
Value without_tagged(Value earlier, const Tags& tags);

}  // namespace compliance::compose

// !reset and !override: where a document removes what earlier files and extended services say.
#include "exporter/observe/compose/model/tags.h"

#include <cstddef>
#include <utility>

namespace compliance::compose {
namespace {

// Other tags mean nothing to Compose.
bool has_merge_tag(const document::Node& node) {
  return node.tag() == reset_tag || node.tag() == override_tag;
}

// Compose does not look for tags below a tag, and looks for those of mappings that a list merges at
// a place where nothing is. The depth is bounded by the budget of the document.
void collect_tags(Tags& tags, const document::Node& mapping) {
  for (std::size_t index = 0; index < mapping.size(); ++index) {
    const document::Node value = mapping.at(index);
    if (mapping.key(index).from_merge_list() || (!has_merge_tag(value) && !value.is_mapping())) {
      continue;
    }
    const auto place = tags.children.try_emplace(std::string{mapping.key(index).text()}).first;
    if (has_merge_tag(value)) {
      place->second.removes = true;
    } else {
      collect_tags(place->second, value);
    }
    if (!place->second.removes && place->second.children.empty()) {
      tags.children.erase(place);
    }
  }
}

}  // namespace

const Tags& Tags::below(std::string_view key) const {
  static const Tags none;
  const auto found = children.find(key);
  return found == children.end() ? none : found->second;
}

Tags tags_of(const document::Node& root) {
  Tags tags;
  if (root.is_mapping()) {
    collect_tags(tags, root);
  }
  return tags;
}

Value without_tagged(Value earlier, const Tags& tags) {
  if (!earlier.is_mapping() || earlier.listed || tags.children.empty()) {
    return earlier;
  }
  std::size_t kept = 0;
  for (std::size_t index = 0; index < earlier.items.size(); ++index) {
    const Tags& below = tags.below(earlier.keys[index].name);
    if (below.removes) {
      continue;
    }
    // A value may not be moved onto itself.
    Value item = without_tagged(std::move(earlier.items[index]), below);
    Key key = std::move(earlier.keys[index]);
    earlier.items[kept] = std::move(item);
    earlier.keys[kept] = std::move(key);
    ++kept;
  }
  earlier.items.resize(kept);
  earlier.keys.resize(kept);
  return earlier;
}

}  // namespace compliance::compose

// The anchors of one YAML document. Known to this folder only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exporter/observe/document/node_record.h"

namespace compliance::document {

// A value that has an anchor. Until `complete`, an alias to it would contain itself.
struct Anchored {
  NodeRecord record{};
  std::size_t expanded = 0;  // values in it, aliases followed
  std::size_t height = 0;    // nested collections in it, itself included
  bool complete = false;
};

// Keeps the anchors of the document that is being built. Every definition has a number, so that a
// nested definition of the same name does not disturb the outer one.
class Anchors {
 public:
  // The number of a value without an anchor.
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  // Names are forgotten at the end of each document.
  void clear() {
    if (!values_.empty()) {
      names_.clear();
      values_.clear();
    }
  }

  // From here on `name` means a value that is not complete yet; complete() takes the number that
  // this returns. A name may be given again: the later one counts.
  std::size_t open(std::string_view name) {
    values_.emplace_back();
    names_.insert_or_assign(std::string{name}, values_.size() - 1);
    return values_.size() - 1;
  }

  // `none` is allowed and does nothing, so callers need not ask whether there is an anchor.
  void complete(std::size_t number, const Anchored& value) {
    if (number != none) {
      values_[number] = value;
      values_[number].complete = true;
    }
  }

  // Null for an unknown name. Valid until the next open().
  const Anchored* find(std::string_view name) const {
    const auto place = names_.find(std::string{name});
    return place == names_.end() ? nullptr : &values_[place->second];
  }

 private:
  std::unordered_map<std::string, std::size_t> names_{};
  std::vector<Anchored> values_{};
};

}  // namespace compliance::document

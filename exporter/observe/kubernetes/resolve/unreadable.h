// Finds the objects that could not be read.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"

namespace compliance::kubernetes {

// The unreadable objects of the kinds by `key` of their metadata; of several with one key the first
// in the order of the files, which outlive the result.
std::unordered_map<std::string, const UnreadableObject*> unreadable_by(
    const std::vector<const Objects*>& files, std::initializer_list<std::string_view> kinds,
    const std::function<std::string(const Metadata&)>& key);

}  // namespace compliance::kubernetes

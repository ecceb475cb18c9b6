// The small parts of which OSCAL documents are made.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace compliance {

// A UUID that is the same in all documents for the same words.
std::string oscal_uuid(std::initializer_list<std::string_view> words);

// Names and values as properties in the name space of this program; pairs without a value are left
// out. Values are printable, and in quotes where white space at their ends would be refused.
using OscalPairs = std::vector<std::pair<std::string_view, std::string>>;
nlohmann::ordered_json oscal_properties(const OscalPairs& pairs);

}  // namespace compliance

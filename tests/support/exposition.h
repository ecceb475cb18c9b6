// Takes texts in the Prometheus exposition format apart.
#pragma once

#include <string>
#include <vector>

namespace compliance::test {

// The lines that are series, without HELP and TYPE.
std::vector<std::string> series_lines(const std::string& exposition);

// The series of one family, named without the prefix caracal_compliance_, a line each.
std::string lines_of(const std::string& exposition, const std::string& family);

// The names of the families in their order.
std::vector<std::string> families_of(const std::string& exposition);

}  // namespace compliance::test

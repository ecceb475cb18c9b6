// Takes texts in the Prometheus exposition format apart.
#include "tests/support/exposition.h"

#include <sstream>
#include <string_view>

namespace compliance::test {
namespace {

constexpr std::string_view prefix = "caracal_compliance_";
constexpr std::string_view type = "# TYPE ";

std::vector<std::string> lines_in(const std::string& text) {
  std::istringstream stream{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

}  // namespace

std::vector<std::string> series_lines(const std::string& exposition) {
  auto lines = lines_in(exposition);
  std::erase_if(lines, [](const std::string& line) { return line.empty() || line.front() == '#'; });
  return lines;
}

std::string lines_of(const std::string& exposition, const std::string& family) {
  std::string lines;
  const std::string name = std::string{prefix} + family;
  for (const std::string& line : series_lines(exposition)) {
    if (line.starts_with(name + "{") || line.starts_with(name + " ")) {
      lines += line.substr(prefix.size()) + "\n";
    }
  }
  return lines;
}

std::vector<std::string> families_of(const std::string& exposition) {
  std::vector<std::string> families;
  for (const std::string& line : lines_in(exposition)) {
    if (line.starts_with(type)) {
      families.push_back(line.substr(type.size(), line.find(' ', type.size()) - type.size()));
    }
  }
  return families;
}

}  // namespace compliance::test

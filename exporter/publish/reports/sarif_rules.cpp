// Checks as rules of SARIF.
#include "exporter/publish/reports/sarif_rules.h"

#include <string>

#include "exporter/base/markup.h"

namespace compliance {
namespace {

using Json = nlohmann::ordered_json;

// On the scale of CVSS, in the middle of the band of its name, as code scanners read it.
std::string_view security_severity(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "9.5";
    case Severity::high:
      return "8.0";
    case Severity::medium:
      return "5.5";
    case Severity::low:
      return "2.0";
  }
  return "0.0";
}

// "web-edge-frame-options" -> "WebEdgeFrameOptions"
std::string pascal_case(std::string_view id) {
  std::string name;
  bool begins = true;
  for (const char letter : id) {
    const bool lower = letter >= 'a' && letter <= 'z';
    if (letter != '-') {
      name.push_back(begins && lower ? static_cast<char>(letter - 'a' + 'A') : letter);
    }
    begins = letter == '-';
  }
  return name;
}

Json help_of(const Check& check) {
  const std::string remediation{check.remediation};
  const std::string reference{check.reference};
  const std::string link = reference.empty() ? "" : "\n\n[Reference](" + reference + ")";
  return {{"text", remediation + (reference.empty() ? "" : " See " + reference)},
          {"markdown", "**Why:** " + markdown_text(check.why) + "\n\n**What to do:** " +
                           markdown_text(check.remediation) + link}};
}

Json rule_of(const CheckResult& result) {
  const Check& check = *result.check;
  Json rule = {{"id", check.id},
               {"name", pascal_case(check.id)},
               {"shortDescription", {{"text", check.title}}},
               {"fullDescription", {{"text", check.why}}},
               {"help", help_of(check)}};
  if (!check.reference.empty()) {
    rule["helpUri"] = check.reference;
  }
  rule["defaultConfiguration"] = {{"level", sarif_level(result.base_severity)}};
  rule["properties"] = {{"security-severity", security_severity(result.base_severity)},
                        {"precision", "high"},
                        {"tags", {"security", name_of(check.area)}}};
  return rule;
}

}  // namespace

std::string_view sarif_level(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::high:
      return "error";
    case Severity::medium:
      return "warning";
    case Severity::low:
      return "note";
  }
  return "none";
}

Json sarif_rules(const std::vector<CheckResult>& results) {
  Json rules = Json::array();
  for (const CheckResult& result : results) {
    rules.push_back(rule_of(result));
  }
  return rules;
}

}  // namespace compliance

// Findings as results of SARIF.
#include "exporter/publish/reports/sarif_results.h"

#include <map>
#include <string>

#include "exporter/base/digest.h"
#include "exporter/base/escape.h"
#include "exporter/base/markup.h"
#include "exporter/publish/reports/finding_identity.h"
#include "exporter/publish/reports/finding_text.h"
#include "exporter/publish/reports/sarif_rules.h"
#include "exporter/publish/reports/waiver_text.h"

namespace compliance {
namespace {

using Json = nlohmann::ordered_json;

std::string with_every(std::string text, std::string_view found, std::string_view instead) {
  for (auto at = text.find(found); at != std::string::npos;
       at = text.find(found, at + instead.size())) {
    text.replace(at, found.size(), instead);
  }
  return text;
}

// Text of a message: braces stand for placeholders there, and [a](b) for a link (SARIF 3.11.5,
// 3.11.6).
std::string message_text(std::string_view foreign) {
  std::string text = with_every(with_every(printable(foreign), "{", "{{"), "}", "}}");
  return text.find("](") == std::string::npos
             ? text
             : with_every(with_every(std::move(text), "[", "\\["), "]", "\\]");
}

std::string_view kind_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::fail:
      return "fail";
    case Outcome::unknown:
      return "open";
    case Outcome::pass:
      return "pass";
    case Outcome::not_applicable:
      return "notApplicable";
  }
  return "open";
}

// Code scanners take no result without an artifact, and none whose URI is absolute and no file:
// what has no file is named below a folder of its kind.
std::string artifact_of(const Finding& finding, const std::string& installation) {
  const std::string place{finding.origin.place.text()};
  if (place.empty()) {
    return file_uri("installation/" + installation);
  }
  if (!is_remote(finding.origin.source)) {
    return file_uri(place);
  }
  return file_uri(std::string{name_of(finding.origin.source)} + "/" +
                  with_every(place, "://", "/"));
}

Json location_of(const Finding& finding, const std::string& installation) {
  Json physical = {{"artifactLocation", {{"uri", artifact_of(finding, installation)}}}};
  if (finding.origin.line > 0) {
    physical["region"] = {{"startLine", finding.origin.line}};
    if (finding.origin.column > 0) {
      physical["region"]["startColumn"] = finding.origin.column;
    }
  }
  Json logical = Json::array({{{"name", printable(subject_of(finding))}, {"kind", "resource"}}});
  if (is_remote(finding.origin.source) && !finding.origin.place.text().empty()) {
    logical.push_back({{"name", printable(finding.origin.place.text())}, {"kind", "endpoint"}});
  }
  return {{"physicalLocation", std::move(physical)}, {"logicalLocations", std::move(logical)}};
}

Json suppressions_of(const Finding& finding, const std::vector<PublishedWaiver>& waivers) {
  if (finding.waiver.empty()) {
    return Json::array();
  }
  return Json::array({{{"kind", "external"},
                       {"status", "accepted"},
                       {"justification", justification_of(finding.waiver, waivers)}}});
}

Json properties_of(const Finding& finding) {
  Json properties = {{"component", name_of(finding.component)},
                     {"severity", name_of(finding.severity)}};
  if (finding.outcome == Outcome::unknown && finding.reason) {
    properties["unknownReason"] = name_of(*finding.reason);
  }
  return properties;
}

// The results of one installation; how often an identity was seen tells alike ones apart.
class SarifResultWriter {
 public:
  SarifResultWriter(const PublishedInstallation& installation,
                    const std::vector<PublishedWaiver>& waivers)
      : name_(installation.result.name), waivers_(waivers) {}

  Json result_of(const CheckResult& check, std::size_t rule, const Finding& finding) {
    const bool fails = finding.outcome == Outcome::fail;
    const std::string remediation{fails ? check.check->remediation : std::string_view{}};
    const std::string statement = statement_of(finding);
    // What is large comes last: an object that grows copies what it holds.
    return {
        {"ruleId", check.check->id},
        {"ruleIndex", rule},
        {"kind", kind_of(finding.outcome)},
        {"level", fails ? sarif_level(finding.severity) : "none"},
        {"partialFingerprints",
         {{"caracalComplianceFinding/v1", fingerprint_of(*check.check, finding)}}},
        {"suppressions", suppressions_of(finding, waivers_)},
        {"properties", properties_of(finding)},
        {"message",
         {{"text", message_text(subject_of(finding) + (statement.empty() ? "" : ": " + statement) +
                                (remediation.empty() ? "" : ". " + remediation))}}},
        {"locations", Json::array({location_of(finding, name_)})}};
  }

 private:
  std::string fingerprint_of(const Check& check, const Finding& finding) {
    IdentityParts parts = parts_of(finding);
    parts.installation = name_;
    parts.check = check.id;
    parts.status = {};
    const std::string identity = identity_of(parts);
    return hex(sha256(identity + "#" + std::to_string(++seen_[identity])));
  }

  const std::string& name_;
  const std::vector<PublishedWaiver>& waivers_;
  std::map<std::string, int, std::less<>> seen_{};
};

}  // namespace

Json sarif_results(const PublishedInstallation& installation,
                   const std::vector<PublishedWaiver>& waivers, bool verbose) {
  SarifResultWriter writer{installation, waivers};
  Json results = Json::array();
  for (std::size_t rule = 0; rule < installation.result.checks.size(); ++rule) {
    const CheckResult& check = installation.result.checks[rule];
    for (const Finding& finding : check.findings) {
      if (is_listed(finding, verbose)) {
        results.push_back(writer.result_of(check, rule, finding));
      }
    }
  }
  return results;
}

}  // namespace compliance

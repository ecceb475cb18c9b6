// Snapshot -> SARIF 2.1.0. Each installation is a run with an automation id of its own, which code
// scanners keep apart: the same file may be good for one installation and bad for another.
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "exporter/base/digest.h"
#include "exporter/base/escape.h"
#include "exporter/base/markup.h"
#include "exporter/base/timestamp.h"
#include "exporter/base/version.h"
#include "exporter/publish/reports/finding_identity.h"
#include "exporter/publish/reports/finding_text.h"
#include "exporter/publish/reports/report.h"
#include "exporter/publish/reports/waiver_text.h"

namespace compliance {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

// error for critical and high, warning for medium, note for low: SARIF has no more levels
// (3.27.10).
std::string_view level_of(Severity severity) {
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

// "web-edge-frame-options" -> "WebEdgeFrameOptions": names of rules are identifiers for
// people (SARIF 3.49.7).
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

// The text for plain viewers, the Markdown for those that render it.
Json help_of(const Check& check) {
  const std::string remediation{check.remediation};
  const std::string reference{check.reference};
  const std::string link = reference.empty() ? "" : "\n\n[Reference](" + reference + ")";
  return {{"text", remediation + (reference.empty() ? "" : " See " + reference)},
          {"markdown", "**Why:** " + markdown_text(check.why) + "\n\n**Remediation:** " +
                           markdown_text(check.remediation) + link}};
}

// A check as a rule. Its severity is the one that the site has chosen, not that of the
// results.
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
  rule["defaultConfiguration"] = {{"level", level_of(result.base_severity)}};
  rule["properties"] = {{"security-severity", security_severity(result.base_severity)},
                        {"precision", "high"},
                        {"tags", {"security", name_of(check.area)}}};
  return rule;
}

// One rule for each check, in their order.
Json rules_of(const std::vector<CheckResult>& results) {
  Json rules = Json::array();
  for (const CheckResult& result : results) {
    rules.push_back(rule_of(result));
  }
  return rules;
}

// Replaces each occurrence, without looking again at what it has put there.
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

// SARIF's words for outcomes (3.27.9).
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

// Where the finding is: a place that scanners show, and the subject by its name.
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

// An empty list says that the result is not suppressed; a missing one would say nothing
// (SARIF 3.27.23).
Json suppressions_of(const Finding& finding, const std::vector<PublishedWaiver>& waivers) {
  if (finding.waiver.empty()) {
    return Json::array();
  }
  return Json::array({{{"kind", "external"},
                       {"status", "accepted"},
                       {"justification", justification_of(finding.waiver, waivers)}}});
}

// What SARIF has no member for.
Json properties_of(const Finding& finding) {
  Json properties = {{"component", name_of(finding.component)},
                     {"severity", name_of(finding.severity)}};
  if (finding.outcome == Outcome::unknown && finding.reason) {
    properties["unknownReason"] = name_of(*finding.reason);
  }
  return properties;
}

// Writes the results of one installation. How often an identity was seen tells alike
// results apart, so results have to come in the order of the report.
class SarifResultWriter {
 public:
  SarifResultWriter(const PublishedInstallation& installation,
                    const std::vector<PublishedWaiver>& waivers, bool verbose)
      : name_(installation.result.name), waivers_(waivers), verbose_(verbose) {}

  // Adds the listed findings of a check; `rule` is its index.
  void add(const CheckResult& check, std::size_t rule) {
    for (const Finding& finding : check.findings) {
      if (is_listed(finding, verbose_)) {
        results_.push_back(result_of(check, rule, finding));
      }
    }
  }

  Json take() { return std::move(results_); }

 private:
  Json result_of(const CheckResult& check, std::size_t rule, const Finding& finding) {
    const bool fails = finding.outcome == Outcome::fail;
    const std::string remediation{fails ? check.check->remediation : std::string_view{}};
    const std::string statement = statement_of(finding);
    // What is large comes last: an object that grows copies what it holds.
    return {
        {"ruleId", check.check->id},
        {"ruleIndex", rule},
        {"kind", kind_of(finding.outcome)},
        {"level", fails ? level_of(finding.severity) : "none"},
        {"partialFingerprints",
         {{"caracalComplianceFinding/v1", fingerprint_of(*check.check, finding)}}},
        {"suppressions", suppressions_of(finding, waivers_)},
        {"properties", properties_of(finding)},
        {"message",
         {{"text", message_text(subject_of(finding) + (statement.empty() ? "" : ": " + statement) +
                                (remediation.empty() ? "" : ". " + remediation))}}},
        {"locations", Json::array({location_of(finding, name_)})}};
  }

  // The same from run to run for the same finding. The status is left out: a finding that
  // turns unknown is no new one.
  std::string fingerprint_of(const Check& check, const Finding& finding) {
    IdentityParts parts = parts_of(finding);
    parts.installation = name_;
    parts.check = check.id;
    // A finding that fails first and is unknown later keeps its fingerprint, so a scanner
    // keeps what people said of it.
    parts.status = {};
    const std::string identity = identity_of(parts);
    return hex(sha256(identity + "#" + std::to_string(++seen_[identity])));
  }

  const std::string& name_;
  const std::vector<PublishedWaiver>& waivers_;
  bool verbose_;
  Json results_ = Json::array();
  // By identity: how many results of it were written.
  std::map<std::string, int, std::less<>> seen_{};
};

// The failing findings as results of the kind `fail`, the unknown ones as `open`, and if `verbose`
// the passing ones as `pass`. Their ruleIndex is that of their check.
Json results_of(const PublishedInstallation& installation,
                const std::vector<PublishedWaiver>& waivers, bool verbose) {
  SarifResultWriter writer{installation, waivers, verbose};
  for (std::size_t rule = 0; rule < installation.result.checks.size(); ++rule) {
    writer.add(installation.result.checks[rule], rule);
  }
  return writer.take();
}

// Sources that could not be read completely: their silence is no success.
Json notifications_of(const PublishedInstallation& installation) {
  Json notifications = Json::array();
  for (const SourceState& source : installation.sources) {
    if (!source.up) {
      notifications.push_back(
          {{"level", "warning"},
           {"message",
            {{"text", "the source " + std::string{name_of(source.source)} +
                          " could not be read completely; checks that need it are unknown"}}}});
    }
  }
  return notifications;
}

// One installation as a run.
Json run_of(const PublishedInstallation& installation, const Snapshot& snapshot, bool verbose) {
  const std::string name = printable(installation.result.name);
  Json properties = {{"installation", name}};
  if (installation.result.score) {
    properties["score"] = *installation.result.score;
  }
  if (installation.result.coverage) {
    properties["coverage"] = *installation.result.coverage;
  }
  // What is large comes last: an object that grows copies what it holds.
  return {{"automationDetails", {{"id", "caracal-compliance/" + name + "/"}}},
          {"invocations",
           Json::array({{{"executionSuccessful", true},
                         {"endTimeUtc", rfc3339(snapshot.published_at)},
                         {"toolExecutionNotifications", notifications_of(installation)}}})},
          {"columnKind", "unicodeCodePoints"},
          {"properties", std::move(properties)},
          {"tool",
           {{"driver",
             {{"name", "caracal-compliance-exporter"},
              {"version", version()},
              {"semanticVersion", version()},
              {"rules", rules_of(installation.result.checks)}}}}},
          {"results", results_of(installation, snapshot.waivers, verbose)}};
}

}  // namespace

std::string render_sarif_report(const Snapshot& snapshot, const ReportOptions& options) {
  Json runs = Json::array();
  for (const PublishedInstallation& installation : snapshot.installations) {
    runs.push_back(run_of(installation, snapshot, options.verbose));
  }
  const Json report = {{"$schema", schema}, {"version", "2.1.0"}, {"runs", std::move(runs)}};
  // Invalid UTF-8 is replaced; the default would throw.
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace compliance

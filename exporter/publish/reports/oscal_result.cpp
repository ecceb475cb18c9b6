// An installation as a result of OSCAL.
#include "exporter/publish/reports/oscal_result.h"

#include <algorithm>
#include <string>

#include "exporter/base/escape.h"
#include "exporter/base/markup.h"
#include "exporter/base/timestamp.h"
#include "exporter/base/version.h"
#include "exporter/evaluate/unknown_reasons.h"
#include "exporter/evaluate/waivers.h"
#include "exporter/publish/reports/finding_text.h"
#include "exporter/publish/reports/oscal_values.h"
#include "exporter/publish/reports/waiver_text.h"

namespace compliance {
namespace {

using Json = nlohmann::ordered_json;

std::string number_text(std::uint32_t number) { return number == 0 ? "" : std::to_string(number); }

std::string reason_text(const std::optional<UnknownReason>& reason) {
  return reason ? std::string{name_of(*reason)} : "";
}

// A finding as evidence, where it has a file with the address of the line.
Json evidence_of(const Finding& finding) {
  const Origin& origin = finding.origin;
  const std::string place{origin.place.text()};
  const bool remote = is_remote(origin.source);
  Json evidence = Json::object();
  constexpr std::string_view standard_input = "-";
  if (!remote && !place.empty() && place != standard_input) {
    evidence["href"] = file_uri(place) + (origin.line == 0 ? "" : "#L" + number_text(origin.line));
  }
  evidence["description"] = markdown_text(line_of(finding));
  evidence["props"] = oscal_properties(
      {{"status", std::string{name_of(finding.outcome)}},
       {"unknown-reason",
        finding.outcome == Outcome::unknown ? reason_text(finding.reason) : std::string{}},
       {"severity", std::string{name_of(finding.severity)}},
       {"component", std::string{name_of(finding.component)}},
       {"object", finding.object},
       {remote ? "endpoint" : "file", place},
       {"line", number_text(origin.line)},
       {"column", number_text(origin.column)},
       {"waiver", finding.waiver}});
  return evidence;
}

std::string_view state_of(Outcome outcome) {
  return outcome == Outcome::pass ? "satisfied" : "not-satisfied";
}

std::string_view reason_word(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "pass";
    case Outcome::fail:
      return "fail";
    case Outcome::unknown:
    case Outcome::not_applicable:
      return "other";
  }
  return "other";
}

std::size_t count_of(const CheckResult& result, Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(result.findings.begin(), result.findings.end(),
                    [outcome](const Finding& finding) { return finding.outcome == outcome; }));
}

// "fail: 2 failing, 1 unknown"
std::string summary_of(const CheckResult& result) {
  return std::string{name_of(result.status)} + ": " +
         std::to_string(count_of(result, Outcome::fail)) + " failing, " +
         std::to_string(count_of(result, Outcome::unknown)) + " unknown";
}

// The observations and findings of one installation.
class OscalResultWriter {
 public:
  OscalResultWriter(const PublishedInstallation& installation, const Snapshot& snapshot,
                    bool verbose)
      : installation_(installation), snapshot_(snapshot), verbose_(verbose) {}

  Json result() const {
    const std::string& name = installation_.result.name;
    const std::string published = rfc3339(snapshot_.published_at);
    Json result = {
        {"uuid", oscal_uuid({"result", name, published})},
        {"title", "Hardening checklist of the installation " + markdown_text(name)},
        {"description", "What the checks of caracal-compliance-exporter say of the installation."},
        {"start", published},
        {"end", published},
        {"props", oscal_properties({{"installation", name},
                                    {"score", ratio_text(installation_.result.score)},
                                    {"coverage", ratio_text(installation_.result.coverage)}})},
        {"local-definitions", {{"assessment-assets", assets()}}},
        {"reviewed-controls", {{"control-selections", Json::array({selection()})}}}};
    add_checks(result);
    return result;
  }

 private:
  static std::string ratio_text(const std::optional<double>& ratio) {
    return ratio ? Json(*ratio).dump() : "";
  }

  std::string tool() const { return oscal_uuid({"tool", installation_.result.name}); }

  // The program, so that observations can name it as their origin.
  Json assets() const {
    const Json software = {{"uuid", tool()},
                           {"type", "software"},
                           {"title", "caracal-compliance-exporter"},
                           {"description", "Verifies the hardening checklist of Caracal."},
                           {"props", oscal_properties({{"version", std::string{version()}}})},
                           {"status", {{"state", "operational"}}}};
    const Json platform = {{"uuid", oscal_uuid({"platform", installation_.result.name})},
                           {"uses-components", Json::array({{{"component-uuid", tool()}}})}};
    return {{"components", Json::array({software})},
            {"assessment-platforms", Json::array({platform})}};
  }

  Json selection() const {
    Json controls = Json::array();
    for (const CheckResult& check : installation_.result.checks) {
      controls.push_back({{"control-id", check.check->id}});
    }
    return controls.empty() ? Json{{"include-all", Json::object()}}
                            : Json{{"include-controls", std::move(controls)}};
  }

  // Lists may not be empty. What is not applicable is neither satisfied nor not, so that it is no
  // finding.
  void add_checks(Json& result) const {
    Json observations = Json::array();
    Json findings = Json::array();
    for (const CheckResult& check : installation_.result.checks) {
      observations.push_back(observation_of(check));
      if (check.status != Outcome::not_applicable) {
        findings.push_back(finding_of(check));
      }
    }
    if (!observations.empty()) {
      result["observations"] = std::move(observations);
    }
    if (!findings.empty()) {
      result["findings"] = std::move(findings);
    }
  }

  std::string uuid_of(std::string_view kind, const CheckResult& check) const {
    return oscal_uuid({kind, installation_.result.name, check.check->id});
  }

  Json observation_of(const CheckResult& check) const {
    const auto past = installation_.past.find(check.check->id);
    const auto evaluated =
        past == installation_.past.end() ? std::nullopt : past->second.last_evaluated;
    Json observation = {
        {"uuid", uuid_of("observation", check)},
        {"title", markdown_text(check.check->title)},
        {"description", summary_of(check)},
        {"props", properties_of(check)},
        {"methods", {"TEST-AUTOMATED"}},
        {"types", {check.status == Outcome::fail ? "finding" : "control-objective"}},
        {"origins",
         Json::array({{{"actors", Json::array({{{"type", "tool"}, {"actor-uuid", tool()}}})}}})},
        {"collected", rfc3339(evaluated.value_or(snapshot_.published_at))}};
    Json evidence = Json::array();
    for (const Finding& finding : check.findings) {
      if (is_listed(finding, verbose_)) {
        evidence.push_back(evidence_of(finding));
      }
    }
    if (!evidence.empty()) {
      observation["relevant-evidence"] = std::move(evidence);
    }
    return observation;
  }

  Json properties_of(const CheckResult& check) const {
    return oscal_properties({{"check", std::string{check.check->id}},
                             {"area", std::string{name_of(check.check->area)}},
                             {"severity", std::string{name_of(check.severity)}},
                             {"status", std::string{name_of(check.status)}},
                             {"unknown-reason", reason_text(primary_reason(check))},
                             {"waived", is_waived(check) ? "true" : ""},
                             {"waiver", justifications_of(check, snapshot_.waivers)}});
  }

  Json finding_of(const CheckResult& check) const {
    Json status = {{"state", state_of(check.status)}, {"reason", reason_word(check.status)}};
    if (const auto reason = primary_reason(check)) {
      status["remarks"] = "Unknown: " + markdown_text(name_of(*reason));
    }
    const Check& described = *check.check;
    return {
        {"uuid", uuid_of("finding", check)},
        {"title", markdown_text(described.title)},
        {"description", markdown_text(described.why)},
        {"props", properties_of(check)},
        {"links", Json::array({{{"href", described.reference}, {"rel", "reference"}}})},
        {"target",
         {{"type", "objective-id"}, {"target-id", described.id}, {"status", std::move(status)}}},
        {"related-observations",
         Json::array({{{"observation-uuid", uuid_of("observation", check)}}})},
        {"remarks", markdown_text(described.remediation)}};
  }

  const PublishedInstallation& installation_;
  const Snapshot& snapshot_;
  bool verbose_;
};

}  // namespace

Json oscal_result(const PublishedInstallation& installation, const Snapshot& snapshot,
                  bool verbose) {
  return OscalResultWriter{installation, snapshot, verbose}.result();
}

}  // namespace compliance

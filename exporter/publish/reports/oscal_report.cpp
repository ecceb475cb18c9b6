// Renders OSCAL 1.1.2 assessment results in JSON.
#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include "exporter/base/digest.h"
#include "exporter/base/escape.h"
#include "exporter/base/markup.h"
#include "exporter/base/timestamp.h"
#include "exporter/base/version.h"
#include "exporter/evaluate/unknown_reasons.h"
#include "exporter/evaluate/waivers.h"
#include "exporter/publish/reports/finding_text.h"
#include "exporter/publish/reports/report.h"
#include "exporter/publish/reports/waiver_text.h"

namespace compliance {
namespace {

using Json = nlohmann::ordered_json;

// The layout of a UUID (RFC 9562, 4).
constexpr std::size_t uuid_bytes = 16;
constexpr std::size_t version_byte = 6;
constexpr std::size_t variant_byte = 8;

// RFC 9562 prescribes SHA-1, not as protection: equal names get equal identifiers.
std::string sha1(std::string_view bytes) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int length = 0;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's byte type
  auto* const into = reinterpret_cast<unsigned char*>(digest.data());
  EVP_Digest(bytes.data(), bytes.size(), into, &length, EVP_sha1(), nullptr);
  digest.resize(length);
  return digest;
}

// The namespace of this program's UUIDs, drawn once at random:
// 8e0a1c52-6d3f-4b7e-9f24-51c7d6a0b3e9.
constexpr std::string_view uuid_namespace{
    "\x8e\x0a\x1c\x52\x6d\x3f\x4b\x7e\x9f\x24\x51\xc7\xd6\xa0\xb3\xe9", uuid_bytes};

// The UUID of version 5 (RFC 9562, 5.5) of `name`, in lower case.
std::string name_uuid(std::string_view name) {
  std::string bytes = sha1(std::string{uuid_namespace}.append(name));
  bytes.resize(uuid_bytes);
  const auto set_bits = [&bytes](std::size_t index, unsigned int mask, unsigned int bits) {
    const unsigned int kept = static_cast<unsigned char>(bytes[index]) & ~mask;
    bytes[index] = static_cast<char>(kept | bits);
  };
  set_bits(version_byte, 0xF0U, 0x50U);
  set_bits(variant_byte, 0xC0U, 0x80U);
  std::string text = hex(bytes);
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) {
    text.insert(dash, 1, '-');
  }
  return text;
}

// OSCAL reserves names without a namespace for itself.
constexpr auto property_namespace = "urn:caracal-compliance-exporter:oscal";

// Visible ASCII alone: other characters at an end may be white space of Unicode.
bool is_visible(char byte) { return byte > ' ' && byte < '\x7F'; }

// Text as an OSCAL string, which has no white space at its ends: quotes hold it there. Not
// for empty text.
std::string string_value(std::string_view text) {
  const std::string line = printable(text);
  return is_visible(line.front()) && is_visible(line.back()) ? line : "\"" + line + "\"";
}

// A UUID that is the same in all documents for the same parts.
std::string stable_uuid(std::initializer_list<std::string_view> parts) {
  std::string name;
  for (const std::string_view part : parts) {
    // With its length, so that different parts never make the same name.
    name += std::to_string(part.size()) + ":";
    name += part;
  }
  return name_uuid(name);
}

// Names and values as properties in the namespace of this program; pairs without a value are left
// out. Values are printable, and in quotes where OSCAL refuses white space at their ends.
using Pairs = std::vector<std::pair<std::string_view, std::string>>;
Json properties_from(const Pairs& pairs) {
  Json properties = Json::array();
  for (const auto& [name, value] : pairs) {
    if (!value.empty()) {
      properties.push_back(
          {{"name", name}, {"ns", property_namespace}, {"value", string_value(value)}});
    }
  }
  return properties;
}

// Empty for 0, which stands for a position that is not known.
std::string number_text(std::uint32_t number) { return number == 0 ? "" : std::to_string(number); }

std::string reason_text(const std::optional<UnknownReason>& reason) {
  return reason ? std::string{name_of(*reason)} : "";
}

// A finding as evidence. Findings in files have the address of the line; standard input and
// endpoints have none.
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
  evidence["props"] = properties_from(
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

// Unknown is not satisfied: OSCAL has no third state.
std::string_view state_of(Outcome outcome) {
  return outcome == Outcome::pass ? "satisfied" : "not-satisfied";
}

// OSCAL's own words for the reason of a state.
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

// Writes the result of one installation. The identifiers of observations and findings depend on
// names alone, so they stay the same from report to report.
class OscalResultWriter {
 public:
  OscalResultWriter(const PublishedInstallation& installation, const Snapshot& snapshot,
                    bool verbose)
      : installation_(installation), snapshot_(snapshot), verbose_(verbose) {}

  Json result() const {
    const std::string& name = installation_.result.name;
    const std::string published = rfc3339(snapshot_.published_at);
    Json result = {
        {"uuid", stable_uuid({"result", name, published})},
        {"title", "Hardening checklist of the installation " + markdown_text(name)},
        {"description", "What the checks of caracal-compliance-exporter say of the installation."},
        {"start", published},
        {"end", published},
        {"props", properties_from({{"installation", name},
                                   {"score", ratio_text(installation_.result.score)},
                                   {"coverage", ratio_text(installation_.result.coverage)}})},
        {"local-definitions", {{"assessment-assets", assets()}}},
        {"reviewed-controls", {{"control-selections", Json::array({selection()})}}}};
    add_checks(result);
    return result;
  }

 private:
  // As JSON writes the number; empty for a ratio without a value.
  static std::string ratio_text(const std::optional<double>& ratio) {
    return ratio ? Json(*ratio).dump() : "";
  }

  std::string tool() const { return stable_uuid({"tool", installation_.result.name}); }

  // The program, so that observations can name it as their origin.
  Json assets() const {
    const Json software = {{"uuid", tool()},
                           {"type", "software"},
                           {"title", "caracal-compliance-exporter"},
                           {"description", "Verifies the hardening checklist of Caracal."},
                           {"props", properties_from({{"version", std::string{version()}}})},
                           {"status", {{"state", "operational"}}}};
    const Json platform = {{"uuid", stable_uuid({"platform", installation_.result.name})},
                           {"uses-components", Json::array({{{"component-uuid", tool()}}})}};
    return {{"components", Json::array({software})},
            {"assessment-platforms", Json::array({platform})}};
  }

  // Controls are named by the ids of checks. An empty list is not allowed.
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

  // The same for the same kind, installation and check.
  std::string uuid_of(std::string_view kind, const CheckResult& check) const {
    return stable_uuid({kind, installation_.result.name, check.check->id});
  }

  // The check as it was evaluated last: `collected` is that moment where it is recorded.
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

  // What OSCAL has no member for, with the waivers in full.
  Json properties_of(const CheckResult& check) const {
    return properties_from({{"check", std::string{check.check->id}},
                            {"area", std::string{name_of(check.check->area)}},
                            {"severity", std::string{name_of(check.severity)}},
                            {"status", std::string{name_of(check.status)}},
                            {"unknown-reason", reason_text(primary_reason(check))},
                            {"waived", is_waived(check) ? "true" : ""},
                            {"waiver", justifications_of(check, snapshot_.waivers)}});
  }

  // Whether the requirement of the check is met, with the observation that shows it.
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

// One plan for each version of the program.
std::string plan_uuid() { return stable_uuid({"plan", version()}); }

// Results are those of a plan; here that is the catalogue of checks, which the document describes
// itself.
Json back_matter() {
  return {{"resources",
           Json::array({{{"uuid", plan_uuid()},
                         {"title", "The checks of caracal-compliance-exporter"},
                         {"description",
                          "The catalogue of checks of version " + std::string{version()} +
                              " of the program, as its subcommands list and explain show it. "
                              "The program runs all of them at each evaluation."}}})}};
}

// Other for each moment and set of installations.
std::string document_uuid(const Snapshot& snapshot) {
  std::string names;
  for (const PublishedInstallation& installation : snapshot.installations) {
    names += installation.result.name + "\n";
  }
  return stable_uuid({"document", rfc3339(snapshot.published_at), names});
}

// Installations in the order of the snapshot.
Json results_of(const Snapshot& snapshot, bool verbose) {
  Json results = Json::array();
  for (const PublishedInstallation& installation : snapshot.installations) {
    results.push_back(OscalResultWriter{installation, snapshot, verbose}.result());
  }
  // There has to be one.
  if (results.empty()) {
    results.push_back(OscalResultWriter{PublishedInstallation{}, snapshot, verbose}.result());
  }
  return results;
}

}  // namespace

std::string render_oscal_report(const Snapshot& snapshot, const ReportOptions& options) {
  const std::string published = rfc3339(snapshot.published_at);
  // What is large comes last: an object that grows copies what it holds.
  Json document = {{"uuid", document_uuid(snapshot)},
                   {"metadata",
                    {{"title", "Hardening checklist of Caracal: assessment results"},
                     {"last-modified", published},
                     {"version", published},
                     {"oscal-version", "1.1.2"}}},
                   {"import-ap", {{"href", "#" + plan_uuid()}}},
                   {"back-matter", back_matter()},
                   {"results", results_of(snapshot, options.verbose)}};
  // Invalid UTF-8 is replaced; the default would throw.
  return Json{{"assessment-results", std::move(document)}}.dump(2, ' ', false,
                                                                Json::error_handler_t::replace) +
         "\n";
}

}  // namespace compliance

// Renders the JSON report; the order of its members is a part of the interface.
#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "exporter/base/timestamp.h"
#include "exporter/base/version.h"
#include "exporter/evaluate/unknown_reasons.h"
#include "exporter/evaluate/waivers.h"
#include "exporter/publish/reports/finding_text.h"
#include "exporter/publish/reports/report.h"

namespace compliance {
namespace {

using Json = nlohmann::ordered_json;

// What is not known is null, so that no reader takes an empty text for a value.
Json text_or_null(std::string_view text) { return text.empty() ? Json{} : Json(text); }

// Lines and columns count from 1; 0 is not known.
Json number_or_null(std::uint32_t number) { return number == 0 ? Json{} : Json(number); }

Json ratio_or_null(const std::optional<double>& ratio) { return ratio ? Json(*ratio) : Json{}; }

// Null when neither a place nor an object is known.
Json origin_of(const Finding& finding) {
  const Origin& origin = finding.origin;
  const std::string_view place = origin.place.text();
  if (place.empty() && finding.object.empty()) {
    return {};
  }
  const bool remote = is_remote(origin.source);
  return {{"source", place.empty() ? Json{} : Json(name_of(origin.source))},
          {"file", text_or_null(remote ? std::string_view{} : place)},
          {"line", number_or_null(origin.line)},
          {"column", number_or_null(origin.column)},
          {"object", text_or_null(finding.object)},
          {"endpoint", text_or_null(remote ? place : std::string_view{})}};
}

// One finding; empty texts are left as they are where they mean that nothing was said.
Json finding_json(const Finding& finding) {
  return {{"component", name_of(finding.component)},
          {"status", name_of(finding.outcome)},
          {"message", finding.message},
          {"expected", finding.expected},
          {"observed", finding.observed},
          {"waiver", text_or_null(finding.waiver)},
          {"origin", origin_of(finding)}};
}

// One check of an installation. `since` is null while the recorded status is another one.
Json check_json(const CheckResult& result, const PublishedInstallation& installation,
                const ReportOptions& options) {
  Json findings = Json::array();
  for (const Finding& finding : result.findings) {
    if (is_listed(finding, options.verbose)) {
      findings.push_back(finding_json(finding));
    }
  }
  const auto found = installation.past.find(result.check->id);
  const CheckHistory past = found == installation.past.end() ? CheckHistory{} : found->second;
  // While a result is pending, the recorded status may differ from this one.
  const bool is_recorded = found != installation.past.end() && past.status == result.status;
  const auto reason = primary_reason(result);
  return {{"id", result.check->id},
          {"title", result.check->title},
          {"area", name_of(result.check->area)},
          {"severity", name_of(result.severity)},
          {"status", name_of(result.status)},
          {"unknown_reason", reason ? Json(name_of(*reason)) : Json{}},
          {"waived", is_waived(result)},
          {"since", is_recorded ? Json(rfc3339(past.since)) : Json{}},
          {"last_evaluated", past.last_evaluated ? Json(rfc3339(*past.last_evaluated)) : Json{}},
          {"remediation", result.check->remediation},
          {"reference", result.check->reference},
          {"findings", std::move(findings)}};
}

// Checks in the catalogue's order.
Json installation_json(const PublishedInstallation& installation, const ReportOptions& options) {
  Json checks = Json::array();
  for (const CheckResult& result : installation.result.checks) {
    checks.push_back(check_json(result, installation, options));
  }
  Json json = {{"name", installation.result.name},
               {"score", ratio_or_null(installation.result.score)},
               {"coverage", ratio_or_null(installation.result.coverage)},
               {"checks", std::move(checks)}};
  // Only where there is one, so that reports without stay as they were.
  for (const SourceState& source : installation.sources) {
    if (!source.note.empty()) {
      json["notes"].push_back({{"source", name_of(source.source)}, {"message", source.note}});
    }
  }
  return json;
}

}  // namespace

std::string render_json_report(const Snapshot& snapshot, const ReportOptions& options) {
  Json installations = Json::array();
  for (const PublishedInstallation& installation : snapshot.installations) {
    installations.push_back(installation_json(installation, options));
  }
  const Json report = {{"exporter", Json{{"version", version()}}},
                       {"generated_at", rfc3339(snapshot.published_at)},
                       {"installations", std::move(installations)}};
  // Invalid UTF-8 is replaced; the default would throw.
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace compliance

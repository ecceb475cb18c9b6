// Snapshot -> SARIF 2.1.0. Each installation is a run with an automation id of its own, which code
// scanners keep apart: the same file may be good for one installation and bad for another.
#include <string>

#include <nlohmann/json.hpp>

#include "exporter/base/escape.h"
#include "exporter/base/timestamp.h"
#include "exporter/base/version.h"
#include "exporter/publish/reports/report.h"
#include "exporter/publish/reports/sarif_results.h"
#include "exporter/publish/reports/sarif_rules.h"

namespace compliance {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

// What could not be read, so that nobody takes its silence for success.
Json notifications_of(const PublishedInstallation& installation) {
  Json notifications = Json::array();
  for (const SourceState& source : installation.sources) {
    if (!source.up) {
      notifications.push_back(
          {{"level", "warning"},
           {"message",
            {{"text", "the source " + std::string{name_of(source.source)} +
                          " could not be read whole; what needs it is unknown"}}}});
    }
  }
  return notifications;
}

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
              {"rules", sarif_rules(installation.result.checks)}}}}},
          {"results", sarif_results(installation, snapshot.waivers, verbose)}};
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

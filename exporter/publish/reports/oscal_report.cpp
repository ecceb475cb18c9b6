// Snapshot -> OSCAL 1.1.2, assessment results in JSON.
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "exporter/base/timestamp.h"
#include "exporter/base/version.h"
#include "exporter/publish/reports/oscal_result.h"
#include "exporter/publish/reports/oscal_values.h"
#include "exporter/publish/reports/report.h"

namespace compliance {
namespace {

using Json = nlohmann::ordered_json;

std::string plan_uuid() { return oscal_uuid({"plan", version()}); }

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

std::string document_uuid(const Snapshot& snapshot) {
  std::string names;
  for (const PublishedInstallation& installation : snapshot.installations) {
    names += installation.result.name + "\n";
  }
  return oscal_uuid({"document", rfc3339(snapshot.published_at), names});
}

Json results_of(const Snapshot& snapshot, bool verbose) {
  Json results = Json::array();
  for (const PublishedInstallation& installation : snapshot.installations) {
    results.push_back(oscal_result(installation, snapshot, verbose));
  }
  // There has to be one.
  if (results.empty()) {
    results.push_back(oscal_result({}, snapshot, verbose));
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

// Snapshot -> JUnit XML, in the order of elements and with the attributes that the schema of
// Jenkins has, which the readers of other pipelines take too.
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "exporter/base/escape.h"
#include "exporter/base/markup.h"
#include "exporter/base/timestamp.h"
#include "exporter/evaluate/unknown_reasons.h"
#include "exporter/evaluate/waivers.h"
#include "exporter/publish/reports/finding_text.h"
#include "exporter/publish/reports/report.h"
#include "exporter/publish/reports/waiver_text.h"

namespace compliance {
namespace {

// The status of a check in a pipeline. A waived failure is skipped: visible, but it breaks nothing.
// So is a check without configured evidence, which does not count for the exit code either.
enum class CaseStatus : std::uint8_t { passed, failed, in_error, skipped };

CaseStatus status_of(const CheckResult& result) {
  switch (result.status) {
    case Outcome::pass:
      return CaseStatus::passed;
    case Outcome::fail:
      return is_waived(result) ? CaseStatus::skipped : CaseStatus::failed;
    case Outcome::unknown:
      return is_evaluation_failure(result) ? CaseStatus::in_error : CaseStatus::skipped;
    case Outcome::not_applicable:
      return CaseStatus::skipped;
  }
  return CaseStatus::in_error;
}

// Cases of a suite or of the whole report by status.
struct Counts {
  std::array<std::size_t, 4> by_status{};
  std::size_t all = 0;

  void add(CaseStatus status) {
    ++by_status.at(static_cast<std::size_t>(status));
    ++all;
  }
  // As an attribute needs it.
  std::string of(CaseStatus status) const {
    return std::to_string(by_status.at(static_cast<std::size_t>(status)));
  }
};

// A leading space and the escaped value.
std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string{name} + "=\"" + xml_text(value) + "\"";
}

// The element testsuites has no attribute `skipped` in this schema; suites add it.
std::string attributes_of(const Counts& counts) {
  return attribute("tests", std::to_string(counts.all)) +
         attribute("failures", counts.of(CaseStatus::failed)) +
         attribute("errors", counts.of(CaseStatus::in_error));
}

// Marks a finding whose status differs from that of its check.
std::string mark_of(const Finding& finding, const CheckResult& result) {
  return finding.outcome == result.status ? "" : "(" + std::string{name_of(finding.outcome)} + ") ";
}

// One line for each listed finding, as in the table, then remediation and reference.
std::string body_of(const CheckResult& result, bool verbose) {
  std::string body = "\n";
  for (const Finding& finding : result.findings) {
    if (is_listed(finding, verbose)) {
      body += "- " + mark_of(finding, result) + xml_text(printable(line_of(finding))) + "\n";
    }
  }
  if (result.status == Outcome::fail) {
    body += "Remediation: " + xml_text(result.check->remediation) + "\n";
  }
  return body + "Reference: " + xml_text(result.check->reference) + "\n";
}

// The findings that made the status: their number, and the first of them.
std::string message_of(const CheckResult& result) {
  const Finding* first = nullptr;
  std::size_t count = 0;
  for (const Finding& finding : result.findings) {
    if (finding.outcome == result.status) {
      first = first == nullptr ? &finding : first;
      ++count;
    }
  }
  if (first == nullptr) {
    return std::string{name_of(result.status)};
  }
  return (count == 1 ? "" : std::to_string(count) + " findings, the first: ") +
         printable(line_of(*first));
}

// A `failure` or `error` element. `type` is the severity or the reason.
std::string problem(std::string_view element, std::string_view type, const CheckResult& result,
                    bool verbose) {
  const std::string tag{element};
  return "<" + tag + attribute("message", message_of(result)) + attribute("type", type) + ">" +
         body_of(result, verbose) + "</" + tag + ">";
}

// An unknown result always has a reason; the fallback keeps the attribute from being empty.
std::string_view reason_of(const CheckResult& result) {
  return name_of(primary_reason(result).value_or(UnknownReason::internal_error));
}

// Why a check is skipped; the schema knows no attributes here.
std::string skipped(const CheckResult& result, const std::vector<PublishedWaiver>& waivers,
                    bool verbose) {
  std::string reason = "not applicable";
  if (result.status == Outcome::unknown) {
    reason = "unknown: " + std::string{reason_of(result)};
  } else if (result.status == Outcome::fail) {
    reason = "waived: " + justifications_of(result, waivers);
  }
  const bool has_body = result.status != Outcome::not_applicable;
  return "<skipped>" + xml_text(reason) + (has_body ? body_of(result, verbose) : "") + "</skipped>";
}

// The checks of one area of an installation as a testsuite. Times are 0: single checks are
// not timed.
class Suite {
 public:
  Suite(const PublishedInstallation& installation, Area area)
      : name_(printable(installation.result.name) + "." + std::string{name_of(area)}) {}

  void add(const CheckResult& result, const std::vector<PublishedWaiver>& waivers, bool verbose) {
    const CaseStatus status = status_of(result);
    counts_.add(status);
    cases_ += "    <testcase" + attribute("name", result.check->id) +
              attribute("classname", name_) + attribute("time", "0");
    switch (status) {
      case CaseStatus::passed:
        cases_ += "/>\n";
        return;
      case CaseStatus::failed:
        cases_ += ">" + problem("failure", name_of(result.severity), result, verbose);
        break;
      case CaseStatus::in_error:
        cases_ += ">" + problem("error", reason_of(result), result, verbose);
        break;
      case CaseStatus::skipped:
        cases_ += ">" + skipped(result, waivers, verbose);
        break;
    }
    cases_ += "</testcase>\n";
  }

  // Without the fraction and the zone, which stricter readers refuse.
  std::string text(Instant published_at) const {
    constexpr std::size_t length_to_seconds = 19;
    return "  <testsuite" + attribute("name", name_) + attributes_of(counts_) +
           attribute("skipped", counts_.of(CaseStatus::skipped)) + attribute("time", "0") +
           attribute("timestamp", rfc3339(published_at).substr(0, length_to_seconds)) + ">\n" +
           cases_ + "  </testsuite>\n";
  }

 private:
  std::string name_;
  std::string cases_{};
  Counts counts_{};
};

}  // namespace

std::string render_junit_report(const Snapshot& snapshot, const ReportOptions& options) {
  // Over all installations: each suite has its own.
  Counts counts;
  std::string suites;
  for (const PublishedInstallation& installation : snapshot.installations) {
    std::map<Area, Suite> by_area;
    for (const CheckResult& result : installation.result.checks) {
      const auto suite = by_area.try_emplace(result.check->area, installation, result.check->area);
      suite.first->second.add(result, snapshot.waivers, options.verbose);
      counts.add(status_of(result));
    }
    for (const auto& [area, suite] : by_area) {
      suites += suite.text(snapshot.published_at);
    }
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
         attribute("name", "caracal-compliance-exporter") + attributes_of(counts) +
         attribute("time", "0") + ">\n" + suites + "</testsuites>\n";
}

}  // namespace compliance

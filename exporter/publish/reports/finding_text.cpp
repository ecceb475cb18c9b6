// What reports say of one finding.
#include "exporter/publish/reports/finding_text.h"

namespace compliance {

bool is_remote(Source source) {
  return source == Source::endpoint || source == Source::dns || source == Source::exposure ||
         source == Source::datastore;
}

bool is_listed(const Finding& finding, bool verbose) {
  return finding.outcome == Outcome::fail || finding.outcome == Outcome::unknown ||
         (finding.outcome == Outcome::pass && verbose);
}

std::string format_location(const Origin& origin) {
  std::string place{origin.place.text()};
  if (!place.empty() && origin.line > 0) {
    place += ":" + std::to_string(origin.line);
    if (origin.column > 0) {
      place += ":" + std::to_string(origin.column);
    }
  }
  return place;
}

std::string subject_of(const Finding& finding) {
  return finding.object.empty() ? std::string{name_of(finding.component)} : finding.object;
}

std::string statement_of(const Finding& finding) {
  std::string text = finding.message;
  if (finding.outcome == Outcome::unknown && finding.reason) {
    text += " [" + std::string{name_of(*finding.reason)} + "]";
  }
  if (!finding.expected.empty() || !finding.observed.empty()) {
    const bool both = !finding.expected.empty() && !finding.observed.empty();
    text += " (" + (finding.expected.empty() ? "" : "expected: " + finding.expected) +
            (both ? "; " : "") + (finding.observed.empty() ? "" : "observed: " + finding.observed) +
            ")";
  }
  if (!finding.waiver.empty()) {
    text += " [waived: " + finding.waiver + "]";
  }
  return text;
}

std::string line_of(const Finding& finding) {
  const std::string place = format_location(finding.origin);
  const std::string statement = statement_of(finding);
  return place + (place.empty() ? "" : " ") + subject_of(finding) +
         (statement.empty() ? "" : ": " + statement);
}

}  // namespace compliance

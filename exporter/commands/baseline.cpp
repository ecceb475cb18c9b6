// An earlier JSON report as the baseline of `check`.
#include "exporter/commands/baseline.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "exporter/base/escape.h"
#include "exporter/base/read_file.h"
#include "exporter/publish/reports/finding_identity.h"

namespace compliance {
namespace {

using Json = nlohmann::json;

// Far beyond the report of a large estate (2,000 findings are about 1.2 MB), and little enough to
// read at once.
constexpr std::size_t max_bytes = 64UL * 1024 * 1024;

// Reads the members that identity needs; keeps the first error and goes on with empty values, so
// that the code that reads need not look for errors after each member.
class ReportReader {
 public:
  Result<Baseline> read(const Json& report) {
    for (const Json& installation : list(report, "installations", "")) {
      read_installation(installation, at("installations", installation_++));
    }
    return error_ ? Result<Baseline>{*error_} : Result<Baseline>{std::move(baseline_)};
  }

 private:
  // "installations[0]", as in the messages.
  static std::string at(const std::string& list, std::size_t index) {
    return list + "[" + std::to_string(index) + "]";
  }

  // Keeps the first error: those that follow are often its consequences.
  void reject(const std::string& place, std::string_view wanted) {
    if (!error_) {
      error_ = Error{place + " must be " + std::string{wanted}};
    }
  }

  // The member, or null where there is none or where `object` is no object. A reference: copying
  // would copy the subtree.
  static const Json& member(const Json& object, std::string_view name) {
    static const Json none;
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found == object.end() ? none : *found;
  }

  // The member as a list; an error and an empty list when it is anything else.
  const Json& list(const Json& object, const std::string& name, const std::string& place) {
    static const Json none = Json::array();
    const Json& found = member(object, name);
    if (!found.is_array()) {
      reject(place + name, "a list");
      return none;
    }
    return found;
  }

  // The member as a string; an error and an empty text when it is anything else or missing.
  std::string text(const Json& object, const std::string& name, const std::string& place) {
    const Json& found = member(object, name);
    if (!found.is_string()) {
      reject(place + "." + name, "a string");
      return {};
    }
    return found.get<std::string>();
  }

  // The same, but null and a missing member are an empty text: reports write null for what a
  // finding does not have.
  std::string text_or_null(const Json& object, const std::string& name, const std::string& place) {
    return member(object, name).is_null() ? std::string{} : text(object, name, place);
  }

  void read_installation(const Json& installation, const std::string& place) {
    const std::string name = text(installation, "name", place);
    std::size_t index = 0;
    for (const Json& check : list(installation, "checks", place + ".")) {
      read_check(check, name, at(place + ".checks", index++));
    }
  }

  void read_check(const Json& check, const std::string& installation, const std::string& place) {
    const std::string id = text(check, "id", place);
    std::size_t index = 0;
    for (const Json& finding : list(check, "findings", place + ".")) {
      read_finding(finding, {.installation = installation, .check = id},
                   at(place + ".findings", index++));
    }
  }

  // Counts the finding in the baseline unless it was waived, passes or does not apply. Reads every
  // member before that decision, so that a malformed report is rejected whatever its statuses are.
  void read_finding(const Json& finding, IdentityParts parts, const std::string& place) {
    const std::string status = text(finding, "status", place);
    const std::string component = text(finding, "component", place);
    const std::string message = text(finding, "message", place);
    const std::string waiver = text_or_null(finding, "waiver", place);
    const Json& origin = member(finding, "origin");
    if (!origin.is_null() && !origin.is_object()) {
      reject(place + ".origin", "a mapping or null");
    }
    const std::string object = text_or_null(origin, "object", place + ".origin");
    const std::string file = text_or_null(origin, "file", place + ".origin");
    const std::string endpoint = text_or_null(origin, "endpoint", place + ".origin");
    if (!waiver.empty() || (status != "fail" && status != "unknown")) {
      return;
    }
    parts.status = status;
    parts.component = component;
    parts.message = message;
    parts.object = object;
    parts.place = file.empty() ? endpoint : file;
    ++baseline_[identity_of(parts)];
  }

  std::size_t installation_ = 0;
  Baseline baseline_{};
  std::optional<Error> error_{};
};

// "line 3, column 7" of the byte at `position`, counted from 1.
std::string position_text(std::string_view text, std::size_t position) {
  const auto before = text.substr(0, position == 0 ? 0 : position - 1);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto begin = before.rfind('\n') + 1;  // 0 where there is no line end
  return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - begin + 1);
}

// As read_finding() selects them: both sides have to count the same findings.
bool is_counted(const Finding& finding) {
  return (finding.outcome == Outcome::fail && finding.waiver.empty()) ||
         finding.outcome == Outcome::unknown;
}

// Matches findings with a baseline; an entry matches as often as it was counted.
class Matcher {
 public:
  explicit Matcher(Baseline baseline) : baseline_(std::move(baseline)) {}

  // Takes the check's findings in their order: of equal ones the first are those that are known.
  void add(const CheckResult& check, std::string_view installation) {
    for (const Finding& finding : check.findings) {
      if (is_counted(finding)) {
        IdentityParts parts = parts_of(finding);
        parts.installation = installation;
        parts.check = check.check->id;
        add(finding, takes(identity_of(parts)));
      }
    }
  }

  KnownFindings take() && { return std::move(known_); }

 private:
  // True, with one use of the entry spent, while it has any left.
  bool takes(const std::string& identity) {
    const auto found = baseline_.find(identity);
    if (found == baseline_.end() || found->second == 0) {
      return false;
    }
    --found->second;
    return true;
  }

  // A waived failure is never counted, neither as failing nor as known.
  void add(const Finding& finding, bool is_known) {
    BaselineShare& share = known_.share;
    const bool fails = finding.outcome == Outcome::fail;
    ++(fails ? share.failing : share.unknown);
    if (is_known) {
      ++(fails ? share.known_failing : share.known_unknown);
      known_.findings.insert(&finding);
    }
  }

  Baseline baseline_;
  KnownFindings known_{};
};

}  // namespace

Result<Baseline> parse_baseline(const std::string& text) {
  try {
    return ReportReader{}.read(Json::parse(text));
  } catch (const Json::parse_error& error) {
    // The message of the exception quotes the text, which may be any file.
    return Error{"invalid JSON at " + position_text(text, error.byte)};
  } catch (const Json::exception&) {
    return Error{"invalid JSON"};
  }
}

Result<Baseline> read_baseline(const std::string& path) {
  const auto text = read_file(path, max_bytes);
  if (!text) {
    return Error{"--baseline: " + text.error().message};
  }
  auto baseline = parse_baseline(text.value());
  return baseline
             ? std::move(baseline)
             : Result<Baseline>{Error{"--baseline: " + path + ": " + baseline.error().message}};
}

KnownFindings known_findings(const Snapshot& snapshot, Baseline baseline) {
  Matcher matcher{std::move(baseline)};
  for (const PublishedInstallation& installation : snapshot.installations) {
    for (const CheckResult& check : installation.result.checks) {
      matcher.add(check, installation.result.name);
    }
  }
  return std::move(matcher).take();
}

std::string baseline_summary(const BaselineShare& share, const std::string& path) {
  return std::to_string(share.known_failing) + " of " + std::to_string(share.failing) +
         " failing and " + std::to_string(share.known_unknown) + " of " +
         std::to_string(share.unknown) + " unknown findings are in the baseline " + printable(path);
}

}  // namespace compliance

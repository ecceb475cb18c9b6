// The metric families about verdicts: checks, scores, sources, endpoints, secrets and waivers.
#include "exporter/publish/metrics/verdict_families.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "exporter/base/version.h"
#include "exporter/publish/metrics/metric_names.h"

namespace compliance {
namespace {

constexpr std::array outcomes{Outcome::pass, Outcome::fail, Outcome::unknown,
                              Outcome::not_applicable};
constexpr std::array severities{Severity::critical, Severity::high, Severity::medium,
                                Severity::low};

// The first label of every series of an installation.
Label name_label(const PublishedInstallation& installation) {
  return {"installation", installation.result.name};
}

Label check_label(const CheckResult& result) { return {"check", result.check->id}; }

// Never changed and never evaluated where the history knows nothing, as before the first record().
CheckHistory past_of(const PublishedInstallation& installation, const CheckResult& result) {
  const auto found = installation.past.find(result.check->id);
  return found == installation.past.end() ? CheckHistory{} : found->second;
}

// Four series a check: all statuses, one of which is 1.
void add_check_status(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const CheckResult& result : installation.result.checks) {
    for (const Outcome outcome : outcomes) {
      family.add({name_label(installation), check_label(result), {"status", name_of(outcome)}},
                 to_gauge(result.status == outcome));
    }
  }
}

// Only definite verdicts.
void add_check_compliant(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const CheckResult& result : installation.result.checks) {
    if (result.status == Outcome::pass || result.status == Outcome::fail) {
      family.add({name_label(installation), check_label(result)},
                 to_gauge(result.status == Outcome::pass));
    }
  }
}

// What the findings of a component say together.
struct ComponentTally {
  std::size_t failing = 0;
  bool passing = false;
  bool unknown = false;

  // A component that could not be evaluated completely has no 0: it would look clean.
  bool has_number() const { return failing > 0 || (passing && !unknown); }
};

// By component, for those that have a number.
std::map<std::string_view, ComponentTally> tally_of(const CheckResult& result) {
  std::map<std::string_view, ComponentTally> tallies;
  for (const Finding& finding : result.findings) {
    ComponentTally& tally = tallies[name_of(finding.component)];
    tally.failing += finding.outcome == Outcome::fail ? 1 : 0;
    tally.passing = tally.passing || finding.outcome == Outcome::pass;
    tally.unknown = tally.unknown || finding.outcome == Outcome::unknown;
  }
  std::erase_if(tallies, [](const auto& entry) { return !entry.second.has_number(); });
  return tallies;
}

void add_check_findings(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const CheckResult& result : installation.result.checks) {
    for (const auto& [component, tally] : tally_of(result)) {
      family.add({name_label(installation), check_label(result), {"component", component}},
                 static_cast<double>(tally.failing));
    }
  }
}

// Also of checks that pass: a series that comes and goes would break joins in alerts.
void add_check_waived(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const CheckResult& result : installation.result.checks) {
    family.add({name_label(installation), check_label(result)}, to_gauge(is_waived(result)));
  }
}

void add_unknown_reason(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const CheckResult& result : installation.result.checks) {
    if (result.status != Outcome::unknown) {
      continue;
    }
    for (const UnknownReason reason : result.unknown_reasons()) {
      family.add({name_label(installation), check_label(result), {"reason", name_of(reason)}}, 1);
    }
  }
}

// 0 while none is known, as counters begin.
void add_transitions(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const CheckResult& result : installation.result.checks) {
    family.add({name_label(installation), check_label(result)},
               static_cast<double>(past_of(installation, result).transitions));
  }
}

// An instant of each check's past; absent while it is not known.
template <auto instant>
void add_past(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const CheckResult& result : installation.result.checks) {
    const CheckHistory past = past_of(installation, result);
    if (past.*instant) {
      family.add({name_label(installation), check_label(result)},
                 to_unix_seconds(*(past.*instant)));
    }
  }
}

// Checks that are like `like` in severity and status.
void add_check_count(FamilyBuilder& family, const PublishedInstallation& installation,
                     const CheckResult& like, bool waived) {
  const auto& results = installation.result.checks;
  const auto count = std::count_if(results.begin(), results.end(), [&](const CheckResult& result) {
    return result.severity == like.severity && result.status == like.status &&
           is_waived(result) == waived;
  });
  family.add({name_label(installation),
              {"severity", name_of(like.severity)},
              {"status", name_of(like.status)},
              {"waived", waived ? "true" : "false"}},
             static_cast<double>(count));
}

// The outcomes that are counted, and whether waived: only failures can be.
constexpr std::array counted_outcomes{
    std::pair{Outcome::pass, false}, std::pair{Outcome::fail, false},
    std::pair{Outcome::fail, true}, std::pair{Outcome::unknown, false},
    std::pair{Outcome::not_applicable, false}};

// All combinations, 0 among them, so that sums and dashboards have no gaps.
void add_checks(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const Severity severity : severities) {
    for (const auto& [status, waived] : counted_outcomes) {
      add_check_count(family, installation, {.status = status, .severity = severity}, waived);
    }
  }
}

// Absent where nothing was decided: 0 would say that everything fails.
template <auto ratio>
void add_ratio(FamilyBuilder& family, const PublishedInstallation& installation) {
  if (installation.result.*ratio) {
    family.add({name_label(installation)}, *(installation.result.*ratio));
  }
}

Label source_label(const SourceState& state) { return {"source", name_of(state.source)}; }

// Configured sources only: one that nobody configured is not down.
void add_source_up(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const SourceState& state : installation.sources) {
    family.add({name_label(installation), source_label(state)}, to_gauge(state.up));
  }
}

// Files alone; there is nothing to watch of what is probed.
void add_watch_active(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const SourceState& state : installation.sources) {
    if (state.watched) {
      family.add({name_label(installation), source_label(state)}, to_gauge(*state.watched));
    }
  }
}

void add_source_change(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const SourceState& state : installation.sources) {
    if (state.last_change) {
      family.add({name_label(installation), source_label(state)},
                 to_unix_seconds(*state.last_change));
    }
  }
}

// By component, of which there is one endpoint each.
void add_certificates(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const PublishedTls& endpoint : installation.endpoints) {
    if (endpoint.not_after) {
      family.add({name_label(installation), {"component", name_of(endpoint.component)}},
                 to_unix_seconds(*endpoint.not_after));
    }
  }
}

// Absent is neither offered nor refused.
void add_protocol(FamilyBuilder& family, const PublishedInstallation& installation,
                  const PublishedTls& endpoint, TlsProtocol protocol) {
  if (const auto offered = endpoint.offered.at(static_cast<std::size_t>(protocol))) {
    family.add({name_label(installation),
                {"component", name_of(endpoint.component)},
                {"protocol", name_of(protocol)}},
               to_gauge(*offered));
  }
}

void add_protocols(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const PublishedTls& endpoint : installation.endpoints) {
    for (const TlsProtocol protocol : tls_protocols) {
      add_protocol(family, installation, endpoint, protocol);
    }
  }
}

// An age is a subtraction in the query; a gauge of it would change with every scrape.
void add_secrets(FamilyBuilder& family, const PublishedInstallation& installation) {
  for (const PublishedSecret& secret : installation.secrets) {
    family.add({name_label(installation), {"secret", secret.logical_name}},
               to_unix_seconds(secret.changed_at));
  }
}

void add_build_info(FamilyBuilder& family, const ShownSnapshot& /*shown*/) {
  family.add({{"version", version()}, {"revision", revision()}, {"compiler", compiler()}}, 1);
}

// Also of checks whose installations were all cut.
void add_check_infos(FamilyBuilder& family, const ShownSnapshot& shown) {
  std::map<std::string_view, const CheckResult*> enabled;
  for (const PublishedInstallation& installation : shown.snapshot.installations) {
    for (const CheckResult& result : installation.result.checks) {
      enabled.emplace(result.check->id, &result);
    }
  }
  for (const auto& [id, result] : enabled) {
    family.add({{"check", id},
                {"area", name_of(result->check->area)},
                {"severity", name_of(result->base_severity)},
                {"title", result->check->title}},
               1);
  }
}

void add_dropped_series(FamilyBuilder& family, const ShownSnapshot& shown) {
  family.add({}, static_cast<double>(shown.dropped_series));
}

void add_publication(FamilyBuilder& family, const ShownSnapshot& shown) {
  family.add({}, to_unix_seconds(shown.snapshot.published_at));
}

void add_waiver_active(FamilyBuilder& family, const ShownSnapshot& shown) {
  for (const auto& [waiver, state] : shown.snapshot.waivers) {
    family.add(
        {{"waiver", waiver.id}, {"installation", waiver.installation}, {"check", waiver.check}},
        to_gauge(state != WaiverState::expired));
  }
}

void add_waiver_expiry(FamilyBuilder& family, const ShownSnapshot& shown) {
  for (const auto& [waiver, state] : shown.snapshot.waivers) {
    family.add(
        {{"waiver", waiver.id}, {"installation", waiver.installation}, {"check", waiver.check}},
        to_unix_seconds(waiver.expires));
  }
}

// Every state has its series, 0 among them.
void add_waivers(FamilyBuilder& family, const ShownSnapshot& shown) {
  std::map<std::string_view, std::size_t> counts{{"invalid", shown.snapshot.invalid_waivers}};
  for (const WaiverState state :
       {WaiverState::active, WaiverState::expiring, WaiverState::expired, WaiverState::unused}) {
    counts[name_of(state)] = 0;
  }
  for (const PublishedWaiver& waiver : shown.snapshot.waivers) {
    ++counts[name_of(waiver.state)];
  }
  for (const auto& [state, count] : counts) {
    family.add({{"state", state}}, static_cast<double>(count));
  }
}

// By name, as render_exposition() promises.
constexpr auto families = std::to_array<VerdictFamily>({
    {metric::build_info, nullptr, &add_build_info},
    {metric::check_compliant, &add_check_compliant, nullptr},
    {metric::check_findings, &add_check_findings, nullptr},
    {metric::check_info, nullptr, &add_check_infos},
    {metric::check_last_evaluated, &add_past<&CheckHistory::last_evaluated>, nullptr},
    {metric::check_last_transition, &add_past<&CheckHistory::last_transition>, nullptr},
    {metric::check_status, &add_check_status, nullptr},
    {metric::check_transitions, &add_transitions, nullptr},
    {metric::check_unknown_reason, &add_unknown_reason, nullptr},
    {metric::check_waived, &add_check_waived, nullptr},
    {metric::checks, &add_checks, nullptr},
    {metric::coverage_ratio, &add_ratio<&InstallationResult::coverage>, nullptr},
    {metric::score_ratio, &add_ratio<&InstallationResult::score>, nullptr},
    {metric::secret_changed, &add_secrets, nullptr},
    {metric::series_dropped, nullptr, &add_dropped_series},
    {metric::snapshot_timestamp, nullptr, &add_publication},
    {metric::source_last_change, &add_source_change, nullptr},
    {metric::source_up, &add_source_up, nullptr},
    {metric::source_watch_active, &add_watch_active, nullptr},
    {metric::tls_not_after, &add_certificates, nullptr},
    {metric::tls_protocol_offered, &add_protocols, nullptr},
    {metric::waiver_active, nullptr, &add_waiver_active},
    {metric::waiver_expiry, nullptr, &add_waiver_expiry},
    {metric::waivers, nullptr, &add_waivers},
});

}  // namespace

std::span<const VerdictFamily> verdict_families() { return families; }

}  // namespace compliance

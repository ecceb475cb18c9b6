// The series of one installation: its checks, their roll-up, its sources, endpoints and secrets.
#include "exporter/publish/metrics/installation_series.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "exporter/publish/metrics/metric_names.h"
#include "exporter/publish/metrics/series_values.h"

namespace compliance {
namespace {

constexpr std::array outcomes{Outcome::pass, Outcome::fail, Outcome::unknown,
                              Outcome::not_applicable};
constexpr std::array severities{Severity::critical, Severity::high, Severity::medium,
                                Severity::low};

bool is_definite(Outcome outcome) { return outcome == Outcome::pass || outcome == Outcome::fail; }

// What the findings of a component say together.
struct ComponentTally {
  std::size_t failing = 0;
  bool passing = false;
  bool unknown = false;
};

std::map<std::string_view, ComponentTally> tally_of(const CheckResult& result) {
  std::map<std::string_view, ComponentTally> tallies;
  for (const Finding& finding : result.findings) {
    ComponentTally& tally = tallies[name_of(finding.component)];
    tally.failing += finding.outcome == Outcome::fail ? 1 : 0;
    tally.passing = tally.passing || finding.outcome == Outcome::pass;
    tally.unknown = tally.unknown || finding.outcome == Outcome::unknown;
  }
  return tallies;
}

// The series of one installation.
class InstallationSeries {
 public:
  explicit InstallationSeries(const PublishedInstallation& installation)
      : installation_(installation), name_(installation.result.name) {}

  SeriesBlock block() {
    for (const CheckResult& result : installation_.result.checks) {
      add_check(result);
    }
    add_roll_up();
    add_ratios();
    add_sources();
    add_endpoints();
    add_secrets();
    return std::move(block_);
  }

 private:
  void add_check(const CheckResult& result) {
    const Label check{"check", result.check->id};
    for (const Outcome outcome : outcomes) {
      block_.add(metric::check_status, {installation(), check, {"status", name_of(outcome)}},
                 to_gauge(result.status == outcome));
    }
    if (is_definite(result.status)) {
      block_.add(metric::check_compliant, {installation(), check},
                 to_gauge(result.status == Outcome::pass));
    }
    add_findings(result);
    block_.add(metric::check_waived, {installation(), check}, to_gauge(is_waived(result)));
    if (result.status == Outcome::unknown) {
      for (const UnknownReason reason : result.unknown_reasons()) {
        block_.add(metric::check_unknown_reason,
                   {installation(), check, {"reason", name_of(reason)}}, 1);
      }
    }
    add_past(result, check);
  }

  void add_past(const CheckResult& result, const Label& check) {
    const auto found = installation_.past.find(result.check->id);
    const CheckHistory past = found == installation_.past.end() ? CheckHistory{} : found->second;
    block_.add(metric::check_transitions, {installation(), check},
               static_cast<double>(past.transitions));
    if (past.last_evaluated) {
      block_.add(metric::check_last_evaluated, {installation(), check},
                 to_unix_seconds(*past.last_evaluated));
    }
    if (past.last_transition) {
      block_.add(metric::check_last_transition, {installation(), check},
                 to_unix_seconds(*past.last_transition));
    }
  }

  // A component that could not be judged whole has no 0: it would look clean.
  void add_findings(const CheckResult& result) {
    for (const auto& [component, tally] : tally_of(result)) {
      if (tally.failing > 0 || (tally.passing && !tally.unknown)) {
        block_.add(metric::check_findings,
                   {installation(), {"check", result.check->id}, {"component", component}},
                   static_cast<double>(tally.failing));
      }
    }
  }

  void add_roll_up() {
    for (const Severity severity : severities) {
      for (const Outcome status : outcomes) {
        for (const bool waived : {false, true}) {
          if (status == Outcome::fail || !waived) {  // only failures can be waived
            add_count(severity, status, waived);
          }
        }
      }
    }
  }

  void add_count(Severity severity, Outcome status, bool waived) {
    const auto& results = installation_.result.checks;
    const auto count =
        std::count_if(results.begin(), results.end(), [&](const CheckResult& result) {
          return result.severity == severity && result.status == status &&
                 is_waived(result) == waived;
        });
    block_.add(metric::checks,
               {installation(),
                {"severity", name_of(severity)},
                {"status", name_of(status)},
                {"waived", waived ? "true" : "false"}},
               static_cast<double>(count));
  }

  void add_ratios() {
    if (installation_.result.score) {
      block_.add(metric::score_ratio, {installation()}, *installation_.result.score);
    }
    if (installation_.result.coverage) {
      block_.add(metric::coverage_ratio, {installation()}, *installation_.result.coverage);
    }
  }

  void add_sources() {
    for (const SourceState& state : installation_.sources) {
      const Label source{"source", name_of(state.source)};
      block_.add(metric::source_up, {installation(), source}, to_gauge(state.up));
      if (state.watched) {
        block_.add(metric::source_watch_active, {installation(), source}, to_gauge(*state.watched));
      }
      if (state.last_change) {
        block_.add(metric::source_last_change, {installation(), source},
                   to_unix_seconds(*state.last_change));
      }
    }
  }

  void add_endpoints() {
    for (const PublishedTls& endpoint : installation_.endpoints) {
      const Label component{"component", name_of(endpoint.component)};
      if (endpoint.not_after) {
        block_.add(metric::tls_not_after, {installation(), component},
                   to_unix_seconds(*endpoint.not_after));
      }
      for (const TlsProtocol protocol : tls_protocols) {
        if (const auto offered = endpoint.offered.at(static_cast<std::size_t>(protocol))) {
          block_.add(metric::tls_protocol_offered,
                     {installation(), component, {"protocol", name_of(protocol)}},
                     to_gauge(*offered));
        }
      }
    }
  }

  void add_secrets() {
    for (const PublishedSecret& secret : installation_.secrets) {
      block_.add(metric::secret_changed, {installation(), {"secret", secret.logical_name}},
                 to_unix_seconds(secret.changed_at));
    }
  }

  Label installation() const { return {"installation", name_}; }

  const PublishedInstallation& installation_;
  std::string_view name_;
  SeriesBlock block_;
};

}  // namespace

SeriesBlock series_of(const PublishedInstallation& installation) {
  return InstallationSeries{installation}.block();
}

}  // namespace compliance

// Snapshot -> Prometheus text exposition format 0.0.4.
#include "exporter/publish/exposition.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "exporter/base/version.h"
#include "exporter/publish/metric_names.h"
#include "exporter/publish/series.h"

namespace compliance {
namespace {

constexpr std::array outcomes{Outcome::pass, Outcome::fail, Outcome::unknown,
                              Outcome::not_applicable};
constexpr std::array severities{Severity::critical, Severity::high, Severity::medium,
                                Severity::low};

// Faults that reading and parsing files can give.
constexpr std::array file_reasons{
    UnknownReason::unreadable,     UnknownReason::permission_denied,
    UnknownReason::unparsable,     UnknownReason::limit_exceeded,
    UnknownReason::missing_object, UnknownReason::unresolved_reference,
    UnknownReason::internal_error};
// Faults that running `caracal --help` gives beside them.
constexpr std::array command_reasons{UnknownReason::timeout, UnknownReason::unexpected_response};
// Faults that probes give.
constexpr std::array probe_reasons{
    UnknownReason::dns_failure,        UnknownReason::unreachable,    UnknownReason::timeout,
    UnknownReason::tls_failure,        UnknownReason::protocol_error, UnknownReason::limit_exceeded,
    UnknownReason::unexpected_response};
constexpr std::array probed_sources{Source::endpoint, Source::dns, Source::exposure,
                                    Source::datastore};
constexpr std::array file_sources{Source::compose, Source::kubernetes, Source::secrets,
                                  Source::runtime_cli};

// Seconds since 1970, to the millisecond: what a double holds exactly enough to read back.
double seconds_of(Instant instant) {
  const auto since = instant.time_since_epoch();
  return static_cast<double>(std::chrono::floor<std::chrono::milliseconds>(since).count()) / 1000.0;
}

double number_of(bool value) { return value ? 1 : 0; }

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
                 number_of(result.status == outcome));
    }
    if (is_definite(result.status)) {
      block_.add(metric::check_compliant, {installation(), check},
                 number_of(result.status == Outcome::pass));
    }
    add_findings(result);
    if (result.status == Outcome::unknown) {
      for (const UnknownReason reason : result.unknown_reasons()) {
        block_.add(metric::check_unknown_reason,
                   {installation(), check, {"reason", name_of(reason)}}, 1);
      }
    }
    const auto evaluated = installation_.last_evaluated.find(result.check->id);
    if (evaluated != installation_.last_evaluated.end()) {
      block_.add(metric::check_last_evaluated, {installation(), check},
                 seconds_of(evaluated->second));
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
        const auto& results = installation_.result.checks;
        const auto count =
            std::count_if(results.begin(), results.end(), [&](const CheckResult& result) {
              return result.severity == severity && result.status == status;
            });
        block_.add(metric::checks,
                   {installation(),
                    {"severity", name_of(severity)},
                    {"status", name_of(status)},
                    {"waived", "false"}},
                   static_cast<double>(count));
      }
    }
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
      block_.add(metric::source_up, {installation(), source}, number_of(state.up));
      if (state.last_change) {
        block_.add(metric::source_last_change, {installation(), source},
                   seconds_of(*state.last_change));
      }
    }
  }

  void add_endpoints() {
    for (const PublishedTls& endpoint : installation_.endpoints) {
      const Label component{"component", name_of(endpoint.component)};
      if (endpoint.not_after) {
        block_.add(metric::tls_not_after, {installation(), component},
                   seconds_of(*endpoint.not_after));
      }
      for (const TlsProtocol protocol : tls_protocols) {
        if (const auto offered = endpoint.offered.at(static_cast<std::size_t>(protocol))) {
          block_.add(metric::tls_protocol_offered,
                     {installation(), component, {"protocol", name_of(protocol)}},
                     number_of(*offered));
        }
      }
    }
  }

  void add_secrets() {
    for (const PublishedSecret& secret : installation_.secrets) {
      block_.add(metric::secret_changed, {installation(), {"secret", secret.logical_name}},
                 seconds_of(secret.changed_at));
    }
  }

  Label installation() const { return {"installation", name_}; }

  const PublishedInstallation& installation_;
  std::string_view name_;
  SeriesBlock block_;
};

void add_check_infos(SeriesBlock& block, const Snapshot& snapshot) {
  std::map<std::string_view, const CheckResult*> enabled;
  for (const PublishedInstallation& installation : snapshot.installations) {
    for (const CheckResult& result : installation.result.checks) {
      enabled.emplace(result.check->id, &result);
    }
  }
  for (const auto& [id, result] : enabled) {
    block.add(metric::check_info,
              {{"check", id},
               {"area", name_of(result->check->area)},
               {"severity", name_of(result->base_severity)},
               {"title", result->check->title}},
              1);
  }
}

void add_source_errors(SeriesBlock& block, const Snapshot& snapshot) {
  auto errors = snapshot.source_errors;
  for (const Source source : file_sources) {
    for (const UnknownReason reason : file_reasons) {
      errors.try_emplace({source, reason}, 0);
    }
  }
  for (const Source source : probed_sources) {
    for (const UnknownReason reason : probe_reasons) {
      errors.try_emplace({source, reason}, 0);
    }
  }
  for (const UnknownReason reason : command_reasons) {
    errors.try_emplace({Source::runtime_cli, reason}, 0);
  }
  for (const auto& [pair, count] : errors) {
    block.add(metric::source_errors,
              {{"source", name_of(pair.first)}, {"reason", name_of(pair.second)}},
              static_cast<double>(count));
  }
}

// Everything that is about the program and not about one installation, but series_dropped.
SeriesBlock common_series(const Snapshot& snapshot) {
  SeriesBlock block;
  add_check_infos(block, snapshot);
  add_source_errors(block, snapshot);
  const Histogram& duration = snapshot.evaluation_duration;
  block.add_histogram(metric::evaluation_duration, {},
                      {.bounds = duration.bounds, .counts = duration.counts, .sum = duration.sum});
  for (const auto& [source, probed] : snapshot.probe_durations) {
    block.add_histogram(metric::probe_duration, {{"source", name_of(source)}},
                        {.bounds = probed.bounds, .counts = probed.counts, .sum = probed.sum});
  }
  block.add(metric::snapshot_timestamp, {}, seconds_of(snapshot.published_at));
  block.add(metric::state_store_persistent, {}, number_of(snapshot.state_store_persistent));
  block.add(metric::last_reload_successful, {}, number_of(snapshot.last_reload_successful));
  block.add(metric::last_reload_success, {}, seconds_of(snapshot.last_reload_success));
  block.add(metric::build_info,
            {{"version", version()}, {"revision", revision()}, {"compiler", compiler()}}, 1);
  return block;
}

}  // namespace

std::string render_exposition(const Snapshot& snapshot) {
  std::vector<SeriesBlock> blocks;
  blocks.push_back(common_series(snapshot));
  std::size_t kept = blocks.front().size() + 1;
  std::size_t dropped = 0;
  for (const PublishedInstallation& installation : snapshot.installations) {
    SeriesBlock block = InstallationSeries{installation}.block();
    // From the first that does not fit all are cut: which ones are missing is then predictable.
    if (dropped > 0 || kept + block.size() > snapshot.max_series) {
      dropped += block.size();
      continue;
    }
    kept += block.size();
    blocks.push_back(std::move(block));
  }
  blocks.front().add(metric::series_dropped, {}, static_cast<double>(dropped));
  return exposition_of(blocks);
}

}  // namespace compliance

// Snapshot -> Prometheus text exposition format 0.0.4.
#include "exporter/publish/metrics/exposition.h"

#include <array>
#include <map>
#include <string_view>
#include <vector>

#include "exporter/base/version.h"
#include "exporter/publish/metrics/installation_series.h"
#include "exporter/publish/metrics/metric_names.h"
#include "exporter/publish/metrics/series.h"
#include "exporter/publish/metrics/series_values.h"

namespace compliance {
namespace {

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

void add_waivers(SeriesBlock& block, const Snapshot& snapshot) {
  std::map<std::string_view, std::size_t> counts{{"invalid", snapshot.invalid_waivers}};
  for (const WaiverState state :
       {WaiverState::active, WaiverState::expiring, WaiverState::expired, WaiverState::unused}) {
    counts[name_of(state)] = 0;
  }
  for (const PublishedWaiver& shown : snapshot.waivers) {
    ++counts[name_of(shown.state)];
    const Waiver& waiver = shown.waiver;
    const std::initializer_list<Label> labels{
        {"waiver", waiver.id}, {"installation", waiver.installation}, {"check", waiver.check}};
    block.add(metric::waiver_active, labels, to_gauge(shown.state != WaiverState::expired));
    block.add(metric::waiver_expiry, labels, to_unix_seconds(waiver.expires));
  }
  for (const auto& [state, count] : counts) {
    block.add(metric::waivers, {{"state", state}}, static_cast<double>(count));
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
  block.add(metric::snapshot_timestamp, {}, to_unix_seconds(snapshot.published_at));
  add_waivers(block, snapshot);
  const Histogram& drift = snapshot.drift_latency;
  block.add_histogram(metric::drift_latency, {},
                      {.bounds = drift.bounds, .counts = drift.counts, .sum = drift.sum});
  block.add(metric::state_store_up, {}, to_gauge(snapshot.state_store_up));
  block.add(metric::state_store_persistent, {}, to_gauge(snapshot.state_store_persistent));
  block.add(metric::last_reload_successful, {}, to_gauge(snapshot.last_reload_successful));
  block.add(metric::last_reload_success, {}, to_unix_seconds(snapshot.last_reload_success));
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
    SeriesBlock block = series_of(installation);
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

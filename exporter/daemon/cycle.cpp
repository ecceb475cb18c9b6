// One cycle: observe -> evaluate -> record.
#include "exporter/daemon/cycle.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "exporter/daemon/service_environment.h"
#include "exporter/daemon/work_queue.h"
#include "exporter/history/history.h"
#include "exporter/publish/metrics/runtime_metrics.h"

namespace compliance {
namespace {

// Probe results are debounced for this many times the duration of a cycle, so that cycles for them
// take at most a tenth of the time, however large the installations.
constexpr int debounce_per_cycle = 10;
// A burst of probes ends within this time; a person does not notice it.
constexpr std::chrono::milliseconds min_debounce{200};

}  // namespace

Cycle::Cycle(Config config, const ServiceEnvironment& environment, CycleParts parts)
    : environment_(environment),
      parts_(parts),
      watcher_(parts.queue, environment.watches),
      prober_({.now = environment.now,
               .changed = [&queue = parts.queue](
                              const std::string& installation) { queue.add_answer(installation); },
               .timed = [&metrics = parts.metrics](
                            Source source, auto took) { metrics.observe_probe(source, took); },
               .failed =
                   [&metrics = parts.metrics](Source source, UnknownReason reason) {
                     metrics.count_source_error(source, reason);
                   }}),
      observed_(environment, {.watcher = watcher_, .prober = prober_}, parts.metrics) {
  configure(std::move(config));
}

void Cycle::configure(Config config) {
  config_ = std::move(config);
  // Its indexes are those of the old configuration.
  last_.reset();
  observed_.configure(config_);
  watcher_.watch_own_files(environment_.config_file, config_.waivers_file);
  prober_.configure(config_);
  last_reload_successful_ = true;
  parts_.metrics.configuration_loaded(environment_.now());
}

void Cycle::keep_configuration() {
  last_reload_successful_ = false;
  parts_.metrics.configuration_refused();
}

std::shared_ptr<const Snapshot> Cycle::run(Work work) {
  const auto started = Clock::now();
  // Without a snapshot there is nothing that untouched installations could be taken from.
  work.everything = work.everything || !last_;
  if (work.everything) {
    observe_all();
  } else {
    if (work.changed.waivers) {
      read_waivers();
    }
    observed_.observe_changed(work.changed.sources);
  }
  return evaluate(observed_.touched_by(work), started);
}

std::shared_ptr<const Snapshot> Cycle::run_after_probing(
    const std::function<void(std::size_t, std::size_t)>& progress) {
  const auto started = Clock::now();
  observe_all();
  prober_.wait_until_asked(progress);
  return evaluate(observed_.touched_by({.everything = true}), started);
}

ChangedFiles Cycle::polled() const { return watcher_.polled(); }

void Cycle::observe_all() {
  read_waivers();
  observed_.observe_all();
}

void Cycle::read_waivers() {
  waivers_.read(config_);
  // A file that was replaced by another has to be watched anew.
  watcher_.watch_own_files(environment_.config_file, config_.waivers_file);
}

std::shared_ptr<const Snapshot> Cycle::evaluate(const std::set<std::size_t>& touched,
                                                Clock::time_point started) {
  auto snapshot = std::make_shared<Snapshot>();
  for (std::size_t index = 0; index < observed_.size(); ++index) {
    snapshot->installations.push_back(touched.contains(index) ? evaluate_installation(index)
                                                              : last_->installations[index]);
  }
  snapshot->published_at = environment_.now();
  // What the runtime metrics leave of the limit.
  snapshot->max_series =
      config_.limits.max_series - std::min(config_.limits.max_series, parts_.metrics.series());
  snapshot->last_reload_successful = last_reload_successful_;
  waivers_.add_to(*snapshot);
  record(*snapshot, touched);
  const auto elapsed = Clock::now() - started;
  parts_.metrics.observe_evaluation(elapsed);
  parts_.queue.set_debounce(std::max<Clock::duration>(min_debounce, debounce_per_cycle * elapsed));
  last_ = snapshot;
  return snapshot;
}

// One moment for facts, waivers and sources, however long evaluating takes.
PublishedInstallation Cycle::evaluate_installation(std::size_t index) {
  const Instant now = environment_.now();
  const Installation& installation = observed_.facts_of(index, now);
  PublishedInstallation published;
  published.result = compliance::evaluate(installation, config_.evaluation);
  waivers_.apply_to(published.result, installation.observed_at);
  published.sources = observed_.sources_of(index, now);
  published.endpoints = published_tls(installation);
  published.secrets = published_secrets(installation);
  return published;
}

void Cycle::record(Snapshot& snapshot, const std::set<std::size_t>& touched) {
  std::vector<const InstallationResult*> results;
  std::set<std::string> untouched;
  for (std::size_t index = 0; index < snapshot.installations.size(); ++index) {
    const InstallationResult& result = snapshot.installations[index].result;
    if (touched.contains(index)) {
      results.push_back(&result);
    } else {
      untouched.insert(result.name);
    }
  }
  parts_.history.record(results, snapshot.published_at, untouched);
  for (PublishedInstallation& installation : snapshot.installations) {
    installation.past = parts_.history.history_of(installation.result.name);
  }
  const StoreState state = parts_.history.state();
  snapshot.state_store_persistent = state.persistent;
  snapshot.state_store_up = state.up;
  parts_.metrics.set_state_store(state.up, state.persistent);
}

}  // namespace compliance

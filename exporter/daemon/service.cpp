// One cycle: observe -> evaluate -> record -> publish.
#include "exporter/daemon/service.h"

#include <algorithm>
#include <utility>

#include "exporter/base/log.h"
#include "exporter/daemon/watch_owners.h"
#include "exporter/observe/sources.h"

namespace compliance {
namespace {

// Seconds; a cycle over one installation takes milliseconds, one over 10,000 objects about one.
const std::vector<double> duration_bounds{0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                          0.5,   1,     2.5,  5,     10,   30};

// How long answers of probes are gathered before they are judged: so long that judging takes no
// more than a tenth of the time, however large the estate.
constexpr std::chrono::milliseconds min_debounce{200};
constexpr int max_duty_cycle = 10;

Histogram durations() {
  Histogram histogram{.bounds = duration_bounds};
  histogram.counts.resize(duration_bounds.size() + 1);
  return histogram;
}

void publish_waivers(Snapshot& snapshot, const WaiversFile& file) {
  std::vector<const InstallationResult*> results;
  for (const PublishedInstallation& installation : snapshot.installations) {
    results.push_back(&installation.result);
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(snapshot.published_at);
  const std::vector<WaiverState> states = states_of(file.waivers, results, now);
  for (std::size_t index = 0; index < states.size(); ++index) {
    snapshot.waivers.push_back({.waiver = file.waivers[index], .state = states[index]});
  }
  snapshot.invalid_waivers = file.invalid;
}

}  // namespace

Service::Service(Config config, ServiceContext context)
    : context_(std::move(context)),
      history_({.path = context_.state_path}, context_.now()),
      evaluation_duration_(durations()),
      drift_latency_(durations()),
      last_reload_success_(context_.now()),
      prober_({.now = context_.now, .changed = [this](const std::string& installation) {
                 wake_.answers_came(installation);
               }}) {
  if (context_.watches) {
    watch_.emplace(
        [this](const std::set<WatchOwner>& owners, std::chrono::steady_clock::time_point first) {
          wake_.files_changed(owners, first);
        });
  }
  apply(std::move(config));
}

void Service::apply(Config config) {
  for (std::size_t index = 0; watch_ && index < observed_.size(); ++index) {
    for (const Source source : file_sources) {
      watch_->forget(owner_of(index, source));
    }
  }
  config_ = std::move(config);
  judged_.reset();
  observed_.clear();
  for (const InstallationConfig& installation : config_.installations) {
    observed_.push_back(
        {.config = installation,
         .observer = InstallationObserver{installation, config_.limits, context_.standard_input}});
    // Before anything is read, so that no change falls between reading and watching.
    watch(observed_.size() - 1, configured_places(installation));
  }
  watch_own_files();
  prober_.configure(config_);
}

std::shared_ptr<const Snapshot> Service::evaluate() {
  const std::scoped_lock lock(cycle_mutex_);
  const auto started = std::chrono::steady_clock::now();
  observe_all();
  return judge(all(), started);
}

std::shared_ptr<const Snapshot> Service::evaluate_when_asked(
    const std::function<void(std::size_t, std::size_t)>& progress) {
  const std::scoped_lock lock(cycle_mutex_);
  const auto started = std::chrono::steady_clock::now();
  observe_all();
  prober_.wait_until_asked(progress);
  return judge(all(), started);
}

std::set<std::size_t> Service::all() const {
  std::set<std::size_t> numbers;
  const std::size_t count = observed_.size() + (context_.observe_exporter ? 1 : 0);
  for (std::size_t index = 0; index < count; ++index) {
    numbers.insert(index);
  }
  return numbers;
}

std::set<std::size_t> Service::touched_by(const Work& work) const {
  if (work.everything || !judged_ || work.changed.contains(waivers_owner)) {
    return all();
  }
  std::set<std::size_t> touched;
  for (const auto& [index, sources] : sources_of(work.changed)) {
    touched.insert(index);
  }
  for (std::size_t index = 0; index < observed_.size(); ++index) {
    if (work.answered.contains(observed_[index].config.name)) {
      touched.insert(index);
    }
  }
  return touched;
}

std::shared_ptr<const Snapshot> Service::judge(const std::set<std::size_t>& touched,
                                               std::chrono::steady_clock::time_point started) {
  auto snapshot = std::make_shared<Snapshot>();
  for (std::size_t index = 0; index < observed_.size(); ++index) {
    snapshot->installations.push_back(touched.contains(index)
                                          ? judge(observed_[index], context_.now())
                                          : judged_->installations[index]);
  }
  if (context_.observe_exporter) {
    snapshot->installations.push_back(touched.contains(observed_.size())
                                          ? judge_exporter(context_.now())
                                          : judged_->installations[observed_.size()]);
  }
  snapshot->published_at = context_.now();
  publish_waivers(*snapshot, waivers_);
  record(*snapshot, touched);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started;
  evaluation_duration_.observe(elapsed.count());
  debounce_ = std::max(min_debounce,
                       max_duty_cycle * std::chrono::ceil<std::chrono::milliseconds>(elapsed));
  add_own_state(*snapshot);
  judged_ = snapshot;
  return snapshot;
}

void Service::add_own_state(Snapshot& snapshot) const {
  probes::ProbeCounts probed = prober_.counts();
  snapshot.source_errors = source_errors_;
  snapshot.source_errors.merge(probed.errors);
  snapshot.probe_durations = std::move(probed.durations);
  snapshot.evaluation_duration = evaluation_duration_;
  snapshot.drift_latency = drift_latency_;
  snapshot.last_reload_successful = last_reload_successful_;
  snapshot.last_reload_success = last_reload_success_;
  snapshot.max_series = config_.limits.max_series;
}

// Nothing is shown that a crash could make forgotten.
void Service::record(Snapshot& snapshot, const std::set<std::size_t>& touched) {
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
  history_.record(results, snapshot.published_at, untouched);
  for (PublishedInstallation& installation : snapshot.installations) {
    installation.past = history_.history_of(installation.result.name);
  }
  const StoreState state = history_.state();
  snapshot.state_store_persistent = state.persistent;
  snapshot.state_store_up = state.up;
}

void Service::publish() { publish_cycle({.everything = true}); }

void Service::publish_cycle(const Work& work) {
  const std::scoped_lock lock(publish_mutex_);
  std::shared_ptr<const Snapshot> snapshot;
  {
    const std::scoped_lock cycle(cycle_mutex_);
    const auto started = std::chrono::steady_clock::now();
    const std::set<std::size_t> touched = touched_by(work);
    if (work.everything) {
      observe_all();
    } else {
      observe_changed(work);
    }
    snapshot = judge(touched, started);
  }
  latest_.set(std::make_shared<const RenderedSnapshot>(render(std::move(snapshot))));
  if (const auto ready = std::exchange(context_.ready, {})) {
    ready();
  }
  if (work.first_change) {
    const std::scoped_lock cycle(cycle_mutex_);
    const std::chrono::duration<double> latency =
        std::chrono::steady_clock::now() - *work.first_change;
    drift_latency_.observe(latency.count());
  }
}

PublishedInstallation Service::judge(ObservedInstallation& observed, Instant now) {
  Installation& installation = observed.seen.installation;
  installation.observed_at = std::chrono::floor<std::chrono::seconds>(now);
  prober_.add_answers(installation);
  PublishedInstallation published;
  published.result = compliance::evaluate(installation, config_.evaluation);
  apply_waivers(published.result, waivers_.waivers, installation.observed_at);
  for (const SourceReading& reading : observed.seen.sources) {
    published.sources.push_back(remember(published.result.name, reading, now));
    const auto watched = observed.watched.find(reading.source);
    if (watch_ && watched != observed.watched.end()) {
      published.sources.back().watched = watched->second;
    }
  }
  for (const SourceReading& reading : prober_.sources_of(installation.name)) {
    published.sources.push_back(remember(published.result.name, reading, now));
  }
  published.endpoints = published_tls(installation);
  published.secrets = published_secrets(installation);
  return published;
}

SourceState Service::remember(const std::string& installation, const SourceReading& reading,
                              Instant now) {
  SourceMemory& memory = sources_[{installation, reading.source}];
  if (!reading.content_digest.empty() && memory.digest != reading.content_digest) {
    if (!memory.digest.empty()) {
      memory.changed_at = now;
    }
    memory.digest = reading.content_digest;
  }
  return {.source = reading.source, .up = reading.up, .last_change = memory.changed_at};
}

void Service::run(const std::stop_token& stop) {
  Work work{.everything = true};
  while (!stop.stop_requested()) {
    heartbeat_.working();
    if (work.changed.contains(config_owner)) {
      (void)reload();  // which says itself how it went
    } else {
      publish_cycle(work);
    }
    work = next_work(stop);
  }
}

Result<std::string> Service::reload() {
  if (!context_.read_config) {
    return Error{"there is no configuration file to reload"};
  }
  auto config = context_.read_config();
  const Error refusal = config ? Error{} : config.error();
  {
    const std::scoped_lock lock(cycle_mutex_);
    last_reload_successful_ = static_cast<bool>(config);
    if (config) {
      last_reload_success_ = context_.now();
      apply(std::move(config).value());
    }
  }
  publish();
  if (!refusal.message.empty()) {
    log_event(LogLevel::error, "reload failed; keeping the previous configuration",
              {{"err", refusal.message}});
    return refusal;
  }
  log_event(LogLevel::info, "configuration reloaded", {});
  return std::string{"configuration reloaded"};
}

}  // namespace compliance

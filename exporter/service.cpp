// One cycle: observe -> evaluate -> publish.
#include "exporter/service.h"

#include <algorithm>
#include <utility>

#include "exporter/base/log.h"
#include "exporter/observe/probes/plan.h"
#include "exporter/read_config.h"

namespace compliance {
namespace {

// Seconds; a cycle over one installation takes milliseconds, one over 10,000 objects about one.
const std::vector<double> duration_bounds{0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                          0.5,   1,     2.5,  5,     10,   30};

// How long answers of probes are gathered before they are judged: so long that judging takes no
// more than a tenth of the time, however large the estate.
constexpr std::chrono::milliseconds least_gathering_time{200};
constexpr int rests_per_work = 10;

// The names that the installation's allowlists need resolved, as facts that wait for their answer.
std::vector<std::string> add_unasked_names(Installation& installation,
                                           const ProbeSettings& settings) {
  std::vector<std::string> names;
  if (!settings.offline) {
    names = probes::names_to_resolve(installation);
  }
  for (const std::string& name : names) {
    installation.names.push_back({.name = name});
    installation.configured = installation.configured | Evidence::names;
  }
  return names;
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
    : context_(std::move(context)), prober_({.now = context_.now, .changed = [this] {
                                               const std::scoped_lock lock(wake_mutex_);
                                               answers_came_ = true;
                                               wake_.notify_all();
                                             }}) {
  evaluation_duration_.bounds = duration_bounds;
  evaluation_duration_.counts.resize(duration_bounds.size() + 1);
  last_reload_success_ = context_.now();
  apply(std::move(config));
}

void Service::apply(Config config) {
  config_ = std::move(config);
  observed_.clear();
  for (const InstallationConfig& installation : config_.installations) {
    observed_.push_back(
        {.config = installation,
         .observer = InstallationObserver{installation, config_.limits, context_.standard_input}});
  }
  prober_.configure(config_);
  std::erase_if(last_evaluated_, [this](const auto& entry) {
    return std::none_of(config_.installations.begin(), config_.installations.end(),
                        [&](const InstallationConfig& installation) {
                          return installation.name == entry.first.first;
                        });
  });
}

std::shared_ptr<const Snapshot> Service::evaluate() {
  const std::scoped_lock lock(cycle_mutex_);
  const auto started = std::chrono::steady_clock::now();
  observe_all();
  return judge_all(started);
}

std::shared_ptr<const Snapshot> Service::evaluate_when_asked(
    const std::function<void(std::size_t, std::size_t)>& progress) {
  const std::scoped_lock lock(cycle_mutex_);
  const auto started = std::chrono::steady_clock::now();
  observe_all();
  prober_.wait_until_asked(progress);
  return judge_all(started);
}

void Service::read_waivers() {
  WaiversFile file = read_waivers_file(config_);
  if (file.problems != waivers_.problems) {
    for (const std::string& problem : file.problems) {
      log_event(LogLevel::warn, "no waiver can be taken from here", {{"err", problem}});
    }
  }
  waivers_ = std::move(file);
}

void Service::observe_all() {
  read_waivers();
  for (Observed& observed : observed_) {
    observe_files(observed, context_.now());
  }
  reported_faults_ = std::exchange(current_faults_, {});
}

void Service::observe_files(Observed& observed, Instant now) {
  observed.seen = {};  // two readings at once would double the memory
  observed.seen = observed.observer.observe(std::chrono::floor<std::chrono::seconds>(now));
  Installation& installation = observed.seen.installation;
  probes::add_unasked(observed.config, config_.probing, installation);
  prober_.set_names(installation.name, add_unasked_names(installation, config_.probing));
  report_faults(installation);
}

std::shared_ptr<const Snapshot> Service::judge_all(std::chrono::steady_clock::time_point started) {
  auto snapshot = std::make_shared<Snapshot>();
  for (Observed& observed : observed_) {
    snapshot->installations.push_back(judge(observed, context_.now()));
  }
  snapshot->published_at = context_.now();
  publish_waivers(*snapshot, waivers_);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started;
  evaluation_duration_.observe(elapsed.count());
  gathering_time_ = std::max(
      least_gathering_time, rests_per_work * std::chrono::ceil<std::chrono::milliseconds>(elapsed));
  probes::ProbeCounts probed = prober_.counts();
  snapshot->source_errors = source_errors_;
  snapshot->source_errors.merge(probed.errors);
  snapshot->probe_durations = std::move(probed.durations);
  snapshot->evaluation_duration = evaluation_duration_;
  snapshot->last_reload_successful = last_reload_successful_;
  snapshot->last_reload_success = last_reload_success_;
  snapshot->max_series = config_.limits.max_series;
  return snapshot;
}

void Service::publish() { publish_cycle(true); }

void Service::publish_cycle(bool files) {
  const std::scoped_lock lock(publish_mutex_);
  std::shared_ptr<const Snapshot> snapshot;
  if (files) {
    snapshot = evaluate();
  } else {
    const std::scoped_lock cycle(cycle_mutex_);
    snapshot = judge_all(std::chrono::steady_clock::now());
  }
  latest_.set(std::make_shared<const RenderedSnapshot>(render(std::move(snapshot))));
}

PublishedInstallation Service::judge(Observed& observed, Instant now) {
  Installation& installation = observed.seen.installation;
  installation.observed_at = std::chrono::floor<std::chrono::seconds>(now);
  prober_.add_answers(installation);
  PublishedInstallation published;
  published.result = compliance::evaluate(installation, config_.evaluation);
  apply_waivers(published.result, waivers_.waivers, installation.observed_at);
  for (const SourceReading& reading : observed.seen.sources) {
    published.sources.push_back(remember(published.result.name, reading, now));
  }
  for (const SourceReading& reading : prober_.sources_of(installation.name)) {
    published.sources.push_back(remember(published.result.name, reading, now));
  }
  published.endpoints = published_tls(installation);
  published.secrets = published_secrets(installation);
  for (const CheckResult& check : published.result.checks) {
    const std::pair key{published.result.name, std::string{check.check->id}};
    if (check.status == Outcome::pass || check.status == Outcome::fail) {
      last_evaluated_[key] = now;
    }
    if (const auto last = last_evaluated_.find(key); last != last_evaluated_.end()) {
      published.last_evaluated.emplace(check.check->id, last->second);
    }
  }
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

void Service::report_faults(const Installation& installation) {
  for (const SourceFault& fault : installation.faults) {
    const Source source = fault.origin.source;
    ++source_errors_[{source, fault.fault.reason}];
    const std::string key = installation.name + '\n' + std::string{fault.origin.place.text()} +
                            '\n' + fault.fault.message;
    current_faults_.insert(key);
    if (!reported_faults_.contains(key)) {
      log_event(LogLevel::warn, "source cannot be read whole",
                {{"installation", installation.name},
                 {"source", std::string{name_of(source)}},
                 {"reason", std::string{name_of(fault.fault.reason)}},
                 {"place", std::string{fault.origin.place.text()}},
                 {"line", std::to_string(fault.origin.line)},
                 {"column", std::to_string(fault.origin.column)},
                 {"err", fault.fault.message}});
    }
  }
}

void Service::run(const std::stop_token& stop) {
  bool files = true;
  auto due = std::chrono::steady_clock::now();
  while (!stop.stop_requested()) {
    if (files) {
      const std::scoped_lock lock(cycle_mutex_);
      due = std::chrono::steady_clock::now() + config_.interval;
    }
    publish_cycle(files);
    files = wait_for_cycle(stop, due);
  }
}

bool Service::wait_for_cycle(const std::stop_token& stop,
                             std::chrono::steady_clock::time_point due) {
  std::unique_lock lock(wake_mutex_);
  if (!wake_.wait_until(lock, stop, due, [this] { return answers_came_; })) {
    return true;
  }
  // Answers come in bursts: one judgement serves all of a moment.
  const auto gathered = std::min(due, std::chrono::steady_clock::now() + gathering_time_.load());
  wake_.wait_until(lock, stop, gathered, [] { return false; });
  answers_came_ = false;
  return std::chrono::steady_clock::now() >= due;
}

Result<std::string> Service::reload() {
  if (!context_.read_config) {
    return Error{"there is no configuration file to reload"};
  }
  auto config = context_.read_config();
  {
    const std::scoped_lock lock(cycle_mutex_);
    last_reload_successful_ = static_cast<bool>(config);
    if (config) {
      last_reload_success_ = context_.now();
      apply(std::move(config).value());
    }
  }
  publish();
  if (!config) {
    return config.error();
  }
  return std::string{"configuration reloaded"};
}

}  // namespace compliance

// One cycle: observe -> evaluate -> publish.
#include "exporter/service.h"

#include <algorithm>
#include <utility>

#include "exporter/base/log.h"

namespace compliance {
namespace {

// Seconds; a cycle over one installation takes milliseconds, one over 10,000 objects about one.
const std::vector<double> duration_bounds{0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                          0.5,   1,     2.5,  5,     10,   30};

}  // namespace

Service::Service(Config config, ServiceContext context) : context_(std::move(context)) {
  evaluation_duration_.bounds = duration_bounds;
  evaluation_duration_.counts.resize(duration_bounds.size() + 1);
  last_reload_success_ = context_.now();
  apply(std::move(config));
}

void Service::apply(Config config) {
  config_ = std::move(config);
  observers_.clear();
  for (const InstallationConfig& installation : config_.installations) {
    observers_.emplace_back(installation, config_.limits, context_.standard_input);
  }
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
  auto snapshot = std::make_shared<Snapshot>();
  for (InstallationObserver& observer : observers_) {
    snapshot->installations.push_back(judge(observer, context_.now()));
  }
  reported_faults_ = std::exchange(current_faults_, {});
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started;
  evaluation_duration_.observe(elapsed.count());
  snapshot->published_at = context_.now();
  snapshot->source_errors = source_errors_;
  snapshot->evaluation_duration = evaluation_duration_;
  snapshot->last_reload_successful = last_reload_successful_;
  snapshot->last_reload_success = last_reload_success_;
  snapshot->max_series = config_.limits.max_series;
  return snapshot;
}

void Service::publish() {
  const std::scoped_lock lock(publish_mutex_);
  latest_.set(std::make_shared<const RenderedSnapshot>(render(evaluate())));
}

PublishedInstallation Service::judge(InstallationObserver& observer, Instant now) {
  const Observation observation = observer.observe(std::chrono::floor<std::chrono::seconds>(now));
  PublishedInstallation published;
  published.result = compliance::evaluate(observation.installation, config_.evaluation);
  for (const SourceReading& reading : observation.sources) {
    published.sources.push_back(remember(published.result.name, reading, now));
  }
  report_faults(observation.installation);
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
  if (memory.digest != reading.content_digest) {
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
  std::mutex waiting;
  std::condition_variable_any wakeup;
  while (!stop.stop_requested()) {
    publish();
    std::chrono::milliseconds interval{};
    {
      const std::scoped_lock lock(cycle_mutex_);
      interval = config_.interval;
    }
    std::unique_lock lock(waiting);
    wakeup.wait_for(lock, stop, interval, [] { return false; });
  }
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

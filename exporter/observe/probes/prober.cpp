// Prober: the pool of threads, and what it hands to the evaluation.
#include "exporter/observe/probes/prober.h"

#include <algorithm>
#include <random>

#include "exporter/base/digest.h"
#include "exporter/base/timestamp.h"
#include "exporter/observe/probes/targets.h"

namespace compliance::probes {
namespace {

// Results older than this many intervals say nothing about now. Two lost rounds are
// forgiven.
constexpr int intervals_until_stale = 3;

// How long wait_until_asked() waits before it tells of progress again.
constexpr std::chrono::milliseconds progress_step{200};

// Spreads load and protects nothing, so a fast generator is enough. One for each thread,
// without a lock.
double random_unit() {
  thread_local std::minstd_rand generator{std::random_device{}()};
  return std::uniform_real_distribution<double>{}(generator);
}

// The result with every fact replaced by a fault. Its content would pass for current
// evidence.
ProbeResult stale(ProbeResult answer, std::chrono::system_clock::time_point at) {
  replace_asked({.reason = UnknownReason::stale, .message = "was last answered at " + rfc3339(at)},
                answer);
  return answer;
}

void report_faults(const ProberContext& context, Source source, const ProbeResult& answer) {
  for (const Fault& fault : faults_of(answer)) {
    context.failed(source, fault.reason);
  }
}

// Tells of the time that a task took, and of each fault in its results.
void report(const ProberContext& context, Source source, const TaskResult& done,
            std::chrono::duration<double> took) {
  if (context.timed) {
    context.timed(source, took);
  }
  if (context.failed) {
    for (const ProbeResult& answer : done.results) {
      report_faults(context, source, answer);
    }
  }
}

}  // namespace

Prober::Prober(ProberContext context) : context_(std::move(context)), schedule_(&random_unit) {}

Prober::~Prober() {
  // All are told before the first one is joined, so they end at the same time.
  for (std::jthread& worker : workers_) {
    worker.request_stop();
  }
}

void Prober::configure(const Config& config) {
  const std::scoped_lock lock(mutex_);
  settings_ = config.probing;
  std::vector<std::string> installations;
  configured_.clear();
  dns_.clear();
  const Moment now = Deadline::Clock::now();
  for (const InstallationConfig& installation : config.installations) {
    installations.push_back(installation.name);
    dns_[installation.name] = installation.dns;
    configured_[installation.name] = targets_of(installation, settings_);
    schedule_.set_targets(installation.name, configured_[installation.name], now);
  }
  names_.clear();  // set_names() brings back those that are still there
  schedule_.keep_installations(installations);
  start_workers(settings_.concurrency);
  tell_of_change();
}

void Prober::set_names(const std::string& installation, const std::vector<std::string>& names) {
  const std::scoped_lock lock(mutex_);
  const auto configured = configured_.find(installation);
  if (configured == configured_.end() || settings_.offline) {
    return;
  }
  const auto known = names_.find(installation);
  if (known != names_.end() && known->second == names) {
    return;
  }
  names_[installation] = names;
  std::vector<Target> targets = configured->second;
  for (const std::string& name : names) {
    targets.push_back(name_target(installation, name, dns_[installation], settings_));
  }
  schedule_.set_targets(installation, std::move(targets), Deadline::Clock::now());
  start_workers(settings_.concurrency);
  tell_of_change();
}

// No more threads than tasks that can run at once: installations without targets cost none.
// Workers never end before the prober does.
void Prober::start_workers(std::size_t count) {
  const std::size_t targets = schedule_.progress().second;
  constexpr std::size_t steps_at_once = 2;  // offers and requests of an endpoint
  while (workers_.size() < std::min(count, steps_at_once * targets)) {
    workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

void Prober::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const auto has_changed = [this, seen = changes_] { return changes_ != seen; };
    if (const auto job = schedule_.take(Deadline::Clock::now())) {
      lock.unlock();
      run(*job, stop);
      lock.lock();
    } else if (const auto due = schedule_.next_due()) {
      changed_.wait_until(lock, stop, *due, has_changed);
    } else {
      changed_.wait(lock, stop, has_changed);
    }
  }
}

void Prober::run(const Job& job, const std::stop_token& stop) {
  const Moment began = Deadline::Clock::now();
  TaskResult done = job.task.run(Deadline::after(job.task.time, stop));
  const std::chrono::duration<double> elapsed = Deadline::Clock::now() - began;
  if (stop.stop_requested()) {
    return;  // cut short: what it saw is no answer
  }
  report(context_, job.source, done, elapsed);
  const bool has_answers = !done.results.empty();
  const auto installation = finish(job, std::move(done));
  if (has_answers && context_.changed) {
    context_.changed(installation);
  }
}

std::string Prober::finish(const Job& job, TaskResult done) {
  const std::scoped_lock lock(mutex_);
  schedule_.finish(job, std::move(done), context_.now());
  tell_of_change();
  return schedule_.installation_of(job);
}

void Prober::tell_of_change() {
  ++changes_;
  changed_.notify_all();
}

void Prober::add_answers(Installation& installation) const {
  const std::scoped_lock lock(mutex_);
  const auto now = context_.now();
  schedule_.for_each(installation.name, [&](const Target& target, const auto& answers) {
    // A result comes up to one timeout after its round began, which is no sign of
    // staleness.
    const auto oldest = now - (intervals_until_stale * target.interval + settings_.timeout);
    for (const auto& [kind, timed] : answers) {
      add_to(installation, timed.at < oldest ? stale(timed.result, timed.at) : timed.result);
    }
  });
}

std::vector<SourceReading> Prober::sources_of(const std::string& installation) const {
  const std::scoped_lock lock(mutex_);
  std::map<Source, SourceReading> sources;
  std::map<Source, std::string> contents;
  schedule_.for_each(installation, [&](const Target& target, const auto& answers) {
    SourceReading& source =
        sources.try_emplace(target.source, SourceReading{.source = target.source, .up = true})
            .first->second;
    // Before the first round nothing is known, and a source that is not known is not up.
    source.up = source.up && !answers.empty();
    for (const auto& [kind, timed] : answers) {
      source.up = source.up && is_reached(timed.result);
      contents[target.source] += target.name + "=" + content_key(timed.result) + "\n";
    }
  });
  std::vector<SourceReading> result;
  for (auto& [kind, source] : sources) {
    if (source.up) {  // an outage is no change of content
      source.content_digest = sha256(contents[kind]);
    }
    result.push_back(std::move(source));
  }
  return result;
}

void Prober::wait_until_asked(const std::function<void(std::size_t, std::size_t)>& progress) const {
  std::unique_lock lock(mutex_);
  while (!schedule_.all_asked()) {
    changed_.wait_for(lock, progress_step);
    const auto [asked, all] = schedule_.progress();
    if (progress) {
      lock.unlock();
      progress(asked, all);
      lock.lock();
    }
  }
}

}  // namespace compliance::probes

// The running service: repeats the cycle, publishes its snapshots and reloads the configuration.
#include "exporter/daemon/service.h"

#include <algorithm>
#include <utility>

#include "exporter/base/log.h"
#include "exporter/daemon/cycle.h"
#include "exporter/history/history.h"
#include "exporter/publish/api/router.h"
#include "exporter/publish/metrics/runtime_metrics.h"

namespace compliance {
namespace {

// How often files are read whose changes no event reports.
constexpr std::chrono::milliseconds poll_interval{5'000};

}  // namespace

Service::Service(Config config, ServiceEnvironment environment, RuntimeMetrics& metrics)
    : environment_(std::move(environment)),
      metrics_(metrics),
      history_(std::make_unique<History>(HistoryOptions{.path = environment_.state_path},
                                         environment_.now())),
      cycle_(std::make_unique<Cycle>(
          std::move(config), environment_,
          CycleParts{.queue = queue_, .metrics = metrics, .history = *history_})) {}

Service::~Service() = default;

std::shared_ptr<const Snapshot> Service::evaluate() {
  return cycle_.access()->run({.everything = true});
}

std::shared_ptr<const Snapshot> Service::evaluate_after_probing(
    const std::function<void(std::size_t, std::size_t)>& progress) {
  return cycle_.access()->run_after_probing(progress);
}

void Service::publish() { publish_cycle(cycle_.access(), {.everything = true}); }

void Service::publish_cycle(const Exclusive<Cycle>::Access& cycle, const Work& work) {
  latest_.set(std::make_shared<const RenderedSnapshot>(render(cycle->run(work))));
  if (environment_.published) {
    environment_.published();
  }
  if (work.first_change) {
    metrics_.observe_drift_latency(std::chrono::steady_clock::now() - *work.first_change);
  }
}

void Service::run(const std::stop_token& stop) {
  Work work{.everything = true};
  while (!stop.stop_requested()) {
    heartbeat_.working();
    if (work.changed.config) {
      (void)reload();  // which logs its outcome
    } else {
      publish_cycle(cycle_.access(), work);
    }
    work = next_work(stop);
  }
}

Work Service::next_work(const std::stop_token& stop) {
  const auto now = std::chrono::steady_clock::now();
  ChangedFiles polled;
  {
    const auto cycle = cycle_.access();
    if (everything_due_ <= now) {
      everything_due_ = now + cycle->interval();
    }
    polled = cycle->polled();
  }
  // Polling is due earlier than everything where some files have no events.
  const auto due =
      polled.empty() ? everything_due_ : std::min(everything_due_, now + poll_interval);
  heartbeat_.resting_until(due);
  // The lock of the cycle is not held here: a reload may run meanwhile.
  Work work = queue_.wait(stop, due);
  const auto woken = std::chrono::steady_clock::now();
  work.everything = woken >= everything_due_;
  // Polled sources are read whether they have changed or not: nothing else tells.
  if (woken >= due) {
    work.changed.merge(polled);
  }
  return work;
}

Result<std::string> Service::reload() {
  if (!environment_.read_config) {
    return Error{"there is no configuration file to reload"};
  }
  // Before the cycle is locked: reading waits for a disk.
  auto config = environment_.read_config();
  const Error error = config ? Error{} : config.error();
  {
    const auto cycle = cycle_.access();
    if (config) {
      cycle->configure(std::move(config).value());
    } else {
      cycle->keep_configuration();
    }
    publish_cycle(cycle, {.everything = true});
  }
  if (!error.message.empty()) {
    log_event(LogLevel::error, "reload failed; keeping the previous configuration",
              {{"err", error.message}});
    return error;
  }
  log_event(LogLevel::info, "configuration reloaded", {});
  return std::string{"configuration reloaded"};
}

Result<EventPage> Service::events(const EventQuery& query) const { return history_->events(query); }

}  // namespace compliance

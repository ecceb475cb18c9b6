// Asks all targets beside the evaluation, in a bounded pool, and keeps what they answered.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "checks/facts/installation.h"
#include "exporter/config/config.h"
#include "exporter/observe/observation.h"
#include "exporter/observe/probes/schedule.h"

namespace compliance::probes {

// What is called besides `now` is called by workers, may be absent, and must not call the prober.
struct ProberContext {
  std::function<std::chrono::system_clock::time_point()> now{};
  // After answers have come, with the installation that they are about.
  std::function<void(const std::string&)> changed{};
  // After each step of a probe, with the time that it took.
  std::function<void(Source, std::chrono::duration<double>)> timed{};
  // For each fault of an answer.
  std::function<void(Source, UnknownReason)> failed{};
};

// All calls are safe from all threads.
class Prober {
 public:
  explicit Prober(ProberContext context);
  Prober(const Prober&) = delete;
  Prober& operator=(const Prober&) = delete;
  Prober(Prober&&) = delete;
  Prober& operator=(Prober&&) = delete;
  // Ends running probes within a fraction of a second.
  ~Prober();

  // Takes over what is to be asked. Answers of targets that stay are kept.
  void configure(const Config& config);

  // The names of the allowlists that the installation was last seen with.
  void set_names(const std::string& installation, const std::vector<std::string>& names);

  // Writes the newest answers into the facts of the installation; those that are older than three
  // intervals become faults, stale.
  void add_answers(Installation& installation) const;

  // The sources that have targets. One is up when each target was reached at its last attempt; its
  // digest changes with certificates, addresses and states, and is empty while it is not up.
  std::vector<SourceReading> sources_of(const std::string& installation) const;

  // Waits until every target has been asked once. `progress` is called now and then with how many
  // were and how many there are.
  void wait_until_asked(const std::function<void(std::size_t, std::size_t)>& progress) const;

 private:
  void work(const std::stop_token& stop);
  void run(const Job& job, std::unique_lock<std::mutex>& lock, const std::stop_token& stop);
  void start_workers(std::size_t count);

  ProberContext context_;
  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;  // targets or answers have changed
  Schedule schedule_;
  ProbeSettings settings_;
  std::map<std::string, DnsConfig> dns_;                   // by installation
  std::map<std::string, std::vector<Target>> configured_;  // without names
  std::map<std::string, std::vector<std::string>> names_;
  std::vector<std::jthread> workers_;
};

}  // namespace compliance::probes

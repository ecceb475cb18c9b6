// Metrics about the running program, kept by prometheus-cpp and always current: HTTP requests,
// errors of sources, durations, reloads, the state store.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "checks/facts/origin.h"
#include "checks/facts/unknown_reason.h"
#include "exporter/base/instant.h"

namespace compliance {

// One of them serves the whole process. All calls are safe from all threads. Series are there from
// the start, so that a rate sees the first event, and are never removed.
class RuntimeMetrics {
 public:
  using Duration = std::chrono::duration<double>;  // seconds

  RuntimeMetrics();
  RuntimeMetrics(const RuntimeMetrics&) = delete;
  RuntimeMetrics& operator=(const RuntimeMetrics&) = delete;
  RuntimeMetrics(RuntimeMetrics&&) = delete;
  RuntimeMetrics& operator=(RuntimeMetrics&&) = delete;
  ~RuntimeMetrics();

  void count_source_error(Source source, UnknownReason reason);
  // A whole cycle, from reading the sources to the evaluated snapshot.
  void observe_evaluation(Duration took);
  // One step of a probe; the source is one that is probed.
  void observe_probe(Source source, Duration took);
  // From the first event of a changed file to the published snapshot.
  void observe_drift_latency(Duration took);

  void configuration_loaded(Instant at);
  void configuration_refused();
  void set_state_store(bool up, bool persistent);

  // Requests and refusals that can occur have to be declared to be shown before the first one.
  // Paths are a closed set and no text of the request.
  void declare_request(std::string_view path, int code);
  void count_request(std::string_view path, int code);
  void declare_authentication_failure(std::string_view reason);
  void count_authentication_failure(std::string_view reason);

  // Series that are there from the start, whatever is declared.
  std::size_t series() const;

  // All families that have series, by name, in the text exposition format 0.0.4.
  std::string render() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace compliance

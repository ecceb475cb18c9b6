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

  // Registers all families, and the series of closed label sets.
  RuntimeMetrics();
  // One for the process: two would show each a part.
  RuntimeMetrics(const RuntimeMetrics&) = delete;
  RuntimeMetrics& operator=(const RuntimeMetrics&) = delete;
  // Nor moved: threads refer to it.
  RuntimeMetrics(RuntimeMetrics&&) = delete;
  RuntimeMetrics& operator=(RuntimeMetrics&&) = delete;
  // Out of line, where the families are known.
  ~RuntimeMetrics();

  // One fault of one attempt. Faults that last are counted at each attempt.
  void count_source_error(Source source, UnknownReason reason);
  // A whole cycle, from reading the sources to the evaluated snapshot.
  void observe_evaluation(Duration took);
  // One step of a probe; the source is one that is probed.
  void observe_probe(Source source, Duration took);
  // From the first event of a changed file to the published snapshot.
  void observe_drift_latency(Duration took);

  // The start counts as a load.
  void configuration_loaded(Instant at);
  // The time of the last successful load stays.
  void configuration_refused();
  // As StoreState says.
  void set_state_store(bool up, bool persistent);

  // Requests that can occur have to be declared to be shown before the first one. Paths are a
  // closed set and no text of the request, which would let clients make series.
  void declare_request(std::string_view path, int code);
  // One answer; declares it as well.
  void count_request(std::string_view path, int code);
  // The same for reasons of refusal, which are those of name_of(AuthenticationFailure).
  void declare_authentication_failure(std::string_view reason);
  // One refusal, beside its 401 in the requests.
  void count_authentication_failure(std::string_view reason);

  // Series that are there from the start, whatever is declared: a constant, so that
  // limits.max_series cuts the same installations at each scrape.
  std::size_t series() const;

  // All families that have series, by name, in the text exposition format 0.0.4.
  std::string render() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace compliance

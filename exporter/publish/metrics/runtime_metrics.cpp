// Metrics about the running program, kept by prometheus-cpp and always current.
#include "exporter/publish/metrics/runtime_metrics.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include "exporter/publish/metrics/family_builder.h"
#include "exporter/publish/metrics/metric_names.h"

namespace compliance {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

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
// Seconds; a cycle over one installation takes milliseconds, one over 10,000 objects about one.
const Histogram::BucketBoundaries cycle_bounds{0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                               0.5,   1,     2.5,  5,     10,   30};
// Seconds; a probe on loopback takes a millisecond, one that meets silence its whole timeout.
const Histogram::BucketBoundaries probe_bounds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
                                               1,     2.5,  5,     10,   15,  30};

template <class Builder>
// Registers the family of that name; the registry owns it.
auto& family_of(Builder builder, const MetricName& name, prometheus::Registry& registry) {
  return builder.Name(std::string{name.name}).Help(std::string{name.help}).Register(registry);
}

// The registry's series in an order that stays: it keeps them by hash, and labels by name, where
// the format's readers are used to path before code and source before reason.
void put_in_order(std::vector<prometheus::ClientMetric>& series) {
  for (prometheus::ClientMetric& one : series) {
    std::reverse(one.label.begin(), one.label.end());
  }
  std::sort(series.begin(), series.end(),
            [](const auto& left, const auto& right) { return left.label < right.label; });
}

// The families by name, without those that have no series: a HELP line alone would say nothing.
std::vector<prometheus::MetricFamily> in_order(std::vector<prometheus::MetricFamily> families) {
  std::erase_if(families, [](const auto& family) { return family.metric.empty(); });
  for (prometheus::MetricFamily& family : families) {
    put_in_order(family.metric);
  }
  std::sort(families.begin(), families.end(),
            [](const auto& left, const auto& right) { return left.name < right.name; });
  return families;
}

}  // namespace

// The order of members matters: the registry comes first, since all others are references into it.
struct RuntimeMetrics::Families {
  prometheus::Registry registry{};

  Family<Counter>& source_errors =
      family_of(prometheus::BuildCounter(), metric::source_errors, registry);
  Family<Counter>& requests =
      family_of(prometheus::BuildCounter(), metric::http_requests, registry);
  Family<Counter>& authentication_failures =
      family_of(prometheus::BuildCounter(), metric::http_authentication_failures, registry);

  Histogram& evaluation_duration = histogram(metric::evaluation_duration);
  Histogram& drift_latency = histogram(metric::drift_latency);
  Family<Histogram>& probe_duration =
      family_of(prometheus::BuildHistogram(), metric::probe_duration, registry);

  Gauge& last_reload_successful = gauge(metric::last_reload_successful);
  Gauge& last_reload_success = gauge(metric::last_reload_success);
  Gauge& state_store_up = gauge(metric::state_store_up);
  Gauge& state_store_persistent = gauge(metric::state_store_persistent);

  std::size_t series_at_start = 0;

  // A family of one series without labels.
  Gauge& gauge(const MetricName& name) {
    return family_of(prometheus::BuildGauge(), name, registry).Add({});
  }
  Histogram& histogram(const MetricName& name) {
    return family_of(prometheus::BuildHistogram(), name, registry).Add({}, cycle_bounds);
  }

  // All of these give what is there already, or add it.
  Counter& source_error(Source source, UnknownReason reason) {
    return source_errors.Add(
        {{"source", std::string{name_of(source)}}, {"reason", std::string{name_of(reason)}}});
  }
  Histogram& probe(Source source) {
    return probe_duration.Add({{"source", std::string{name_of(source)}}}, probe_bounds);
  }
  Counter& request(std::string_view path, int code) {
    return requests.Add({{"path", std::string{path}}, {"code", std::to_string(code)}});
  }
  Counter& authentication_failure(std::string_view reason) {
    return authentication_failures.Add({{"reason", std::string{reason}}});
  }
};

RuntimeMetrics::RuntimeMetrics() : families_(std::make_unique<Families>()) {
  // A series at 0 for each fault that can occur, so that increase() sees the first one.
  const auto add_errors = [this](Source source, const auto& reasons) {
    for (const UnknownReason reason : reasons) {
      families_->source_error(source, reason);
    }
  };
  for (const SourceDescription& each : all_sources) {
    if (is_file(each.source)) {
      add_errors(each.source, file_reasons);
    } else if (is_remote(each.source)) {
      families_->probe(each.source);
      add_errors(each.source, probe_reasons);
    }
  }
  // Beside those of files, since its help text may be one.
  add_errors(Source::runtime_cli, command_reasons);
  for (const prometheus::MetricFamily& family : families_->registry.Collect()) {
    for (const prometheus::ClientMetric& one : family.metric) {
      // A histogram is exposed as one series for each bucket, a sum and a count.
      constexpr std::size_t sum_and_count = 2;
      families_->series_at_start += family.type == prometheus::MetricType::Histogram
                                        ? one.histogram.bucket.size() + sum_and_count
                                        : 1;
    }
  }
}

RuntimeMetrics::~RuntimeMetrics() = default;

void RuntimeMetrics::count_source_error(Source source, UnknownReason reason) {
  families_->source_error(source, reason).Increment();
}

void RuntimeMetrics::observe_evaluation(Duration took) {
  families_->evaluation_duration.Observe(took.count());
}

void RuntimeMetrics::observe_probe(Source source, Duration took) {
  families_->probe(source).Observe(took.count());
}

void RuntimeMetrics::observe_drift_latency(Duration took) {
  families_->drift_latency.Observe(took.count());
}

void RuntimeMetrics::configuration_loaded(Instant at) {
  families_->last_reload_successful.Set(1);
  families_->last_reload_success.Set(to_unix_seconds(at));
}

void RuntimeMetrics::configuration_refused() { families_->last_reload_successful.Set(0); }

void RuntimeMetrics::set_state_store(bool up, bool persistent) {
  families_->state_store_up.Set(to_gauge(up));
  families_->state_store_persistent.Set(to_gauge(persistent));
}

void RuntimeMetrics::declare_request(std::string_view path, int code) {
  families_->request(path, code);
}

void RuntimeMetrics::count_request(std::string_view path, int code) {
  families_->request(path, code).Increment();
}

void RuntimeMetrics::declare_authentication_failure(std::string_view reason) {
  families_->authentication_failure(reason);
}

void RuntimeMetrics::count_authentication_failure(std::string_view reason) {
  families_->authentication_failure(reason).Increment();
}

std::size_t RuntimeMetrics::series() const { return families_->series_at_start; }

std::string RuntimeMetrics::render() const {
  return exposition_text(in_order(families_->registry.Collect()));
}

}  // namespace compliance

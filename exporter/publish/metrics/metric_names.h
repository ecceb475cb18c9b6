// All metric families with their type and HELP text: the only place that names them.
#pragma once

#include <stdexcept>
#include <string_view>

#include <prometheus/metric_type.h>

namespace compliance {

// A family. Made at compile time alone, and not of a HELP text that the serializer would have to
// escape: it does not. A bad text is a compile error, since nothing can be thrown there.
struct MetricName {
  consteval MetricName(std::string_view family, prometheus::MetricType kind, std::string_view text)
      : name(family), type(kind), help(text) {
    if (help.find_first_of("\\\n") != std::string_view::npos) {
      throw std::invalid_argument{"a HELP text has a newline or a backslash"};
    }
  }

  std::string_view name;
  prometheus::MetricType type;
  std::string_view help;
};

namespace metric {

// Names follow Prometheus: base units at the end, _total for counters alone, and no unit where a
// number counts things. Dashboards and alerts refer to them; they are not renamed.
inline constexpr auto gauge = prometheus::MetricType::Gauge;
inline constexpr auto counter = prometheus::MetricType::Counter;
inline constexpr auto histogram = prometheus::MetricType::Histogram;

// A state set has a series for each status, so that a query for one finds a 0 and not a gap.
inline constexpr MetricName check_status{
    "caracal_compliance_check_status", gauge,
    "Status of a check in an installation as a state set: 1 for the present status, 0 for the "
    "three others."};
// Unknown is absent and not 0: an average over it would call it a failure.
inline constexpr MetricName check_compliant{
    "caracal_compliance_check_compliant", gauge,
    "1 when the check passes, 0 when it fails; absent while it is unknown or not applicable."};
inline constexpr MetricName check_findings{
    "caracal_compliance_check_findings", gauge,
    "Failing findings of a check in a component; 0 for a component that was judged and is clean."};
inline constexpr MetricName check_info{
    "caracal_compliance_check_info", gauge,
    "Always 1; describes a check, its severity being the one that the site configured."};
inline constexpr MetricName check_unknown_reason{
    "caracal_compliance_check_unknown_reason", gauge,
    "Always 1; why a check is unknown, one series for each reason, absent while it is not."};
inline constexpr MetricName check_last_evaluated{
    "caracal_compliance_check_last_evaluated_timestamp_seconds", gauge,
    "When the check last had a definite verdict, in seconds since 1970."};
inline constexpr MetricName check_last_transition{
    "caracal_compliance_check_last_transition_timestamp_seconds", gauge,
    "When the present status of the check began, in seconds since 1970; absent until it was seen "
    "to change."};
// A counter that survives restarts with the store, and begins anew without one.
inline constexpr MetricName check_transitions{
    "caracal_compliance_check_transitions_total", counter,
    "Changes of the check's status since the state store was created."};
inline constexpr MetricName check_waived{
    "caracal_compliance_check_waived", gauge,
    "1 when a check fails and every failing finding is under an active waiver, 0 otherwise."};
inline constexpr MetricName waiver_active{"caracal_compliance_waiver_active", gauge,
                                          "1 while a waiver counts, 0 once it has expired."};
inline constexpr MetricName waiver_expiry{"caracal_compliance_waiver_expiry_timestamp_seconds",
                                          gauge, "Expiry of a waiver, in seconds since 1970."};
inline constexpr MetricName waivers{
    "caracal_compliance_waivers", gauge,
    "Number of waivers by state; each is in one, the first that applies of invalid, expired, "
    "unused, expiring, active."};
inline constexpr MetricName checks{
    "caracal_compliance_checks", gauge,
    "Number of checks of an installation by severity, status and whether the failure is waived."};
inline constexpr MetricName score_ratio{
    "caracal_compliance_score_ratio", gauge,
    "Weighted share of passing checks among passing and failing ones (critical 8, high 4, medium "
    "2, low 1); absent when there are none."};
inline constexpr MetricName coverage_ratio{
    "caracal_compliance_coverage_ratio", gauge,
    "Share of checks that pass or fail among those that pass, fail or are unknown; absent when "
    "there are none."};
inline constexpr MetricName source_up{
    "caracal_compliance_source_up", gauge,
    "1 when a configured source was readable and parsed at the last attempt, 0 when not."};
inline constexpr MetricName source_last_change{
    "caracal_compliance_source_last_change_timestamp_seconds", gauge,
    "When the content of a source was last seen to change, in seconds since 1970."};
inline constexpr MetricName source_watch_active{
    "caracal_compliance_source_watch_active", gauge,
    "1 if changes are detected by inotify, 0 if the source is polled."};
inline constexpr MetricName source_errors{"caracal_compliance_source_errors_total", counter,
                                          "Attempts to read a source that failed, by reason."};
inline constexpr MetricName evaluation_duration{
    "caracal_compliance_evaluation_duration_seconds", histogram,
    "Duration of a whole cycle, from reading the sources to the published snapshot."};
inline constexpr MetricName probe_duration{
    "caracal_compliance_probe_duration_seconds", histogram,
    "Duration of one probe of an endpoint, a name, a port or a data store."};
inline constexpr MetricName tls_not_after{
    "caracal_compliance_tls_certificate_not_after_timestamp_seconds", gauge,
    "Earliest expiry on the certificate path of an endpoint, in seconds since 1970."};
inline constexpr MetricName tls_protocol_offered{
    "caracal_compliance_tls_protocol_offered", gauge,
    "1 when an endpoint takes the TLS protocol, 0 when it refuses it; absent where that could not "
    "be determined."};
inline constexpr MetricName secret_changed{
    "caracal_compliance_secret_changed_timestamp_seconds", gauge,
    "When a secret file last changed, in seconds since 1970."};
inline constexpr MetricName snapshot_timestamp{
    "caracal_compliance_snapshot_timestamp_seconds", gauge,
    "When the snapshot that is served was published, in seconds since 1970."};
inline constexpr MetricName series_dropped{
    "caracal_compliance_series_dropped", gauge,
    "Series left out because limits.max_series cut whole installations; 0 when none was."};
inline constexpr MetricName drift_latency{
    "caracal_compliance_drift_detection_latency_seconds", histogram,
    "Time from the first event of a changed file to the published snapshot that knows of it."};
inline constexpr MetricName state_store_up{
    "caracal_compliance_state_store_up", gauge,
    "1 when the state store works, 0 when what is configured cannot be used."};
inline constexpr MetricName state_store_persistent{
    "caracal_compliance_state_store_persistent", gauge,
    "1 when the history is kept in a file, 0 when it is lost at the end of the process."};
inline constexpr MetricName last_reload_successful{
    "caracal_compliance_config_last_reload_successful", gauge,
    "1 when the last load of the configuration succeeded, 0 when the previous one is still in "
    "use."};
inline constexpr MetricName last_reload_success{
    "caracal_compliance_config_last_reload_success_timestamp_seconds", gauge,
    "When the configuration was last loaded successfully, in seconds since 1970."};
// To be joined with other series; the value says nothing.
inline constexpr MetricName build_info{"caracal_compliance_build_info", gauge,
                                       "Always 1; version, revision and compiler of the program."};
inline constexpr MetricName http_requests{
    "caracal_compliance_http_requests_total", counter,
    "HTTP requests answered, by path (\"other\" for unknown ones) and status code."};
inline constexpr MetricName http_authentication_failures{
    "caracal_compliance_http_authentication_failures_total", counter,
    "HTTP requests refused because the bearer token was missing, malformed or not accepted."};
// Names and texts that client libraries of other languages use as well. Source:
// prometheus.io/docs/instrumenting/writing_clientlibs, "Process metrics".
inline constexpr MetricName process_cpu{"process_cpu_seconds_total", counter,
                                        "User and system CPU time spent in seconds."};
inline constexpr MetricName process_resident_memory{"process_resident_memory_bytes", gauge,
                                                    "Resident memory size in bytes."};
inline constexpr MetricName process_virtual_memory{"process_virtual_memory_bytes", gauge,
                                                   "Virtual memory size in bytes."};
inline constexpr MetricName process_start_time{"process_start_time_seconds", gauge,
                                               "Start of the process in seconds since 1970."};
inline constexpr MetricName process_open_fds{"process_open_fds", gauge,
                                             "Number of open file descriptors."};
inline constexpr MetricName process_max_fds{"process_max_fds", gauge,
                                            "Maximum number of open file descriptors."};

}  // namespace metric
}  // namespace compliance

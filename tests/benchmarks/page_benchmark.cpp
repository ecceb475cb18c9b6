// The overview of 120 checks, and the HTML report of 120 checks with 2,000 findings.
#include <string>

#include <benchmark/benchmark.h>

#include "checks/catalogue.h"
#include "exporter/publish/pages/pages.h"
#include "exporter/publish/reports/report.h"

namespace compliance::benchmarks {
namespace {

constexpr std::size_t checks = 120;
constexpr std::size_t findings = 2'000;

Finding finding(std::size_t number) {
  return {.component = Component::coordinator,
          .object = "Deployment/caracal-coordinator-" + std::to_string(number),
          .outcome = number % 5 == 0 ? Outcome::unknown : Outcome::fail,
          .reason = UnknownReason::unresolved_reference,
          .severity = Severity::high,
          .message = "container " + std::to_string(number) + " runs with more than it needs",
          .expected = "privileged: false, or not set",
          .observed = "privileged: true",
          .origin = {.source = Source::kubernetes,
                     .place = Location{"rendered/templates/coordinator/deployment.yaml"},
                     .line = static_cast<std::uint32_t>(number + 1),
                     .column = 7}};
}

// Every check fails, with its share of the findings.
Snapshot large_snapshot() {
  PublishedInstallation installation;
  installation.result.name = "production";
  for (std::size_t number = 0; number < checks; ++number) {
    const Check* check = catalogue()[number % catalogue().size()];
    CheckResult result{.check = check, .status = Outcome::fail, .severity = check->severity};
    for (std::size_t mine = number; mine < findings; mine += checks) {
      result.findings.push_back(finding(mine));
    }
    installation.result.checks.push_back(std::move(result));
    installation.past[std::string{check->id}] = {.status = Outcome::fail};
  }
  Snapshot snapshot{.published_at = Instant{std::chrono::hours(24)}};
  snapshot.installations.push_back(std::move(installation));
  return snapshot;
}

void overview_page(benchmark::State& state) {
  const Snapshot snapshot = large_snapshot();
  std::size_t bytes = 0;
  for (auto round : state) {
    static_cast<void>(round);
    bytes = pages::overview_page(snapshot, "")->size();
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(overview_page)->Unit(benchmark::kMillisecond);

void html_report(benchmark::State& state) {
  const Snapshot snapshot = large_snapshot();
  std::size_t bytes = 0;
  for (auto round : state) {
    static_cast<void>(round);
    bytes = render_html_report(snapshot, {}).size();
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(html_report)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace compliance::benchmarks

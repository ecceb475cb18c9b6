// What a report of 120 checks and 2,000 findings costs in each format.
#include <string>

#include <benchmark/benchmark.h>

#include "checks/catalogue.h"
#include "exporter/publish/reports/report_formats.h"

namespace compliance::benchmarks {
namespace {

constexpr std::size_t wanted_checks = 120;
constexpr std::size_t wanted_findings = 2'000;

Finding finding(std::size_t number) {
  const bool fails = number % 4 != 0;
  const bool remote = number % 8 == 1;
  return {
      .component = Component::api,
      .object = "service api-" + std::to_string(number),
      .outcome = fails ? Outcome::fail : Outcome::unknown,
      .reason = fails ? std::nullopt : std::optional{UnknownReason::unresolved_reference},
      .severity = Severity::high,
      .message = "publishes port " + std::to_string(number) + " on every address",
      .expected = "not published, or on loopback",
      .observed = "every address",
      .origin = {.source = remote ? Source::endpoint : Source::compose,
                 .place = Location{remote ? "https://caracal.example.com" : "deploy/compose.yaml"},
                 .line = remote ? 0U : static_cast<std::uint32_t>(number),
                 .column = remote ? 0U : 7U}};
}

Snapshot large_snapshot() {
  Snapshot snapshot;
  PublishedInstallation& installation = snapshot.installations.emplace_back();
  installation.result.name = "production";
  // The catalogue again from its start where it has fewer.
  while (installation.result.checks.size() < wanted_checks) {
    const auto all = catalogue();
    const Check* check = all[installation.result.checks.size() % all.size()];
    installation.result.checks.push_back(
        {.check = check, .status = Outcome::unknown, .severity = Severity::high});
  }
  for (std::size_t number = 0; number < wanted_findings; ++number) {
    CheckResult& result = installation.result.checks[number % wanted_checks];
    result.findings.push_back(finding(number));
    result.status = result.findings.back().outcome == Outcome::fail ? Outcome::fail : result.status;
  }
  return snapshot;
}

// Counters: the bytes of the report, so that one that is empty is seen, and the findings.
void report(benchmark::State& state, const ReportFormat& format) {
  const Snapshot snapshot = large_snapshot();
  std::size_t bytes = 0;
  for (auto round : state) {
    static_cast<void>(round);
    bytes = format.render(snapshot, {}).size();
  }
  state.counters["bytes"] = static_cast<double>(bytes);
  state.counters["findings"] = static_cast<double>(wanted_findings);
}

// Every format there is.
[[maybe_unused]] const bool registered = [] {
  for (const ReportFormat& format : report_formats()) {
    benchmark::RegisterBenchmark(("report_" + std::string{format.name}).c_str(),
                                 [&format](benchmark::State& state) { report(state, format); })
        ->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
}  // namespace compliance::benchmarks

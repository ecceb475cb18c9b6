// The whole way from text to verdicts, on the estate and on the files of June 2026.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include <benchmark/benchmark.h>

#include "exporter/evaluate/evaluate.h"
#include "exporter/observe/compose/compose.h"
#include "exporter/observe/kubernetes/manifest_cache.h"
#include "tests/benchmarks/estate.h"
#include "tests/benchmarks/measures.h"

namespace compliance::benchmarks {
namespace {

InstallationResult judge(Installation& installation, Evidence configured) {
  installation.name = "benchmark";
  installation.configured = configured;
  return evaluate(installation, {});
}

// As the daemon does it, cold.
ManifestCache::Content objects_of(const std::vector<SourceText>& files, ManifestCache& cache) {
  cache.begin();
  for (const SourceText& file : files) {
    cache.add(file);
  }
  return cache.finish();
}

Installation linked(const ManifestCache::Content& content) {
  Installation installation;
  auto facts = kubernetes::resolve_objects(content.objects, {});
  if (facts) {
    installation.kubernetes = std::move(facts).value();
  }
  return installation;
}

InstallationResult judge_kubernetes(const std::vector<SourceText>& files) {
  ManifestCache cache;
  Installation installation = linked(objects_of(files, cache));
  return judge(installation, Source::kubernetes);
}

void read_events() {
  for (const SourceText& file : estate()) {
    benchmark::DoNotOptimize(count_events(file.text));
  }
}

// Counters: time against bare events, measured in turn, as a whole and by step; and the number of
// containers judged, so that a run that judges nothing is seen.
void estate_judged(benchmark::State& state) {
  double events = 0;
  double parsing = 0;
  double linking = 0;
  double judging = 0;
  std::size_t containers = 0;
  for (auto round : state) {
    static_cast<void>(round);
    events += wall_seconds_of(read_events);
    ManifestCache cache;
    ManifestCache::Content objects;
    Installation installation;
    const double parsed = wall_seconds_of([&] { objects = objects_of(estate(), cache); });
    const double joined = wall_seconds_of([&] { installation = linked(objects); });
    containers = containers_in(installation).size();
    const double judged =
        wall_seconds_of([&] { benchmark::DoNotOptimize(judge(installation, Source::kubernetes)); });
    parsing += parsed;
    linking += joined;
    judging += judged;
    state.SetIterationTime(parsed + joined + judged);
  }
  state.counters["containers"] = static_cast<double>(containers);
  state.counters["parse_ratio"] = parsing / events;
  state.counters["link_ratio"] = linking / events;
  state.counters["judge_ratio"] = judging / events;
  state.counters["ratio_to_events"] = (parsing + linking + judging) / events;
}
BENCHMARK(estate_judged)->Unit(benchmark::kMillisecond)->UseManualTime();

// Counter peak_to_input: the peak of memory beyond the texts, against their bytes.
void estate_memory(benchmark::State& state) {
  const std::size_t bytes = bytes_of(estate());
  std::size_t growth = 0;
  for (auto round : state) {
    static_cast<void>(round);
    growth = peak_growth_of([] { benchmark::DoNotOptimize(judge_kubernetes(estate())); });
  }
  state.counters["peak_to_input"] = static_cast<double>(growth) / static_cast<double>(bytes);
}
BENCHMARK(estate_memory)->Unit(benchmark::kMillisecond)->Iterations(1);

// Empty when the file is not at hand.
SourceText june_file(const std::string& name) {
  const std::filesystem::path path =
      std::filesystem::path{COMPLIANCE_SOURCE_DIR} / "../shared/data/caracal-2026-06" / name;
  std::ifstream file{path, std::ios::binary};
  return {.path = name, .text = std::string{std::istreambuf_iterator<char>{file}, {}}};
}

void june_kubernetes_judged(benchmark::State& state) {
  const std::vector<SourceText> files{june_file("kubernetes-production.yaml")};
  if (files.front().text.empty()) {
    state.SkipWithError("the files of June 2026 are not at hand");
  }
  for (auto round : state) {
    static_cast<void>(round);
    benchmark::DoNotOptimize(judge_kubernetes(files));
  }
}
BENCHMARK(june_kubernetes_judged)->Unit(benchmark::kMillisecond);

InstallationResult judge_compose(const compose::ComposeInput& input) {
  Installation installation;
  auto facts = compose::parse_compose(input);
  if (facts) {
    installation.compose = std::move(facts).value();
  }
  return judge(installation, Source::compose);
}

void june_compose_judged(benchmark::State& state) {
  compose::ComposeInput input;
  input.files.push_back(june_file("compose.yaml"));
  input.environment = {{"CARACAL_VERSION", "2026.06.22-rc.1"}};
  input.read = [](const std::filesystem::path& path) -> ReadResult<std::string> {
    return Fault{UnknownReason::missing_object, path.string() + " is not there"};
  };
  if (input.files.front().text.empty()) {
    state.SkipWithError("the files of June 2026 are not at hand");
  }
  for (auto round : state) {
    static_cast<void>(round);
    benchmark::DoNotOptimize(judge_compose(input));
  }
}
BENCHMARK(june_compose_judged)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace compliance::benchmarks

// libyaml alone, and the tree that is built from its events.
#include <benchmark/benchmark.h>

#include "exporter/observe/document/document.h"
#include "tests/benchmarks/estate.h"
#include "tests/benchmarks/measures.h"

namespace compliance::benchmarks {
namespace {

void read_events() {
  for (const SourceText& file : estate()) {
    benchmark::DoNotOptimize(count_events(file.text));
  }
}

void build_trees() {
  for (const SourceText& file : estate()) {
    benchmark::DoNotOptimize(document::parse_document(file.text));
  }
}

void bare_events(benchmark::State& state) {
  for (auto round : state) {
    static_cast<void>(round);
    read_events();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes_of(estate())));
}
BENCHMARK(bare_events)->Unit(benchmark::kMillisecond);

// Counter ratio_to_events: time against bare events, both measured in turn.
void document_trees(benchmark::State& state) {
  double events = 0;
  double trees = 0;
  for (auto round : state) {
    static_cast<void>(round);
    events += seconds_of(read_events);
    const double seconds = seconds_of(build_trees);
    trees += seconds;
    state.SetIterationTime(seconds);
  }
  state.counters["ratio_to_events"] = trees / events;
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes_of(estate())));
}
BENCHMARK(document_trees)->Unit(benchmark::kMillisecond)->UseManualTime();

// Counter peak_to_input: the trees of the whole estate at once, against its bytes.
void document_memory(benchmark::State& state) {
  const std::size_t bytes = bytes_of(estate());
  std::size_t growth = 0;
  for (auto round : state) {
    static_cast<void>(round);
    growth = peak_growth_of([] {
      std::vector<Result<document::Document, document::DocumentError>> all;
      for (const SourceText& file : estate()) {
        all.push_back(document::parse_document(file.text));
      }
    });
  }
  state.counters["peak_to_input"] = static_cast<double>(growth) / static_cast<double>(bytes);
}
BENCHMARK(document_memory)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace compliance::benchmarks

// Process metrics from the texts of /proc.
#include "exporter/publish/metrics/process_metrics.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "exporter/publish/metrics/family_builder.h"
#include "tests/support/exposition.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test::process_metrics_test {
namespace {

// Fields 14, 15, 22, 23 and 24 are 250, 50, 12345, 104857600 and 2560.
const std::string process_stat =
    "4711 (a) R (b) S 1 4711 4711 0 -1 4194560 1 2 3 4 250 50 0 0 20 0 3 0 12345 104857600 2560 "
    "18446744073709551615 1 1 0";
const std::string system_stat = "cpu  1 2 3\nintr 5\nbtime 1782345000\nprocesses 9\n";
const std::string limits =
    "Limit                     Soft Limit           Hard Limit           Units     \n"
    "Max processes             7                    9                    processes \n"
    "Max open files            1024                 524288               files     \n";
constexpr KernelUnits units{.ticks_per_second = 100, .page_bytes = 4096};

TEST(ProcessFigures, AreTakenFromTheFieldsOfProc) {
  EXPECT_EQ(parse_process_files(process_stat, system_stat, limits, units),
            (ProcessFigures{.cpu_seconds = 3,
                            .resident_bytes = 2560.0 * 4096,
                            .virtual_bytes = 104'857'600,
                            .start_time_seconds = 1'782'345'123.45,
                            .max_files = 1024}));
}

TEST(ProcessFigures, ScaleWithTheUnits) {
  const ProcessFigures figures = parse_process_files(process_stat, system_stat, limits,
                                                     {.ticks_per_second = 50, .page_bytes = 65536});
  EXPECT_EQ(figures.cpu_seconds, 6);
  EXPECT_EQ(figures.resident_bytes, 2560.0 * 65536);
}

TEST(ProcessFigures, KnowAnUnlimitedNumberOfFiles) {
  const ProcessFigures figures = parse_process_files(
      "", "", "Max open files            unlimited   unlimited  files\n", units);
  EXPECT_EQ(figures.max_files, std::numeric_limits<double>::infinity());
}

TEST(ProcessFigures, AreAbsentWhenTheFilesAreMissing) {
  EXPECT_EQ(parse_process_files("", "", "", units), ProcessFigures{});
}

TEST(ProcessFigures, AreAbsentWhenTheFilesAreCutOrGarbled) {
  EXPECT_EQ(parse_process_files("4711 (a) S 1 2 3", "btime soon\n", "Max open files", units),
            ProcessFigures{});
  EXPECT_EQ(parse_process_files("no brackets 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21",
                                "", "Max open files 12x\n", units),
            ProcessFigures{});
}

TEST(ProcessFigures, NeedTheBootTimeForTheStart) {
  const ProcessFigures figures = parse_process_files(process_stat, "", limits, units);
  EXPECT_EQ(figures.start_time_seconds, std::nullopt);
  EXPECT_EQ(figures.cpu_seconds, 3);
}

TEST(ProcessFigures, OfThisProcessAreAllThere) {
  const ProcessFigures figures = observe_process("/proc");
  EXPECT_TRUE(figures.cpu_seconds);
  EXPECT_GT(figures.resident_bytes.value_or(0), 1e6);
  EXPECT_GT(figures.virtual_bytes.value_or(0), figures.resident_bytes.value_or(0));
  EXPECT_GT(figures.start_time_seconds.value_or(0), 1.6e9);
  EXPECT_GE(figures.open_files.value_or(0), 3);
  EXPECT_GT(figures.max_files.value_or(0), 3);
}

TEST(ProcessFigures, AreAbsentWithoutProc) {
  EXPECT_EQ(observe_process("/nonexistent"), ProcessFigures{});
}

TEST(ProcessCollector, GivesTheSixFiguresOfThisProcessInOrderOfTheirNames) {
  EXPECT_EQ(
      families_of(exposition_text(ProcessCollector{"/proc"}.Collect())),
      (std::vector<std::string>{"process_cpu_seconds_total", "process_max_fds", "process_open_fds",
                                "process_resident_memory_bytes", "process_start_time_seconds",
                                "process_virtual_memory_bytes"}));
}

TEST(ProcessCollector, LeavesOutWhatCannotBeRead) {
  const TemporaryDirectory proc;
  std::filesystem::create_directory(proc.path_of("self"));
  proc.write("self/limits", limits);
  EXPECT_EQ(exposition_text(ProcessCollector{proc.path_of("")}.Collect()),
            "# HELP process_max_fds Maximum number of open file descriptors.\n"
            "# TYPE process_max_fds gauge\n"
            "process_max_fds 1024\n");
}

}  // namespace
}  // namespace compliance::test::process_metrics_test

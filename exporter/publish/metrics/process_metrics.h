// The standard process metrics, from /proc.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <prometheus/collectable.h>

namespace compliance {

// The kernel's figures of one process; what could not be read is absent.
struct ProcessFigures {
  std::optional<double> cpu_seconds{};
  std::optional<double> resident_bytes{};
  std::optional<double> virtual_bytes{};
  std::optional<double> start_time_seconds{};  // since 1970
  std::optional<double> open_files{};
  std::optional<double> max_files{};  // +Inf when unlimited

  // Absent differs from 0.
  bool operator==(const ProcessFigures&) const = default;
};

// Units that the kernel counts in; sysconf(3) tells those of a machine.
struct KernelUnits {
  double ticks_per_second = 100;
  double page_bytes = 4096;
};

// Takes the figures out of /proc/PID/stat, /proc/stat and /proc/PID/limits (proc(5)); what is
// missing or no number is absent. `open_files` is in none of them. Pure.
ProcessFigures parse_process_files(std::string_view process_stat, std::string_view system_stat,
                                   std::string_view limits, const KernelUnits& units);

// The figures of this process at this moment; `proc` is /proc but in tests. Never fails.
ProcessFigures observe_process(const std::filesystem::path& proc);

// The figures of this process as families, by name; a figure that could not be read has none. Safe
// from all threads.
class ProcessCollector final : public prometheus::Collectable {
 public:
  explicit ProcessCollector(std::filesystem::path proc) : proc_(std::move(proc)) {}

  // Reads /proc anew at each call.
  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  std::filesystem::path proc_;
};

}  // namespace compliance

// The standard process metrics, from /proc.
#include "exporter/publish/metrics/process_metrics.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <unistd.h>

#include "exporter/publish/metrics/family_builder.h"
#include "exporter/publish/metrics/metric_names.h"

namespace compliance {
namespace {

// What separates fields in the files of /proc.
constexpr std::string_view blanks = " \t\n";

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (auto begin = text.find_first_not_of(blanks); begin != std::string_view::npos;) {
    const auto end = text.find_first_of(blanks, begin);
    words.push_back(text.substr(begin, end - begin));
    begin = end == std::string_view::npos ? end : text.find_first_not_of(blanks, end);
  }
  return words;
}

// The words after `label` at the begin of a line.
std::vector<std::string_view> words_after(std::string_view text, std::string_view label) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (line.substr(0, label.size()) == label) {
      return words_of(line.substr(label.size()));
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return {};
}

// The word at `index` as a number times `unit`; nothing when it is none.
std::optional<double> number_at(const std::vector<std::string_view>& words, std::size_t index,
                                double unit = 1) {
  if (index >= words.size()) {
    return std::nullopt;
  }
  const std::string_view word = words[index];
  double number = 0;
  const auto parsed = std::from_chars(word.begin(), word.end(), number);
  const bool whole = parsed.ec == std::errc{} && parsed.ptr == word.end();
  return whole ? std::optional{number * unit} : std::nullopt;
}

// Absent unless both are known: half a sum would be a wrong figure.
std::optional<double> sum_of(std::optional<double> left, std::optional<double> right) {
  return left && right ? std::optional{*left + *right} : std::nullopt;
}

// The whole file; empty when it cannot be read. Files of /proc have no size to ask for.
std::string content_of(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

// Entries of the directory; absent when it cannot be read to the end. For /proc/self/fd the
// descriptor that reads it is counted too.
std::optional<double> count_of(const std::filesystem::path& directory) {
  std::error_code error;
  double count = 0;
  for (std::filesystem::directory_iterator entry{directory, error}, end; !error && entry != end;
       entry.increment(error)) {
    ++count;
  }
  return error ? std::nullopt : std::optional{count};
}

}  // namespace

ProcessFigures parse_process_files(std::string_view process_stat, std::string_view system_stat,
                                   std::string_view limits, const KernelUnits& units) {
  // The second field is the program's name in brackets and may hold blanks and brackets itself;
  // after it come the state (field 3 of proc(5)) and numbers.
  const auto bracket = process_stat.rfind(')');
  const auto fields = words_of(
      bracket == std::string_view::npos ? std::string_view{} : process_stat.substr(bracket + 1));
  // Fields by their numbers in proc(5).
  const auto field = [&fields](std::size_t number, double unit) {
    return number_at(fields, number - 3, unit);
  };
  const double tick = 1 / units.ticks_per_second;
  ProcessFigures figures;
  figures.cpu_seconds = sum_of(field(14, tick), field(15, tick));
  // Ticks since boot, and the boot in seconds since 1970.
  figures.start_time_seconds =
      sum_of(number_at(words_after(system_stat, "btime "), 0), field(22, tick));
  figures.virtual_bytes = field(23, 1);
  figures.resident_bytes = field(24, units.page_bytes);
  const auto soft_limit = words_after(limits, "Max open files ");
  figures.max_files = !soft_limit.empty() && soft_limit.front() == "unlimited"
                          ? std::numeric_limits<double>::infinity()
                          : number_at(soft_limit, 0);
  return figures;
}

ProcessFigures observe_process(const std::filesystem::path& proc) {
  const KernelUnits units{.ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK)),
                          .page_bytes = static_cast<double>(sysconf(_SC_PAGESIZE))};
  const std::filesystem::path self = proc / "self";
  ProcessFigures figures = parse_process_files(content_of(self / "stat"), content_of(proc / "stat"),
                                               content_of(self / "limits"), units);
  figures.open_files = count_of(self / "fd");
  return figures;
}

std::vector<prometheus::MetricFamily> ProcessCollector::Collect() const {
  const ProcessFigures figures = observe_process(proc_);
  std::vector<prometheus::MetricFamily> families;
  const auto add = [&families](const MetricName& name, const std::optional<double>& value) {
    if (value) {
      FamilyBuilder family{name};
      family.add({}, *value);
      families.push_back(std::move(family).families().front());
    }
  };
  add(metric::process_cpu, figures.cpu_seconds);
  add(metric::process_max_fds, figures.max_files);
  add(metric::process_open_fds, figures.open_files);
  add(metric::process_resident_memory, figures.resident_bytes);
  add(metric::process_start_time, figures.start_time_seconds);
  add(metric::process_virtual_memory, figures.virtual_bytes);
  return families;
}

}  // namespace compliance

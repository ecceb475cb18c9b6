// What the benchmarks compare with.
#include "tests/benchmarks/measures.h"

#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <string>

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yaml.h>

namespace compliance::benchmarks {
namespace {

std::size_t peak_resident_bytes() {
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) {
      return std::stoul(line.substr(6)) * 1024;
    }
  }
  return 0;
}

// Gives free memory back and makes the peak what is resident now.
void reset_peak() {
  malloc_trim(0);
  std::ofstream{"/proc/self/clear_refs"} << 5;
}

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

[[noreturn]] void measure_in_child(const std::function<void()>& work, int answer) {
  reset_peak();
  const std::size_t before = peak_resident_bytes();
  work();
  const std::size_t growth = peak_resident_bytes() - before;
  const bool written = write(answer, &growth, sizeof(growth)) == sizeof(growth);
  _exit(written ? 0 : 1);
}

}  // namespace

std::size_t count_events(std::string_view text) {
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): libyaml takes unsigned bytes
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  yaml_parser_set_input_string(&parser, bytes, text.size());
  std::size_t events = 0;
  for (bool more = true; more; ++events) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser, &event) == 0) {
      yaml_parser_delete(&parser);
      return 0;
    }
    more = event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return events;
}

double seconds_of(const std::function<void()>& work) {
  const double start = processor_seconds();
  work();
  return processor_seconds() - start;
}

double wall_seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::size_t peak_growth_of(const std::function<void()>& work) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) {
    return 0;
  }
  const pid_t child = fork();
  if (child == 0) {
    measure_in_child(work, ends[1]);
  }
  close(ends[1]);
  std::size_t growth = 0;
  const bool answered = read(ends[0], &growth, sizeof(growth)) == sizeof(growth);
  close(ends[0]);
  if (child > 0) {
    waitpid(child, nullptr, 0);
  }
  return answered ? growth : 0;
}

}  // namespace compliance::benchmarks

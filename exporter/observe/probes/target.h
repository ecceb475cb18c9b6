// One thing that is asked again and again.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exporter/base/deadline.h"
#include "exporter/observe/probes/probe_results.h"

namespace compliance::probes {

struct Asked;

// One step of asking a target, within its own time.
struct Task {
  std::chrono::milliseconds time{10'000};
  std::function<Asked(const Deadline&)> run{};
};

// What a step brought, and the steps that it makes possible; these run beside each other.
struct Asked {
  std::vector<Answer> answers{};
  std::vector<Task> next{};
  // When to ask the target again, where that is sooner than its interval: it was not really asked.
  std::optional<std::chrono::milliseconds> again{};
};

struct Target {
  std::string installation{};
  std::string name{};  // unique in its installation
  // Everything of the configuration that decides what is asked: a target with another one is
  // another target. Never shown, since it may name files.
  std::string definition{};
  Source source = Source::endpoint;
  std::chrono::milliseconds interval{60'000};
  Task task{};
};

}  // namespace compliance::probes

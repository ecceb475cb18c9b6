// Schedule: takes due targets, records results, and sets the next due time.
#include "exporter/observe/probes/schedule.h"

#include <algorithm>
#include <set>

namespace compliance::probes {
namespace {

// Of the interval. Targets that began together drift apart, and do not load a shared host
// at once.
constexpr double share_of_spread = 0.1;

}  // namespace

void Schedule::set_targets(const std::string& installation, std::vector<Target> targets,
                           Moment now) {
  std::set<std::string> wanted;
  for (Target& target : targets) {
    wanted.insert(target.name);
    const Key key{installation, target.name};
    const auto known = index_.find(key);
    if (known != index_.end() &&
        entries_.at(known->second).target.definition == target.definition) {
      entries_.at(known->second).target = std::move(target);
      continue;
    }
    // Another definition is another target: what the old one answered says nothing of it.
    if (known != index_.end()) {
      entries_.erase(known->second);
    }
    index_[key] = ++last_index_;
    entries_.emplace(last_index_,
                     Entry{.installation = installation, .target = std::move(target), .due = now});
  }
  std::erase_if(index_, [&](const auto& entry) {
    const bool gone = entry.first.first == installation && !wanted.contains(entry.first.second);
    if (gone) {
      entries_.erase(entry.second);
    }
    return gone;
  });
}

void Schedule::keep_installations(const std::vector<std::string>& installations) {
  std::erase_if(index_, [&](const auto& entry) {
    const bool gone = std::find(installations.begin(), installations.end(), entry.first.first) ==
                      installations.end();
    if (gone) {
      entries_.erase(entry.second);
    }
    return gone;
  });
}

std::optional<Job> Schedule::take(Moment now) {
  if (!followers_.empty()) {
    Job job = std::move(followers_.front());
    followers_.pop_front();
    return job;
  }
  Entry* next = nullptr;
  std::size_t index = 0;
  for (auto& [number, entry] : entries_) {
    if (entry.running == 0 && entry.due <= now && (next == nullptr || entry.due < next->due)) {
      next = &entry;
      index = number;
    }
  }
  if (next == nullptr) {
    return std::nullopt;
  }
  next->running = 1;
  next->began = now;
  return Job{.target = index, .source = next->target.source, .task = next->target.task};
}

std::optional<Moment> Schedule::next_due() const {
  std::optional<Moment> earliest;
  for (const auto& [index, entry] : entries_) {
    if (entry.running == 0 && (!earliest || entry.due < *earliest)) {
      earliest = entry.due;
    }
  }
  return earliest;
}

void Schedule::finish(const Job& job, TaskResult done, std::chrono::system_clock::time_point at) {
  const auto found = entries_.find(job.target);
  if (found == entries_.end()) {
    return;
  }
  Entry& entry = found->second;
  for (ProbeResult& result : done.results) {
    const std::size_t kind = result.index();
    entry.answers.insert_or_assign(kind, TimedResult{.result = std::move(result), .at = at});
  }
  // Counted before they run: the round is over only when the last of them has ended.
  for (ProbeTask& task : done.next) {
    followers_.push_back({.target = job.target, .source = job.source, .task = std::move(task)});
    ++entry.running;
  }
  if (--entry.running == 0) {
    entry.asked = true;
    const std::chrono::milliseconds interval = done.again.value_or(entry.target.interval);
    const auto spread = interval * (share_of_spread * random_unit_());
    entry.due =
        entry.began + interval + std::chrono::duration_cast<std::chrono::milliseconds>(spread);
  }
}

std::string Schedule::installation_of(const Job& job) const {
  const auto found = entries_.find(job.target);
  return found == entries_.end() ? std::string{} : found->second.installation;
}

bool Schedule::all_asked() const {
  return std::all_of(entries_.begin(), entries_.end(), [](const auto& numbered) {
    return numbered.second.asked && numbered.second.running == 0;
  });
}

std::pair<std::size_t, std::size_t> Schedule::progress() const {
  const auto asked = std::count_if(entries_.begin(), entries_.end(),
                                   [](const auto& numbered) { return numbered.second.asked; });
  return {static_cast<std::size_t>(asked), entries_.size()};
}

void Schedule::for_each(const std::string& installation, const Visit& visit) const {
  for (const auto& [key, index] : index_) {
    if (key.first == installation) {
      const Entry& entry = entries_.at(index);
      visit(entry.target, entry.answers);
    }
  }
}

}  // namespace compliance::probes

// Losing the store and finding it again, without losing what happened between.
#include <algorithm>
#include <iterator>
#include <utility>

#include "exporter/base/log.h"
#include "exporter/history/history.h"

namespace compliance {
namespace {

// What this process saw last counts, where it is later than what the store knew.
void take_later(ComponentState& stored, const ComponentState& seen) {
  if (seen.definite_at && (!stored.definite_at || *seen.definite_at > *stored.definite_at)) {
    stored.definite = seen.definite;
    stored.definite_at = seen.definite_at;
  }
}

void take_later(ComplianceStates& stored, const ComplianceStates& seen) {
  for (auto& [key, standing] : stored) {
    const auto check = seen.find(key);
    if (check == seen.end()) {
      continue;
    }
    take_later(standing.own, check->second.own);
    for (auto& [component, known] : standing.components) {
      const auto part = check->second.components.find(component);
      if (part != check->second.components.end()) {
        take_later(known, part->second);
      }
    }
  }
}

}  // namespace

void History::set_problem(const std::string& problem) {
  const StoreState next{.persistent = problem.empty(), .up = problem.empty(), .problem = problem};
  const StoreState before = state();
  state_.set(std::make_shared<const StoreState>(next));
  if (!problem.empty() && before.problem != problem) {
    log_event(LogLevel::error, "the state store cannot be used; history goes on in memory",
              {{"path", options_.path}, {"err", problem}});
  }
}

void History::detach(const StoreError& error, Instant now) {
  store_.reset();
  stored_ = standings_;
  next_attempt_ = now + options_.retry_after;
  if (error.fault == StoreFault::corrupt) {
    checked_whole_ = false;
  }
  set_problem(error.message);
}

void History::try_attach(Instant now) {
  next_attempt_ = now + options_.retry_after;
  auto opened = Store::open({.path = options_.path, .now = now, .check_whole = !checked_whole_});
  if (!opened) {
    set_problem(opened.error().message);
    return;
  }
  Store store = std::move(opened).value();
  auto base = store.is_new() ? Stored<ComplianceStates>{stored_} : store.load();
  if (!base) {
    set_problem(base.error().message);
    return;
  }
  ComplianceStates standings = std::move(base).value();
  Batch batch = catch_up(standings);
  if (store.is_new()) {
    batch.standings.clear();
    for (const auto& [key, standing] : standings) {
      batch.standings.push_back({.key = key, .standing = standing});
    }
  }
  if (auto error = store.write(batch, kept(now))) {
    set_problem(error->message);
    return;
  }
  report_attached(store);
  checked_whole_ = true;
  standings_ = std::move(standings);
  missed_.clear();
  dropped_ = 0;
  stored_.clear();
  recent_.set(std::make_shared<const Recent>());
  remember(batch.events);
  store_ = std::move(store);
}

// Tells what was missed to `base`, which then says what stands; the batch is what that changes.
Batch History::catch_up(ComplianceStates& base) const {
  Batch batch;
  std::map<CheckKey, bool> touched;
  for (const BufferedChange& missed : missed_) {
    if (!missed.sighting) {
      base.erase(missed.key);
      touched[missed.key] = true;
      continue;
    }
    const auto before = base.find(missed.key);
    Transition step =
        next_state(before == base.end() ? nullptr : &before->second, *missed.sighting, missed.at);
    if (!step.after) {
      continue;
    }
    for (Event& event : step.events) {
      event.installation = missed.key.first;
      event.check = missed.key.second;
      batch.events.push_back(std::move(event));
    }
    base.insert_or_assign(missed.key, *std::move(step.after));
    touched[missed.key] = true;
  }
  take_later(base, standings_);
  for (const auto& entry : touched) {
    const auto standing = base.find(entry.first);
    batch.standings.push_back(
        {.key = entry.first,
         .standing = standing == base.end() ? std::nullopt : std::optional{standing->second}});
  }
  return batch;
}

void History::report_attached(const Store& store) {
  if (!store.notice().empty()) {
    log_event(LogLevel::error, "the state store was not whole",
              {{"path", options_.path}, {"err", store.notice()}});
  }
  if (!state().problem.empty()) {
    log_event(LogLevel::info, "the state store is usable again",
              {{"path", options_.path},
               {"caught_up", std::to_string(missed_.size())},
               {"lost", std::to_string(dropped_)}});
  }
  set_problem("");
}

}  // namespace compliance

// Records cycles in the store; buffers changes while the store cannot be used.
#include "exporter/history/history.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "exporter/base/log.h"
#include "exporter/history/event_rows.h"

namespace compliance {
namespace {

// Events in memory and changes that wait for the store: together a few MB.
constexpr std::size_t max_recent = 1000;
constexpr std::size_t max_buffered = 5000;

// Shares of a millisecond are not stored; memory must not know more than the file.
Instant stored_instant(Instant now) { return instant_of(milliseconds_of(now)); }

// Whether verdicts were seen again since the last change was written.
bool has_newer_times(const CheckState& state) {
  const auto is_newer = [](const ComponentState& one) {
    return one.definite_at && *one.definite_at > one.since;
  };
  return is_newer(state.own) ||
         std::any_of(state.components.begin(), state.components.end(),
                     [&](const auto& entry) { return is_newer(entry.second); });
}

// next_state() from the state of that key, with the installation and check of the events, which it
// leaves out.
Transition transition_from(const ComplianceStates& states, const CheckKey& key,
                           const StatusSample& sample, Instant at) {
  const auto before = states.find(key);
  Transition transition =
      next_state(before == states.end() ? nullptr : &before->second, sample, at);
  for (Event& event : transition.events) {
    event.installation = key.first;
    event.check = key.second;
  }
  return transition;
}

// The times that this process saw count where they are later than those of the store.
void take_later(ComponentState& stored, const ComponentState& seen) {
  if (seen.definite_at && (!stored.definite_at || *seen.definite_at > *stored.definite_at)) {
    stored.definite = seen.definite;
    stored.definite_at = seen.definite_at;
  }
}

void take_later(CheckState& stored, const CheckState& seen) {
  take_later(stored.own, seen.own);
  for (auto& [component, state] : stored.components) {
    const auto known = seen.components.find(component);
    if (known != seen.components.end()) {
      take_later(state, known->second);
    }
  }
}

void take_later(ComplianceStates& stored, const ComplianceStates& seen) {
  for (auto& [key, state] : stored) {
    const auto known = seen.find(key);
    if (known != seen.end()) {
      take_later(state, known->second);
    }
  }
}

}  // namespace

History::History(HistoryOptions options, Instant now) : options_(std::move(options)) {
  state_.set(std::make_shared<const StoreState>());
  // From here on the file has them; those in memory have provisional numbers.
  recent_.set(std::make_shared<const Recent>());
  times_saved_ = stored_instant(now);
  if (!options_.path.empty()) {
    try_open(stored_instant(now));
  }
}

History::~History() { close(); }

void History::close() {
  if (!store_) {
    return;
  }
  Batch batch = times_to_save();
  if (!batch.states.empty()) {
    // No event is removed for its age here. The sum keeps retention() from running below the
    // earliest instant.
    if (const auto error = store_->write(batch, retention(Instant::min() + options_.max_age))) {
      log_event(LogLevel::warn, "the times of the last verdicts were not saved",
                {{"path", options_.path}, {"err", error->message}});
    }
  }
  store_.reset();
}

void History::record(const std::vector<const InstallationResult*>& results, Instant now,
                     const std::set<std::string>& untouched) {
  const Instant at = stored_instant(now);
  // Writes would go into a file that has no name any more.
  if (store_ && store_->is_displaced()) {
    Store displaced = *std::exchange(store_, std::nullopt);
    Store::abandon(std::move(displaced), at);
    handle_failure(
        {.fault = StoreFault::corrupt, .message = "the file was removed or replaced by another"},
        at);
    next_attempt_ = at;
  }
  // A clock that was set back must not put the next attempt off.
  const bool due = at >= next_attempt_ || at + options_.retry_after < next_attempt_;
  if (!options_.path.empty() && !store_ && due) {
    try_open(at);
  }
  // After opening: states may have come from the file.
  Cycle cycle = diff(results, at, untouched);
  keep(cycle, at);
  commit(cycle, at);
}

void History::Cycle::add(BufferedChange change, Transition transition) {
  if (!transition.after) {
    unchanged.emplace(std::move(change.key), *std::move(change.sample));
    return;
  }
  std::move(transition.events.begin(), transition.events.end(), std::back_inserter(batch.events));
  batch.states.push_back({.key = change.key, .state = std::move(transition.after)});
  buffered.push_back(std::move(change));
}

History::Cycle History::diff(const std::vector<const InstallationResult*>& results, Instant now,
                             const std::set<std::string>& untouched) const {
  Cycle cycle;
  std::set<CheckKey> seen;
  for (const InstallationResult* installation : results) {
    for (const CheckResult& result : installation->checks) {
      BufferedChange change{.key = {installation->name, std::string{result.check->id}},
                            .at = now,
                            .sample = sample_of(result)};
      seen.insert(change.key);
      Transition transition = transition_from(states_, change.key, *change.sample, now);
      cycle.add(std::move(change), std::move(transition));
    }
  }
  for (const auto& entry : states_) {
    if (!seen.contains(entry.first) && !untouched.contains(entry.first.first)) {
      cycle.batch.states.push_back({.key = entry.first});
      cycle.buffered.push_back({.key = entry.first, .at = now});
    }
  }
  return cycle;
}

void History::keep(Cycle& cycle, Instant now) {
  const bool times_due = now - times_saved_ >= options_.save_times_every || now < times_saved_;
  Batch batch = cycle.batch;
  if (times_due) {
    times_saved_ = now;
    // Changed ones are written after them, so that the newest words count.
    batch.states = times_to_save().states;
    batch.states.insert(batch.states.end(), cycle.batch.states.begin(), cycle.batch.states.end());
  }
  // times_due alone too: retention goes by age, and nothing else may have changed.
  if (store_ && (!batch.states.empty() || times_due)) {
    if (const auto error = store_->write(batch, retention(now))) {
      handle_failure(*error, now);
    } else {
      cycle.batch.events = std::move(batch.events);
    }
  }
  if (!store_ && !options_.path.empty()) {
    buffer(std::move(cycle.buffered));
  }
}

void History::commit(const Cycle& cycle, Instant now) {
  for (const StateChange& change : cycle.batch.states) {
    if (change.state) {
      states_.insert_or_assign(change.key, *change.state);
    } else {
      states_.erase(change.key);
    }
  }
  for (const auto& entry : cycle.unchanged) {
    // It may be missing: the first sample of a check may be a gap, which leaves no state.
    if (const auto known = states_.find(entry.first); known != states_.end()) {
      refresh(known->second, entry.second, now);
    }
  }
  std::vector<Event> events = cycle.batch.events;
  remember(events);
}

void History::remember(std::vector<Event>& events) {
  if (events.empty()) {
    return;
  }
  // A copy of pointers: readers keep the list that they have.
  Recent recent = *recent_.get();
  for (Event& event : events) {
    // No store has numbered it.
    if (event.sequence == 0) {
      event.sequence = provisional_sequence_ + 1;
    }
    provisional_sequence_ = event.sequence;
    recent.push_back(std::make_shared<const Event>(std::move(event)));
  }
  if (recent.size() > max_recent) {
    recent.erase(recent.begin(), recent.end() - static_cast<std::ptrdiff_t>(max_recent));
  }
  recent_.set(std::make_shared<const Recent>(std::move(recent)));
}

void History::buffer(std::vector<BufferedChange> changes) {
  std::move(changes.begin(), changes.end(), std::back_inserter(buffered_));
  while (buffered_.size() > max_buffered) {
    buffered_.pop_front();
    ++dropped_;
  }
}

Batch History::times_to_save() const {
  Batch batch;
  for (const auto& [key, state] : states_) {
    if (has_newer_times(state)) {
      batch.states.push_back({.key = key, .state = state});
    }
  }
  return batch;
}

std::map<std::string, CheckHistory, std::less<>> History::history_of(
    const std::string& installation) const {
  std::map<std::string, CheckHistory, std::less<>> past;
  for (auto entry = states_.lower_bound({installation, ""});
       entry != states_.end() && entry->first.first == installation; ++entry) {
    const CheckState& state = entry->second;
    past.emplace(entry->first.second, CheckHistory{.status = state.own.status,
                                                   .since = state.own.since,
                                                   .transitions = state.transitions,
                                                   .last_transition = state.last_transition,
                                                   .last_evaluated = state.own.definite_at});
  }
  return past;
}

Result<EventPage> History::events(const EventQuery& query) const {
  if (state().persistent) {
    auto page = read_events(resolved(options_.path), query);
    if (!page) {
      return Error{"reading the events: " + page.error().message};
    }
    return std::move(page).value();
  }
  EventPage page;
  const auto recent = recent_.get();
  for (auto event = recent->rbegin(); event != recent->rend() && !page.more; ++event) {
    if (!fits(**event, query)) {
      continue;
    }
    page.more = page.events.size() == query.limit;
    if (!page.more) {
      page.events.push_back(**event);
    }
  }
  return page;
}

void History::set_problem(const std::string& problem) {
  const StoreState next{.persistent = problem.empty(), .up = problem.empty(), .problem = problem};
  const StoreState before = state();
  state_.set(std::make_shared<const StoreState>(next));
  if (!problem.empty() && before.problem != problem) {
    log_event(LogLevel::error, "the state store cannot be used; falling back to in-memory history",
              {{"path", options_.path}, {"err", problem}});
  }
}

void History::handle_failure(const StoreError& error, Instant now) {
  store_.reset();
  stored_ = states_;
  next_attempt_ = now + options_.retry_after;
  if (error.fault == StoreFault::corrupt) {
    checked_whole_ = false;
  }
  set_problem(error.message);
}

void History::try_open(Instant now) {
  next_attempt_ = now + options_.retry_after;
  auto opened = Store::open({.path = options_.path, .now = now, .check_whole = !checked_whole_});
  if (!opened) {
    set_problem(opened.error().message);
    return;
  }
  Store store = std::move(opened).value();
  // A new store is seeded with the last known states, so that `since` does not begin anew.
  auto base = store.is_new() ? Stored<ComplianceStates>{stored_} : store.load();
  if (!base) {
    set_problem(base.error().message);
    return;
  }
  ComplianceStates states = std::move(base).value();
  Batch batch = catch_up(states);
  if (store.is_new()) {
    batch.states.clear();
    for (const auto& [key, state] : states) {
      batch.states.push_back({.key = key, .state = state});
    }
  }
  if (auto error = store.write(batch, retention(now))) {
    set_problem(error->message);
    return;
  }
  report_opened(store);
  checked_whole_ = true;
  states_ = std::move(states);
  buffered_.clear();
  dropped_ = 0;
  stored_.clear();
  recent_.set(std::make_shared<const Recent>());
  remember(batch.events);
  store_ = std::move(store);
}

// Applies the buffered changes to `base`, by their own times; the batch holds what that changes.
// What the store had recorded since by another process is the state before.
Batch History::catch_up(ComplianceStates& base) const {
  Batch batch;
  std::map<CheckKey, bool> touched;
  for (const BufferedChange& change : buffered_) {
    if (!change.sample) {
      base.erase(change.key);
      touched[change.key] = true;
      continue;
    }
    Transition transition = transition_from(base, change.key, *change.sample, change.at);
    if (!transition.after) {
      continue;
    }
    std::move(transition.events.begin(), transition.events.end(), std::back_inserter(batch.events));
    base.insert_or_assign(change.key, *std::move(transition.after));
    touched[change.key] = true;
  }
  // After the changes, which may have made states that this process has seen again since.
  take_later(base, states_);
  for (const auto& entry : touched) {
    const auto state = base.find(entry.first);
    batch.states.push_back(
        {.key = entry.first,
         .state = state == base.end() ? std::nullopt : std::optional{state->second}});
  }
  return batch;
}

void History::report_opened(const Store& store) {
  if (!store.notice().empty()) {
    log_event(LogLevel::error, "the state store was damaged",
              {{"path", options_.path}, {"err", store.notice()}});
  }
  if (!state().problem.empty()) {
    log_event(LogLevel::info, "the state store can be used again",
              {{"path", options_.path},
               {"caught_up", std::to_string(buffered_.size())},
               {"lost", std::to_string(dropped_)}});
  }
  set_problem("");
}

}  // namespace compliance

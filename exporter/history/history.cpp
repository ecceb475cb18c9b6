// One cycle after the other: what changed, kept where it can be.
#include "exporter/history/history.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "exporter/base/log.h"
#include "exporter/history/event_rows.h"

namespace compliance {
namespace {

// Events that are kept in memory, and sightings that wait for the store: together a few MB.
constexpr std::size_t most_recent = 1000;
constexpr std::size_t most_missed = 5000;

// Shares of a millisecond are not stored; memory must not know more than the file.
Instant stored_instant(Instant now) { return instant_of(milliseconds_of(now)); }

// Whether verdicts were seen again since the last change was written.
bool has_newer_times(const CheckState& standing) {
  const auto is_newer = [](const ComponentState& one) {
    return one.definite_at && *one.definite_at > one.since;
  };
  return is_newer(standing.own) ||
         std::any_of(standing.components.begin(), standing.components.end(),
                     [&](const auto& entry) { return is_newer(entry.second); });
}

void address(std::vector<Event>& events, const CheckKey& key) {
  for (Event& event : events) {
    event.installation = key.first;
    event.check = key.second;
  }
}

}  // namespace

History::History(HistoryOptions options, Instant now) : options_(std::move(options)) {
  state_.set(std::make_shared<const StoreState>());
  recent_.set(std::make_shared<const Recent>());
  times_saved_ = stored_instant(now);
  if (!options_.path.empty()) {
    try_attach(stored_instant(now));
  }
}

History::~History() { close(); }

void History::close() {
  if (!store_) {
    return;
  }
  Batch batch = times_to_save();
  if (!batch.standings.empty()) {
    if (const auto error = store_->write(batch, kept(Instant::min() + options_.max_age))) {
      log_event(LogLevel::warn, "the times of the last verdicts were not saved",
                {{"path", options_.path}, {"err", error->message}});
    }
  }
  store_.reset();
}

void History::record(const std::vector<const InstallationResult*>& results, Instant now,
                     const std::set<std::string>& untouched) {
  const Instant at = stored_instant(now);
  if (store_ && store_->is_displaced()) {
    Store displaced = *std::exchange(store_, std::nullopt);
    Store::abandon(std::move(displaced), at);
    detach({.fault = StoreFault::corrupt, .message = "the file was removed or replaced by another"},
           at);
    next_attempt_ = at;
  }
  // A clock that was set back must not put the next attempt off.
  const bool due = at >= next_attempt_ || at + options_.retry_after < next_attempt_;
  if (!options_.path.empty() && !store_ && due) {
    try_attach(at);
  }
  Cycle cycle = look(results, at, untouched);
  keep(cycle, at);
  take_over(cycle, at);
}

History::Cycle History::look(const std::vector<const InstallationResult*>& results, Instant now,
                             const std::set<std::string>& untouched) const {
  Cycle cycle;
  std::set<CheckKey> seen;
  for (const InstallationResult* installation : results) {
    for (const CheckResult& result : installation->checks) {
      const CheckKey key{installation->name, std::string{result.check->id}};
      const auto before = standings_.find(key);
      StatusSample sighting = sample_of(result);
      seen.insert(key);
      Transition step =
          next_state(before == standings_.end() ? nullptr : &before->second, sighting, now);
      if (!step.after) {
        cycle.unchanged.emplace(key, std::move(sighting));
        continue;
      }
      address(step.events, key);
      std::move(step.events.begin(), step.events.end(), std::back_inserter(cycle.batch.events));
      cycle.batch.standings.push_back({.key = key, .standing = std::move(step.after)});
      cycle.missed.push_back({.key = key, .at = now, .sighting = std::move(sighting)});
    }
  }
  for (const auto& entry : standings_) {
    if (!seen.contains(entry.first) && !untouched.contains(entry.first.first)) {
      cycle.batch.standings.push_back({.key = entry.first});
      cycle.missed.push_back({.key = entry.first, .at = now});
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
    batch.standings = times_to_save().standings;
    batch.standings.insert(batch.standings.end(), cycle.batch.standings.begin(),
                           cycle.batch.standings.end());
  }
  if (store_ && (!batch.standings.empty() || times_due)) {
    if (const auto error = store_->write(batch, kept(now))) {
      detach(*error, now);
    } else {
      cycle.batch.events = std::move(batch.events);
    }
  }
  if (!store_ && !options_.path.empty()) {
    buffer(std::move(cycle.missed));
  }
}

void History::take_over(const Cycle& cycle, Instant now) {
  for (const StandingChange& change : cycle.batch.standings) {
    if (change.standing) {
      standings_.insert_or_assign(change.key, *change.standing);
    } else {
      standings_.erase(change.key);
    }
  }
  for (const auto& entry : cycle.unchanged) {
    if (const auto known = standings_.find(entry.first); known != standings_.end()) {
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
  Recent recent = *recent_.get();
  for (Event& event : events) {
    if (event.sequence == 0) {
      event.sequence = provisional_sequence_ + 1;
    }
    provisional_sequence_ = event.sequence;
    recent.push_back(std::make_shared<const Event>(std::move(event)));
  }
  if (recent.size() > most_recent) {
    recent.erase(recent.begin(), recent.end() - static_cast<std::ptrdiff_t>(most_recent));
  }
  recent_.set(std::make_shared<const Recent>(std::move(recent)));
}

void History::buffer(std::vector<BufferedChange> missed) {
  std::move(missed.begin(), missed.end(), std::back_inserter(missed_));
  while (missed_.size() > most_missed) {
    missed_.pop_front();
    ++dropped_;
  }
}

Batch History::times_to_save() const {
  Batch batch;
  for (const auto& [key, standing] : standings_) {
    if (has_newer_times(standing)) {
      batch.standings.push_back({.key = key, .standing = standing});
    }
  }
  return batch;
}

std::map<std::string, CheckHistory, std::less<>> History::history_of(
    const std::string& installation) const {
  std::map<std::string, CheckHistory, std::less<>> past;
  for (auto entry = standings_.lower_bound({installation, ""});
       entry != standings_.end() && entry->first.first == installation; ++entry) {
    const CheckState& standing = entry->second;
    past.emplace(entry->first.second, CheckHistory{.status = standing.own.status,
                                                   .since = standing.own.since,
                                                   .transitions = standing.transitions,
                                                   .last_transition = standing.last_transition,
                                                   .last_evaluated = standing.own.definite_at});
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

}  // namespace compliance

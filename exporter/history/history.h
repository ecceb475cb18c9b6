// History: since when each check has its status, and the events that led to it. Stored in a file
// that survives the process, or in memory if no file is configured or usable.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "exporter/base/latest.h"
#include "exporter/evaluate/check_history.h"
#include "exporter/evaluate/evaluate.h"
#include "exporter/history/check_state.h"
#include "exporter/history/store.h"
#include "exporter/history/transitions.h"

namespace compliance {

// Where the history is kept, how long, and how often it is written. Whichever of the two limits is
// reached first removes the oldest events.
struct HistoryOptions {
  std::string path{};                  // empty: memory
  std::uint64_t max_events = 100'000;  // at most 40 MB with the usual messages
  std::chrono::days max_age{400};      // a year and the audit after it
  // When the file could not be used: how long until it is tried again.
  std::chrono::seconds retry_after{10};
  // Times of definite verdicts change with every cycle; a crash loses at most this much of them.
  std::chrono::minutes save_times_every{10};
};

// Whether the history is kept as the operator configured it.
struct StoreState {
  bool persistent = false;  // what is recorded now survives the process
  bool up = true;           // what is configured works; memory always does
  std::string problem{};    // why not

  // Problems compare by their words.
  bool operator==(const StoreState&) const = default;
};

// The constructor, record(), history_of() and close() belong to the cycle, one thread at a time;
// state() and events() may be called from any thread and wait for no cycle. Nothing here fails: a
// file that cannot be used is logged once, shown by state(), tried again later, and what happens
// meanwhile is caught up then.
class History {
 public:
  // Opens the store, or begins in memory when it cannot be used. `now` is the time of the wall
  // clock, as in record().
  History(HistoryOptions options, Instant now);
  // Calls close(): nothing that was recorded is lost.
  ~History();
  // One object for each store: two would write two heads of the chain.
  History(const History&) = delete;
  History& operator=(const History&) = delete;
  // Nor moved: readers on other threads refer to it.
  History(History&&) = delete;
  History& operator=(History&&) = delete;

  // Records one cycle. `results` are those of all installations but the `untouched` ones, which
  // were not evaluated in this cycle and keep their states; all others are forgotten. When it
  // returns, the changes are on disk, unless state() says otherwise. Waits for other processes at
  // most about a second.
  void record(const std::vector<const InstallationResult*>& results, Instant now,
              const std::set<std::string>& untouched = {});

  // By check, what is known after the last record().
  std::map<std::string, CheckHistory, std::less<>> history_of(
      const std::string& installation) const;

  // Saves the times of definite verdicts and lets the file go; the destructor does it too.
  void close();

  StoreState state() const { return *state_.get(); }

  // From the file while it is usable; otherwise what this process still remembers, whose numbers
  // are then provisional.
  Result<EventPage> events(const EventQuery& query) const;

 private:
  // A change that waits for the store; without a sample the check is forgotten. The sample is kept
  // and not the new state, since another state may be stored when the file can be used again.
  struct BufferedChange {
    CheckKey key{};
    Instant at{};
    std::optional<StatusSample> sample{};
  };
  // The changes of a cycle, before they are committed.
  struct Cycle {
    Batch batch{};
    std::vector<BufferedChange> buffered{};  // the same, as samples
    std::map<CheckKey, StatusSample> unchanged{};

    // Enters the sample, which made the transition, where it belongs.
    void add(BufferedChange change, Transition transition);
  };
  using Recent = std::vector<std::shared_ptr<const Event>>;  // oldest first

  // Compares the results with the known states; changes nothing.
  Cycle diff(const std::vector<const InstallationResult*>& results, Instant now,
             const std::set<std::string>& untouched) const;
  // Writes the changes of the cycle, or buffers them while there is no store. The events get their
  // numbers and hashes here.
  void keep(Cycle& cycle, Instant now);
  // Makes the new states those that history_of() shows, whether they could be stored or not.
  void commit(const Cycle& cycle, Instant now);
  // Appends to the events in memory, which are read while no store keeps them.
  void remember(std::vector<Event>& events);
  // Keeps the newest changes for the store, and counts those that it drops.
  void buffer(std::vector<BufferedChange> changes);

  // Opens the store and catches up; when anything of it fails, all stays in memory until the next
  // time.
  void try_open(Instant now);
  Batch catch_up(ComplianceStates& base) const;
  // Gives the store up until the next attempt. Damage has it read as a whole again then.
  void handle_failure(const StoreError& error, Instant now);
  // Changes state(); empty: none. Logs a problem when it is another one than before.
  void set_problem(const std::string& problem);
  // Logs what an operator should know of an opening: damage, and the end of a problem.
  void report_opened(const Store& store);

  // The states whose times of definite verdicts are newer than those that were written with a
  // change.
  Batch times_to_save() const;
  Retention retention(Instant now) const { return {options_.max_events, now - options_.max_age}; }

  HistoryOptions options_;
  std::optional<Store> store_;
  ComplianceStates states_;
  ComplianceStates stored_;  // without a store: its last known states, to seed a new one
  // Oldest first.
  std::deque<BufferedChange> buffered_;
  std::uint64_t dropped_ = 0;  // changes dropped for lack of room
  // Not before then is the store opened again.
  Instant next_attempt_{};
  // Whether every page was read once: SQLite finds later damage where it reads.
  bool checked_whole_ = false;
  Instant times_saved_{};
  // The number of the newest event in memory; the store may give others.
  std::uint64_t provisional_sequence_ = 0;
  Latest<StoreState> state_;
  Latest<Recent> recent_;
};

}  // namespace compliance

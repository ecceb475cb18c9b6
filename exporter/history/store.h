// The opened store: loads states, writes changes, appends events, removes the oldest.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exporter/history/chain.h"
#include "exporter/history/check_state.h"
#include "exporter/history/database.h"
#include "exporter/history/store_file.h"

namespace compliance {

// A change of a check; without a state the check is forgotten, with all of its components.
struct StateChange {
  CheckKey key{};
  std::optional<CheckState> state{};
};

// The states in the store. Rows with statuses of other versions are left out.
Stored<ComplianceStates> read_states(const Database& database);

// How many events are kept; the oldest are removed first, when they are too many or too old.
struct Retention {
  std::uint64_t max_events = 0;
  // Older events are removed.
  Instant from{};
};

// What one transaction writes.
struct Batch {
  std::vector<StateChange> states{};
  std::vector<Event> events{};  // number and hash are set by writing
};

// How a store is opened.
struct StoreOpening {
  std::filesystem::path path{};
  Instant now{};
  bool check_whole = true;  // reads every page; once in a process is enough
};

// One thread at a time. No call waits longer for another process than half a second.
class Store {
 public:
  // Makes the file when it is missing. One that is damaged is set aside and a new one begun; one of
  // another program or of a newer version is left alone and is an error. A wrong seal of the chain
  // is no damage: the store is used and the notice says it.
  static Stored<Store> open(const StoreOpening& opening);

  // True when opening made it: nothing was remembered.
  bool is_new() const { return is_new_; }
  // A notice about the opening for operators; mostly empty.
  const std::string& notice() const { return notice_; }
  // All states that are stored.
  Stored<ComplianceStates> load() const { return read_states(database_); }

  // One transaction: all or nothing, and on disk when it returns. Numbers and hashes the events of
  // the batch, and removes those that retention lets go. On an error the batch may be numbered all
  // the same.
  std::optional<StoreError> write(Batch& batch, const Retention& retention) const;

  // True if the file was removed or replaced by another one.
  bool is_displaced() const { return identity_of(place_) != identity_; }
  // Closes one that is displaced. A log of it that stays behind is set aside: it would be taken for
  // the log of the file that has its name now.
  static void abandon(Store store, Instant now);

 private:
  Store(Database database, std::filesystem::path place)
      : database_(std::move(database)), place_(std::move(place)) {}

  // Opens the file, which is there, whatever it holds. `corrupt` is the only failure that open()
  // acts on.
  static Stored<Store> open_at(const std::filesystem::path& place, const StoreOpening& opening);
  // Makes or checks the tables and settles the journal mode.
  std::optional<StoreError> begin(const StoreOpening& opening);
  // Reads the chain's record and the states once; remembers which file this is.
  std::optional<StoreError> check_chain();
  // The steps of write() inside its transaction.
  std::optional<StoreError> write_all(Batch& batch, const Retention& retention) const;
  // Appends the events and moves the head of `chain` behind them.
  std::optional<StoreError> append(std::vector<Event>& events, ChainRecord& chain) const;
  // Moves the anchor of `chain` past the rows that may go; removes none itself.
  std::optional<StoreError> move_anchor(const Retention& retention, ChainRecord& chain) const;

  Database database_;
  std::filesystem::path place_;
  std::optional<FileIdentity> identity_{};
  std::optional<FileIdentity> log_identity_{};
  bool is_new_ = false;
  std::string notice_{};
};

}  // namespace compliance

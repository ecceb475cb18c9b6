// The opened store: loads what stands, appends what changed, removes what is too old.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exporter/history/chain.h"
#include "exporter/history/database.h"
#include "exporter/history/state_rows.h"
#include "exporter/history/store_file.h"

namespace compliance {

// What is kept of the events; what goes first is the oldest.
struct Retention {
  std::uint64_t max_events = 0;
  Instant from{};
};

// What one transaction writes.
struct Batch {
  std::vector<StandingChange> standings{};
  std::vector<Event> events{};  // number and hash are set by writing
};

struct StoreOpening {
  std::filesystem::path path{};
  Instant now{};
  bool check_whole = true;  // reads every page; once in a process is enough
};

// One thread at a time. No call waits longer for another process than half a second.
class Store {
 public:
  // Makes the file when it is missing. One that is damaged is set aside and a new one begun; one of
  // another program or of a newer version is left alone and is an error.
  static Stored<Store> open(const StoreOpening& opening);

  // True when opening made it: nothing was remembered.
  bool is_new() const { return is_new_; }
  // What an operator should know of the opening; mostly empty.
  const std::string& notice() const { return notice_; }
  Stored<ComplianceStates> load() const { return read_standings(database_); }

  // All or nothing, and on disk when it returns.
  std::optional<StoreError> write(Batch& batch, const Retention& kept) const;

  // True when its name no longer leads to it: removed, or another file put in place.
  bool is_displaced() const { return identity_of(place_) != identity_; }
  // Closes one that is displaced. A log of it that stays behind is set aside: it would be taken for
  // the log of the file that has its name now.
  static void abandon(Store store, Instant now);

 private:
  Store(Database database, std::filesystem::path place)
      : database_(std::move(database)), place_(std::move(place)) {}

  static Stored<Store> attach(const std::filesystem::path& place, const StoreOpening& opening);
  std::optional<StoreError> begin(const StoreOpening& opening);
  std::optional<StoreError> look_at_chain();
  std::optional<StoreError> write_all(Batch& batch, const Retention& kept) const;
  std::optional<StoreError> append(std::vector<Event>& events, ChainRecord& chain) const;
  std::optional<StoreError> move_anchor(const Retention& kept, ChainRecord& chain) const;

  Database database_;
  std::filesystem::path place_;
  std::optional<FileIdentity> identity_{};
  std::optional<FileIdentity> log_identity_{};
  bool is_new_ = false;
  std::string notice_{};
};

}  // namespace compliance

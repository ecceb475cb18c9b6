// Opening the store whatever lies at its path, reading the states, and writing changes and events.
#include "exporter/history/store.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

#include "exporter/history/event_rows.h"
#include "exporter/history/schema.h"

namespace compliance {
namespace {

// The log is short: readers are quick, and a copy of the file is worth more the newer it is.
constexpr auto settings =
    "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 256;"
    "PRAGMA journal_size_limit = 1048576";

// No database is shorter; SQLite takes some shorter files for empty ones.
constexpr std::uintmax_t min_database_bytes = 512;

// 0 for a file that is not there or cannot be asked, as for an empty one.
std::uintmax_t size_of(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

bool has_content(const std::filesystem::path& path) { return size_of(path) > 0; }

// Refuses what must not be touched, before anything touches it. Damage shows later, under a lock.
std::optional<StoreError> peek(const std::filesystem::path& place) {
  const auto database = Database::open(place, Database::Access::immutable);
  if (!database) {
    return std::nullopt;
  }
  auto error = check_identity(database.value());
  return error && error->fault == StoreFault::refused ? error : std::nullopt;
}

// Nothing when every page is sound; the first fault that SQLite finds otherwise.
std::optional<StoreError> check_pages(const Database& database) {
  auto prepared = database.prepare("PRAGMA quick_check(1)");
  if (!prepared) {
    return prepared.error();
  }
  Statement check = std::move(prepared).value();
  const auto row = check.step();
  if (!row) {
    return row.error();
  }
  const std::string found = row.value() ? check.bytes(0) : std::string{};
  if (found == "ok") {
    return std::nullopt;
  }
  return StoreError{.fault = StoreFault::corrupt, .message = found};
}

// Nothing for words of another version, and for those of other hands.
std::optional<Outcome> outcome_named(std::string_view name) {
  for (const Outcome outcome :
       {Outcome::pass, Outcome::fail, Outcome::unknown, Outcome::not_applicable}) {
    if (name_of(outcome) == name) {
      return outcome;
    }
  }
  return std::nullopt;
}

std::optional<Instant> instant_or_null(const Statement& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional{instant_of(row.integer(column))};
}

// Columns 3 to 6; nothing when the status is no word of this version.
std::optional<ComponentState> read_state(const Statement& row) {
  const auto status = outcome_named(row.bytes(3));
  if (!status) {
    return std::nullopt;
  }
  ComponentState state{.status = *status, .since = instant_of(row.integer(4))};
  if (const auto definite = outcome_named(row.bytes(5))) {
    state.definite = definite;
    state.definite_at = instant_or_null(row, 6);
  }
  return state;
}

// The check's own row has no component and comes before those of its components.
void take_row(ComplianceStates& states, const Statement& row) {
  const auto state = read_state(row);
  const CheckKey key{row.bytes(0), row.bytes(1)};
  const std::string component_name = row.bytes(2);
  if (!state) {
    return;
  }
  if (component_name.empty()) {
    states[key] = {.own = *state,
                   .transitions = static_cast<std::uint64_t>(row.integer(7)),
                   .last_transition = instant_or_null(row, 8)};
    return;
  }
  const auto check = states.find(key);
  const auto component = component_named(component_name);
  if (check != states.end() && component) {
    check->second.components.emplace(*component, *state);
  }
}

Statement& bind_instant(Statement& insert, const std::optional<Instant>& instant) {
  return instant ? insert.bind(milliseconds_of(*instant)) : insert.bind_null();
}

// One row: a check's own, or a component's with the values in `own`.
std::optional<StoreError> insert_row(Statement& insert, const CheckKey& key,
                                     std::string_view component, const CheckState& values) {
  insert.bind(key.first).bind(key.second).bind(component).bind(name_of(values.own.status));
  insert.bind(milliseconds_of(values.own.since));
  if (values.own.definite) {
    insert.bind(name_of(*values.own.definite));
  } else {
    insert.bind_null();
  }
  bind_instant(insert, values.own.definite_at);
  insert.bind(static_cast<std::int64_t>(values.transitions));
  return bind_instant(insert, values.last_transition).finish();
}

std::optional<StoreError> insert_check(Statement& insert, const CheckKey& key,
                                       const CheckState& state) {
  auto error = insert_row(insert, key, "", state);
  for (auto entry = state.components.begin(); !error && entry != state.components.end(); ++entry) {
    error = insert_row(insert, key, name_of(entry->first), {.own = entry->second});
  }
  return error;
}

// Replaces all rows of each check that changed: components may have gone.
std::optional<StoreError> write_states(const Database& database,
                                       const std::vector<StateChange>& changes) {
  auto deletion = database.prepare("DELETE FROM standings WHERE installation = ? AND check_id = ?");
  auto insertion = database.prepare("INSERT INTO standings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!deletion || !insertion) {
    return deletion ? insertion.error() : deletion.error();
  }
  Statement remove = std::move(deletion).value();
  Statement insert = std::move(insertion).value();
  for (const StateChange& change : changes) {
    auto error = remove.bind(change.key.first).bind(change.key.second).finish();
    if (!error && change.state) {
      error = insert_check(insert, change.key, *change.state);
    }
    if (error) {
      return error;
    }
  }
  return std::nullopt;
}

}  // namespace

Stored<ComplianceStates> read_states(const Database& database) {
  auto prepared = database.prepare(
      "SELECT installation, check_id, component, status, since, definite, definite_at, "
      "transitions, last_transition FROM standings ORDER BY installation, check_id, component");
  if (!prepared) {
    return prepared.error();
  }
  Statement rows = std::move(prepared).value();
  ComplianceStates states;
  while (true) {
    const auto row = rows.step();
    if (!row) {
      return row.error();
    }
    if (!row.value()) {
      return states;
    }
    take_row(states, rows);
  }
}

Stored<Store> Store::open(const StoreOpening& opening) {
  const std::filesystem::path place = resolved(opening.path);
  const auto empty = prepare_file(place);
  if (!empty) {
    return empty.error();
  }
  // An empty file beside a log that is not: what the log belongs to is gone.
  const bool orphaned = empty.value() && has_content(log_of(place));
  auto store = orphaned ? Stored<Store>{StoreError{.fault = StoreFault::corrupt,
                                                   .message = "the file that its log belongs to is "
                                                              "missing or empty"}}
                        : open_at(place, opening);
  if (store || store.error().fault != StoreFault::corrupt) {
    return store;
  }
  const StoreError damage = store.error();
  // Never deleted and never repaired: what is damaged may be evidence.
  const auto kept = set_aside(place, opening.now);
  if (!kept) {
    // Both: why it could not be used, and why it could not be set aside.
    return in_context(damage.message, kept.error());
  }
  if (const auto prepared = prepare_file(place); !prepared) {
    return prepared.error();
  }
  auto fresh = open_at(place, opening);
  if (!fresh) {
    return fresh;
  }
  Store opened = std::move(fresh).value();
  opened.notice_ =
      "it was damaged (" + damage.message + ") and is kept as " + kept.value().string();
  return opened;
}

Stored<Store> Store::open_at(const std::filesystem::path& place, const StoreOpening& opening) {
  if (has_content(place) && size_of(place) < min_database_bytes) {
    return StoreError{.fault = StoreFault::corrupt, .message = "it is shorter than any store"};
  }
  // A journal that is to be rolled back first, which needs a connection that may write.
  const bool interrupted = has_content(place.string() + "-journal");
  if (has_content(place) && !interrupted) {
    if (auto error = peek(place)) {
      return *std::move(error);
    }
  }
  auto opened = Database::open(place, Database::Access::read_write);
  if (!opened) {
    return opened.error();
  }
  Store store{std::move(opened).value(), place};
  if (auto error = store.begin(opening)) {
    return *std::move(error);
  }
  return store;
}

std::optional<StoreError> Store::begin(const StoreOpening& opening) {
  // Before anything is written; synchronous = FULL is what "on disk when it returns" rests on.
  auto error = database_.run(settings);
  const auto pages = database_.number("PRAGMA page_count");
  if (error || !pages) {
    return error ? error : pages.error();
  }
  is_new_ = pages.value() == 0;
  error = is_new_ ? create_schema(database_, opening.now) : std::nullopt;
  if (!error) {
    error = check_identity(database_);
  }
  if (!error) {
    error = database_.run("PRAGMA journal_mode = WAL");
  }
  if (!error && opening.check_whole && !is_new_) {
    error = check_pages(database_);
  }
  return error ? error : check_chain();
}

std::optional<StoreError> Store::check_chain() {
  const auto chain = read_chain(database_);
  if (!chain) {
    return chain.error();
  }
  if (chain.value().seal != seal_of(chain.value())) {
    notice_ = "the record of its event chain was changed by another hand; see `history verify`";
  }
  // Damage that reading alone finds, before anything relies on it.
  if (const auto states = load(); !states) {
    return states.error();
  }
  identity_ = identity_of(place_);
  log_identity_ = identity_of(log_of(place_));
  return std::nullopt;
}

void Store::abandon(Store store, Instant now) {
  const std::filesystem::path log = log_of(store.place_);
  const auto known = store.log_identity_;
  const std::filesystem::path place = store.place_;
  // Closing checkpoints into the file that it has open, and may remove the log by its name.
  { const Store closed = std::move(store); }
  if (known && identity_of(log) == known) {
    set_log_aside(place, now);
  }
}

std::optional<StoreError> Store::write(Batch& batch, const Retention& retention) const {
  if (auto error = database_.run("BEGIN IMMEDIATE")) {
    return error;
  }
  auto error = write_all(batch, retention);
  if (!error) {
    error = database_.run("COMMIT");
  }
  if (error) {
    // The transaction may be over already; what failed is what counts.
    static_cast<void>(database_.run("ROLLBACK"));
  }
  return error;
}

std::optional<StoreError> Store::write_all(Batch& batch, const Retention& retention) const {
  if (auto error = write_states(database_, batch.states)) {
    return error;
  }
  const auto read = read_chain(database_);
  if (!read) {
    return read.error();
  }
  ChainRecord chain = read.value();
  const bool sealed = chain.seal == seal_of(chain);
  if (auto error = append(batch.events, chain)) {
    return error;
  }
  if (auto error = move_anchor(retention, chain)) {
    return error;
  }
  if (chain == read.value()) {
    return std::nullopt;
  }
  // A wrong seal stays wrong, so that verifying shows it for ever.
  if (sealed) {
    chain.seal = seal_of(chain);
  }
  if (auto error = write_chain(database_, chain)) {
    return error;
  }
  return database_.run("DELETE FROM events WHERE sequence <= " +
                       std::to_string(chain.anchor_sequence));
}

std::optional<StoreError> Store::append(std::vector<Event>& events, ChainRecord& chain) const {
  if (events.empty()) {
    return std::nullopt;
  }
  const auto last = database_.number("SELECT max(sequence) FROM events");
  auto prepared = database_.prepare(event_insertion);
  if (!last || !prepared) {
    return last ? prepared.error() : last.error();
  }
  Statement insert = std::move(prepared).value();
  // Rows of another hand beyond the head are left for verifying to find.
  std::uint64_t sequence = std::max(
      chain.head_sequence, static_cast<std::uint64_t>(std::max<std::int64_t>(last.value(), 0)));
  for (Event& event : events) {
    event.sequence = ++sequence;
    event.hash = event_hash(chain.head_hash, event);
    if (auto error = insert_event(insert, event, chain.head_hash)) {
      return error;
    }
    chain.head_sequence = event.sequence;
    chain.head_hash = event.hash;
  }
  return std::nullopt;
}

std::optional<StoreError> Store::move_anchor(const Retention& retention, ChainRecord& chain) const {
  auto prepared = database_.prepare("SELECT sequence, at, hash FROM events ORDER BY sequence");
  if (!prepared) {
    return prepared.error();
  }
  Statement rows = std::move(prepared).value();
  // The last row that goes because of the count; 0 while there are not too many.
  const std::uint64_t last_by_count =
      chain.head_sequence - std::min(chain.head_sequence, retention.max_events);
  while (true) {
    const auto row = rows.step();
    if (!row) {
      return row.error();
    }
    if (!row.value()) {
      return std::nullopt;
    }
    const auto sequence = static_cast<std::uint64_t>(rows.integer(0));
    if (sequence > last_by_count && instant_of(rows.integer(1)) >= retention.from) {
      return std::nullopt;
    }
    chain.anchor_sequence = sequence;
    chain.anchor_hash = rows.bytes(2);
  }
}

}  // namespace compliance

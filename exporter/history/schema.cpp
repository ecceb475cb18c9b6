// The tables of the store.
#include "exporter/history/schema.h"

#include <array>
#include <string>

#include <openssl/rand.h>

#include "exporter/history/chain.h"
#include "exporter/history/event_rows.h"

namespace compliance {
namespace {

// The triggers make the events append-only: rows are never changed, and only those go that the
// chain's record says are gone.
constexpr auto tables = R"(
CREATE TABLE chain (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  created_at INTEGER NOT NULL,
  genesis BLOB NOT NULL,
  anchor_sequence INTEGER NOT NULL,
  anchor_hash BLOB NOT NULL,
  head_sequence INTEGER NOT NULL,
  head_hash BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;
CREATE TABLE events (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  installation TEXT NOT NULL,
  check_id TEXT NOT NULL,
  scope TEXT NOT NULL,
  component TEXT NOT NULL,
  from_status TEXT NOT NULL,
  to_status TEXT NOT NULL,
  reason TEXT NOT NULL,
  object TEXT NOT NULL,
  origin TEXT NOT NULL,
  message TEXT NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX events_at ON events (at);
CREATE TRIGGER events_are_final BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events
WHEN OLD.sequence > (SELECT anchor_sequence FROM chain)
BEGIN SELECT RAISE(ABORT, 'events beyond the anchor are kept'); END;
CREATE TABLE standings (
  installation TEXT NOT NULL,
  check_id TEXT NOT NULL,
  component TEXT NOT NULL,
  status TEXT NOT NULL,
  since INTEGER NOT NULL,
  definite TEXT,
  definite_at INTEGER,
  transitions INTEGER NOT NULL,
  last_transition INTEGER,
  PRIMARY KEY (installation, check_id, component)
) STRICT, WITHOUT ROWID;
)";

// 32 bytes, as long as a hash.
Stored<std::string> random_genesis() {
  std::array<unsigned char, 32> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return StoreError{.message = "the system gives no random bytes"};
  }
  return std::string{bytes.begin(), bytes.end()};
}

// Writes header, tables and the first record, unless there are tables already.
std::optional<StoreError> fill(const Database& database, Instant now) {
  const auto pages = database.number("SELECT count(*) FROM sqlite_schema");
  if (!pages || pages.value() > 0) {
    return pages ? std::nullopt : std::optional{pages.error()};
  }
  const auto genesis = random_genesis();
  if (!genesis) {
    return genesis.error();
  }
  if (auto error =
          database.run("PRAGMA application_id = " + std::to_string(store_application_id) +
                       "; PRAGMA user_version = " + std::to_string(store_version) + ";" + tables)) {
    return error;
  }
  return write_chain(database, new_chain(now, genesis.value()));
}

}  // namespace

std::optional<StoreError> create_schema(const Database& database, Instant now) {
  if (auto error = database.run("BEGIN EXCLUSIVE")) {
    return error;
  }
  auto error = fill(database, now);
  if (!error) {
    error = database.run("COMMIT");
  }
  if (error) {
    static_cast<void>(database.run("ROLLBACK"));
    return error;
  }
  // Only now: a file whose header says who wrote it can be told from others without its log.
  return database.run("PRAGMA journal_mode = WAL");
}

std::optional<StoreError> check_identity(const Database& database) {
  const auto application = database.number("PRAGMA application_id");
  if (!application) {
    return application.error();
  }
  const auto version = database.number("PRAGMA user_version");
  if (!version) {
    return version.error();
  }
  if (application.value() != store_application_id) {
    return StoreError{.message = "another program's database; it is left alone"};
  }
  if (version.value() > store_version) {
    return StoreError{.message = "written by a newer version of this program (format " +
                                 std::to_string(version.value()) + ", this one knows " +
                                 std::to_string(store_version) + "); it is left alone"};
  }
  if (version.value() < store_version) {
    return StoreError{
        .fault = StoreFault::corrupt,
        .message = "its format " + std::to_string(version.value()) + " never existed"};
  }
  return std::nullopt;
}

}  // namespace compliance

// Events and the chain's record as rows.
#pragma once

#include <optional>
#include <string_view>

#include "exporter/evaluate/check_history.h"
#include "exporter/history/chain.h"
#include "exporter/history/database.h"

namespace compliance {

// The columns that read_event expects first, in its order.
constexpr std::string_view event_columns =
    "sequence, at, installation, check_id, scope, component, from_status, to_status, reason, "
    "object, origin, message, hash";

// The event of a row whose first columns are event_columns. Texts of foreign hands are taken as
// they are: verifying compares hashes, not words.
Event read_event(const Statement& row);

// Appends one event whose number and hash are set; `insert` is prepared from event_insertion and
// can be used again. `previous` is the hash of the row before it.
std::optional<StoreError> insert_event(Statement& insert, const Event& event,
                                       std::string_view previous);
constexpr std::string_view event_insertion =
    "INSERT INTO events (sequence, at, installation, check_id, scope, component, from_status, "
    "to_status, reason, object, origin, message, hash, previous) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

// The record of the chain; corrupt when there is none. The seal is not checked.
Stored<ChainRecord> read_chain(const Database& database);
// Replaces the record by this one, which has to be sealed already.
std::optional<StoreError> write_chain(const Database& database, const ChainRecord& record);

// Events from the file at `path` that fit the query, newest first, on a connection of its own: safe
// from any thread, beside a writer that it neither waits for nor holds up (write-ahead logging).
Stored<EventPage> read_events(const std::filesystem::path& path, const EventQuery& query);

}  // namespace compliance

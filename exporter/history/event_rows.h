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

Event read_event(const Statement& row);

// Appends one event whose hash is set.
std::optional<StoreError> insert_event(Statement& insert, const Event& event,
                                       std::string_view previous);
constexpr std::string_view event_insertion =
    "INSERT INTO events (sequence, at, installation, check_id, scope, component, from_status, "
    "to_status, reason, object, origin, message, hash, previous) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

// Corrupt when there is no record.
Stored<ChainRecord> read_chain(const Database& database);
std::optional<StoreError> write_chain(const Database& database, const ChainRecord& record);

// Events from the file at `path`, on a connection of its own: safe from any thread, beside a writer
// that it neither waits for nor holds up.
Stored<EventPage> read_events(const std::filesystem::path& path, const EventQuery& query);

}  // namespace compliance

// Events and the chain's record as rows.
#include "exporter/history/event_rows.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace compliance {

Event read_event(const Statement& row) {
  return {.sequence = static_cast<std::uint64_t>(row.integer(0)),
          .at = instant_of(row.integer(1)),
          .installation = row.bytes(2),
          .check = row.bytes(3),
          .scope = row.bytes(4),
          .component = row.bytes(5),
          .from = row.bytes(6),
          .to = row.bytes(7),
          .reason = row.bytes(8),
          .object = row.bytes(9),
          .origin = row.bytes(10),
          .message = row.bytes(11),
          .hash = row.bytes(12)};
}

std::optional<StoreError> insert_event(Statement& insert, const Event& event,
                                       std::string_view previous) {
  return insert.bind(static_cast<std::int64_t>(event.sequence))
      .bind(milliseconds_of(event.at))
      .bind(event.installation)
      .bind(event.check)
      .bind(event.scope)
      .bind(event.component)
      .bind(event.from)
      .bind(event.to)
      .bind(event.reason)
      .bind(event.object)
      .bind(event.origin)
      .bind(event.message)
      .bind_blob(event.hash)
      .bind_blob(previous)
      .finish();
}

Stored<ChainRecord> read_chain(const Database& database) {
  auto prepared = database.prepare(
      "SELECT created_at, genesis, anchor_sequence, anchor_hash, head_sequence, head_hash, seal "
      "FROM chain");
  if (!prepared) {
    return prepared.error();
  }
  Statement query = std::move(prepared).value();
  const auto row = query.step();
  if (!row) {
    return row.error();
  }
  if (!row.value()) {
    return StoreError{.fault = StoreFault::corrupt, .message = "the chain's record is not there"};
  }
  return ChainRecord{.created_at = query.integer(0),
                     .genesis = query.bytes(1),
                     .anchor_sequence = static_cast<std::uint64_t>(query.integer(2)),
                     .anchor_hash = query.bytes(3),
                     .head_sequence = static_cast<std::uint64_t>(query.integer(4)),
                     .head_hash = query.bytes(5),
                     .seal = query.bytes(6)};
}

std::optional<StoreError> write_chain(const Database& database, const ChainRecord& record) {
  auto prepared = database.prepare("INSERT OR REPLACE INTO chain VALUES (1, ?, ?, ?, ?, ?, ?, ?)");
  if (!prepared) {
    return prepared.error();
  }
  Statement insert = std::move(prepared).value();
  return insert.bind(record.created_at)
      .bind_blob(record.genesis)
      .bind(static_cast<std::int64_t>(record.anchor_sequence))
      .bind_blob(record.anchor_hash)
      .bind(static_cast<std::int64_t>(record.head_sequence))
      .bind_blob(record.head_hash)
      .bind_blob(record.seal)
      .finish();
}

Stored<EventPage> read_events(const std::filesystem::path& path, const EventQuery& query) {
  auto opened = Database::open(path, Database::Access::read_only);
  if (!opened) {
    return opened.error();
  }
  auto prepared = opened.value().prepare("SELECT " + std::string{event_columns} +
                                         " FROM events WHERE at >= ?1"
                                         " AND ?2 IN ('', installation)"
                                         " AND ?3 IN ('', check_id) ORDER BY sequence DESC");
  if (!prepared) {
    return prepared.error();
  }
  Statement rows = std::move(prepared).value();
  rows.bind(query.since ? milliseconds_of(*query.since) : std::numeric_limits<std::int64_t>::min())
      .bind(query.installation)
      .bind(query.check);
  EventPage page;
  while (true) {
    const auto row = rows.step();
    if (!row) {
      return row.error();
    }
    // One row more than the limit tells whether there are more.
    if (!row.value() || page.events.size() == query.limit) {
      page.more = row.value();
      return page;
    }
    page.events.push_back(read_event(rows));
  }
}

}  // namespace compliance

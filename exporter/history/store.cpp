// Writing to the opened store.
#include "exporter/history/store.h"

#include <algorithm>
#include <utility>

#include "exporter/history/event_rows.h"

namespace compliance {

std::optional<StoreError> Store::write(Batch& batch, const Retention& kept) const {
  if (auto error = database_.run("BEGIN IMMEDIATE")) {
    return error;
  }
  auto error = write_all(batch, kept);
  if (!error) {
    error = database_.run("COMMIT");
  }
  if (error) {
    // The transaction may be over already; what failed is what counts.
    static_cast<void>(database_.run("ROLLBACK"));
  }
  return error;
}

std::optional<StoreError> Store::write_all(Batch& batch, const Retention& kept) const {
  if (auto error = write_standings(database_, batch.standings)) {
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
  if (auto error = move_anchor(kept, chain)) {
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

std::optional<StoreError> Store::move_anchor(const Retention& kept, ChainRecord& chain) const {
  auto prepared = database_.prepare("SELECT sequence, at, hash FROM events ORDER BY sequence");
  if (!prepared) {
    return prepared.error();
  }
  Statement rows = std::move(prepared).value();
  const std::uint64_t last_by_count =
      chain.head_sequence - std::min(chain.head_sequence, kept.max_events);
  while (true) {
    const auto row = rows.step();
    if (!row) {
      return row.error();
    }
    if (!row.value()) {
      return std::nullopt;
    }
    const auto sequence = static_cast<std::uint64_t>(rows.integer(0));
    if (sequence > last_by_count && instant_of(rows.integer(1)) >= kept.from) {
      return std::nullopt;
    }
    chain.anchor_sequence = sequence;
    chain.anchor_hash = rows.bytes(2);
  }
}

}  // namespace compliance

// What stands of the checks, as rows.
#include "exporter/history/state_rows.h"

#include <array>
#include <string>
#include <utility>

#include "exporter/history/chain.h"

namespace compliance {
namespace {

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
std::optional<ComponentState> read_standing(const Statement& row) {
  const auto status = outcome_named(row.bytes(3));
  if (!status) {
    return std::nullopt;
  }
  ComponentState standing{.status = *status, .since = instant_of(row.integer(4))};
  if (const auto definite = outcome_named(row.bytes(5))) {
    standing.definite = definite;
    standing.definite_at = instant_or_null(row, 6);
  }
  return standing;
}

// The check's own row has no component and comes before those of its components.
void take_row(ComplianceStates& standings, const Statement& row) {
  const auto standing = read_standing(row);
  const CheckKey key{row.bytes(0), row.bytes(1)};
  const std::string component_name = row.bytes(2);
  if (!standing) {
    return;
  }
  if (component_name.empty()) {
    standings[key] = {.own = *standing,
                      .transitions = static_cast<std::uint64_t>(row.integer(7)),
                      .last_transition = instant_or_null(row, 8)};
    return;
  }
  const auto check = standings.find(key);
  const auto component = component_named(component_name);
  if (check != standings.end() && component) {
    check->second.components.emplace(*component, *standing);
  }
}

Statement& bind_instant(Statement& insert, const std::optional<Instant>& instant) {
  return instant ? insert.bind(milliseconds_of(*instant)) : insert.bind_null();
}

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
                                       const CheckState& standing) {
  auto error = insert_row(insert, key, "", standing);
  for (auto entry = standing.components.begin(); !error && entry != standing.components.end();
       ++entry) {
    error = insert_row(insert, key, name_of(entry->first), {.own = entry->second});
  }
  return error;
}

}  // namespace

Stored<ComplianceStates> read_standings(const Database& database) {
  auto prepared = database.prepare(
      "SELECT installation, check_id, component, status, since, definite, definite_at, "
      "transitions, last_transition FROM standings ORDER BY installation, check_id, component");
  if (!prepared) {
    return prepared.error();
  }
  Statement rows = std::move(prepared).value();
  ComplianceStates standings;
  while (true) {
    const auto row = rows.step();
    if (!row) {
      return row.error();
    }
    if (!row.value()) {
      return standings;
    }
    take_row(standings, rows);
  }
}

std::optional<StoreError> write_standings(const Database& database,
                                          const std::vector<StandingChange>& changes) {
  auto deletion = database.prepare("DELETE FROM standings WHERE installation = ? AND check_id = ?");
  auto insertion = database.prepare("INSERT INTO standings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!deletion || !insertion) {
    return deletion ? insertion.error() : deletion.error();
  }
  Statement remove = std::move(deletion).value();
  Statement insert = std::move(insertion).value();
  for (const StandingChange& change : changes) {
    auto error = remove.bind(change.key.first).bind(change.key.second).finish();
    if (!error && change.standing) {
      error = insert_check(insert, change.key, *change.standing);
    }
    if (error) {
      return error;
    }
  }
  return std::nullopt;
}

}  // namespace compliance

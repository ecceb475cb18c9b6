// Opening the store, whatever lies at its path.
#include <system_error>
#include <utility>

#include "exporter/history/event_rows.h"
#include "exporter/history/schema.h"
#include "exporter/history/store.h"

namespace compliance {
namespace {

// The log is short: readers are quick, and a copy of the file is worth more the newer it is.
constexpr auto settings =
    "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 256;"
    "PRAGMA journal_size_limit = 1048576";

// No database is shorter; SQLite takes some shorter files for empty ones.
constexpr std::uintmax_t shortest_database = 512;

std::uintmax_t size_of(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

bool has_content(const std::filesystem::path& path) { return size_of(path) > 0; }

// Refuses what must not be touched, before anything touches it. Damage shows later, under a lock.
std::optional<StoreError> peek(const std::filesystem::path& place) {
  const auto database = Database::open(place, Database::Access::untouched);
  if (!database) {
    return std::nullopt;
  }
  auto error = check_identity(database.value());
  return error && error->fault == StoreFault::refused ? error : std::nullopt;
}

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

}  // namespace

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
                        : attach(place, opening);
  if (store || store.error().fault != StoreFault::corrupt) {
    return store;
  }
  const StoreError damage = store.error();
  const auto kept = set_aside(place, opening.now);
  if (!kept) {
    return in_context(damage.message, kept.error());
  }
  if (const auto prepared = prepare_file(place); !prepared) {
    return prepared.error();
  }
  auto fresh = attach(place, opening);
  if (!fresh) {
    return fresh;
  }
  Store opened = std::move(fresh).value();
  opened.notice_ =
      "it was damaged (" + damage.message + ") and is kept as " + kept.value().string();
  return opened;
}

Stored<Store> Store::attach(const std::filesystem::path& place, const StoreOpening& opening) {
  if (has_content(place) && size_of(place) < shortest_database) {
    return StoreError{.fault = StoreFault::corrupt, .message = "it is shorter than any store"};
  }
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
  return error ? error : look_at_chain();
}

std::optional<StoreError> Store::look_at_chain() {
  const auto chain = read_chain(database_);
  if (!chain) {
    return chain.error();
  }
  if (chain.value().seal != seal_of(chain.value())) {
    notice_ = "the record of its event chain was changed by another hand; see `history verify`";
  }
  // Damage that reading alone finds, before anything relies on it.
  if (const auto standings = load(); !standings) {
    return standings.error();
  }
  identity_ = identity_of(place_);
  log_identity_ = identity_of(log_of(place_));
  return std::nullopt;
}

void Store::abandon(Store store, Instant now) {
  const std::filesystem::path log = log_of(store.place_);
  const auto known = store.log_identity_;
  const std::filesystem::path place = store.place_;
  { const Store closed = std::move(store); }
  if (known && identity_of(log) == known) {
    set_log_aside(place, now);
  }
}

}  // namespace compliance

// SQLite behind two handles.
#include "exporter/history/database.h"

#include <utility>

#include <sqlite3.h>

#include "exporter/base/text.h"

namespace compliance {
namespace {

// By the primary result code, the low byte of an extended one. Source: sqlite.org/rescode.html.
StoreFault fault_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return StoreFault::busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:  // a table or a column that is not there
      return StoreFault::corrupt;
    case SQLITE_FULL:
      return StoreFault::full;
    default:
      return StoreFault::refused;
  }
}

// SQLite's own words, which name no content of the store.
StoreError error_of(sqlite3* handle, int code) {
  return {.fault = fault_of(code),
          .message = handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle)};
}

}  // namespace

StoreError in_context(const std::string& attempt, const StoreError& error) {
  return {.fault = error.fault, .message = attempt + ": " + error.message};
}

void Statement::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
// Also needed for a handle whose opening failed: SQLite gives one all the same.
void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

void Statement::note(int code) {
  if (failure_ == SQLITE_OK) {
    failure_ = code;
  }
}

Statement& Statement::bind(std::int64_t value) {
  note(sqlite3_bind_int64(handle_.get(), ++position_, value));
  return *this;
}

Statement& Statement::bind(std::string_view text) {
  // A null pointer would bind NULL, and the columns admit none.
  note(sqlite3_bind_text64(handle_.get(), ++position_, text.data() == nullptr ? "" : text.data(),
                           text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_blob(std::string_view bytes) {
  note(sqlite3_bind_blob64(handle_.get(), ++position_, bytes.data(), bytes.size(),
                           SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind_null() {
  note(sqlite3_bind_null(handle_.get(), ++position_));
  return *this;
}

Stored<bool> Statement::step() {
  if (failure_ != SQLITE_OK) {
    return error_of(nullptr, failure_);
  }
  const int code = sqlite3_step(handle_.get());
  // The word of the connection says more than the code alone.
  if (code == SQLITE_ROW || code == SQLITE_DONE) {
    return code == SQLITE_ROW;
  }
  return error_of(sqlite3_db_handle(handle_.get()), code);
}

std::optional<StoreError> Statement::finish() {
  std::optional<StoreError> error;
  while (!error) {
    const auto row = step();
    if (!row) {
      error = row.error();
    } else if (!row.value()) {
      break;
    }
  }
  sqlite3_reset(handle_.get());
  position_ = 0;
  failure_ = SQLITE_OK;
  return error;
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

std::string Statement::bytes(int column) const {
  // Before the size: the call may convert the value, and that changes the size.
  const void* data = sqlite3_column_blob(handle_.get(), column);
  const int size = sqlite3_column_bytes(handle_.get(), column);
  return data == nullptr
             ? std::string{}
             : std::string(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

Stored<Database> Database::open(const std::filesystem::path& path, Access access) {
  const int mode = access == Access::read_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  // A URI, since "immutable" can be said in no other way; a path may hold any character.
  const std::string uri = "file:" + percent_encoded(std::filesystem::absolute(path).string(), "/") +
                          (access == Access::immutable ? "?immutable=1" : "");
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(uri.c_str(), &handle, mode | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database{handle};
  if (code != SQLITE_OK) {
    return error_of(handle, code);
  }
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, busy_wait);
  // What a file brings along is no program; a mapped file that another process cuts would kill
  // this one; a small cache is enough for rows that are written and read once.
  if (auto error = database.run("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                                "PRAGMA mmap_size = 0; PRAGMA cache_size = -1024")) {
    return *std::move(error);
  }
  return database;
}

Stored<Statement> Database::prepare(std::string_view sql) const {
  sqlite3_stmt* handle = nullptr;
  const int code =
      sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &handle, nullptr);
  if (code != SQLITE_OK) {
    return error_of(handle_.get(), code);
  }
  return Statement{handle};
}

std::optional<StoreError> Database::run(const std::string& sql) const {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? std::nullopt : std::optional{error_of(handle_.get(), code)};
}

Stored<std::int64_t> Database::number(std::string_view sql) const {
  auto statement = prepare(sql);
  if (!statement) {
    return statement.error();
  }
  Statement query = std::move(statement).value();
  const auto row = query.step();
  if (!row) {
    return row.error();
  }
  return row.value() ? query.integer(0) : 0;
}

}  // namespace compliance

// SQLite behind two handles, with errors as values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "exporter/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace compliance {

// What is to be done about a failure.
enum class StoreFault : std::uint8_t {
  busy,     // another process holds the file: later
  corrupt,  // the content is no store any more
  full,     // no room
  refused,  // permission, another program's file, a newer version, a disk error
};

// A failure with what is to be done about it.
struct StoreError {
  StoreFault fault = StoreFault::refused;
  std::string message{};

  // SQLite's words count too, and differ between its versions.
  bool operator==(const StoreError&) const = default;
};

// What reading or writing the store gives.
template <class T>
using Stored = Result<T, StoreError>;

// The error with what was being tried put in front; its kind stays.
StoreError in_context(const std::string& attempt, const StoreError& error);

// A prepared statement. Parameters are bound in order, from the first; a binding that fails shows
// in the next step. Columns count from 0 and may be read after a step that gave a row. For one
// thread.
class Statement {
 public:
  // Takes over the handle.
  explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

  // The next parameter as a number. All of these return the statement, so that calls can be
  // chained.
  Statement& bind(std::int64_t value);
  // A text in UTF-8; copied. SQLite does not check the encoding.
  Statement& bind(std::string_view text);
  // Raw bytes; copied.
  Statement& bind_blob(std::string_view bytes);
  // NULL: the value is absent.
  Statement& bind_null();

  // True when there is a row, false at the end. An error leaves the statement unusable until
  // finish().
  Stored<bool> step();
  // Runs to the end, past any rows, and resets; the parameters may then be bound anew. Nothing on
  // success.
  std::optional<StoreError> finish();

  // True where the column holds NULL; the readers below give 0 and an empty text for it.
  bool is_null(int column) const;
  // The column as a number; a text that is none becomes 0, as SQLite converts it.
  std::int64_t integer(int column) const;
  std::string bytes(int column) const;  // of a text or a blob

 private:
  struct Finalize {
    // Accepts null, as SQLite does.
    void operator()(sqlite3_stmt* handle) const;
  };

  // Keeps the first failure of a binding.
  void note(int code);

  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  int position_ = 0;
  int failure_ = 0;
};

// A connection, for one thread at a time: it is opened without mutexes. Several connections to one
// file work beside one another.
class Database {
 public:
  enum class Access : std::uint8_t {
    read_write,
    read_only,
    // Reads the file alone, without locks and without the write-ahead log; makes no files.
    immutable,
  };

  // Opens an existing file and never creates one. Content that is no database is corrupt, here or
  // in the first statement. Waits at most `busy_wait` milliseconds for other processes, at each
  // step.
  static Stored<Database> open(const std::filesystem::path& path, Access access);
  static constexpr int busy_wait = 200;

  // Compiles one statement. `corrupt` when a table or a column is missing.
  Stored<Statement> prepare(std::string_view sql) const;
  // Runs statements that have neither parameters nor rows that matter.
  std::optional<StoreError> run(const std::string& sql) const;
  // The first column of the first row; 0 when there is no row or it is NULL.
  Stored<std::int64_t> number(std::string_view sql) const;

 private:
  struct Close {
    // Waits for no statement: those that are left keep the connection until they end.
    void operator()(sqlite3* handle) const;
  };

  explicit Database(sqlite3* handle) : handle_(handle) {}

  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace compliance

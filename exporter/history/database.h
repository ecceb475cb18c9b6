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

struct StoreError {
  StoreFault fault = StoreFault::refused;
  std::string message{};

  bool operator==(const StoreError&) const = default;
};

template <class T>
using Stored = Result<T, StoreError>;

StoreError in_context(const std::string& attempt, const StoreError& error);

// A prepared statement. Parameters are bound in order; a binding that fails shows in the next
// step. Columns count from 0 and may be read after a step that gave a row.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view text);
  Statement& bind_blob(std::string_view bytes);
  Statement& bind_null();

  // True when there is a row.
  Stored<bool> step();
  // Runs to the end; the parameters may then be bound anew.
  std::optional<StoreError> finish();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::string bytes(int column) const;  // of a text or a blob

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const;
  };

  void note(int code);

  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  int position_ = 0;
  int failure_ = 0;
};

// A connection, for one thread at a time.
class Database {
 public:
  enum class Access : std::uint8_t {
    read_write,
    read_only,
    // Reads the file alone, without locks and without the write-ahead log; makes no files.
    immutable,
  };

  // Never creates a file. Waits at most `busy_wait` milliseconds for other processes, at each step.
  static Stored<Database> open(const std::filesystem::path& path, Access access);
  static constexpr int busy_wait = 200;

  Stored<Statement> prepare(std::string_view sql) const;
  // Runs statements that have neither parameters nor rows that matter.
  std::optional<StoreError> run(const std::string& sql) const;
  // The first column of the first row.
  Stored<std::int64_t> number(std::string_view sql) const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };

  explicit Database(sqlite3* handle) : handle_(handle) {}

  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace compliance

// Walks the event chain of a store.
#include "exporter/history/verify.h"

#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "exporter/base/digest.h"
#include "exporter/base/timestamp.h"
#include "exporter/history/event_rows.h"
#include "exporter/history/schema.h"
#include "exporter/history/store_file.h"

namespace compliance {
namespace {

Verification broken(std::string message) {
  return {.outcome = Verification::Outcome::broken, .message = std::move(message)};
}

Verification unreadable(std::string message) {
  return {.outcome = Verification::Outcome::unreadable, .message = std::move(message)};
}

// Follows the rows from the anchor on; refers to the record, which has to outlive it. Reports the
// first fault: everything after it would be one, too.
class Walk {
 public:
  explicit Walk(const ChainRecord& chain)
      : chain_(chain), sequence_(chain.anchor_sequence), hash_(chain.anchor_hash) {}

  // What is wrong with the next row; nothing when it continues the chain. The row's own hash is
  // compared before its place: a changed row is named as such, not as an exchanged one.
  std::optional<std::string> take(const Event& event, const std::string& previous) {
    const std::string row = "event " + std::to_string(event.sequence);
    if (event.sequence != sequence_ + 1) {
      return row + " follows event " + std::to_string(sequence_) +
             ": rows between them were removed, or it was inserted";
    }
    if (event.hash != event_hash(previous, event)) {
      return row + " was changed: its content does not match its hash";
    }
    if (previous != hash_) {
      return row + " does not continue event " + std::to_string(sequence_) +
             ": one of them was exchanged";
    }
    if (count_ == 0) {
      first_ = event.at;
    }
    last_ = event.at;
    ++count_;
    ++sequence_;
    hash_ = event.hash;
    return std::nullopt;
  }

  // What is wrong with the ends, after the last row; nothing when the chain is whole.
  std::optional<std::string> finish() const {
    if (sequence_ < chain_.head_sequence) {
      return "event " + std::to_string(sequence_ + 1) + " and what follows, up to " +
             std::to_string(chain_.head_sequence) + ", were removed";
    }
    if (sequence_ > chain_.head_sequence) {
      return "event " + std::to_string(chain_.head_sequence + 1) +
             " was inserted behind the last one";
    }
    if (hash_ != chain_.head_hash) {
      return "event " + std::to_string(sequence_) + " is not the one that was written last";
    }
    if (chain_.seal != seal_of(chain_)) {
      return "the record of the chain's ends was changed: it does not match its seal";
    }
    return std::nullopt;
  }

  // The line for an intact chain. The head can be noted down elsewhere and compared later.
  std::string summary() const {
    std::string text =
        std::to_string(count_) + (count_ == 1 ? " event" : " events") + ", chain intact";
    if (count_ > 0) {
      text += ", from " + rfc3339(first_) + " to " + rfc3339(last_);
    }
    if (chain_.anchor_sequence > 0) {
      text += ", " + std::to_string(chain_.anchor_sequence) + " older ones removed by retention";
    }
    return text + ", head " + hex(hash_);
  }

 private:
  const ChainRecord& chain_;
  std::uint64_t sequence_;
  std::string hash_;
  std::uint64_t count_ = 0;
  Instant first_{};
  Instant last_{};
};

// A row that cannot be read breaks the chain: the file was a store a moment ago.
Verification walk_rows(const Database& database, const ChainRecord& chain) {
  auto prepared = database.prepare("SELECT " + std::string{event_columns} +
                                   ", previous FROM events ORDER BY sequence");
  if (!prepared) {
    return broken("the events cannot be read: " + prepared.error().message);
  }
  Statement rows = std::move(prepared).value();
  Walk walk{chain};
  while (true) {
    const auto row = rows.step();
    if (!row) {
      return broken("the events cannot be read on: " + row.error().message);
    }
    if (!row.value()) {
      break;
    }
    if (const auto fault = walk.take(read_event(rows), rows.bytes(13))) {
      return broken(*fault);
    }
  }
  if (const auto fault = walk.finish()) {
    return broken(*fault);
  }
  return {.outcome = Verification::Outcome::intact, .message = walk.summary()};
}

// Whether the first bytes are those of a store, for files that SQLite gives up on.
bool claims_to_be_store(const std::filesystem::path& place) {
  constexpr std::string_view magic{"SQLite format 3\0", 16};
  constexpr std::size_t application_at = 68;
  std::string head(application_at + 4, '\0');
  std::ifstream file{place, std::ios::binary};
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  std::int64_t application = 0;
  for (const char byte : head.substr(application_at)) {
    application = application * 256 + static_cast<unsigned char>(byte);
  }
  return file && std::string_view{head}.starts_with(magic) && application == store_application_id;
}

// A store that SQLite gives up on is broken; what never was one is unreadable.
Verification given_up(const StoreError& error, const std::filesystem::path& place) {
  return error.fault == StoreFault::corrupt && claims_to_be_store(place)
             ? broken("the file is damaged: " + error.message)
             : unreadable(error.message);
}

Verification verify(const Database& database, const std::filesystem::path& place) {
  // One transaction: the record and the rows of the same moment.
  if (const auto error = database.run("BEGIN")) {
    return unreadable(error->message);
  }
  if (const auto error = check_identity(database)) {
    return given_up(*error, place);
  }
  const auto chain = read_chain(database);
  if (!chain) {
    return chain.error().fault == StoreFault::corrupt ? broken(chain.error().message)
                                                      : unreadable(chain.error().message);
  }
  return walk_rows(database, chain.value());
}

// Why there is nothing to read.
std::optional<std::string> obstacle(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return "there is no such file";
  }
  if (!std::filesystem::status_known(status)) {
    return error.message();
  }
  if (!std::filesystem::is_regular_file(status)) {
    return "it is no regular file";
  }
  return std::filesystem::file_size(path, error) == 0 ? std::optional<std::string>{"it is empty"}
                                                      : std::nullopt;
}

// A path that cannot be looked at counts as not there; opening tells the reason.
bool is_there(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

// Opens the store in this way and walks it.
Verification verify_by(const std::filesystem::path& place, Database::Access access) {
  const auto database = Database::open(place, access);
  return database ? verify(database.value(), place) : given_up(database.error(), place);
}

}  // namespace

Verification verify_history(const std::filesystem::path& path) {
  const std::filesystem::path place = resolved(path);
  if (const auto reason = obstacle(place)) {
    return unreadable(*reason);
  }
  if (!is_there(log_of(place))) {
    // Nobody writes: no lock is needed and no file is left behind, not even in a directory that
    // cannot be written. Unless somebody began meanwhile.
    Verification found = verify_by(place, Database::Access::immutable);
    if (found.outcome == Verification::Outcome::intact || !is_there(log_of(place))) {
      return found;
    }
  }
  return verify_by(place, Database::Access::read_only);
}

}  // namespace compliance

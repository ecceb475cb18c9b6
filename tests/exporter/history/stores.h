// Store files for the tests of history: made, looked into and damaged by other hands.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "exporter/history/verify.h"
#include "tests/exporter/history/cycles.h"

namespace compliance::test {

// A connection of another program, which owes the store nothing.
class OtherHand {
 public:
  explicit OtherHand(const std::string& path) { sqlite3_open(path.c_str(), &handle_); }
  ~OtherHand() { sqlite3_close_v2(handle_); }
  OtherHand(const OtherHand&) = delete;
  OtherHand& operator=(const OtherHand&) = delete;
  OtherHand(OtherHand&&) = delete;
  OtherHand& operator=(OtherHand&&) = delete;

  // True when all statements went through.
  bool run(const std::string& sql) const {
    return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }

  // Events may then be changed as no writer of ours would.
  void drop_guards() const { run("DROP TRIGGER events_are_final; DROP TRIGGER events_are_kept"); }

 private:
  sqlite3* handle_ = nullptr;
};

// A store with `events` events, closed; the check then passes when their number is even.
inline void make_store(const std::string& path, int events) {
  History history{{.path = path}, after(0)};
  for (int minute = 0; minute <= events; ++minute) {
    record(history, {minute % 2 == 0 ? passes(sample_mode) : fails(sample_mode)},
           after(60L * minute));
  }
}

inline std::string content_of(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

inline bool is_whole(const std::string& path) {
  return verify_history(path).outcome == Verification::Outcome::intact;
}

// The only file beside the store that is kept of a damaged one; empty when there is none or more.
inline std::string kept_beside(const std::string& path) {
  std::vector<std::string> found;
  for (const auto& entry :
       std::filesystem::directory_iterator{std::filesystem::path{path}.parent_path()}) {
    const std::string name = entry.path().string();
    if (name.starts_with(path + ".corrupt-")) {
      found.push_back(name);
    }
  }
  return found.size() == 1 ? found.front() : "";
}

// Goes on in memory: the first verdict is no transition, the second is one.
inline void expect_that_history_goes_on(History& history, std::int64_t seconds) {
  record(history, {passes(sample_mode)}, after(seconds));
  record(history, {fails(sample_mode)}, after(seconds + 1));
  EXPECT_EQ(history_of(history, sample_mode).transitions, 1U);
  EXPECT_EQ(events_of(history).size(), 1U);
}

inline void overwrite(const std::string& path, std::streamoff place, const std::string& bytes) {
  std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
  file.seekp(place);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline void write_to_store(const std::string& path, const std::string& sql) {
  const OtherHand hand{path};
  ASSERT_TRUE(hand.run(sql));
}

}  // namespace compliance::test

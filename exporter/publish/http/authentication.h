// Bearer tokens from files, compared in constant time; failures are counted and slowed in floods.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/base/result.h"

namespace compliance {

// Why a request is refused: no header; one that holds no token; a token that is none of the
// accepted.
enum class AuthenticationFailure : std::uint8_t { missing, malformed, mismatch };

// The value of the label `reason`.
std::string_view name_of(AuthenticationFailure failure);

// SHA-256 of a token: comparing digests costs the same whatever the lengths are, and the token
// itself does not stay in memory.
using TokenDigest = std::array<unsigned char, 32>;

// The tokens that are accepted: any one of several files, so that an old and a new token overlap
// during a rotation. Only their digests stay in memory. All calls are safe from all threads.
class BearerTokens {
 public:
  // Reads all files. Fails when one is missing, no regular file, empty, shorter than 16 bytes or
  // longer than 4096 after trailing white space is cut, or holds a byte that is not visible ASCII,
  // naming the file and the reason; never the content.
  static Result<std::unique_ptr<BearerTokens>> load(std::vector<std::string> files);

  // Wipes the digests: a weak token could be guessed from one.
  ~BearerTokens();
  // No copies, which would have to be wiped and refreshed as well.
  BearerTokens(const BearerTokens&) = delete;
  BearerTokens& operator=(const BearerTokens&) = delete;
  // Nor moved: request threads refer to it.
  BearerTokens(BearerTokens&&) = delete;
  BearerTokens& operator=(BearerTokens&&) = delete;

  // Nothing when `authorization` (raw header: "Bearer T", or "Basic ..." with any user and T as
  // password) holds an accepted token; else why not. Compares in constant time with each token.
  std::optional<AuthenticationFailure> check(std::string_view authorization) const;

  // Re-reads all files. A file that became unusable keeps its last token and is named, with the
  // reason, in the returned messages, at each call while it lasts; empty when all is well.
  std::vector<std::string> refresh();

  // Every token file's path.
  const std::vector<std::string>& files() const { return files_; }

 private:
  explicit BearerTokens(std::vector<std::string> files) : files_(std::move(files)) {}

  std::vector<std::string> files_;
  mutable std::mutex mutex_;
  std::vector<TokenDigest> digests_;  // one for each file, in the order of files_
};

// Says how long the answer to a failed authentication waits: not at all for the first few, 250 ms
// while more than ten a second come. The wait is the server's, on a connection that gives way to
// others, so it holds up nobody. All calls are safe from all threads.
class FailureThrottle {
 public:
  using Clock = std::chrono::steady_clock;

  // Counts one failure at `now`, which never goes backwards, and says how long its answer waits.
  std::chrono::milliseconds delay_of_failure(Clock::time_point now);

 private:
  std::mutex mutex_;
  Clock::time_point last_{};
  Clock::duration debt_{};  // a tenth of a second for each failure, paid off by time
};

}  // namespace compliance

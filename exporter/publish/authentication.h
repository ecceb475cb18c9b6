// Bearer tokens from files, compared in constant time; failures are counted and slowed in floods.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/base/result.h"

namespace compliance {

enum class AuthenticationFailure : std::uint8_t { missing, malformed, mismatch };

std::string_view name_of(AuthenticationFailure failure);

// The tokens that are accepted: any one of several files, re-read when a file changes, so that an
// old and a new token overlap during a rotation. All calls are safe from all threads.
class BearerTokens {
 public:
  // Reads all files. Fails when one is missing, empty or shorter than 16 bytes after trailing
  // white space is cut, naming the file and the reason; never the content.
  static Result<std::unique_ptr<BearerTokens>> load(std::vector<std::string> files);

  // Nothing when `authorization` (raw header: "Bearer T", or "Basic ..." with any user and T as
  // password) holds an accepted token; else why not. Compares in constant time with each token.
  std::optional<AuthenticationFailure> check(std::string_view authorization) const;

  // Re-reads files whose content changed. A file that became unusable keeps its last token and is
  // named in the returned messages.
  std::vector<std::string> refresh();

  // Every token file's path.
  const std::vector<std::string>& files() const { return files_; }

 private:
  explicit BearerTokens(std::vector<std::string> files) : files_(std::move(files)) {}

  std::vector<std::string> files_;
  mutable std::mutex mutex_;
  std::vector<std::string> tokens_;
};

}  // namespace compliance

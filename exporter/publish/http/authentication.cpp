// Bearer tokens from files, compared in constant time; failures are counted and slowed in floods.
#include "exporter/publish/http/authentication.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <span>
#include <system_error>

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace compliance {
namespace {

// 16 bytes of hexadecimal digits are 64 bits, beyond guessing over a network. The other
// bound leaves room for a token in base64, as Basic sends it, within one header line.
constexpr std::size_t min_token_bytes = 16;
constexpr std::size_t max_token_bytes = 4096;
// What a failure costs and how much may be owed before answers wait: ten a second, ten at once.
constexpr std::chrono::milliseconds failure_cost{100};
constexpr std::chrono::milliseconds max_debt{1'000};
constexpr std::chrono::milliseconds failure_delay{250};

// White space that an editor or a shell leaves at the end of the file.
bool is_token_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_visible(char c) { return c > ' ' && c <= '~'; }

// Text that is wiped when it goes.
class Wiped {
 public:
  explicit Wiped(std::string text) : text_(std::move(text)) {}
  ~Wiped() { OPENSSL_cleanse(text_.data(), text_.size()); }
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  Wiped(Wiped&&) = delete;
  Wiped& operator=(Wiped&&) = delete;

  std::string& text() { return text_; }

 private:
  std::string text_;
};

TokenDigest digest_of(std::string_view token) {
  TokenDigest digest{};
  EVP_Digest(token.data(), token.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return digest;
}

// The words of the system for an errno value.
Error system_error_of(int number) { return Error{std::generic_category().message(number)}; }

// Fills `buffer` from an open file as far as there is content; the number of bytes, or -1.
ssize_t read_all(int file, std::string& buffer) {
  std::span<char> rest{buffer};
  while (!rest.empty()) {
    const ssize_t count = ::read(file, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return -1;
    }
    if (count == 0) {
      break;
    }
    rest = rest.subspan(static_cast<std::size_t>(count));
  }
  return static_cast<ssize_t>(buffer.size() - rest.size());
}

// Reads up to buffer.size() bytes of a regular file; the bytes read, or why not.
Result<std::size_t> read_regular_file(const std::string& path, std::string& buffer) {
  // Without O_NONBLOCK a FIFO would hold up the program for ever.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // NOLINT(*-vararg)
  if (file < 0) {
    return system_error_of(errno);
  }
  struct stat status {};
  const bool regular = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  const ssize_t length = regular ? read_all(file, buffer) : 0;
  const int failure = errno;
  ::close(file);
  if (!regular) {
    return Error{"not a regular file"};
  }
  if (length < 0) {
    return system_error_of(failure);
  }
  return static_cast<std::size_t>(length);
}

// The digest of the token in a file's content, or why there is none; never quotes the content.
Result<TokenDigest> digest_of_content(std::string_view content) {
  while (!content.empty() && is_token_space(content.back())) {
    content.remove_suffix(1);
  }
  if (content.empty()) {
    return Error{"is empty"};
  }
  if (!std::all_of(content.begin(), content.end(), &is_visible)) {
    return Error{"holds white space or a byte that is not visible ASCII inside the token"};
  }
  if (content.size() < min_token_bytes) {
    return Error{"is shorter than 16 bytes"};
  }
  if (content.size() > max_token_bytes) {
    return Error{"is longer than 4096 bytes"};
  }
  return digest_of(content);
}

// The token's digest; the error names the file. The content is wiped.
Result<TokenDigest> read_token(const std::string& path) {
  // Room for the longest token, a line end and one byte by which more is noticed.
  Wiped buffer{std::string(max_token_bytes + 3, '\0')};
  const auto length = read_regular_file(path, buffer.text());
  if (!length) {
    return in_context("bearer token file " + path, length.error());
  }
  auto digest = digest_of_content(std::string_view(buffer.text()).substr(0, length.value()));
  if (!digest) {
    return in_context("bearer token file " + path, digest.error());
  }
  return digest;
}

// The part after "SCHEME ", or nothing when the header names another scheme or no credentials.
std::optional<std::string_view> credentials_of(std::string_view header, std::string_view scheme) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  if (header.size() <= scheme.size() || header[scheme.size()] != ' ' ||
      !std::equal(scheme.begin(), scheme.end(), header.begin(), same)) {
    return std::nullopt;
  }
  // Any number of blanks may follow the scheme (RFC 9110, 11.4).
  header.remove_prefix(std::min(header.find_first_not_of(' ', scheme.size()), header.size()));
  return header;
}

// The password of Basic credentials ("user:password" in base64); empty when they are malformed.
std::string password_of(std::string_view credentials) {
  const std::size_t padding = credentials.ends_with("==") ? 2 : credentials.ends_with('=') ? 1 : 0;
  Wiped decoded{std::string(credentials.size(), '\0')};
  const int length =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.text().data()),     // NOLINT(*-cast)
                      reinterpret_cast<const unsigned char*>(credentials.data()),  // NOLINT(*-cast)
                      static_cast<int>(credentials.size()));
  if (length < 0 || static_cast<std::size_t>(length) < padding) {
    return {};
  }
  const auto pair =
      std::string_view(decoded.text()).substr(0, static_cast<std::size_t>(length) - padding);
  const auto colon = pair.find(':');
  return colon == std::string_view::npos ? std::string{} : std::string(pair.substr(colon + 1));
}

// The token that a header presents; empty when it is none that could be one.
std::string token_of(std::string_view authorization) {
  if (const auto bearer = credentials_of(authorization, "Bearer")) {
    return std::string(*bearer);
  }
  if (const auto basic = credentials_of(authorization, "Basic")) {
    return password_of(*basic);
  }
  return {};
}

}  // namespace

std::string_view name_of(AuthenticationFailure failure) {
  switch (failure) {
    case AuthenticationFailure::missing:
      return "missing";
    case AuthenticationFailure::malformed:
      return "malformed";
    case AuthenticationFailure::mismatch:
      return "mismatch";
  }
  return "";
}

Result<std::unique_ptr<BearerTokens>> BearerTokens::load(std::vector<std::string> files) {
  if (files.empty()) {
    return Error{"no bearer token file is configured"};
  }
  std::unique_ptr<BearerTokens> tokens(new BearerTokens(std::move(files)));
  for (const auto& file : tokens->files_) {
    auto digest = read_token(file);
    if (!digest) {
      return digest.error();
    }
    tokens->digests_.push_back(digest.value());
  }
  return tokens;
}

BearerTokens::~BearerTokens() {
  for (auto& digest : digests_) {
    OPENSSL_cleanse(digest.data(), digest.size());
  }
}

std::optional<AuthenticationFailure> BearerTokens::check(std::string_view authorization) const {
  if (authorization.empty()) {
    return AuthenticationFailure::missing;
  }
  Wiped presented{token_of(authorization)};
  const std::string& token = presented.text();
  if (token.empty() || !std::all_of(token.begin(), token.end(), &is_visible)) {
    return AuthenticationFailure::malformed;
  }
  const TokenDigest digest = digest_of(token);
  bool accepted = false;
  const std::scoped_lock lock(mutex_);
  for (const auto& candidate : digests_) {
    // No early end: how long it takes must not say which token was right.
    const bool same = CRYPTO_memcmp(candidate.data(), digest.data(), digest.size()) == 0;
    accepted = same || accepted;
  }
  return accepted ? std::nullopt : std::optional(AuthenticationFailure::mismatch);
}

std::vector<std::string> BearerTokens::refresh() {
  std::vector<std::string> messages;
  // Reads without the lock: requests do not wait for a slow disk.
  for (std::size_t index = 0; index < files_.size(); ++index) {
    const auto digest = read_token(files_[index]);
    if (!digest) {
      messages.push_back(digest.error().message + "; its last token stays accepted");
      continue;
    }
    const std::scoped_lock lock(mutex_);
    digests_[index] = digest.value();
  }
  return messages;
}

std::chrono::milliseconds FailureThrottle::delay_of_failure(Clock::time_point now) {
  const std::scoped_lock lock(mutex_);
  debt_ = std::max(debt_ - (now - last_), Clock::duration::zero());
  last_ = now;
  if (debt_ + failure_cost > max_debt) {
    return failure_delay;
  }
  debt_ += failure_cost;
  return std::chrono::milliseconds::zero();
}

}  // namespace compliance

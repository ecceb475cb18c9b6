// The server side TLS settings, re-read when the files behind them change.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "exporter/base/result.h"

struct ssl_ctx_st;

namespace compliance {

// The files of the listener's TLS, in PEM, and how strict it is.
struct TlsOptions {
  std::string cert_file{};
  std::string key_file{};
  std::string client_ca_file{};  // empty: no client certificates
  bool require_client_certificate = false;
  bool tls13_only = false;  // min_version TLS13; else TLS12
};

// Shared, since a handshake may go on while a newer context is loaded.
using SslContext = std::shared_ptr<ssl_ctx_st>;

// TLS 1.2 with forward secrecy and AEAD only, or 1.3; no session tickets, no renegotiation, no
// compression. All calls are safe from all threads.
class TlsContext {
 public:
  // Loads certificate chain, key and client CA. Fails with the file and the reason, never with
  // content.
  static Result<std::unique_ptr<TlsContext>> load(const TlsOptions& options);

  // The context for the next handshake. Looks at the files (three calls of stat) and loads them
  // again when one was changed or replaced. A set that cannot be used is told to `warn` once, and
  // the last good one stays. `warn` may be empty.
  SslContext current(const std::function<void(const std::string&)>& warn);

 private:
  // Device, inode, size and modification time of one file.
  struct Stamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = -1;
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;

    // Equal stamps are taken for an unchanged file: nanoseconds and the inode leave little to miss.
    bool operator==(const Stamp&) const = default;
  };
  using Stamps = std::array<Stamp, 3>;

  TlsContext(TlsOptions options, Stamps stamps, SslContext context);
  // The stamp of a file; that of an empty path or a missing file is the default one.
  static Stamp stamp_of(const std::string& file);
  static Stamps stamps_of(const TlsOptions& options);
  // Remembers `stamps`; true when they differ from the last ones.
  bool is_news(const Stamps& stamps);
  // Takes the context over, unless the files have changed since `stamps`.
  void replace(SslContext context, const Stamps& stamps);

  const TlsOptions options_;
  std::mutex mutex_;
  Stamps stamps_;
  SslContext context_;
};

}  // namespace compliance

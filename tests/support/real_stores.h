// Debian's Redis and PostgreSQL on loopback, in temporary directories.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/certificates.h"
#include "tests/support/local_process.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test {

// redis-server without files; `extra` are further options. With `tls` its only port speaks TLS.
class RealRedis {
 public:
  explicit RealRedis(const std::vector<std::string>& extra = {}, bool tls = false);

  bool is_ready() const { return process_->is_ready(); }
  const std::string& output() const { return process_->output(); }
  std::uint16_t port() const { return port_; }

 private:
  TemporaryDirectory directory_{};
  std::uint16_t port_ = free_port();
  std::optional<LocalProcess> process_{};
};

// A cluster that belongs to nobody when the tests run as root, which Postgres refuses to.
class RealPostgres {
 public:
  static bool is_installed();

  RealPostgres();

  bool start(bool tls);
  void stop() { process_.reset(); }
  std::string output() const { return process_ ? process_->output() : made_; }
  std::uint16_t port() const { return port_; }

 private:
  TemporaryDirectory directory_{};
  std::uint16_t port_ = free_port();
  std::string made_{};
  std::optional<LocalProcess> process_{};
};

}  // namespace compliance::test

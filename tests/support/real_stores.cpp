// Debian's Redis and PostgreSQL on loopback, in temporary directories.
#include "tests/support/real_stores.h"

#include <algorithm>

#include <sys/stat.h>
#include <unistd.h>

namespace compliance::test {
namespace {

constexpr uid_t nobody = 65534;

std::string newest_postgres() {
  std::string newest;
  std::error_code ignored;
  for (const auto& each : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
    const auto folder = (each.path() / "bin").string();
    if (std::filesystem::exists(folder + "/postgres")) {
      newest = std::max(newest, folder);
    }
  }
  return newest;
}

// The command, without privileges.
std::vector<std::string> as_nobody(std::vector<std::string> command) {
  if (::geteuid() == 0) {
    command.insert(command.begin(),
                   {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"});
  }
  return command;
}

void give_to_nobody(const std::string& path) {
  if (::geteuid() == 0) {
    [[maybe_unused]] const int status = ::chown(path.c_str(), nobody, nobody);
  }
}

}  // namespace

RealRedis::RealRedis(const std::vector<std::string>& extra, bool tls) {
  const std::string port = std::to_string(port_);
  std::vector<std::string> command{
      "redis-server",          "--bind", "127.0.0.1",     "--save", "", "--dir",
      directory_.path_of("."), "--port", tls ? "0" : port};
  if (tls) {
    const auto made = make_certificate({.name = "redis.test"}, nullptr);
    const auto certificate = directory_.write("redis.pem", made.pem);
    const auto key = directory_.write("redis.key", made.key_pem);
    command.insert(command.end(), {"--tls-port", port, "--tls-cert-file", certificate,
                                   "--tls-key-file", key, "--tls-ca-cert-file", certificate});
  }
  command.insert(command.end(), extra.begin(), extra.end());
  process_.emplace(command, "Ready to accept connections");
}

bool RealPostgres::is_installed() { return !newest_postgres().empty(); }

RealPostgres::RealPostgres() {
  give_to_nobody(directory_.path_of("."));
  LocalProcess initdb(
      as_nobody({newest_postgres() + "/initdb", "--pgdata", directory_.path_of("data"), "--no-sync",
                 "--auth=reject", "--username=nobody", "--encoding=UTF8", "--locale=C"}),
      "");
  made_ = initdb.output();
}

bool RealPostgres::start(bool tls) {
  std::vector<std::string> command{newest_postgres() + "/postgres",
                                   "-D",
                                   directory_.path_of("data"),
                                   "-p",
                                   std::to_string(port_),
                                   "-c",
                                   "listen_addresses=127.0.0.1",
                                   "-c",
                                   "unix_socket_directories=",
                                   "-c",
                                   "fsync=off"};
  if (tls) {
    const auto made = make_certificate({.name = "postgres.test"}, nullptr);
    const auto certificate = directory_.write("server.pem", made.pem);
    const auto key = directory_.write("server.key", made.key_pem);
    ::chmod(key.c_str(), 0600);
    give_to_nobody(key);
    command.insert(command.end(), {"-c", "ssl=on", "-c", "ssl_cert_file=" + certificate, "-c",
                                   "ssl_key_file=" + key});
  }
  process_.emplace(as_nobody(command), "database system is ready to accept connections");
  return process_->is_ready();
}

}  // namespace compliance::test

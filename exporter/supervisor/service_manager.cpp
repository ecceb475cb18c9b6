// Reports readiness, reloads and liveness to the service manager.
#include "exporter/supervisor/service_manager.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace compliance {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before threads
  return value != nullptr ? value : "";
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.begin(), text.end(), number);
  return read.ec == std::errc{} && read.ptr == text.end() && number > 0 ? std::optional{number}
                                                                        : std::nullopt;
}

}  // namespace

ManagerEnvironment manager_environment() {
  return {.notify_socket = variable("NOTIFY_SOCKET"),
          .watchdog_usec = variable("WATCHDOG_USEC"),
          .watchdog_pid = variable("WATCHDOG_PID")};
}

ServiceManager::ServiceManager(const ManagerEnvironment& environment, long pid)
    : socket_(environment.notify_socket) {
  const auto period = number_in(environment.watchdog_usec);
  if (period && (environment.watchdog_pid.empty() || number_in(environment.watchdog_pid) == pid)) {
    watchdog_ = std::chrono::microseconds{*period};
  }
}

void ServiceManager::reloading(std::chrono::microseconds now) const {
  send("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now.count()));
}

// Failures are ignored: a manager that does not listen is no reason to stop.
void ServiceManager::send(std::string_view message) const {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const bool valid = socket_.size() > 1 && (socket_.front() == '/' || socket_.front() == '@') &&
                     socket_.size() < sizeof address.sun_path;
  const int sender = valid ? ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0) : -1;
  if (sender < 0) {
    return;
  }
  std::copy(socket_.begin(), socket_.end(), std::begin(address.sun_path));
  if (socket_.front() == '@') {
    address.sun_path[0] = '\0';
  }
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
  const auto* const place = reinterpret_cast<const sockaddr*>(&address);
  (void)::sendto(sender, message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT, place,
                 length);
  ::close(sender);
}

}  // namespace compliance

// The connections that are being served, so that they can be bounded and cut off.
#include "exporter/publish/http/open_connections.h"

#include <algorithm>

#include <sys/socket.h>

namespace compliance {

void OpenConnections::add(int socket) {
  const std::scoped_lock lock(mutex_);
  auto& connection = connections_[socket];
  connection.number = arrivals_++;
  if (closed_) {
    connection.phase = Phase::cut_off;
    ::shutdown(socket, SHUT_RDWR);
  }
}

void OpenConnections::set_phase(int socket, Phase phase) {
  const std::scoped_lock lock(mutex_);
  const auto found = connections_.find(socket);
  if (found != connections_.end() && found->second.phase != Phase::cut_off) {
    found->second.phase = phase;
  }
}

void OpenConnections::remove(int socket) {
  const std::scoped_lock lock(mutex_);
  connections_.erase(socket);
}

bool OpenConnections::cut_off_oldest() {
  const auto rank = [](const auto& entry) {
    return std::pair(entry.second.phase, entry.second.number);
  };
  const std::scoped_lock lock(mutex_);
  const auto oldest = std::min_element(
      connections_.begin(), connections_.end(),
      [&rank](const auto& left, const auto& right) { return rank(left) < rank(right); });
  if (oldest == connections_.end() || oldest->second.phase != Phase::waits_for_client ||
      // The newest.
      oldest->second.number + 1 == arrivals_) {
    return false;
  }
  oldest->second.phase = Phase::cut_off;
  ::shutdown(oldest->first, SHUT_RDWR);
  return true;
}

void OpenConnections::cut_off_all() {
  const std::scoped_lock lock(mutex_);
  closed_ = true;
  for (auto& [socket, connection] : connections_) {
    connection.phase = Phase::cut_off;
    ::shutdown(socket, SHUT_RDWR);
  }
}

}  // namespace compliance

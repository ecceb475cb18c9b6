// Waiting for sockets.
#include "exporter/observe/probes/net/wait.h"

#include <poll.h>

namespace compliance::probes {

bool wait_for(int socket, short events, const Deadline& deadline) {
  while (!deadline.over()) {
    pollfd entry{.fd = socket, .events = events, .revents = 0};
    if (::poll(&entry, 1, static_cast<int>(deadline.slice().count())) > 0) {
      return true;
    }
  }
  return false;
}

}  // namespace compliance::probes

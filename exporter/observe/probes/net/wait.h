// Waiting for sockets without missing a deadline or a request to stop.
#pragma once

#include "exporter/base/deadline.h"

namespace compliance::probes {

// Waits until poll() reports one of `events`, an error or the end of the connection. False when the
// deadline came first.
bool wait_for(int socket, short events, const Deadline& deadline);

}  // namespace compliance::probes

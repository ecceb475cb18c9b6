// Turns the end of a libcurl transfer into a fault with a reason and a message for an
// operator.
#pragma once

#include <string>

#include "checks/facts/fact.h"
#include "exporter/observe/probes/http/http_route.h"

namespace compliance::probes {

// How a transfer ended, in the numbers of libcurl, OpenSSL and the system.
struct TransferEnd {
  int code = 0;               // CURLcode
  long verify_result = 0;     // of OpenSSL: why the certificate was not accepted
  long os_error = 0;          // errno of a connection that failed
  long connect_status = 0;    // what the proxy answered to CONNECT; 0: nothing
  std::string words{};        // the library's own; never repeated whole, as a peer may steer them
  bool began_answer = false;  // a status line had come

  // Member by member.
  bool operator==(const TransferEnd&) const = default;
};

// The fault that `end` means, without naming the request. Not for CURLE_OK.
Fault transfer_fault(const TransferEnd& end, const RoutePlan& plan);

}  // namespace compliance::probes

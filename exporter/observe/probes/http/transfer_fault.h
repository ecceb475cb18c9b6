// Why libcurl ended a transfer, in the words and the reasons of an operator.
#pragma once

#include <string>

#include "checks/facts/fact.h"
#include "exporter/observe/probes/http/http_route.h"

namespace compliance::probes {

// How a transfer ended, as libcurl numbers things.
struct TransferEnd {
  int code = 0;               // CURLcode
  long verify_result = 0;     // of OpenSSL: why the certificate was not accepted
  long os_error = 0;          // errno of a connection that failed
  long connect_status = 0;    // what the proxy answered to CONNECT; 0: nothing
  std::string words{};        // the library's own; never repeated whole, as a peer may steer them
  bool began_answer = false;  // a status line had come

  bool operator==(const TransferEnd&) const = default;
};

// The reason, and words without the request they belong to. `end.code` is not CURLE_OK.
Fault transfer_fault(const TransferEnd& end, const RoutePlan& plan);

}  // namespace compliance::probes

// Answers a request with cpp-httplib: the library parses it, routes it and writes the answer.
#pragma once

#include "exporter/publish/http/http_message.h"
#include "exporter/publish/http/http_stream.h"
#include "exporter/publish/http/request_guard.h"

namespace compliance {

// Hands the head that `guard` let pass to the library, which asks `handler` and writes its answer
// to `stream`. An exception of the handler becomes 500 without text.
void exchange_by_httplib(const RequestGuard& guard, const RequestHandler& handler,
                         HttpStream& stream);

}  // namespace compliance

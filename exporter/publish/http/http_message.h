// A request and its answer as handlers see them, without the types of the HTTP library.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "exporter/publish/http/query_parameters.h"

namespace compliance {

// What a client asked for. Everything but the method may be hostile.
struct ServerRequest {
  std::string method{};
  std::string path{};            // as received, never percent-decoded, without the query
  QueryParameters parameters{};  // of the query
  std::string authorization{};   // as received, never percent-decoded; empty: no such header
  // Whether Accept-Encoding lists it, as lists_gzip() says.
  bool accepts_gzip = false;
};

// What it is answered. The body is `body` and then `body_suffix`; HEAD is answered with the length
// of both and without them.
struct ServerResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::shared_ptr<const std::string> body{};  // shared, so that a scrape need not copy it
  std::string body_suffix{};                  // sent after `body`
  // Beside Content-Type and Content-Length, which follow from the members above.
  std::multimap<std::string, std::string> headers{};
  // Waited before the answer is sent, on a connection that is cut off when others need its place.
  std::chrono::milliseconds delay{0};
};

// Called from several threads at once. What it throws becomes 500.
using RequestHandler = std::function<ServerResponse(const ServerRequest&)>;

// Whether an Accept-Encoding of this value asks for gzip: "gzip;q=0.5" does, "gzip;q=0" does not
// (RFC 9110, 12.5.3).
bool lists_gzip(std::string_view accept_encoding);

}  // namespace compliance

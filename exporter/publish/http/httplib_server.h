// What the adapter needs of the HTTP library, without its types.
#pragma once

#include <memory>

#include "exporter/publish/http/http_server.h"
#include "exporter/publish/http/tls_context.h"

namespace compliance {

// Serves the connections of a listening socket. cut_off_all is safe from all threads.
class HttplibServer {
 public:
  // With `tls` null it speaks plain HTTP.
  static std::unique_ptr<HttplibServer> make(const HttpServerOptions& options, HttpHandler handler,
                                             std::unique_ptr<TlsContext> tls);
  virtual ~HttplibServer() = default;
  HttplibServer(const HttplibServer&) = delete;
  HttplibServer& operator=(const HttplibServer&) = delete;
  HttplibServer(HttplibServer&&) = delete;
  HttplibServer& operator=(HttplibServer&&) = delete;

  // Accepts connections until the listening socket is shut down or accepting fails, then waits for
  // those that are open.
  virtual void accept_from(int listening) = 0;

  // Ends all connections, and every later one.
  virtual void cut_off_all() = 0;

 protected:
  HttplibServer() = default;
};

}  // namespace compliance

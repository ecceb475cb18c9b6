// What the adapter needs of the HTTP library, without its types.
#pragma once

#include <memory>

#include "exporter/publish/http_server.h"
#include "exporter/publish/tls_context.h"

namespace compliance {

// Serves the connections of a listening socket. cut_off_all is safe from all threads.
class LibraryServer {
 public:
  // With `tls` null it speaks plain HTTP.
  static std::unique_ptr<LibraryServer> make(const HttpServerOptions& options, HttpHandler handler,
                                             std::unique_ptr<TlsContext> tls);
  virtual ~LibraryServer() = default;
  LibraryServer(const LibraryServer&) = delete;
  LibraryServer& operator=(const LibraryServer&) = delete;
  LibraryServer(LibraryServer&&) = delete;
  LibraryServer& operator=(LibraryServer&&) = delete;

  // Accepts connections until the listening socket is shut down or accepting fails, then waits for
  // those that are open.
  virtual void accept_from(int listening) = 0;

  // Ends all connections, and every later one.
  virtual void cut_off_all() = 0;

 protected:
  LibraryServer() = default;
};

}  // namespace compliance

// A server of ours on loopback, on any free port.
#pragma once

#include <memory>
#include <utility>

#include "exporter/publish/http/http_server.h"

namespace compliance::test {

// Fails as HttpServer::start does, and when nothing can be bound.
inline Result<std::unique_ptr<HttpServer>> start_server(RequestHandler handler,
                                                        HttpServerOptions options = {}) {
  auto listening = listen_on("127.0.0.1", 0);
  if (!listening) {
    return listening.error();
  }
  return HttpServer::start(std::move(listening).value(), std::move(options), std::move(handler));
}

}  // namespace compliance::test

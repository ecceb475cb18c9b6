// The HTTP server: accepts connections, bounds them and has each request guarded and answered.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "exporter/base/result.h"
#include "exporter/publish/http/http_message.h"
#include "exporter/publish/http/http_stream.h"
#include "exporter/publish/http/listening_socket.h"
#include "exporter/publish/http/open_connections.h"
#include "exporter/publish/http/tls_context.h"
#include "exporter/publish/http/worker_threads.h"

namespace compliance {

// The limits of one listener. The defaults are for a few scrapers and browsers on one site.
struct HttpServerOptions {
  std::optional<TlsOptions> tls{};
  std::chrono::milliseconds request_deadline{5'000};  // whole request, TLS handshake included
  std::size_t max_request_bytes = 16U << 10U;         // request line and headers
  // One more, and the oldest one that has not sent its whole request is cut off; when there is none
  // such, the new one gets 503.
  std::size_t max_connections = 64;
  // Called, from several threads, with what an operator should know: a changed certificate that
  // cannot be used.
  std::function<void(const std::string&)> warn{};
};

// Serves a listening socket with threads of its own. Construction, stop and destruction belong to
// one thread. One request a connection; what RequestGuard refuses never reaches the handler.
class HttpServer {
 public:
  // Starts to serve. Fails when a certificate cannot be loaded. The process has to ignore SIGPIPE:
  // OpenSSL writes without MSG_NOSIGNAL, and a client that goes away would end it.
  static Result<std::unique_ptr<HttpServer>> start(FileDescriptor listening,
                                                   HttpServerOptions options,
                                                   RequestHandler handler);
  ~HttpServer() { stop(); }
  // No copies: there is one socket.
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  // Nor moved: its threads refer to it.
  HttpServer(HttpServer&&) = delete;
  HttpServer& operator=(HttpServer&&) = delete;

  // The port that it listens on, also after stop.
  std::uint16_t port() const { return port_; }
  // Stops within two seconds: open requests are cut off, a running handler is waited for.
  void stop();

 private:
  using Phase = OpenConnections::Phase;
  using Deadline = HttpStream::Clock::time_point;

  HttpServer(FileDescriptor listening, HttpServerOptions options, RequestHandler handler,
             std::unique_ptr<TlsContext> tls);
  // Accepts connections until stopped, then waits for the workers.
  void accept_until(const std::stop_token& token);
  // Hands an accepted connection to a worker; refuses it with 503 when none is to be had.
  void take(int socket);
  // One connection from handshake to end, on a worker.
  void serve(int socket, Deadline deadline);
  // Asks the handler, and waits as long as its answer wants, on a connection that may be cut off
  // then.
  ServerResponse answer(const ServerRequest& request, int socket, const HttpStream& stream);
  // Unregisters before closing: the number may belong to a new connection right after.
  void close(int socket);

  const HttpServerOptions options_;
  const RequestHandler handler_;
  const std::unique_ptr<TlsContext> tls_;  // null: plain HTTP
  FileDescriptor listening_;
  const std::uint16_t port_;
  OpenConnections connections_;
  WorkerThreads threads_;
  std::jthread acceptor_;
};

}  // namespace compliance

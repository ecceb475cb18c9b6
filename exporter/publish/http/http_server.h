// The HTTP server: one adapter around cpp-httplib that closes the library's holes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/base/result.h"
#include "exporter/publish/http/listening_socket.h"

namespace compliance {

struct HttpRequest {
  std::string method{};
  std::string path{};           // as received, without the query
  std::string query{};          // raw, without the question mark
  std::string authorization{};  // raw bytes of the header, never percent-decoded
  bool accepts_gzip = false;
  std::string remote_address{};
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::shared_ptr<const std::string> body{};  // shared, so that a scrape need not copy it
  std::string body_suffix{};                  // sent after `body`
  std::multimap<std::string, std::string> headers{};
  // Waited before the answer is sent, on a connection that is cut off when others need its place.
  std::chrono::milliseconds delay{0};
};

using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

struct TlsOptions {
  std::string cert_file{};
  std::string key_file{};
  std::string client_ca_file{};  // empty: no client certificates
  bool require_client_certificate = false;
  bool tls13_only = false;  // min_version TLS13; else TLS12
};

struct HttpServerOptions {
  std::string host{};      // address or name to bind
  std::uint16_t port = 0;  // 0: any free one
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

// A listening server with its threads. Construction, stop and destruction belong to one thread;
// the handler is called from several at once. One request a connection; requests with a body are
// answered 413, malformed ones 400, long ones 414 or 431, before the handler is asked; a Range is
// ignored. An exception of the handler becomes 500 without text. Ignores SIGPIPE in the process.
class HttpServer {
 public:
  // Binds and starts to serve. Fails with one clear line: address in use, not an address, a
  // certificate that cannot be loaded. The port is bound with SO_REUSEADDR only.
  static Result<std::unique_ptr<HttpServer>> start(const HttpServerOptions& options,
                                                   HttpHandler handler);
  // The same on a socket that listens already; host and port of the options count for nothing.
  static Result<std::unique_ptr<HttpServer>> start_on(FileDescriptor listening,
                                                      const HttpServerOptions& options,
                                                      HttpHandler handler);
  virtual ~HttpServer() = default;
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  HttpServer(HttpServer&&) = delete;
  HttpServer& operator=(HttpServer&&) = delete;

  virtual std::uint16_t port() const = 0;
  // Stops within two seconds: open requests are cut off, a running handler is waited for.
  virtual void stop() = 0;

 protected:
  HttpServer() = default;
};

}  // namespace compliance

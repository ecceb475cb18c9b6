// The HTTP server: the listening socket, the accepting thread, and how they end.
#include "exporter/publish/http/http_server.h"

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include <sys/socket.h>

#include "exporter/publish/http/httplib_server.h"
#include "exporter/publish/http/listening_socket.h"
#include "exporter/publish/http/tls_context.h"

namespace compliance {
namespace {

// After accepting failed, how long until it is tried again.
constexpr std::chrono::milliseconds accept_pause{100};

class AdaptedServer final : public HttpServer {
 public:
  AdaptedServer(FileDescriptor listening, std::unique_ptr<HttplibServer> server)
      : listening_(std::move(listening)),
        server_(std::move(server)),
        acceptor_([this](const std::stop_token& token) { accept_until(token); }) {}

  ~AdaptedServer() override { AdaptedServer::stop(); }
  AdaptedServer(const AdaptedServer&) = delete;
  AdaptedServer& operator=(const AdaptedServer&) = delete;
  AdaptedServer(AdaptedServer&&) = delete;
  AdaptedServer& operator=(AdaptedServer&&) = delete;

  std::uint16_t port() const override { return port_; }

  void stop() override {
    acceptor_.request_stop();
    // Not the library's stop(): that closes the socket under the accepting thread's feet.
    ::shutdown(listening_.number(), SHUT_RDWR);
    server_->cut_off_all();
    if (acceptor_.joinable()) {
      acceptor_.join();
    }
    listening_ = FileDescriptor();
  }

 private:
  // The library gives up for ever when accepting fails once.
  void accept_until(const std::stop_token& token) {
    std::mutex mutex;
    std::condition_variable_any pause;
    std::unique_lock lock(mutex);
    while (!token.stop_requested()) {
      server_->accept_from(listening_.number());
      pause.wait_for(lock, token, accept_pause, [] { return false; });
    }
  }

  FileDescriptor listening_;
  const std::uint16_t port_ = local_port(listening_.number());
  const std::unique_ptr<HttplibServer> server_;
  std::jthread acceptor_;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::start(const HttpServerOptions& options,
                                                      HttpHandler handler) {
  auto listening = listen_on(options.host, options.port);
  if (!listening) {
    return listening.error();
  }
  return start_on(std::move(listening).value(), options, std::move(handler));
}

Result<std::unique_ptr<HttpServer>> HttpServer::start_on(FileDescriptor listening,
                                                         const HttpServerOptions& options,
                                                         HttpHandler handler) {
  std::unique_ptr<TlsContext> tls;
  if (options.tls) {
    auto loaded = TlsContext::load(*options.tls);
    if (!loaded) {
      return loaded.error();
    }
    tls = std::move(loaded).value();
  }
  auto server = HttplibServer::make(options, std::move(handler), std::move(tls));
  return std::unique_ptr<HttpServer>(
      std::make_unique<AdaptedServer>(std::move(listening), std::move(server)));
}

}  // namespace compliance

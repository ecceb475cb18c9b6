// The HTTP server: accepts connections, bounds them and has each request guarded and answered.
#include "exporter/publish/http/http_server.h"

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

#include "exporter/publish/http/httplib_exchange.h"
#include "exporter/publish/http/request_guard.h"

namespace compliance {
namespace {

constexpr std::size_t read_size = 4096;
// After accepting failed for want of descriptors or memory: the connection still waits.
constexpr std::chrono::milliseconds accept_pause{10};

// Reads a head from `stream`; false when the client went away or the deadline passed before it was
// complete or refused.
bool read_head(HttpStream& stream, RequestGuard& guard) {
  std::array<char, read_size> buffer{};
  std::size_t count = 0;
  // A complete or refused head ends the loop with a count above zero.
  do {
    count = stream.read(buffer);
  } while (count > 0 && !guard.add(std::string_view(buffer.data(), count)));
  return count > 0;
}

// For the statuses that this server refuses requests with; clients ignore the phrase (RFC 9112, 4).
std::string_view reason_phrase(int status) {
  constexpr std::array<std::pair<int, std::string_view>, 8> phrases{
      {{400, "Bad Request"},
       {413, "Payload Too Large"},
       {414, "URI Too Long"},
       {416, "Range Not Satisfiable"},
       {431, "Request Header Fields Too Large"},
       {501, "Not Implemented"},
       {503, "Service Unavailable"},
       {505, "HTTP Version Not Supported"}}};
  for (const auto& [number, phrase] : phrases) {
    if (number == status) {
      return phrase;
    }
  }
  return {};
}

// Answers a request that the library is not given.
void refuse(HttpStream& stream, int status) {
  stream.write("HTTP/1.1 " + std::to_string(status) + " " + std::string{reason_phrase(status)} +
               "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::start(FileDescriptor listening,
                                                      HttpServerOptions options,
                                                      RequestHandler handler) {
  std::unique_ptr<TlsContext> tls;
  if (options.tls) {
    auto loaded = TlsContext::load(*options.tls);
    if (!loaded) {
      return loaded.error();
    }
    tls = std::move(loaded).value();
  }
  return std::unique_ptr<HttpServer>(
      new HttpServer(std::move(listening), std::move(options), std::move(handler), std::move(tls)));
}

// The acceptor is the last member: its thread uses all others.
HttpServer::HttpServer(FileDescriptor listening, HttpServerOptions options, RequestHandler handler,
                       std::unique_ptr<TlsContext> tls)
    : options_(std::move(options)),
      handler_(std::move(handler)),
      tls_(std::move(tls)),
      listening_(std::move(listening)),
      port_(local_port(listening_.number())),
      threads_(options_.max_connections, [this] { return connections_.cut_off_oldest(); }),
      acceptor_([this](const std::stop_token& token) { accept_until(token); }) {}

// Cutting connections off comes before the acceptor is waited for, which waits for the workers.
void HttpServer::stop() {
  acceptor_.request_stop();
  ::shutdown(listening_.number(), SHUT_RDWR);
  connections_.cut_off_all();
  if (acceptor_.joinable()) {
    acceptor_.join();
  }
  listening_ = FileDescriptor();
}

void HttpServer::accept_until(const std::stop_token& token) {
  while (!token.stop_requested()) {
    const int socket =
        ::accept4(listening_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket >= 0) {
      take(socket);
    } else if (errno != EINTR && errno != ECONNABORTED) {
      std::this_thread::sleep_for(accept_pause);
    }
  }
  threads_.finish();
}

void HttpServer::take(int socket) {
  // From here on, so that waiting for a worker counts too.
  const auto deadline = HttpStream::Clock::now() + options_.request_deadline;
  connections_.add(socket);
  const bool taken = threads_.add([this, socket, deadline] {
    serve(socket, deadline);
    close(socket);
  });
  if (taken) {
    return;
  }
  // Over TLS an answer would take a handshake, for which there is no thread.
  if (tls_ == nullptr) {
    // As far as that costs no time.
    HttpStream stream(socket, HttpStream::Clock::now());
    refuse(stream, 503);
  }
  close(socket);
}

void HttpServer::close(int socket) {
  connections_.remove(socket);
  ::close(socket);
}

void HttpServer::serve(int socket, Deadline deadline) {
  HttpStream stream(socket, deadline);
  RequestGuard guard(options_.max_request_bytes);
  // A client that fails here gets no answer: it did not finish asking.
  if ((tls_ != nullptr && !stream.secure(tls_->current(options_.warn))) ||
      !read_head(stream, guard)) {
    return;
  }
  // Makes room for no other from here on: a whole request is answered.
  connections_.set_phase(socket, Phase::answers);
  if (guard.refusal()) {
    refuse(stream, *guard.refusal());
  } else {
    exchange_by_httplib(
        guard, [&](const ServerRequest& request) { return answer(request, socket, stream); },
        stream);
  }
  connections_.set_phase(socket, Phase::waits_for_client);
  stream.finish();
}

ServerResponse HttpServer::answer(const ServerRequest& request, int socket,
                                  const HttpStream& stream) {
  ServerResponse response = handler_(request);
  if (response.delay.count() > 0) {
    connections_.set_phase(socket, Phase::waits_for_client);
    stream.wait(response.delay);
    connections_.set_phase(socket, Phase::answers);
  }
  return response;
}

}  // namespace compliance

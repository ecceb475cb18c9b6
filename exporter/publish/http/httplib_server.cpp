// The only file that sees cpp-httplib: it accepts connections, runs them and writes answers.
#include "exporter/publish/http/httplib_server.h"

#include <array>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "exporter/publish/http/http_stream.h"
#include "exporter/publish/http/listening_socket.h"
#include "exporter/publish/http/open_connections.h"
#include "exporter/publish/http/request_head.h"
#include "exporter/publish/http/tls_context.h"
#include "exporter/publish/http/worker_threads.h"

// Debian compiles the library with it, and the layout of its classes depends on it.
#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#define CPPHTTPLIB_OPENSSL_SUPPORT
#endif
#include <httplib.h>

// The library accepts connections, runs them on threads and writes answers. It never sees a byte
// that a client sent: heads are read and parsed here, under the deadline and the limits, and the
// library gets a constant head instead. So its own reading (endless lines, bodies, ranges, decoded
// header values, compression that a client asks for, keep-alive) has nothing to work on.
namespace compliance {
namespace {

constexpr std::size_t read_size = 4096;

// The request and the answer of the connection that a thread is serving.
struct Exchange {
  HttpRequest request{};
  HttpResponse response{};
};

// The library hands only its own types to its hooks; a connection stays on one thread, so the
// exchange is found through the thread.
Exchange*& current_exchange() {
  thread_local Exchange* exchange = nullptr;
  return exchange;
}

HttpResponse refusal(int status) {
  HttpResponse response;
  response.status = status;
  return response;
}

HttpResponse ask(const HttpHandler& handler, const HttpRequest& request) {
  try {
    return handler(request);
  } catch (...) {
    // Whatever it is, its text may say more than a client should know.
    return refusal(500);
  }
}

// Reads a head from `stream`; false when the client went away or the deadline passed before it was
// complete.
bool read_head(HttpStream& stream, RequestHead& head) {
  std::array<char, read_size> buffer{};
  while (true) {
    const auto count = stream.read(buffer);
    if (count == 0) {
      return false;
    }
    if (head.add(std::string_view(buffer.data(), count))) {
      return true;
    }
  }
}

// Writes what `offset` of body and suffix on holds to the library's sink, without joining them.
bool write_slice(const HttpResponse& response, std::size_t offset, httplib::DataSink& sink) {
  const std::string_view body = response.body ? *response.body : std::string_view{};
  const bool in_body = offset < body.size();
  const std::string_view rest =
      in_body ? body.substr(offset)
              : std::string_view(response.body_suffix).substr(offset - body.size());
  return sink.write(rest.data(), rest.size());
}

// Turns our answer into the library's.
void give(const HttpResponse& response, httplib::Response& to) {
  to.status = response.status;
  for (const auto& [name, value] : response.headers) {
    to.set_header(name, value);
  }
  // Else the library offers ranges in answers to HEAD.
  to.set_header("Accept-Ranges", "none");
  const auto length = (response.body ? response.body->size() : 0) + response.body_suffix.size();
  if (length == 0) {
    return;
  }
  to.set_content_provider(length, response.content_type,
                          [&response](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                            return write_slice(response, offset, sink);
                          });
}

// What the library reads and writes: a constant request, and the real connection.
class LibraryStream : public httplib::Stream {
 public:
  LibraryStream(HttpStream& stream, bool head_only)
      : stream_(stream),
        unread_(head_only ? "HEAD / HTTP/1.1\r\n\r\n" : "GET / HTTP/1.1\r\n\r\n") {}

  bool is_readable() const override { return !unread_.empty(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* buffer, size_t size) override {
    const auto count = unread_.copy(buffer, size);
    unread_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* bytes, size_t size) override {
    return stream_.write({bytes, size}) ? static_cast<ssize_t>(size) : -1;
  }
  void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
  void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
  // None: the library must not touch it, and refuses to serve high numbers.
  socket_t socket() const override { return -1; }

 private:
  HttpStream& stream_;
  std::string_view unread_;
};

// Runs the library's tasks where they come up, on the accepting thread: each only hands a
// connection to our own threads.
class TaskQueue : public httplib::TaskQueue {
 public:
  explicit TaskQueue(WorkerThreads& threads) : threads_(threads) {}

  // Nothing in version 0.11 of the library, a bool later.
  using Accepted = decltype(std::declval<httplib::TaskQueue&>().enqueue(nullptr));

  Accepted enqueue(std::function<void()> task) override {
    task();
    return Accepted(true);
  }

  void shutdown() override { threads_.finish(); }

 private:
  WorkerThreads& threads_;
};

// The library's server with its own way to serve a connection.
class AdaptedLibrary : public httplib::Server, public HttplibServer {
 public:
  AdaptedLibrary(HttpServerOptions options, HttpHandler handler, std::unique_ptr<TlsContext> tls)
      : options_(std::move(options)),
        handler_(std::move(handler)),
        tls_(std::move(tls)),
        threads_(options_.max_connections, [this] { return connections_.cut_off_oldest(); }) {
    new_task_queue = [this] { return new TaskQueue(threads_); };
    set_pre_routing_handler([](const httplib::Request&, httplib::Response& response) {
      give(current_exchange()->response, response);
      return HandlerResponse::Handled;
    });
    set_exception_handler([](const httplib::Request&, httplib::Response& response,
                             const std::exception_ptr&) { response.status = 500; });
    warm_up();
  }

  void accept_from(int listening) override {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the interface of POSIX
    svr_sock_ = ::fcntl(listening, F_DUPFD_CLOEXEC, 0);
    if (svr_sock_ >= 0) {
      listen_after_bind();
    }
  }

  void cut_off_all() override { connections_.cut_off_all(); }

 private:
  using Phase = OpenConnections::Phase;

  bool process_and_close_socket(socket_t socket) override {
    const auto deadline = HttpStream::Clock::now() + options_.request_deadline;
    connections_.add(socket);
    if (!threads_.add([this, socket, deadline] {
          serve(socket, deadline);
          close(socket);
        })) {
      refuse_connection(socket);
      close(socket);
    }
    return true;
  }

  void close(socket_t socket) {
    connections_.remove(socket);
    ::close(socket);
  }

  // All places are taken: says so as far as that costs no time.
  void refuse_connection(socket_t socket) const {
    if (tls_ == nullptr) {
      HttpStream stream(socket, HttpStream::Clock::now());
      stream.write(
          "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
  }

  void serve(socket_t socket, HttpStream::Clock::time_point deadline) {
    HttpStream stream(socket, deadline);
    RequestHead head(options_.max_request_bytes);
    if ((tls_ != nullptr && !stream.secure(tls_->current(options_.warn))) ||
        !read_head(stream, head)) {
      return;
    }
    Exchange exchange{.request = head.request()};
    exchange.request.remote_address = peer_address(socket);
    connections_.set_phase(socket, Phase::answers);
    exchange.response = head.refusal() ? refusal(*head.refusal()) : ask(handler_, exchange.request);
    if (exchange.response.delay.count() > 0) {
      connections_.set_phase(socket, Phase::waits_for_client);
      stream.wait(exchange.response.delay);
      connections_.set_phase(socket, Phase::answers);
    }
    write_answer(stream, exchange);
    connections_.set_phase(socket, Phase::waits_for_client);
    stream.finish();
  }

  // The library fills tables of its own at its first request, under a guard that ThreadSanitizer
  // cannot see there. So the first request is ours, while there are no other threads.
  void warm_up() {
    HttpStream nowhere(-1, HttpStream::Clock::now());
    Exchange exchange;
    write_answer(nowhere, exchange);
  }

  void write_answer(HttpStream& stream, Exchange& exchange) {
    LibraryStream library_stream(stream, exchange.request.method == "HEAD");
    current_exchange() = &exchange;
    process(library_stream);
    current_exchange() = nullptr;
  }

  // Later versions of the library want the addresses of both ends too.
  template <class Stream>
  void process(Stream& stream) {
    bool closed = false;
    const std::function<void(httplib::Request&)> setup;
    if constexpr (requires { this->process_request(stream, true, closed, setup); }) {
      this->process_request(stream, true, closed, setup);
    } else {
      this->process_request(stream, std::string(), 0, std::string(), 0, true, closed, setup);
    }
  }

  const HttpServerOptions options_;
  const HttpHandler handler_;
  const std::unique_ptr<TlsContext> tls_;
  OpenConnections connections_;
  WorkerThreads threads_;
};

}  // namespace

std::unique_ptr<HttplibServer> HttplibServer::make(const HttpServerOptions& options,
                                                   HttpHandler handler,
                                                   std::unique_ptr<TlsContext> tls) {
  return std::make_unique<AdaptedLibrary>(options, std::move(handler), std::move(tls));
}

}  // namespace compliance

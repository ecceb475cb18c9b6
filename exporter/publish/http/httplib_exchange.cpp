// The only file that sees cpp-httplib: it parses requests, routes them and writes answers.
#include "exporter/publish/http/httplib_exchange.h"

#include <algorithm>
#include <utility>

// Debian compiles the library with it, and the layout of its classes depends on it.
#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#define CPPHTTPLIB_OPENSSL_SUPPORT
#endif
#include <httplib.h>

namespace compliance {
namespace {

// What the library reads and writes: the head as it came over the wire, and the connection.
class GuardedStream : public httplib::Stream {
 public:
  GuardedStream(std::string_view head, HttpStream& connection)
      : unread_(head), connection_(connection) {}

  bool is_readable() const override { return !unread_.empty(); }
  bool is_writable() const override { return true; }
  // At the end of the head there is no more: 0, which the library takes for the end of the
  // connection.
  ssize_t read(char* buffer, size_t size) override {
    const auto count = unread_.copy(buffer, size);
    unread_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* bytes, size_t size) override {
    return connection_.write({bytes, size}) ? static_cast<ssize_t>(size) : -1;
  }
  // Nothing depends on where a request comes from.
  void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
  void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
  // None: the library must not touch it, and refuses to serve high numbers.
  socket_t socket() const override { return -1; }

 private:
  std::string_view unread_;
  HttpStream& connection_;
};

// The request as handlers see it: nothing decoded but the values of parameters.
ServerRequest server_request(const httplib::Request& request) {
  // Not request.path, which is decoded, nor request.params, where a plus has become a blank.
  const std::string_view target = request.target;
  const auto end = std::min(target.find('?'), target.size());
  const auto [first, last] = request.headers.equal_range("Accept-Encoding");
  return {.method = request.method,
          .path = std::string{target.substr(0, end)},
          .parameters = query_parameters(target.substr(std::min(end + 1, target.size()))),
          .authorization = request.get_header_value("Authorization"),
          .accepts_gzip = std::any_of(
              first, last, [](const auto& header) { return lists_gzip(header.second); })};
}

// Writes what `offset` of body and suffix on holds to the library's sink, without joining them.
bool write_slice(const ServerResponse& response, std::size_t offset, httplib::DataSink& sink) {
  const std::string_view body = response.body ? *response.body : std::string_view{};
  const bool in_body = offset < body.size();
  const std::string_view rest =
      in_body ? body.substr(offset)
              : std::string_view(response.body_suffix).substr(offset - body.size());
  return sink.write(rest.data(), rest.size());
}

// Makes the library's answer of ours, which has to live until it is written. A content provider,
// since the library would compress a body as it thinks fit.
void fill(httplib::Response& to, const ServerResponse& response) {
  to.status = response.status;
  for (const auto& [name, value] : response.headers) {
    to.set_header(name, value);
  }
  const auto length = (response.body ? response.body->size() : 0) + response.body_suffix.size();
  if (length > 0) {
    to.set_content_provider(length, response.content_type,
                            [&response](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                              return write_slice(response, offset, sink);
                            });
  }
}

// The library's server for one request. One for each, since its handlers are not told which
// connection they serve. Requests are answered before the library's own routes: those are regular
// expressions, and a POST without Content-Length would wait for its body there.
class Exchange : public httplib::Server {
 public:
  Exchange(const RequestGuard& guard, const RequestHandler& handler)
      : guard_(guard), handler_(handler) {
    // Any number: a server without a socket writes no bodies.
    svr_sock_ = 0;
    // Else it offers ranges in answers to HEAD.
    set_default_headers({{"Accept-Ranges", "none"}});
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      response_ = handler_(server_request(request));
      fill(response, response_);
      return HandlerResponse::Handled;
    });
    // Its text may say more than a client should know.
    set_exception_handler([](const httplib::Request&, httplib::Response& response,
                             const std::exception_ptr&) { response.status = 500; });
  }

  void run(HttpStream& connection) {
    GuardedStream stream(guard_.head(), connection);
    process(stream, [this](httplib::Request& request) { restore(request); });
  }

 private:
  // Later versions of the library want the addresses of both ends too.
  template <class Stream>
  void process(Stream& stream, const std::function<void(httplib::Request&)>& setup) {
    bool closed = false;
    if constexpr (requires { this->process_request(stream, true, closed, setup); }) {
      this->process_request(stream, true, closed, setup);
    } else {
      this->process_request(stream, std::string(), 0, std::string(), 0, true, closed, setup);
    }
  }

  // Called when the library has parsed the head.
  void restore(httplib::Request& request) const {
    // It percent-decodes values; credentials are compared as they were sent.
    request.headers.erase("Authorization");
    if (guard_.authorization()) {
      request.headers.emplace("Authorization", *guard_.authorization());
    }
    // There is no body that it could invite.
    request.headers.erase("Expect");
  }

  const RequestGuard& guard_;
  const RequestHandler& handler_;
  ServerResponse response_;
};

}  // namespace

void exchange_by_httplib(const RequestGuard& guard, const RequestHandler& handler,
                         HttpStream& stream) {
  Exchange(guard, handler).run(stream);
}

}  // namespace compliance

// A client of OpenSSL alone.
#include "tests/benchmarks/probe_rate/bare_client.h"

#include <array>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace compliance::benchmarks {
namespace {

constexpr auto host = "localhost";
constexpr std::string_view request =
    "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
constexpr std::string_view good = "HTTP/1.1 200 ";

class Socket {
 public:
  explicit Socket(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the form of the socket API
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    connected_ = ::connect(descriptor_, generic, sizeof address) == 0;
  }
  ~Socket() { ::close(descriptor_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  Socket(Socket&&) = delete;
  Socket& operator=(Socket&&) = delete;

  bool connected() const { return connected_; }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
  bool connected_ = false;
};

}  // namespace

struct BareClient::State {
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_client_method()),
                                                            &SSL_CTX_free};
};

BareClient::BareClient(const std::string& ca_file) : state_(std::make_unique<State>()) {
  SSL_CTX* context = state_->context.get();
  SSL_CTX_load_verify_locations(context, ca_file.c_str(), nullptr);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

BareClient::~BareClient() = default;

bool BareClient::asks(std::uint16_t port) const {
  const Socket socket{port};
  const std::unique_ptr<SSL, decltype(&SSL_free)> tls{SSL_new(state_->context.get()), &SSL_free};
  SSL_set_fd(tls.get(), socket.descriptor());
  SSL_set_tlsext_host_name(tls.get(), host);
  SSL_set1_host(tls.get(), host);
  std::array<char, 4096> answer{};
  if (!socket.connected() || SSL_connect(tls.get()) != 1 ||
      SSL_write(tls.get(), request.data(), static_cast<int>(request.size())) <= 0) {
    return false;
  }
  const int size = SSL_read(tls.get(), answer.data(), static_cast<int>(answer.size()));
  return size > 0 &&
         std::string_view{answer.data(), static_cast<std::size_t>(size)}.starts_with(good);
}

}  // namespace compliance::benchmarks

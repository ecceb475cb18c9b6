// An HTTP server on loopback.
#include "tests/support/http_peer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "checks/formats/ascii.h"

namespace compliance::test {

struct HttpPeer::Memory {
  mutable std::mutex mutex{};
  std::vector<ReceivedRequest> requests{};
  std::size_t bytes = 0;
  std::size_t connections = 0;
};

namespace {

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

Context context_of(const MadeCertificate& made) {
  Context context{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
  BIO* pem = BIO_new_mem_buf(made.pem.data(), static_cast<int>(made.pem.size()));
  BIO* key_pem = BIO_new_mem_buf(made.key_pem.data(), static_cast<int>(made.key_pem.size()));
  X509* certificate = PEM_read_bio_X509(pem, nullptr, nullptr, nullptr);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(key_pem, nullptr, nullptr, nullptr);
  SSL_CTX_use_certificate(context.get(), certificate);
  SSL_CTX_use_PrivateKey(context.get(), key);
  X509_free(certificate);
  EVP_PKEY_free(key);
  BIO_free(pem);
  BIO_free(key_pem);
  return context;
}

constexpr std::size_t block = 16'384;

// TLS above a socket whose waits end with the server; plain bytes where there is no context.
class Channel {
 public:
  Channel(PeerSocket& socket, SSL_CTX* context)
      : socket_(socket), session_(context == nullptr ? nullptr : SSL_new(context), &SSL_free) {
    if (session_) {
      SSL_set_bio(session_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
      SSL_set_accept_state(session_.get());
    }
  }

  // At least one byte; empty at the end.
  std::string read() {
    if (!session_) {
      return socket_.receive(block);
    }
    std::array<char, block> bytes{};
    while (true) {
      const int got = SSL_read(session_.get(), bytes.data(), static_cast<int>(bytes.size()));
      flush();
      if (got > 0) {
        return {bytes.data(), static_cast<std::size_t>(got)};
      }
      const std::string more = SSL_get_error(session_.get(), got) == SSL_ERROR_WANT_READ
                                   ? socket_.receive(block)
                                   : std::string{};
      if (more.empty()) {
        ERR_clear_error();
        return {};
      }
      BIO_write(SSL_get_rbio(session_.get()), more.data(), static_cast<int>(more.size()));
    }
  }

  bool write(std::string_view bytes) {
    if (!session_) {
      return socket_.send(bytes);
    }
    return bytes.empty() ||
           (SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0 && flush());
  }

  void reset() { socket_.reset(); }

  // Says close_notify where the handshake was made.
  ~Channel() {
    if (session_ && SSL_is_init_finished(session_.get()) == 1) {
      SSL_shutdown(session_.get());
      flush();
    }
    ERR_clear_error();
  }
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  Channel(Channel&&) = delete;
  Channel& operator=(Channel&&) = delete;

 private:
  bool flush() {
    std::array<char, block> bytes{};
    int count = 0;
    while ((count = BIO_read(SSL_get_wbio(session_.get()), bytes.data(),
                             static_cast<int>(bytes.size()))) > 0) {
      if (!socket_.send({bytes.data(), static_cast<std::size_t>(count)})) {
        return false;
      }
    }
    return true;
  }

  PeerSocket& socket_;
  Session session_;
};

ReceivedRequest parse_head(std::string_view head) {
  ReceivedRequest request;
  const std::string_view line = head.substr(0, head.find("\r\n"));
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  request.method = line.substr(0, first);
  request.target = first < last ? line.substr(first + 1, last - first - 1) : std::string_view{};
  head.remove_prefix(std::min(line.size() + 2, head.size()));
  while (!head.empty()) {
    const std::string_view header = head.substr(0, head.find("\r\n"));
    const std::size_t colon = std::min(header.find(':'), header.size());
    request.headers.push_back(
        {.name = lower_case(header.substr(0, colon)),
         .value = std::string{trimmed(header.substr(std::min(colon + 1, header.size())))}});
    head.remove_prefix(std::min(header.size() + 2, head.size()));
  }
  return request;
}

class Conversation final : public HttpConversation {
 public:
  Conversation(Channel& channel, std::function<void(const ReceivedRequest&)> remember,
               std::function<void(std::size_t)> count)
      : channel_(channel), remember_(std::move(remember)), count_(std::move(count)) {}

  std::optional<ReceivedRequest> receive() override {
    std::size_t end = std::string::npos;
    while ((end = buffered_.find("\r\n\r\n")) == std::string::npos) {
      if (!more()) {
        return std::nullopt;
      }
    }
    ReceivedRequest request = parse_head(std::string_view{buffered_}.substr(0, end));
    buffered_.erase(0, end + 4);
    const std::string length = request.header("content-length");
    std::size_t size = 0;
    std::from_chars(length.data(), length.data() + length.size(), size);
    while (buffered_.size() < size) {
      if (!more()) {
        return std::nullopt;
      }
    }
    request.body = buffered_.substr(0, size);
    buffered_.erase(0, size);
    remember_(request);
    return request;
  }

  bool send(std::string_view bytes) override { return channel_.write(bytes); }

  void hold() override {
    while (more()) {
      buffered_.clear();
    }
  }

  void reset() override { channel_.reset(); }

 private:
  bool more() {
    const std::string bytes = channel_.read();
    count_(bytes.size());
    buffered_ += bytes;
    return !bytes.empty();
  }

  Channel& channel_;
  std::function<void(const ReceivedRequest&)> remember_;
  std::function<void(std::size_t)> count_;
  std::string buffered_{};
};

}  // namespace

std::string ReceivedRequest::header(std::string_view name) const {
  std::string joined;
  for (const HttpHeader& header : headers) {
    if (header.name == name) {
      joined += (joined.empty() ? "" : " | ") + header.value;
    }
  }
  return joined;
}

HttpPeer::HttpPeer(Script script, std::optional<MadeCertificate> certificate,
                   const std::string& address)
    : memory_(std::make_shared<Memory>()),
      address_(address.find(':') == std::string::npos ? address : "[" + address + "]") {
  const std::shared_ptr<SSL_CTX> context =
      certificate ? std::shared_ptr<SSL_CTX>{context_of(*certificate)} : nullptr;
  const auto play = [script = std::move(script), context, memory = memory_](PeerSocket& socket) {
    {
      const std::scoped_lock lock(memory->mutex);
      ++memory->connections;
    }
    Channel channel(socket, context.get());
    Conversation conversation(
        channel,
        [&memory](const ReceivedRequest& request) {
          const std::scoped_lock lock(memory->mutex);
          memory->requests.push_back(request);
        },
        [&memory](std::size_t size) {
          const std::scoped_lock lock(memory->mutex);
          memory->bytes += size;
        });
    script(conversation);
  };
  peer_ = std::make_unique<ScriptedPeer>(play, address);
}

std::vector<ReceivedRequest> HttpPeer::requests() const {
  const std::scoped_lock lock(memory_->mutex);
  return memory_->requests;
}

std::vector<std::string> HttpPeer::lines() const {
  std::vector<std::string> lines;
  for (const ReceivedRequest& request : requests()) {
    lines.push_back(request.line());
  }
  return lines;
}

std::size_t HttpPeer::connections() const {
  const std::scoped_lock lock(memory_->mutex);
  return memory_->connections;
}

std::size_t HttpPeer::bytes() const {
  const std::scoped_lock lock(memory_->mutex);
  return memory_->bytes;
}

HttpPeer::Script answering(HttpPeer::Answers answers) {
  return [answers = std::move(answers)](HttpConversation& conversation) {
    while (const auto request = conversation.receive()) {
      if (!conversation.send(answers(*request))) {
        return;
      }
    }
  };
}

std::string http_answer(int status, std::string_view body, std::string_view headers) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Reason\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string{headers} + "\r\n" + std::string{body};
}

MadeCertificate loopback_certificate() {
  const auto now =
      std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  return make_certificate(
      {.name = "console.test",
       .not_before = now - std::chrono::hours{1},
       .not_after = now + std::chrono::hours{24},
       .alternative_names = "DNS:console.test,DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1"},
      nullptr);
}

}  // namespace compliance::test

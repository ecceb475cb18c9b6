// TLS with a peer that is not verified, by OpenSSL over memory: the connection alone waits.
#include <array>
#include <limits>
#include <memory>
#include <optional>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "checks/formats/address.h"
#include "exporter/observe/probes/ports/byte_stream.h"

namespace compliance::probes {
namespace {

// The most that one TLS record holds.
constexpr std::size_t tls_piece = 16384;

using Context = std::unique_ptr<SSL_CTX, decltype(&::SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&::SSL_free)>;

Fault broken_protocol(const std::string& message) {
  return {.reason = UnknownReason::protocol_error, .message = message};
}

// OpenSSL numbers the alerts of the peer apart from its own troubles.
std::optional<int> alert_in(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  const bool is_alert = ERR_GET_LIB(error) == ERR_LIB_SSL && reason >= SSL_AD_REASON_OFFSET;
  return is_alert ? std::optional{reason - SSL_AD_REASON_OFFSET} : std::nullopt;
}

// An alert is the peer's decision and tells of a TLS server; everything else is no proper
// TLS.
Fault fault_of_library() {
  const unsigned long error = ::ERR_peek_last_error();
  if (const auto alert = alert_in(error)) {
    return {.reason = UnknownReason::tls_failure,
            .message = "the peer ended TLS with alert " + std::to_string(*alert)};
  }
  const char* const words = ::ERR_reason_error_string(error);
  return broken_protocol("the peer does not speak TLS as it should: " +
                         std::string{words == nullptr ? "unknown error" : words});
}

// A session that accepts any version, suite and certificate: it is there to hear what the
// peer says, and nothing secret follows.
Session new_session() {
  const Context context{::SSL_CTX_new(::TLS_client_method()), &::SSL_CTX_free};
  if (!context) {
    return {nullptr, &::SSL_free};
  }
  ::SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), 0);
  ::SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  return {::SSL_new(context.get()), &::SSL_free};
}

// TLS over a connection that this stream owns.
class TlsStream : public ByteStream {
 public:
  TlsStream(Connection connection, Session session)
      : connection_(std::move(connection)),
        session_(std::move(session)),
        incoming_(::BIO_new(::BIO_s_mem())),
        outgoing_(::BIO_new(::BIO_s_mem())) {
    ::SSL_set_bio(session_.get(), incoming_, outgoing_);  // which owns them from now on
    ::SSL_set_connect_state(session_.get());
  }

  // The handshake; nothing can be sent before it.
  ReadResult<int> shake_hands(const Deadline& deadline) {
    return drive([this] { return ::SSL_do_handshake(session_.get()); }, deadline);
  }

  ReadResult<std::size_t> send(std::string_view bytes, const Deadline& deadline) override {
    const auto write = [this, bytes] {
      return ::SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size()));
    };
    const auto sent = drive(write, deadline);
    if (!sent) {
      return sent.error();
    }
    return bytes.size();
  }

  ReadResult<std::string> receive(std::size_t most, const Deadline& deadline) override {
    std::string bytes(std::min(most, tls_piece), '\0');
    const auto read = [this, &bytes] {
      return ::SSL_read(session_.get(), bytes.data(), static_cast<int>(bytes.size()));
    };
    const auto got = drive(read, deadline);
    if (!got) {
      return got.error();
    }
    bytes.resize(static_cast<std::size_t>(got.value()));
    return bytes;
  }

 private:
  // Repeats the step, carrying bytes to and fro, until it is done: the result of the step; 0 when
  // the peer has closed.
  template <class Step>
  ReadResult<int> drive(const Step& step, const Deadline& deadline) {
    while (true) {
      ::ERR_clear_error();
      const int result = step();
      const int state = ::SSL_get_error(session_.get(), result);
      // Even after a failure: an alert of ours tells the peer why.
      const auto flushed = flush(deadline);
      if (result > 0 || state == SSL_ERROR_ZERO_RETURN) {
        return std::max(result, 0);
      }
      if (state != SSL_ERROR_WANT_READ) {
        return fault_of_library();
      }
      if (const auto fault = fetch(deadline)) {
        return *fault;
      }
      if (closed_ && BIO_pending(incoming_) == 0) {
        return ::SSL_is_init_finished(session_.get()) != 0
                   ? ReadResult<int>{0}
                   : broken_protocol("the peer closed the connection before TLS began");
      }
    }
  }

  // Sends what the library has to say. A peer that takes no more may have said why.
  ReadResult<std::size_t> flush(const Deadline& deadline) {
    std::string bytes(static_cast<std::size_t>(BIO_pending(outgoing_)), '\0');
    ::BIO_read(outgoing_, bytes.data(), static_cast<int>(bytes.size()));
    return connection_.send(bytes, deadline);
  }

  // Hands what has come to the library; a fault when nothing came.
  std::optional<Fault> fetch(const Deadline& deadline) {
    const auto bytes = connection_.receive(tls_piece, deadline);
    if (!bytes) {
      return bytes.error();
    }
    closed_ = bytes.value().empty();
    ::BIO_write(incoming_, bytes.value().data(), static_cast<int>(bytes.value().size()));
    return std::nullopt;
  }

  Connection connection_;
  Session session_;
  BIO* incoming_;
  BIO* outgoing_;
  bool closed_ = false;
};

}  // namespace

ReadResult<std::unique_ptr<ByteStream>> open_tls_stream(Connection connection,
                                                        const std::string& server_name,
                                                        const Deadline& deadline) {
  Session session = new_session();
  if (!session) {
    return Fault{.reason = UnknownReason::internal_error, .message = "TLS cannot be begun here"};
  }
  if (!parse_address(server_name)) {
    SSL_set_tlsext_host_name(session.get(), server_name.c_str());
  }
  auto stream = std::make_unique<TlsStream>(std::move(connection), std::move(session));
  const auto shaken = stream->shake_hands(deadline);
  if (!shaken) {
    return shaken.error();
  }
  return std::unique_ptr<ByteStream>{std::move(stream)};
}

}  // namespace compliance::probes

// The ordinary handshake, over memory: the connection alone touches the socket.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "checks/formats/address.h"
#include "checks/formats/web_url.h"
#include "exporter/observe/probes/tls/server_hello.h"
#include "exporter/observe/probes/tls/tls_probe.h"
#include "exporter/observe/probes/tls/trust_store.h"
#include "exporter/observe/probes/tls/verification.h"

namespace compliance::probes {
namespace {

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

// How a handshake ended.
struct Ending {
  enum class Kind : std::uint8_t {
    complete,
    alert,   // of the server
    failed,  // the library refused what the server sent
    broken,  // the connection: silent, closed, reset
  };
  Kind kind = Kind::complete;
  Fault fault{};
};

// Without the peer's name: connect_to() and the fact's origin name it.
Fault tls_fault(UnknownReason reason, const std::string& message) {
  return {.reason = reason, .message = "the TLS handshake failed: " + message};
}

// Called by OpenSSL when the server demands a certificate of the client. It gets none, and
// the demand is noted.
int show_no_certificate(SSL* ssl, X509** /*certificate*/, EVP_PKEY** /*key*/) {
  auto* const demanded = static_cast<bool*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
  *demanded = true;
  return 0;
}

// The last ones are offered so that servers show certificates of weak curves.
constexpr auto groups =
    "X25519:P-256:P-384:P-521:X448:ffdhe2048:ffdhe3072:ffdhe4096:brainpoolP256r1:brainpoolP384r1:"
    "brainpoolP512r1:secp256k1:P-224:P-192";

// Accepts old protocols, weak keys and weak signatures: they are to be seen, and judged by
// what is seen. Versions 0 mean the library's full range.
Context tolerant_context(TrustStore roots, bool& demanded) {
  Context context{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
  SSL_CTX_set_min_proto_version(context.get(), 0);
  SSL_CTX_set_max_proto_version(context.get(), 0);
  SSL_CTX_set_cipher_list(context.get(), "ALL:!aNULL:!eNULL:!PSK:!SRP:@SECLEVEL=0");
  SSL_CTX_set1_groups_list(context.get(), groups);
  SSL_CTX_set_options(context.get(), SSL_OP_LEGACY_SERVER_CONNECT);
  SSL_CTX_set_app_data(context.get(), &demanded);
  SSL_CTX_set_client_cert_cb(context.get(), &show_no_certificate);
  SSL_CTX_set_cert_store(context.get(), roots.release());
  return context;
}

// Null when the name can be none. The session owns both memory buffers.
Session new_session(SSL_CTX* context, const std::string& name, Verification& verification) {
  Session session{SSL_new(context), &SSL_free};
  SSL_set_bio(session.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  SSL_set_connect_state(session.get());
  const bool verifies = verify_into(session.get(), name, verification);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-cstyle-cast): within the macro of OpenSSL
  const bool named = parse_address(name) || SSL_set_tlsext_host_name(session.get(), name.c_str());
  if (!verifies || !named) {
    session.reset();
  }
  return session;
}

// Drives one handshake over a connection that others own.
class Handshake {
 public:
  Handshake(SSL* session, Connection& connection, const Deadline& deadline)
      : session_(session), connection_(connection), deadline_(deadline) {}

  // Until it is complete or fails. A fault of the library goes before one of the
  // connection, since what it could not send any more was its alert.
  Ending run() {
    while (true) {
      ERR_clear_error();
      const int done = SSL_do_handshake(session_);
      const int error = SSL_get_error(session_, done);
      const bool waits = error == SSL_ERROR_WANT_READ;
      Ending failure = done == 1 || waits ? Ending{} : library_failure();
      const auto unsent = send_waiting();
      if (done == 1 || !waits) {
        return failure;
      }
      if (const auto lost = unsent ? unsent : receive_more()) {
        return {.kind = Ending::Kind::broken, .fault = *lost};
      }
    }
  }

  // Says that nothing more will come; whether the server hears it is of no account.
  void finish() {
    SSL_shutdown(session_);
    send_waiting();
    ERR_clear_error();
  }

 private:
  // Sends what the library has written; why that failed, if it did.
  std::optional<Fault> send_waiting() {
    char* bytes = nullptr;
    BIO* const waiting = SSL_get_wbio(session_);
    const long count = BIO_get_mem_data(waiting, &bytes);
    const auto sent =
        connection_.send({bytes, static_cast<std::size_t>(std::max(count, 0L))}, deadline_);
    BIO_reset(waiting);
    return sent ? std::nullopt : std::optional{lost(sent.error())};
  }

  // The fault of a connection that was lost. Some servers end what they do not like without
  // an alert, so a loss is a failure of TLS; silence is not.
  static Fault lost(const Fault& fault) {
    return fault.reason == UnknownReason::timeout
               ? fault
               : tls_fault(UnknownReason::tls_failure, fault.message);
  }

  // Hands what has come to the library; why nothing came, if nothing did. Long chains stay
  // far below the limit of 1 MiB.
  std::optional<Fault> receive_more() {
    constexpr std::size_t some = 1U << 14U;
    constexpr std::size_t max_handshake_bytes = 1U << 20U;
    const auto bytes = connection_.receive(some, deadline_);
    if (!bytes) {
      return lost(bytes.error());
    }
    if (bytes.value().empty()) {
      return tls_fault(UnknownReason::tls_failure, "the server closed the connection");
    }
    if (reader_.feed(bytes.value()) == ServerHelloReader::State::foreign) {
      return tls_fault(UnknownReason::protocol_error, "the server answered with no TLS");
    }
    received_ += bytes.value().size();
    if (received_ > max_handshake_bytes) {
      return tls_fault(UnknownReason::protocol_error, "it has no end");
    }
    BIO_write(SSL_get_rbio(session_), bytes.value().data(), static_cast<int>(bytes.value().size()));
    return std::nullopt;
  }

  // The first error of the queue is the cause; later ones follow from it.
  static Ending library_failure() {
    const unsigned long error = ERR_peek_error();
    const char* const known = ERR_reason_error_string(error);
    const bool alert = ERR_GET_REASON(error) >= SSL_AD_REASON_OFFSET;
    return {.kind = alert ? Ending::Kind::alert : Ending::Kind::failed,
            .fault = tls_fault(UnknownReason::tls_failure, known == nullptr ? "" : known)};
  }

  SSL* session_;
  Connection& connection_;
  const Deadline& deadline_;
  ServerHelloReader reader_{};  // tells TLS from other things, where the library only says no
  std::size_t received_ = 0;
};

// Absent for a version that this program does not know.
std::optional<TlsProtocol> protocol_of(const SSL* session) {
  switch (SSL_version(session)) {
    case SSL3_VERSION:
      return TlsProtocol::ssl3;
    case TLS1_VERSION:
      return TlsProtocol::tls1_0;
    case TLS1_1_VERSION:
      return TlsProtocol::tls1_1;
    case TLS1_2_VERSION:
      return TlsProtocol::tls1_2;
    case TLS1_3_VERSION:
      return TlsProtocol::tls1_3;
    default:
      return std::nullopt;
  }
}

// Whether the session's key outlives the certificate's: in TLS 1.3 it always does without a PSK.
bool has_forward_secrecy(const SSL_CIPHER* suite) {
  const int exchange = SSL_CIPHER_get_kx_nid(suite);
  return exchange == NID_kx_ecdhe || exchange == NID_kx_dhe || exchange == NID_kx_any;
}

// Of a handshake that ended early the pending suite tells the server's choice.
TlsHandshake seen_in(const SSL* session, Verification verification, bool demanded) {
  TlsHandshake seen{.trust = verification.trust,
                    .trust_words = std::move(verification.words),
                    .path = std::move(verification.path),
                    .client_certificate_demanded = demanded};
  const SSL_CIPHER* current = SSL_get_current_cipher(session);
  const SSL_CIPHER* suite = current != nullptr ? current : SSL_get_pending_cipher(session);
  if (suite != nullptr) {
    seen.protocol = protocol_of(session);
    seen.suite = SSL_CIPHER_standard_name(suite);
    seen.forward_secrecy = has_forward_secrecy(suite);
  }
  return seen;
}

// A sound chain proves nothing before the server has shown that it holds the key. A server that
// ends for want of a client's certificate has shown it.
std::optional<Fault> unproven(const Ending& ending, const TlsHandshake& seen) {
  const bool ended_by_server =
      ending.kind == Ending::Kind::alert ||
      (ending.kind == Ending::Kind::broken && ending.fault.reason == UnknownReason::tls_failure);
  if (ending.kind == Ending::Kind::complete || seen.trust != TrustFault::none ||
      (seen.client_certificate_demanded && ended_by_server)) {
    return std::nullopt;
  }
  return ending.fault;
}

}  // namespace

ReadResult<TlsHandshake> probe_handshake(const TlsTarget& target, const Resolver& resolver,
                                         const Deadline& deadline) {
  auto roots = load_trust_store(target.ca_file);
  if (!roots) {
    return roots.error();
  }
  Verification verification;
  bool demanded = false;
  const Context context = tolerant_context(std::move(roots).value(), demanded);
  const std::string name{without_final_dot(target.server_name)};
  const Session session = new_session(context.get(), name, verification);
  if (!session) {
    return Fault{.reason = UnknownReason::dns_failure, .message = "a server cannot be called so"};
  }
  auto connected = connect_to(target.peer, resolver, deadline);
  if (!connected) {
    return connected.error().fault;
  }
  Connection connection = std::move(connected).value();
  Handshake handshake{session.get(), connection, deadline};
  const Ending ending = handshake.run();
  if (!verification.done) {
    return ending.fault;
  }
  TlsHandshake seen = seen_in(session.get(), std::move(verification), demanded);
  // A chain that is sound, and a library that refuses the handshake: its words say why.
  if (ending.kind == Ending::Kind::failed && seen.trust == TrustFault::none) {
    seen.trust = TrustFault::other;
    seen.trust_words = ending.fault.message;
  }
  if (const auto fault = unproven(ending, seen)) {
    return *fault;
  }
  handshake.finish();
  return seen;
}

}  // namespace compliance::probes

// A TLS server on raw OpenSSL.
#include "tests/support/tls_server.h"

#include <cstdlib>

#include <openssl/err.h>
#include <openssl/pem.h>

namespace compliance::test {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

Bio reading_bio(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

void use_certificates(SSL_CTX* context, const TlsServerOptions& options) {
  const Bio chain = reading_bio(options.chain_pem);
  X509* own = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr);
  SSL_CTX_use_certificate(context, own);
  X509_free(own);
  while (X509* next = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)) {
    SSL_CTX_add0_chain_cert(context, next);
  }
  const Bio key_pem = reading_bio(options.key_pem);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(key_pem.get(), nullptr, nullptr, nullptr);
  SSL_CTX_use_PrivateKey(context, key);
  EVP_PKEY_free(key);
  ERR_clear_error();
}

Session new_session(const TlsServerContext& server) {
  Session session{SSL_new(server.get()), &SSL_free};
  SSL_set_bio(session.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  SSL_set_accept_state(session.get());
  return session;
}

std::string take_output(SSL* session) {
  char* bytes = nullptr;
  const long count = BIO_get_mem_data(SSL_get_wbio(session), &bytes);
  std::string output{bytes, static_cast<std::size_t>(count)};
  BIO_reset(SSL_get_wbio(session));
  return output;
}

void feed(SSL* session, std::string_view bytes) {
  BIO_write(SSL_get_rbio(session), bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace

TlsServerContext make_tls_server(const TlsServerOptions& options) {
  TlsServerContext context{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), options.min_version);
  SSL_CTX_set_max_proto_version(context.get(), options.max_version);
  SSL_CTX_set_dh_auto(context.get(), 1);
  if (!options.chain_pem.empty()) {
    use_certificates(context.get(), options);
  }
  const bool sound =
      SSL_CTX_set_cipher_list(context.get(), (options.suites + ":@SECLEVEL=0").c_str()) == 1 &&
      (options.groups.empty() || SSL_CTX_set1_groups_list(context.get(), options.groups.c_str()));
  if (!sound) {
    std::abort();  // a test without its server would prove nothing
  }
  SSL_CTX_set_verify(context.get(),
                     options.demands_certificate ? SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
                                                 : SSL_VERIFY_NONE,
                     nullptr);
  return context;
}

std::string tls_answer(const TlsServerContext& server, std::string_view hello) {
  const Session session = new_session(server);
  feed(session.get(), hello);
  SSL_do_handshake(session.get());
  ERR_clear_error();
  return take_output(session.get());
}

void serve_tls(PeerSocket& socket, const TlsServerContext& server) {
  constexpr std::size_t some = 1U << 14U;
  const Session session = new_session(server);
  bool goes_on = true;
  while (goes_on) {
    const std::string bytes = socket.receive(some);
    feed(session.get(), bytes);
    const int done = SSL_do_handshake(session.get());
    goes_on =
        !bytes.empty() && done != 1 && SSL_get_error(session.get(), done) == SSL_ERROR_WANT_READ;
    ERR_clear_error();
    goes_on = socket.send(take_output(session.get())) && goes_on;
  }
  socket.wait_for_close();
}

}  // namespace compliance::test

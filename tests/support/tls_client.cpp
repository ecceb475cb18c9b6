// TLS peers for tests: certificates made on the spot, and a client on raw OpenSSL.
#include "tests/support/tls_client.h"

#include <array>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace compliance::test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

constexpr long validity_seconds = 86'400;

std::string text_of(BIO* memory) {
  char* data = nullptr;
  const long length = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(length)};
}

Bio memory_bio() { return {BIO_new(BIO_s_mem()), &BIO_free}; }

Bio reading_bio(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

Key read_key(const std::string& pem) {
  const auto bio = reading_bio(pem);
  return {PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free};
}

X509Certificate read_certificate(const std::string& pem) {
  const auto bio = reading_bio(pem);
  return {PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), &X509_free};
}

void set_name(X509* certificate, const std::string& name) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL takes unsigned bytes
  const auto* bytes = reinterpret_cast<const unsigned char*>(name.c_str());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, bytes, -1, -1,
                             0);
}

void mark_as_ca(X509* certificate) {
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

std::string common_name(SSL* ssl) {
  const X509Certificate peer(SSL_get1_peer_certificate(ssl), &X509_free);
  std::array<char, 256> name{};
  if (peer != nullptr) {
    X509_NAME_get_text_by_NID(X509_get_subject_name(peer.get()), NID_commonName, name.data(),
                              static_cast<int>(name.size()));
  }
  return name.data();
}

std::string read_all(SSL* ssl) {
  std::string received;
  std::array<char, 16384> buffer{};
  int count = 0;
  while ((count = SSL_read(ssl, buffer.data(), static_cast<int>(buffer.size()))) > 0) {
    received.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return received;
}

void show_certificate(SSL* ssl, const Certificate& certificate) {
  const auto x509 = read_certificate(certificate.pem);
  const auto key = read_key(certificate.key_pem);
  SSL_use_certificate(ssl, x509.get());
  SSL_use_PrivateKey(ssl, key.get());
}

}  // namespace

Certificate make_certificate(const std::string& name, const Certificate* issuer) {
  static long serial = 1;
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const X509Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -validity_seconds);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), validity_seconds);
  X509_set_pubkey(certificate.get(), key.get());
  set_name(certificate.get(), name);
  if (issuer == nullptr) {
    mark_as_ca(certificate.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    X509_sign(certificate.get(), key.get(), EVP_sha256());
  } else {
    const auto parent = read_certificate(issuer->pem);
    const auto parent_key = read_key(issuer->key_pem);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(parent.get()));
    X509_sign(certificate.get(), parent_key.get(), EVP_sha256());
  }
  const auto pem = memory_bio();
  const auto key_pem = memory_bio();
  PEM_write_bio_X509(pem.get(), certificate.get());
  PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return {.pem = text_of(pem.get()), .key_pem = text_of(key_pem.get())};
}

TlsAnswer tls_exchange(std::uint16_t port, const std::string& request,
                       const TlsClientOptions& options) {
  const SocketClient client(port);
  const timeval limit{.tv_sec = SocketClient::deadline.count(), .tv_usec = 0};
  ::setsockopt(client.socket(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                  &SSL_CTX_free);
  // The server's minimum is tested, so the client's must not stand in front of it.
  SSL_CTX_set_security_level(context.get(), 0);
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), &SSL_free);
  SSL_set_min_proto_version(ssl.get(), options.min_version);
  SSL_set_max_proto_version(ssl.get(), options.max_version);
  if (options.certificate != nullptr) {
    show_certificate(ssl.get(), *options.certificate);
  }
  SSL_set_fd(ssl.get(), client.socket());
  TlsAnswer result;
  result.handshake = SSL_connect(ssl.get()) == 1;
  if (result.handshake) {
    result.protocol = SSL_get_version(ssl.get());
    result.server_name = common_name(ssl.get());
    SSL_write(ssl.get(), request.data(), static_cast<int>(request.size()));
    result.answer = parse_answer(read_all(ssl.get()));
    result.session_ticket = SSL_SESSION_has_ticket(SSL_get0_session(ssl.get())) == 1;
  }
  ERR_clear_error();
  return result;
}

}  // namespace compliance::test

// The server side TLS settings, re-read when the files behind them change.
#include "exporter/publish/http/tls_context.h"

#include <optional>
#include <utility>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

namespace compliance {
namespace {

// TLS 1.2 suites; those of 1.3 are all good.
constexpr const char* cipher_list = "ECDHE+AESGCM:ECDHE+CHACHA20";

// The last entry of OpenSSL's error queue in words; empties the queue.
std::string openssl_reason() {
  const auto code = ERR_peek_last_error();
  const char* reason = ERR_reason_error_string(code);
  ERR_clear_error();
  return reason != nullptr ? reason : "error " + std::to_string(code);
}

Error failure(const std::string& what) { return Error{what + ": " + openssl_reason()}; }

// An encrypted key would make OpenSSL ask on the terminal.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) { return 0; }

// Without tickets and cache there is no resumption, and so no key that outlives a connection.
void set_protocol(SSL_CTX* context, const TlsOptions& options) {
  SSL_CTX_set_min_proto_version(context, options.tls13_only ? TLS1_3_VERSION : TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_cipher_list(context, cipher_list);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_default_passwd_cb(context, &no_passphrase);
}

// Nothing, or why the files cannot be used.
std::optional<Error> load_certificate(SSL_CTX* context, const TlsOptions& options) {
  if (SSL_CTX_use_certificate_chain_file(context, options.cert_file.c_str()) != 1) {
    return failure("TLS certificate " + options.cert_file);
  }
  if (SSL_CTX_use_PrivateKey_file(context, options.key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
    return failure("TLS key " + options.key_file);
  }
  if (SSL_CTX_check_private_key(context) != 1) {
    return failure("TLS key " + options.key_file + " for certificate " + options.cert_file);
  }
  return std::nullopt;
}

// Without a CA file no client certificate is asked for.
std::optional<Error> load_client_ca(SSL_CTX* context, const TlsOptions& options) {
  const auto& file = options.client_ca_file;
  if (file.empty()) {
    return options.require_client_certificate
               ? std::optional(Error{"TLS: client certificates are required, but there is no "
                                     "client CA file to verify them"})
               : std::nullopt;
  }
  auto* const names = SSL_load_client_CA_file(file.c_str());
  if (names == nullptr || SSL_CTX_load_verify_file(context, file.c_str()) != 1) {
    sk_X509_NAME_pop_free(names, &X509_NAME_free);
    return failure("TLS client CA " + file);
  }
  // Takes the names over. Clients choose their certificate by them.
  SSL_CTX_set_client_CA_list(context, names);
  const int required = options.require_client_certificate ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0;
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | required, nullptr);
  return std::nullopt;
}

// A new context from the files as they are now; the error names one of them.
Result<SslContext> build(const TlsOptions& options) {
  ERR_clear_error();
  SslContext context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (context == nullptr) {
    return failure("TLS");
  }
  set_protocol(context.get(), options);
  if (const auto error = load_certificate(context.get(), options)) {
    return *error;
  }
  if (const auto error = load_client_ca(context.get(), options)) {
    return *error;
  }
  ERR_clear_error();
  return context;
}

}  // namespace

TlsContext::TlsContext(TlsOptions options, Stamps stamps, SslContext context)
    : options_(std::move(options)), stamps_(stamps), context_(std::move(context)) {}

TlsContext::Stamp TlsContext::stamp_of(const std::string& file) {
  struct stat status {};
  if (file.empty() || ::stat(file.c_str(), &status) != 0) {
    return {};
  }
  return {status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
          status.st_mtim.tv_nsec};
}

TlsContext::Stamps TlsContext::stamps_of(const TlsOptions& options) {
  return {stamp_of(options.cert_file), stamp_of(options.key_file),
          stamp_of(options.client_ca_file)};
}

Result<std::unique_ptr<TlsContext>> TlsContext::load(const TlsOptions& options) {
  // Before the files are read, so that a change in between is noticed afterwards.
  const auto stamps = stamps_of(options);
  auto context = build(options);
  if (!context) {
    return context.error();
  }
  return std::unique_ptr<TlsContext>(new TlsContext(options, stamps, std::move(context).value()));
}

bool TlsContext::is_news(const Stamps& stamps) {
  const std::scoped_lock lock(mutex_);
  return std::exchange(stamps_, stamps) != stamps;
}

void TlsContext::replace(SslContext context, const Stamps& stamps) {
  const std::scoped_lock lock(mutex_);
  // Else the files changed again meanwhile, and whoever saw that has newer ones.
  if (stamps_ == stamps) {
    context_ = std::move(context);
  }
}

SslContext TlsContext::current(const std::function<void(const std::string&)>& warn) {
  const auto stamps = stamps_of(options_);
  if (is_news(stamps)) {
    auto changed = build(options_);
    if (changed) {
      replace(std::move(changed).value(), stamps);
    } else if (warn) {
      warn(changed.error().message + "; the last usable certificate stays in use");
    }
  }
  const std::scoped_lock lock(mutex_);
  return context_;
}

}  // namespace compliance

// Verifies chain, dates and name with OpenSSL, and notes all faults.
#include "exporter/observe/probes/tls/verification.h"

#include <algorithm>
#include <array>
#include <optional>

#include <openssl/x509v3.h>

#include "checks/formats/address.h"
#include "exporter/observe/x509.h"

namespace compliance::probes {
namespace {

// A hostile chain could give an error for each of its certificates.
constexpr std::size_t max_errors = 64;

// An error of OpenSSL and the fault that facts have for it.
struct NamedError {
  int error = X509_V_OK;
  TrustFault fault = TrustFault::none;
};

// In the order in which TrustFault tells of them.
constexpr std::array named_errors{
    NamedError{X509_V_ERR_CERT_HAS_EXPIRED, TrustFault::expired},
    NamedError{X509_V_ERR_CERT_NOT_YET_VALID, TrustFault::not_yet_valid},
    NamedError{X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, TrustFault::self_signed},
    NamedError{X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, TrustFault::unknown_issuer},
    NamedError{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, TrustFault::incomplete},
    NamedError{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, TrustFault::incomplete},
    NamedError{X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, TrustFault::incomplete},
    NamedError{X509_V_ERR_HOSTNAME_MISMATCH, TrustFault::wrong_name},
    NamedError{X509_V_ERR_IP_ADDRESS_MISMATCH, TrustFault::wrong_name},
};

// Null for errors that count as TrustFault::other.
const NamedError* named(int error) {
  const auto* const found =
      std::find_if(named_errors.begin(), named_errors.end(),
                   [error](const NamedError& entry) { return entry.error == error; });
  return found == named_errors.end() ? nullptr : found;
}

// Faults beside which the path up to a root stands all the same.
bool leaves_the_chain(int error) {
  const NamedError* const entry = named(error);
  return entry != nullptr &&
         (entry->fault == TrustFault::expired || entry->fault == TrustFault::not_yet_valid ||
          entry->fault == TrustFault::wrong_name);
}

using Errors = std::vector<int>;

// Called by OpenSSL for each step. 1 tells it to go on, so that all errors are seen.
int note_error(int sound, X509_STORE_CTX* context) {
  auto* const errors = static_cast<Errors*>(X509_STORE_CTX_get_app_data(context));
  if (sound == 0 && errors->size() < max_errors) {
    errors->push_back(X509_STORE_CTX_get_error(context));
  }
  return 1;
}

// Owned by the stack.
std::vector<X509*> pointers_to(const STACK_OF(X509) * certificates) {
  std::vector<X509*> result;
  result.reserve(static_cast<std::size_t>(std::max(sk_X509_num(certificates), 0)));
  for (int index = 0; index < sk_X509_num(certificates); ++index) {
    result.push_back(sk_X509_value(certificates, index));
  }
  return result;
}

// The path that OpenSSL built, the server's own certificate first.
std::vector<Certificate> verified_path(X509_STORE_CTX* context) {
  std::vector<Certificate> path = facts_of(pointers_to(X509_STORE_CTX_get0_chain(context)));
  for (Certificate& certificate : path) {
    certificate.on_path = true;
  }
  return path;
}

// Sets the first fault that applies, in the order of TrustFault.
void judge(const Errors& errors, Verification& result) {
  for (const NamedError& entry : named_errors) {
    if (std::find(errors.begin(), errors.end(), entry.error) != errors.end()) {
      result.trust = entry.fault;
      return;
    }
  }
  result.trust = errors.empty() ? TrustFault::none : TrustFault::other;
  result.words = errors.empty() ? "" : X509_verify_cert_error_string(errors.front());
}

// Called by OpenSSL in place of its own verification. Always succeeds, so that the
// handshake goes on and shows protocol and suite.
int verify(X509_STORE_CTX* context, void* /*unused*/) {
  const auto* const ssl = static_cast<const SSL*>(
      X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto& result = *static_cast<Verification*>(SSL_get_app_data(ssl));
  Errors errors;
  X509_STORE_CTX_set_app_data(context, &errors);
  X509_STORE_CTX_set_verify_cb(context, &note_error);
  if (X509_verify_cert(context) != 1 && errors.empty()) {
    errors.push_back(X509_STORE_CTX_get_error(context));
  }
  X509_STORE_CTX_set_app_data(context, nullptr);
  judge(errors, result);
  result.path = std::all_of(errors.begin(), errors.end(), &leaves_the_chain)
                    ? verified_path(context)
                    : facts_of(pointers_to(X509_STORE_CTX_get0_untrusted(context)));
  result.done = true;
  X509_STORE_CTX_set_error(context, X509_V_OK);
  return 1;
}

bool set_address(X509_VERIFY_PARAM* parameters, const Address& address) {
  return X509_VERIFY_PARAM_set1_ip(parameters, address.bytes.data(), address_bits(address) / 8) ==
         1;
}

// The name that must be among the alternative names. A dot in front would match every name
// below it.
bool set_name(X509_VERIFY_PARAM* parameters, const std::string& name) {
  return !name.empty() && name.front() != '.' &&
         X509_VERIFY_PARAM_set1_host(parameters, name.data(), name.size()) == 1;
}

}  // namespace

bool verify_into(SSL* ssl, const std::string& server_name, Verification& result) {
  X509_VERIFY_PARAM* const parameters = SSL_get0_param(ssl);
  X509_VERIFY_PARAM_set_hostflags(
      parameters, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  // An intermediate in the file of roots is trusted as one, as curl does it.
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
  SSL_set_app_data(ssl, &result);
  SSL_CTX_set_cert_verify_callback(SSL_get_SSL_CTX(ssl), &verify, nullptr);
  SSL_set_verify(ssl, SSL_VERIFY_PEER, nullptr);
  const std::optional<Address> address = parse_address(server_name);
  return address ? set_address(parameters, *address) : set_name(parameters, server_name);
}

}  // namespace compliance::probes

// Turns the end of a libcurl transfer into a fault.
#include "exporter/observe/probes/http/transfer_fault.h"

#include <string_view>
#include <system_error>

#include <curl/curl.h>
#include <openssl/x509_vfy.h>

namespace compliance::probes {
namespace {

// CURLE_TOO_LARGE, which older headers of libcurl do not have.
constexpr int too_large_code = 100;

Fault fault(UnknownReason reason, std::string words) {
  return {.reason = reason, .message = std::move(words)};
}

// Results that a certificate authority of the operator's own would explain.
bool issuer_is_the_problem(long verify_result) {
  switch (verify_result) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return true;
    default:
      return false;
  }
}

// With X509_V_OK the chain was good, so the name is what libcurl refused.
bool name_is_the_problem(long verify_result) {
  return verify_result == X509_V_OK || verify_result == X509_V_ERR_HOSTNAME_MISMATCH ||
         verify_result == X509_V_ERR_IP_ADDRESS_MISMATCH;
}

// The certificate does not prove the name. Nothing was sent.
Fault not_verified(const TransferEnd& end, const RoutePlan& plan) {
  std::string words = "the certificate was not accepted, so nothing was asked: ";
  if (name_is_the_problem(end.verify_result)) {
    words += "it does not name " + (plan.proxy_tls ? "the host or the proxy" : plan.host);
  } else {
    words += X509_verify_cert_error_string(end.verify_result);
  }
  if (issuer_is_the_problem(end.verify_result)) {
    words += "; if you run the issuing authority yourself, name its certificate with ca_file";
  }
  return fault(UnknownReason::tls_failure, words);
}

// OpenSSL's short words at the end of "...:SSL routines::wrong version number", after a
// colon; empty where there are none. These words are the library's own and hold nothing of
// the peer's.
std::string handshake_words(std::string_view words) {
  const std::size_t library = words.find("SSL routines:");
  const std::size_t colon = words.rfind(':');
  if (library == std::string_view::npos || colon == std::string_view::npos ||
      colon + 1 >= words.size()) {
    return {};
  }
  const std::string_view reason = words.substr(colon + 1);
  return ": " + std::string{reason.substr(0, reason.find(','))};
}

// libcurl has one code for several ends, and only its words tell them apart.
Fault broken_off(const TransferEnd& end) {
  const std::string_view words = end.words;
  if (words.find("chunk") != std::string_view::npos) {
    return fault(UnknownReason::protocol_error, "its chunked body is broken");
  }
  if (words.find(" alert ") != std::string_view::npos) {
    return fault(UnknownReason::tls_failure,
                 "the server ended TLS with an alert" + handshake_words(words));
  }
  if (end.began_answer) {
    return fault(UnknownReason::protocol_error, "the connection ended in the middle of the answer");
  }
  return fault(UnknownReason::unreachable, "the connection was reset before an answer");
}

Fault not_connected(const TransferEnd& end, const RoutePlan& plan) {
  const std::string why = end.os_error == 0
                              ? "no address could be connected to"
                              : std::generic_category().message(static_cast<int>(end.os_error));
  return fault(UnknownReason::unreachable, "connecting to " + plan.next().text() + ": " + why);
}

}  // namespace

Fault transfer_fault(const TransferEnd& end, const RoutePlan& plan) {
  constexpr long http_ok = 200;
  if (plan.proxy && end.connect_status != 0 && end.connect_status / 100 != http_ok / 100) {
    return fault(UnknownReason::protocol_error, "the proxy " + plan.proxy->text() +
                                                    " answered CONNECT with " +
                                                    std::to_string(end.connect_status));
  }
  switch (end.code) {
    case CURLE_OPERATION_TIMEDOUT:
      return fault(UnknownReason::timeout, "no complete answer in time");
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return fault(UnknownReason::dns_failure, "there is no address to connect to");
    case CURLE_COULDNT_CONNECT:
      return not_connected(end, plan);
    case CURLE_PEER_FAILED_VERIFICATION:
      return not_verified(end, plan);
    case CURLE_SSL_CACERT_BADFILE:
      return fault(UnknownReason::tls_failure, "the certificates of ca_file can not be read");
    case CURLE_SSL_CONNECT_ERROR:
      return fault(UnknownReason::tls_failure,
                   "the TLS handshake failed, so nothing was asked" + handshake_words(end.words));
    case CURLE_GOT_NOTHING:
      return fault(UnknownReason::unreachable, "the connection was closed without an answer");
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      return broken_off(end);
    case CURLE_PARTIAL_FILE:
      return fault(UnknownReason::protocol_error,
                   "the connection ended in the middle of the answer");
    case CURLE_FILESIZE_EXCEEDED:
      return fault(UnknownReason::limit_exceeded, "its body exceeds the limit of 1 MiB");
    case CURLE_OUT_OF_MEMORY:  // so libcurl calls a header line that exceeds its own limit
    case too_large_code:
      return fault(UnknownReason::limit_exceeded, "its headers exceed the limit of 64 KiB");
    default:
      return fault(UnknownReason::protocol_error, "what was answered is no HTTP/1");
  }
}

}  // namespace compliance::probes

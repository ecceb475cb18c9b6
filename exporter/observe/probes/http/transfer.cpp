// One request as libcurl is told of it. HTTP/1.1 and not HTTP/2: every endpoint speaks it, and its
// limits and the order of its headers are plain to see.
#include "exporter/observe/probes/http/transfer.h"

#include <string_view>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "checks/formats/address.h"
#include "checks/formats/ascii.h"
#include "exporter/base/version.h"
#include "exporter/observe/probes/tls/trust_store.h"

namespace compliance::probes {
namespace {

// Stands for the endpoint in libcurl's own table of names: in whatever way the URL writes its host,
// libcurl finds our addresses and asks nobody.
constexpr std::string_view resolved_name = "resolved.invalid";

// Keeps the only untyped call of libcurl in one place.
template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): libcurl has no other form
  curl_easy_setopt(handle, option, value);
}

// Called by libcurl with a line of the header. Another number than that of the bytes ends
// the transfer.
std::size_t take_line(char* data, std::size_t size, std::size_t count, void* user) {
  AnswerReader& reader = static_cast<Transfer*>(user)->reader;
  return reader.take_line({data, size * count}) ? size * count : 0;
}

// The same for bytes of the body, after libcurl has removed chunked framing.
std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
  AnswerReader& reader = static_cast<Transfer*>(user)->reader;
  return reader.take_body({data, size * count}) ? size * count : 0;
}

// Called by libcurl before each handshake. Verifies the name within the handshake and by
// subject alternative names alone: libcurl would take a common name where there are none.
// The roots are those of load_trust_store().
CURLcode prepare_handshake(CURL* /*handle*/, void* context, void* user) {
  const Transfer& transfer = *static_cast<Transfer*>(user);
  auto* tls = static_cast<SSL_CTX*>(context);
  const auto roots = load_trust_store(transfer.ca_file);
  if (!roots) {
    return CURLE_SSL_CACERT_BADFILE;
  }
  SSL_CTX_set1_cert_store(tls, roots.value().get());
  if (transfer.plan.proxy_tls) {
    return CURLE_OK;  // the same call prepares for the proxy, which has another name
  }
  X509_VERIFY_PARAM* wanted = SSL_CTX_get0_param(tls);
  X509_VERIFY_PARAM_set_hostflags(
      wanted, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  const std::string& host = transfer.plan.host;
  const bool named = parse_address(host)
                         ? X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1
                         : X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), host.size()) == 1;
  return named ? CURLE_OK : CURLE_SSL_CERTPROBLEM;
}

// What is read of the answer. Redirects are not followed, and nothing but HTTP/1 is an answer.
void prepare_answer(CURL* handle, Transfer& transfer) {
  set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(handle, CURLOPT_HTTP09_ALLOWED, 0L);
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle, CURLOPT_NOSIGNAL, 1L);
  // Only where the length is announced; AnswerReader counts in any case.
  set(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(max_body_bytes));
  set(handle, CURLOPT_ERRORBUFFER, transfer.words.data());
  set(handle, CURLOPT_HEADERFUNCTION, &take_line);
  set(handle, CURLOPT_HEADERDATA, &transfer);
  set(handle, CURLOPT_WRITEFUNCTION, &take_body);
  set(handle, CURLOPT_WRITEDATA, &transfer);
}

// Verification of chain and name is libcurl's default, and never turned off.
void prepare_trust(CURL* handle, Transfer& transfer) {
  const char* none = nullptr;  // prepare_handshake() gives the roots
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(handle, CURLOPT_CAINFO, none);
  set(handle, CURLOPT_CAPATH, none);
  set(handle, CURLOPT_PROXY_CAINFO, none);
  set(handle, CURLOPT_PROXY_CAPATH, none);
  set(handle, CURLOPT_SSL_CTX_FUNCTION, &prepare_handshake);
  set(handle, CURLOPT_SSL_CTX_DATA, &transfer);
}

// The proxy is always asked to CONNECT: a page of its own must never pass for the endpoint's
// answer.
void prepare_way(CURL* handle, Transfer& transfer) {
  const RoutePlan& plan = transfer.plan;
  const std::string port = ":" + std::to_string(plan.next().port);
  const std::string name = plan.proxy ? plan.proxy->host : std::string{resolved_name};
  transfer.resolved.add(name + port + ":" + transfer.addresses);
  // An empty host and port before the target stand for every URL.
  transfer.connect_to.add("::" + (plan.proxy ? plan.target.text() : name + port));
  // An empty text turns off the proxies of the environment, and its exceptions from them.
  set(handle, CURLOPT_PROXY, "");
  set(handle, CURLOPT_NOPROXY, "");
  if (plan.proxy) {
    const std::string proxy = (plan.proxy_tls ? "https://" : "http://") + plan.proxy->text();
    set(handle, CURLOPT_PROXY, proxy.c_str());
    set(handle, CURLOPT_HTTPPROXYTUNNEL, 1L);
    set(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  }
  set(handle, CURLOPT_RESOLVE, transfer.resolved.get());
  set(handle, CURLOPT_CONNECT_TO, transfer.connect_to.get());
}

// The list has to outlive the transfer, which is why `transfer` owns it.
void prepare_headers(CURL* handle, Transfer& transfer, const HttpRequest& request) {
  bool has_type = false;
  // Bodies are read as plain text; a gzip body is understood all the same.
  transfer.header_lines.add("Accept-Encoding: identity");
  for (const HttpHeader& header : request.headers) {
    has_type = has_type || lower_case(header.name) == "content-type";
    // libcurl leaves "Name:" out and sends "Name;" as a header without a value.
    transfer.header_lines.add(header.value.empty() ? header.name + ";"
                                                   : header.name + ": " + header.value);
  }
  if (!has_type) {
    transfer.header_lines.add("Content-Type:");  // or libcurl would call a body a form
  }
  set(handle, CURLOPT_HTTPHEADER, transfer.header_lines.get());
}

}  // namespace

void prepare(CURL* handle, Transfer& transfer, const HttpRequest& request) {
  const std::string url = transfer.plan.origin + "/";
  const std::string target = transfer.plan.path + request.target;
  const std::string agent = "caracal-compliance-exporter/" + std::string{version()};
  prepare_answer(handle, transfer);
  prepare_trust(handle, transfer);
  prepare_way(handle, transfer);
  prepare_headers(handle, transfer, request);
  set(handle, CURLOPT_URL, url.c_str());
  // Byte for byte: `..`, %2e and their like are what some requests are about.
  set(handle, CURLOPT_REQUEST_TARGET, target.c_str());
  set(handle, CURLOPT_USERAGENT, agent.c_str());
  if (request.method != "GET") {
    // Size first: libcurl copies that many bytes.
    set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(handle, CURLOPT_COPYPOSTFIELDS, request.body.c_str());
    set(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
}

}  // namespace compliance::probes

// The subcommand `healthcheck`.
#include "exporter/commands/health_command.h"

#include <cstddef>
#include <memory>

#include <curl/curl.h>

#include "exporter/commands/exit_code.h"
#include "exporter/commands/listeners.h"
#include "exporter/config/read_config.h"

namespace compliance {
namespace {

// What Docker takes for unhealthy; its documentation reserves 2.
constexpr int exit_unhealthy = 1;
// Milliseconds for the whole request, name resolution included. A probe of Kubernetes or Docker
// ends earlier if it is configured to.
constexpr long timeout_ms = 5000;
constexpr long http_ok = 200;
constexpr auto default_address = "127.0.0.1:9787";

// Host and port of a URL: wildcard addresses as loopback, IPv6 in brackets.
std::string authority_of(const Host& host) {
  std::string name = host.name;
  if (name == "0.0.0.0") {
    name = "127.0.0.1";
  } else if (name == "::") {
    name = "::1";
  }
  const bool ipv6 = name.find(':') != std::string::npos;
  return (ipv6 ? "[" + name + "]" : name) + ":" + std::to_string(host.port);
}

// The probe listener is always plain HTTP; without a web configuration file all listeners are.
Result<bool> speaks_tls(const HealthOptions& options) {
  if (options.web_config_file.empty() || !options.probe_address.empty()) {
    return false;
  }
  const auto web = read_web_config(options.web_config_file);
  if (!web) {
    return web.error();
  }
  return web.value().tls.has_value();
}

// The body is of no interest; without a function libcurl would write it to standard output.
std::size_t discard(char* /*bytes*/, std::size_t size, std::size_t count, void* /*where*/) {
  return size * count;
}

// NOLINTBEGIN(cppcoreguidelines-pro-type-vararg): libcurl's options have no other form
// The status of the answer, or why there was none, in libcurl's words.
Result<long> status_of(const HealthTarget& target) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> request{curl_easy_init(),
                                                                    &curl_easy_cleanup};
  if (!request) {
    return Error{"libcurl cannot be initialized"};
  }
  curl_easy_setopt(request.get(), CURLOPT_URL, target.url.c_str());
  curl_easy_setopt(request.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(request.get(), CURLOPT_PROXY, "");  // whatever the environment says
  curl_easy_setopt(request.get(), CURLOPT_TIMEOUT_MS, timeout_ms);
  curl_easy_setopt(request.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(request.get(), CURLOPT_WRITEFUNCTION, &discard);
  if (!target.verify) {
    curl_easy_setopt(request.get(), CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(request.get(), CURLOPT_SSL_VERIFYHOST, 0L);
  }
  if (const CURLcode code = curl_easy_perform(request.get()); code != CURLE_OK) {
    return Error{curl_easy_strerror(code)};
  }
  long status = 0;
  curl_easy_getinfo(request.get(), CURLINFO_RESPONSE_CODE, &status);
  return status;
}
// NOLINTEND(cppcoreguidelines-pro-type-vararg)

}  // namespace

Result<HealthTarget> health_target(const HealthOptions& options) {
  if (!options.url.empty()) {
    return HealthTarget{.url = options.url};
  }
  std::string address =
      options.probe_address.empty() ? options.listen_address : options.probe_address;
  if (address.empty()) {
    address = default_address;
  }
  const auto host = parse_listen_address(address);
  if (!host) {
    return host.error();
  }
  if (host.value().port == 0) {
    return Error{"'" + address + "' has no port to request"};
  }
  const auto tls = speaks_tls(options);
  if (!tls) {
    return tls.error();
  }
  // Not verified: the certificate of the listener names the host that clients use, not loopback.
  return HealthTarget{.url = (tls.value() ? "https://" : "http://") + authority_of(host.value()) +
                             (options.ready ? "/-/ready" : "/-/healthy"),
                      .verify = false};
}

int run_health_check(const HealthOptions& options) {
  const auto target = health_target(options);
  if (!target) {
    return usage_error(target.error());
  }
  const auto status = status_of(target.value());
  if (!status) {
    return report_error("requesting " + target.value().url + ": " + status.error().message,
                        exit_unhealthy);
  }
  if (status.value() != http_ok) {
    return report_error(target.value().url + " answered " + std::to_string(status.value()),
                        exit_unhealthy);
  }
  return 0;
}

}  // namespace compliance

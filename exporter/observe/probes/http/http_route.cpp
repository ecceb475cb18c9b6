// Reads a route: URL, connect_to and proxy.
#include "exporter/observe/probes/http/http_route.h"

#include <algorithm>

#include "checks/formats/host_class.h"
#include "checks/formats/web_url.h"

namespace compliance::probes {
namespace {

constexpr std::uint16_t http_port = 80;
constexpr std::uint16_t https_port = 443;

// Without the final dot of a name, which certificates never have.
Peer peer_of(const WebUrl& url) {
  return {.host = std::string{without_final_dot(url.host)},
          .port = url.port.value_or(url.scheme == "https" ? https_port : http_port)};
}

// The path of an absolute URL as it is written, with slashes for backslashes and none at
// its end. Not normalised: `..` and escapes are sent as the operator wrote them.
std::string path_of(const std::string& url) {
  const std::size_t host = url.find_first_not_of(R"(/\)", url.find(':') + 1);
  const std::size_t path = host == std::string::npos ? host : url.find_first_of(R"(/\)", host);
  std::string text = path == std::string::npos ? "" : url.substr(path);
  std::replace(text.begin(), text.end(), '\\', '/');
  const std::size_t last = text.find_last_not_of("/ ");
  text.erase(last == std::string::npos ? 0 : last + 1);
  return text;
}

}  // namespace

std::optional<Peer> peer_of(const std::string& text) {
  const WebUrlReading reading = read_web_url("http://" + text + "/");
  if (!reading.sound() || !is_origin(reading.url)) {
    return std::nullopt;
  }
  return peer_of(reading.url);
}

std::optional<RoutePlan> plan_route(const HttpRoute& route) {
  const WebUrlReading reading = read_web_url(route.url);
  if (!reading.sound() || reading.url.has_userinfo || reading.url.has_query ||
      reading.url.has_fragment) {
    return std::nullopt;
  }
  RoutePlan plan{.tls = reading.url.scheme == "https",
                 .host = std::string{without_final_dot(reading.url.host)},
                 .origin = origin_of(reading.url),
                 .path = path_of(route.url),
                 .target = peer_of(reading.url)};
  if (!route.connect_to.empty()) {
    const auto peer = peer_of(route.connect_to);
    if (!peer) {
      return std::nullopt;
    }
    plan.target = *peer;
  }
  if (!route.http_proxy.empty()) {
    const WebUrlReading proxy = read_web_url(route.http_proxy);
    if (!proxy.sound() || !is_origin(proxy.url)) {
      return std::nullopt;
    }
    plan.proxy = peer_of(proxy.url);
    plan.proxy_tls = proxy.url.scheme == "https";
  }
  return plan;
}

bool is_local_only(const RoutePlan& plan) {
  return !plan.proxy && is_loopback_host(plan.target.host);
}

}  // namespace compliance::probes

// RoutePlan: the parts of a route's URL, and the peers that its requests go to.
#pragma once

#include <optional>
#include <string>

#include "exporter/observe/probes/http/http_client.h"

namespace compliance::probes {

// A route that was read. `host` is what TLS verifies, whoever is connected to.
struct RoutePlan {
  bool tls = false;
  std::string host{};    // that certificates have to name; lower case, IPv6 without brackets
  std::string origin{};  // scheme, host and port, such as "https://console.example.com:8443"
  std::string path{};    // that requests start with: "/base", without a slash at its end; or empty
  Peer target{};         // whoever answers the requests
  std::optional<Peer> proxy{};  // whoever is asked to CONNECT to it
  bool proxy_tls = false;

  // Whose name is resolved and who is connected to from here.
  const Peer& next() const { return proxy ? *proxy : target; }
  // Member by member.
  bool operator==(const RoutePlan&) const = default;
};

// Reads a route. Nothing when its URL has user information, a query or a fragment, or when
// a text cannot be read; the configuration lets no such text through.
std::optional<RoutePlan> plan_route(const HttpRoute& route);

// Reads HOST:PORT, an IPv6 address in brackets. Without a port it is 80. Nothing for other
// texts.
std::optional<Peer> peer_of(const std::string& text);

// True when what is sent stays on this machine: no proxy, and the target is a loopback address or
// localhost.
bool is_local_only(const RoutePlan& plan);

}  // namespace compliance::probes

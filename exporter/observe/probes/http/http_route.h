// Where the requests of a route go: the parts of its URL, and who is connected to.
#pragma once

#include <optional>
#include <string>

#include "exporter/observe/probes/http/http_client.h"

namespace compliance::probes {

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
  bool operator==(const RoutePlan&) const = default;
};

// Nothing when the URL, or one of the others, is none that the configuration lets through.
std::optional<RoutePlan> plan_route(const HttpRoute& route);

// Reads HOST:PORT, an IPv6 address in brackets.
std::optional<Peer> peer_of(const std::string& text);

// True when what is sent stays on this machine: no proxy, and the target is a loopback address or
// localhost.
bool is_local_only(const RoutePlan& plan);

}  // namespace compliance::probes

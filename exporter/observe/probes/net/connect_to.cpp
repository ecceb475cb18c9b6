// Connects to a peer, directly or through a proxy's tunnel.
#include <optional>
#include <utility>

#include "checks/formats/web_url.h"
#include "exporter/base/version.h"
#include "exporter/observe/probes/net/connect_race.h"
#include "exporter/observe/probes/net/connection.h"
#include "exporter/observe/probes/net/proxy_answer.h"

namespace compliance::probes {
namespace {

using Connected = Result<Connection, ConnectFault>;

// Names the peer, also where the proxy failed: that is whom the operator configured.
ConnectFault attributed_to(const Peer& peer, ConnectFault cause) {
  cause.fault.message = "connecting to " + peer.text() + ": " + cause.fault.message;
  return cause;
}

// The state stays `silent`: behind a proxy nobody can tell a closed port from a silent one.
ConnectFault proxy_fault(UnknownReason reason, const std::string& message) {
  return {.fault = {.reason = reason, .message = "the proxy " + message}};
}

Connected connect_directly(const Peer& peer, const Resolver& resolver, const Deadline& deadline) {
  const auto addresses = resolver.resolve(peer.host, deadline);
  if (!addresses) {
    return ConnectFault{.fault = addresses.error()};
  }
  return connect_to_first(addresses.value(), peer.port, deadline);
}

// The status of the proxy's answer. Reads byte by byte: whatever follows the head is the
// peer's already.
Result<int, ConnectFault> read_status(Connection& connection, const Deadline& deadline) {
  ProxyAnswer answer;
  while (true) {
    const auto byte = connection.receive(1, deadline);
    if (!byte) {
      return proxy_fault(byte.error().reason, "did not answer: " + byte.error().message);
    }
    if (byte.value().empty()) {
      return proxy_fault(UnknownReason::protocol_error, "closed the connection without an answer");
    }
    const auto state = answer.feed(byte.value().front());
    if (state == ProxyAnswer::State::broken) {
      return proxy_fault(UnknownReason::protocol_error, "answered with no HTTP");
    }
    if (state == ProxyAnswer::State::complete) {
      return answer.status();
    }
  }
}

// Gateway errors tell of the peer, all others of the proxy (RFC 9110, 15.6).
ConnectFault refusal(int status) {
  constexpr int bad_gateway = 502;
  constexpr int unavailable = 503;
  constexpr int gateway_timeout = 504;
  const std::string message = "answered with status " + std::to_string(status);
  if (status == gateway_timeout) {
    return proxy_fault(UnknownReason::timeout, message);
  }
  return proxy_fault(status == bad_gateway || status == unavailable ? UnknownReason::unreachable
                                                                    : UnknownReason::protocol_error,
                     message);
}

// Nothing when the tunnel is open. The proxy gets the name as it is and resolves it (RFC
// 9110, 9.3.6).
std::optional<ConnectFault> open_tunnel(Connection& connection, const Peer& peer,
                                        const Deadline& deadline) {
  const std::string request = "CONNECT " + peer.text() + " HTTP/1.1\r\nHost: " + peer.text() +
                              "\r\nUser-Agent: caracal-compliance-exporter/" +
                              std::string{version()} + "\r\n\r\n";
  const auto sent = connection.send(request, deadline);
  if (!sent) {
    return proxy_fault(sent.error().reason, "took no request: " + sent.error().message);
  }
  const auto status = read_status(connection, deadline);
  if (!status) {
    return status.error();
  }
  constexpr int success_class = 2;
  constexpr int class_size = 100;
  return status.value() / class_size == success_class ? std::nullopt
                                                      : std::optional{refusal(status.value())};
}

// The name of the proxy is resolved here, that of the peer is not. Proxies inside TLS are
// not supported for raw connections.
Connected connect_through_proxy(const Peer& peer, const Resolver& resolver,
                                const Deadline& deadline) {
  constexpr std::uint16_t http_port = 80;
  const WebUrlReading proxy = read_web_url(peer.http_proxy);
  if (!proxy.sound() || proxy.url.scheme != "http") {
    return proxy_fault(UnknownReason::protocol_error, "is not reached by a URL of plain http");
  }
  const Peer door{.host = proxy.url.host, .port = proxy.url.port.value_or(http_port)};
  auto connection = connect_directly(door, resolver, deadline);
  if (!connection) {
    return proxy_fault(connection.error().fault.reason,
                       door.text() + ": " + connection.error().fault.message);
  }
  Connection tunnel = std::move(connection).value();
  if (const auto fault = open_tunnel(tunnel, peer, deadline)) {
    return *fault;
  }
  return tunnel;
}

}  // namespace

Connected connect_to(const Peer& peer, const Resolver& resolver, const Deadline& deadline) {
  auto connected = peer.http_proxy.empty() ? connect_directly(peer, resolver, deadline)
                                           : connect_through_proxy(peer, resolver, deadline);
  if (!connected) {
    return attributed_to(peer, connected.error());
  }
  return connected;
}

}  // namespace compliance::probes

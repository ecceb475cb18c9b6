// The listeners of `serve`.
#include "exporter/commands/listeners.h"

#include <charconv>
#include <utility>

#include "exporter/base/log.h"

namespace compliance {
namespace {

// Adds the bound address to the list, or says why it cannot be bound.
std::optional<Error> bind_one(const std::string& text, bool probes_alone,
                              std::vector<BoundAddress>& bound) {
  const auto address = parse_listen_address(text);
  if (!address) {
    return address.error();
  }
  auto socket = listen_on(address.value().name, address.value().port);
  if (!socket) {
    return socket.error();
  }
  bound.push_back({.host = address.value().name,
                   .probes_alone = probes_alone,
                   .socket = std::move(socket).value()});
  return std::nullopt;
}

// The limits of the server stay at their defaults: no flag changes them.
HttpServerOptions server_options(const std::optional<WebTlsConfig>& tls) {
  HttpServerOptions options;
  options.warn = [](const std::string& message) {
    log_event(LogLevel::warn, "keeping the previous TLS certificate", {{"err", message}});
  };
  if (tls) {
    options.tls = TlsOptions{.cert_file = tls->cert_file,
                             .key_file = tls->key_file,
                             .client_ca_file = tls->client_ca_file,
                             .require_client_certificate = tls->require_client_certificate,
                             .tls13_only = tls->tls13_only};
  }
  return options;
}

}  // namespace

Result<Host> parse_listen_address(const std::string& text) {
  const auto colon = text.rfind(':');
  Host address;
  bool valid = colon != std::string::npos;
  if (valid) {
    const std::string port = text.substr(colon + 1);
    // Not past the 16 bits of a port: from_chars() reports a larger number as out of range.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-bounds-pointer-arithmetic): from_chars takes pointers
    const char* end = port.data() + port.size();
    const auto [last, error] = std::from_chars(port.data(), end, address.port);
    address.name = text.substr(0, colon);
    valid = error == std::errc{} && last == end && !port.empty();
  }
  if (valid && address.name.size() > 2 && address.name.front() == '[' &&
      address.name.back() == ']') {
    address.name = address.name.substr(1, address.name.size() - 2);
    // An IPv6 address without brackets.
  } else if (address.name.find(':') != std::string::npos) {
    valid = false;
  }
  if (!valid) {
    return Error{"'" + text + "' is not a listen address; use HOST:PORT or [IPV6]:PORT"};
  }
  if (address.name.empty()) {
    address.name = "0.0.0.0";
  }
  return address;
}

Result<std::vector<BoundAddress>> bind_listeners(const ListenAddresses& addresses) {
  std::vector<BoundAddress> bound;
  for (const std::string& text : addresses.full) {
    if (const auto error = bind_one(text, false, bound)) {
      return *error;
    }
  }
  if (!addresses.probes.empty()) {
    if (const auto error = bind_one(addresses.probes, true, bound)) {
      return *error;
    }
  }
  return bound;
}

std::vector<Listener> listeners_of(const std::vector<BoundAddress>& bound, bool tls) {
  std::vector<Listener> listeners;
  for (const BoundAddress& address : bound) {
    const LocalAddress local = local_address(address.socket.number());
    listeners.push_back(
        {.address = local.text,
         .loopback = local.loopback,
         .tls = tls && !address.probes_alone,
         .probes_alone = address.probes_alone,
         .origin = {.source = Source::process,
                    .place = Location{address.host + ":" +
                                      std::to_string(local_port(address.socket.number()))}}});
  }
  return listeners;
}

Result<Servers> serve_listeners(std::vector<BoundAddress> bound,
                                const std::optional<WebTlsConfig>& tls,
                                const ListenerHandlers& handlers) {
  Servers servers;
  for (BoundAddress& address : bound) {
    // Plain HTTP for probes even where the others use TLS: kubelets and load balancers present no
    // client certificate.
    const auto options = server_options(address.probes_alone ? std::nullopt : tls);
    auto server = HttpServer::start(std::move(address.socket), options,
                                    address.probes_alone ? handlers.probes : handlers.full);
    if (!server) {
      return server.error();
    }
    servers.push_back(std::move(server).value());
    if (!address.probes_alone) {
      log_event(LogLevel::info, "listening",
                {{"address", address.host},
                 {"port", std::to_string(servers.back()->port())},
                 {"tls", tls ? "true" : "false"}});
    }
  }
  return servers;
}

}  // namespace compliance

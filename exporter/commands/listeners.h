// The listeners of `serve`: bound first, since low ports need a privilege that is dropped then, and
// served once the configuration is read.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/process_posture.h"
#include "exporter/base/result.h"
#include "exporter/config/web_config.h"
#include "exporter/publish/http/http_server.h"
#include "exporter/publish/http/listening_socket.h"

namespace compliance {

// A socket that is bound and listens, and is not served yet: connections wait in its backlog.
struct BoundAddress {
  // As given on the command line, without the port and without brackets.
  std::string host{};
  bool probes_alone = false;
  FileDescriptor socket{};
};

// The addresses of --web.listen-address and --web.probe-address.
struct ListenAddresses {
  std::vector<std::string> full{};  // HOST:PORT
  std::string probes{};             // likewise; empty: none
};

// One address to bind.
struct Host {
  std::string name{};  // IPv6 addresses without brackets
  std::uint16_t port = 0;
};

// "127.0.0.1:9787", "[::1]:9787", "name:9787"; ":9787" is every IPv4 address of the machine. IPv6
// addresses need brackets, since the last colon would be ambiguous. Port 0 lets the kernel choose.
Result<Host> parse_listen_address(const std::string& text);

// Binds all of them, or none: on the first failure the sockets bound before are closed. The error
// names the address.
Result<std::vector<BoundAddress>> bind_listeners(const ListenAddresses& addresses);

// The listeners as facts for the checks of the exporter's own posture. `tls` is that of the full
// listeners; the probe listener has none.
std::vector<Listener> listeners_of(const std::vector<BoundAddress>& bound, bool tls);

// Each stops when it is destroyed.
using Servers = std::vector<std::unique_ptr<HttpServer>>;

// Handlers of full listeners and of the probe listener. Called from several threads at once.
struct ListenerHandlers {
  RequestHandler full{};
  RequestHandler probes{};
};

// Starts to serve the bound sockets, each with threads of its own. Fails when the certificate
// cannot be loaded; servers started before are stopped then.
Result<Servers> serve_listeners(std::vector<BoundAddress> bound,
                                const std::optional<WebTlsConfig>& tls,
                                const ListenerHandlers& handlers);

}  // namespace compliance

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

struct BoundAddress {
  std::string host{};
  bool probes_alone = false;
  FileDescriptor socket{};
};

struct ListenAddresses {
  std::vector<std::string> full{};  // HOST:PORT
  std::string probes{};             // likewise; empty: none
};

struct Host {
  std::string name{};  // IPv6 addresses without brackets
  std::uint16_t port = 0;
};

// "127.0.0.1:9787", "[::1]:9787"; ":9787" is every IPv4 address of the machine.
Result<Host> parse_listen_address(const std::string& text);

Result<std::vector<BoundAddress>> bind_listeners(const ListenAddresses& addresses);

// The listeners as facts for the checks.
std::vector<Listener> listeners_of(const std::vector<BoundAddress>& bound, bool tls);

using Servers = std::vector<std::unique_ptr<HttpServer>>;

// Handlers of full listeners and of the probe listener.
struct ListenerHandlers {
  RequestHandler full{};
  RequestHandler probes{};
};

Result<Servers> serve_listeners(std::vector<BoundAddress> bound,
                                const std::optional<WebTlsConfig>& tls,
                                const ListenerHandlers& handlers);

}  // namespace compliance

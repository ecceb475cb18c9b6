// The subcommand `healthcheck`: checks the health of a daemon on this machine, for container images
// that hold no other program.
#pragma once

#include <string>

#include "exporter/base/result.h"

namespace compliance {

// The flags of `healthcheck`. Those that it shares with `serve` take the same values, so that both
// can be started with the same arguments.
struct HealthOptions {
  std::string url{};              // requested as it is; its certificate is verified
  std::string probe_address{};    // as given to serve
  std::string listen_address{};   // likewise; default 127.0.0.1:9787
  std::string web_config_file{};  // likewise; tells whether the listener uses TLS
  bool ready = false;             // /-/ready instead of /-/healthy
};

// What is requested, and how far it is trusted.
struct HealthTarget {
  std::string url{};
  // False for an address of this machine: the certificate names another host.
  bool verify = true;

  // URLs compare as text.
  bool operator==(const HealthTarget&) const = default;
};

// The URL to request. A wildcard listen address becomes loopback of its family. Fails for a
// malformed address, port 0, and a web configuration file that cannot be read. Sends nothing.
Result<HealthTarget> health_target(const HealthOptions& options);

// Sends one GET. Returns 0 if the answer is 200, else 1 with a line on stderr, after 5 seconds at
// the latest; 2 for wrong usage. Follows no redirect.
int run_health_check(const HealthOptions& options);

}  // namespace compliance

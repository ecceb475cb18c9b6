// The subcommand `healthcheck`: checks the health of a daemon on this machine, for container images
// that hold no other program.
#pragma once

#include <string>

#include "exporter/base/result.h"

namespace compliance {

struct HealthOptions {
  std::string url{};              // requested as it is; its certificate is verified
  std::string probe_address{};    // as given to serve
  std::string listen_address{};   // likewise; default 127.0.0.1:9787
  std::string web_config_file{};  // likewise; tells whether the listener uses TLS
  bool ready = false;             // /-/ready instead of /-/healthy
};

struct HealthTarget {
  std::string url{};
  // False for an address of this machine: the certificate names another host.
  bool verify = true;

  bool operator==(const HealthTarget&) const = default;
};

// The URL to request. A wildcard listen address becomes loopback.
Result<HealthTarget> health_target(const HealthOptions& options);

// Returns 0 if the answer is 200, else 1 with a line on stderr; 2 for wrong usage.
int run_health_check(const HealthOptions& options);

}  // namespace compliance

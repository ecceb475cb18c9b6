// The subcommand `healthcheck`: asks a daemon of this machine how it is, for container images that
// have no other program.
#pragma once

#include <string>

#include "exporter/base/result.h"

namespace compliance {

struct HealthOptions {
  std::string url{};              // asked as it is; its certificate is verified
  std::string probe_address{};    // as given to serve
  std::string listen_address{};   // likewise; default 127.0.0.1:9787
  std::string web_config_file{};  // likewise: says whether the listener speaks TLS
  bool ready = false;             // /-/ready instead of /-/healthy
};

struct HealthTarget {
  std::string url{};
  // A process that asks itself by an address knows whom it asks; the name in the certificate is
  // another one.
  bool verify = true;

  bool operator==(const HealthTarget&) const = default;
};

// What is asked. Every address of the machine stands for loopback.
Result<HealthTarget> health_target(const HealthOptions& options);

// Returns 0 when the answer is 200, 1 with a line on stderr when it is not, 2 for wrong usage.
int run_health_check(const HealthOptions& options);

}  // namespace compliance

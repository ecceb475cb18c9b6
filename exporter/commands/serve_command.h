// The subcommand `serve`: the daemon.
#pragma once

#include <string>
#include <vector>

namespace compliance {

struct ServeOptions {
  std::string config_file{};
  std::vector<std::string> listen_addresses{"127.0.0.1:9787"};
  std::string web_config_file{};
  std::string bearer_token_file{};
  std::string probe_address{};  // empty: none
  std::string state_path{};     // empty: the history is lost on exit
};

// Serves until SIGTERM or SIGINT; SIGHUP reloads. Returns 2, with one line on stderr and nothing
// started, when something of the options cannot be used; else 0.
int run_serve(const ServeOptions& options);

// Validates the configuration and prints every error. Returns 0 or 2.
int run_config_check(const std::string& config_file);

}  // namespace compliance

// The subcommand `serve`: the daemon.
#pragma once

#include <string>
#include <vector>

namespace compliance {

// The flags of `serve`, beside those of the log. Exactly one of `web_config_file` and
// `bearer_token_file` is given: there is no way to serve without a token.
struct ServeOptions {
  std::string config_file{};
  // HOST:PORT, as parse_listen_address() takes them. Loopback unless the operator says otherwise.
  std::vector<std::string> listen_addresses{"127.0.0.1:9787"};
  std::string web_config_file{};
  std::string bearer_token_file{};
  std::string probe_address{};  // empty: none
  std::string state_path{};     // empty: the history is lost on exit
};

// Serves until SIGTERM or SIGINT; SIGHUP reloads the configuration. Returns 2, with one line on
// stderr, when something of the options cannot be used, before any request is answered; else 0. For
// the main thread, before others are started: signal masks, privileges and the filter are
// inherited.
int run_serve(const ServeOptions& options);

// Validates the configuration and prints every error, one a line. Returns 0 or 2. Reads no file
// that the configuration names: those may not be there where a pipeline checks it.
int run_config_check(const std::string& config_file);

}  // namespace compliance

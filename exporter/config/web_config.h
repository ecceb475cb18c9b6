// The web configuration file: bearer tokens and TLS of the exporter's own listener.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exporter/base/result.h"

namespace compliance {

struct WebTlsConfig {
  std::string cert_file{};
  std::string key_file{};
  std::string client_ca_file{};
  bool require_client_certificate = false;  // client_auth_type: RequireAndVerifyClientCert
  bool tls13_only = false;                  // min_version: TLS13

  bool operator==(const WebTlsConfig&) const = default;
};

struct WebConfig {
  std::vector<std::string> bearer_token_files{};  // at least one
  std::optional<WebTlsConfig> tls{};
  bool behind_tls_proxy = false;

  bool operator==(const WebConfig&) const = default;
};

// Parses the text of the file `path`; relative paths in it are relative to its directory. The error
// holds every problem, one a line, as FILE:LINE:COLUMN: what is wrong, what is allowed.
Result<WebConfig> parse_web_config(const std::string& path, const std::string& text);

}  // namespace compliance

// The web configuration file: bearer tokens and TLS of the exporter's own listener.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exporter/base/result.h"

namespace compliance {

// `tls_server_config`, with the keys and words of Prometheus's web configuration. Certificate and
// key are both set; files are named here and read by the listener.
struct WebTlsConfig {
  std::string cert_file{};
  std::string key_file{};
  // Set exactly when a client certificate is required; empty: clients need none.
  std::string client_ca_file{};
  bool require_client_certificate = false;  // client_auth_type: RequireAndVerifyClientCert
  bool tls13_only = false;                  // min_version: TLS13

  // File names alone: a renewed certificate in the same file is no change here.
  bool operator==(const WebTlsConfig&) const = default;
};

// The whole file.
struct WebConfig {
  std::vector<std::string> bearer_token_files{};  // at least one
  // Absent: plain HTTP.
  std::optional<WebTlsConfig> tls{};
  // The operator declares that a proxy before the listener terminates TLS; read by the check of the
  // exporter's own listener, and by nothing else.
  bool behind_tls_proxy = false;

  bool operator==(const WebConfig&) const = default;
};

// Parses the text of the file `path`; relative paths in it are relative to its directory. The error
// holds every problem, one a line, as FILE:LINE:COLUMN: what is wrong, what is allowed. No token
// and no key is read.
Result<WebConfig> parse_web_config(const std::string& path, const std::string& text);

}  // namespace compliance

// HTTP requests by libcurl: bounded in time and bytes, redirects observed and never followed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "checks/formats/http.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/probes/net/connection.h"

namespace compliance::probes {

// How all requests to one endpoint travel.
struct HttpRoute {
  std::string url{};         // scheme, host, port and perhaps a path that requests start with
  std::string connect_to{};  // HOST:PORT; empty: what the URL says
  std::string ca_file{};     // empty: the system's store
  std::string http_proxy{};  // empty: none, whatever the environment says
};

struct HttpRequest {
  std::string method{"GET"};
  std::string target{};               // "/api/auth/ok", sent as it is
  std::string shown_target{};         // in messages in its place, for targets that are made up
  std::vector<HttpHeader> headers{};  // beside Host, User-Agent, Accept
  std::string body{};

  const std::string& shown() const { return shown_target.empty() ? target : shown_target; }
};

// One endpoint; keeps its connection between requests. Used by one thread at a time.
class HttpClient {
 public:
  HttpClient(HttpRoute route, const Resolver& resolver);
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  HttpClient(HttpClient&&) = delete;
  HttpClient& operator=(HttpClient&&) = delete;
  ~HttpClient();

  // The answer, its body cut at 64 KiB. Faults: dns_failure, unreachable, timeout, tls_failure
  // (the certificate is not verified: nothing was sent), protocol_error (no HTTP/1 or HTTP/2),
  // limit_exceeded (over 1 MiB of body or 64 KiB of headers).
  ReadResult<HttpAnswer> send(const HttpRequest& request, const Deadline& deadline);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace compliance::probes

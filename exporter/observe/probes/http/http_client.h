// HttpClient: HTTP requests by libcurl, bounded in time and bytes; redirects are never
// followed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "checks/formats/http.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/probes/net/connection.h"

namespace compliance::probes {

// How all requests to one endpoint travel. Everything in it comes from the configuration.
struct HttpRoute {
  std::string url{};         // scheme, host, port and perhaps a path that requests start with
  std::string connect_to{};  // HOST:PORT; empty: what the URL says
  std::string ca_file{};     // empty: the system's store
  std::string http_proxy{};  // empty: none, whatever the environment says
};

// One request. Its body is sent with every method but GET, empty or not.
struct HttpRequest {
  std::string method{"GET"};
  std::string target{};               // "/api/auth/ok", sent as it is
  std::string shown_target{};         // in messages in its place, for targets that are made up
  std::vector<HttpHeader> headers{};  // beside Host, User-Agent, Accept
  std::string body{};

  // What messages and origins name: random paths would make each round look like a change.
  const std::string& shown() const { return shown_target.empty() ? target : shown_target; }
};

// Requests to one endpoint. Resolves the name once and keeps the connection between
// requests, so all of them reach the same peer. Used by one thread at a time.
class HttpClient {
 public:
  // Sends nothing. A route that cannot be read shows as internal_error of each request.
  HttpClient(HttpRoute route, const Resolver& resolver);
  // No copies: a connection of libcurl has one owner.
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  // Not moved: it lives as long as the session that uses it.
  HttpClient(HttpClient&&) = delete;
  HttpClient& operator=(HttpClient&&) = delete;
  // Closes the connection.
  ~HttpClient();

  // The answer, its body cut at 64 KiB. Faults: dns_failure, unreachable, timeout, tls_failure
  // (the certificate is not verified: nothing was sent), protocol_error (no HTTP/1 or HTTP/2),
  // limit_exceeded (over 1 MiB of body or 64 KiB of headers).
  // Also unparsable where the path or a header holds a control character: nothing was sent
  // then. Messages name method, URL and peer, never a header or a body.
  ReadResult<HttpAnswer> send(const HttpRequest& request, const Deadline& deadline);

 private:
  // Keeps the types of libcurl out of this header.
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace compliance::probes

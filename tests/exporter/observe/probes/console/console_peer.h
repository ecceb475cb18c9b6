// A console for the tests of probes: it answers as facts 6 state and remembers what it was asked.
#pragma once

#include <chrono>
#include <string>

#include "exporter/observe/probes/console/web_probe.h"
#include "tests/support/http_peer.h"

namespace compliance::test {

// What the console of the later release answers, with a session for the cookie "session=good".
inline std::string console_answer(const ReceivedRequest& request) {
  if (request.target == "/api/auth/ok") {
    return http_answer(200, R"({"ok":true})");
  }
  if (request.target == "/api/auth/sign-out") {
    return http_answer(200, R"({"success":true})", "Set-Cookie: a=; Secure; HttpOnly\r\n");
  }
  if (request.target == "/api/auth/sign-up/email") {
    return http_answer(403, R"({"error":"registration_not_permitted"})");
  }
  if (request.target.rfind("/api/auth/", 0) == 0) {
    return http_answer(404, "");
  }
  if (request.target.rfind("/api/console", 0) != 0) {
    return http_answer(200, "<html>", "Content-Type: text/html; charset=utf-8\r\n");
  }
  if (request.method == "POST" && request.header("origin") == foreign_origin) {
    return http_answer(403, R"({"error":"cross_site_request_blocked"})");
  }
  if (request.header("cookie").find("session=good") == std::string::npos) {
    return http_answer(401, R"({"error":"unauthenticated"})");
  }
  return request.target == "/api/console/status" ? http_answer(200, R"({"configured":true})")
                                                 : http_answer(404, R"({"error":"not_found"})");
}

// The console at the peer; its port 80 is the peer as well.
inline probes::WebTarget target_at(const HttpPeer& peer) {
  return {.route = {.url = "http://console.test", .connect_to = peer.address()},
          .connect_to_http = peer.address()};
}

inline Deadline ample_deadline() { return Deadline::after(std::chrono::seconds{20}); }

}  // namespace compliance::test

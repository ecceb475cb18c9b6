// What the tests of the HTTP client share: one request to a peer on this machine.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "exporter/observe/probes/http/http_client.h"
#include "tests/support/http_peer.h"

namespace compliance::test {

// Long enough for a slow machine, short enough to notice what never ends.
inline constexpr std::chrono::seconds ample{20};
inline constexpr std::chrono::milliseconds scant{150};

// To the peer, which the URL calls console.test.
inline probes::HttpRoute route_to(const HttpPeer& peer, const std::string& scheme = "http") {
  return {.url = scheme + "://console.test:" + std::to_string(peer.port()),
          .connect_to = peer.address()};
}

inline ReadResult<HttpAnswer> ask(const probes::HttpRoute& route,
                                  const probes::HttpRequest& request,
                                  std::chrono::milliseconds time = ample) {
  probes::HttpClient client(route, probes::Resolver{});
  return client.send(request, Deadline::after(time));
}

inline ReadResult<HttpAnswer> get(const HttpPeer& peer, std::chrono::milliseconds time = ample) {
  return ask(route_to(peer), {.target = "/"}, time);
}

// What a server gets that reads a request and sends these bytes, then closes.
inline HttpPeer::Script closing_after(std::string bytes) {
  return [bytes = std::move(bytes)](HttpConversation& conversation) {
    if (conversation.receive()) {
      conversation.send(bytes);
    }
  };
}

// The reason why there is no answer; `pending` when there is one.
inline UnknownReason reason_of(const ReadResult<HttpAnswer>& answer) {
  return answer ? UnknownReason::pending : answer.error().reason;
}

inline std::string message_of(const ReadResult<HttpAnswer>& answer) {
  return answer ? "an answer" : answer.error().message;
}

}  // namespace compliance::test

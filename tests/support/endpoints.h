// Endpoints and what they answered, for the tests of rules about them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/base/json_object.h"
#include "tests/support/facts.h"

namespace compliance::test {

// Where answers come from, and where the endpoint stands in the configuration.
inline Origin at_peer() {
  return {.source = Source::endpoint, .place = Location{"https://peer.example.net"}};
}
inline Origin at_configuration() {
  return {.source = Source::endpoint, .place = Location{"https://configured.example.net"}};
}

// One that is asked and has answered nothing yet.
inline Endpoint endpoint_at(Component component, std::string url = "https://a.example.net") {
  return {
      .component = component, .url = std::move(url), .origin = at_configuration(), .probed = true};
}

// With these endpoints and no other evidence.
inline Installation with_endpoints(std::vector<Endpoint> endpoints) {
  Installation installation = compose_installation({});
  installation.configured = Source::endpoint;
  installation.probed.endpoints = std::move(endpoints);
  return installation;
}

template <class T>
Fact<T> seen(T value) {
  return {.value = std::move(value), .origin = at_peer()};
}

template <class T>
Fact<T> unseen() {
  return {.origin = at_peer(),
          .fault = Fault{.reason = UnknownReason::timeout, .message = "no answer in 10 s"}};
}

inline Fact<HttpAnswer> answering(int status, std::string body = "",
                                  std::vector<HttpHeader> headers = {}) {
  auto json = read_json_object(body);
  return seen(HttpAnswer{.status = status,
                         .headers = std::move(headers),
                         .body = std::move(body),
                         .json = std::move(json)});
}

inline Finding only_finding(const CheckResult& result) {
  EXPECT_EQ(result.findings.size(), 1U);
  return result.findings.empty() ? Finding{} : result.findings.front();
}

// For a row about one component's answer: what it says without the endpoint, with one that is not
// asked, one that has not answered yet (as it is given), and one whose answer failed.
inline void expect_unknown_without_answer(std::string_view id, const Endpoint& pending,
                                          const Endpoint& failed) {
  const std::string name{name_of(pending.component)};
  Endpoint offline = pending;
  offline.probed = false;
  for (const Installation& installation : {with_endpoints({}), with_endpoints({offline})}) {
    const Finding finding = only_finding(result_of(id, installation));
    EXPECT_EQ(finding.reason, UnknownReason::not_configured);
    EXPECT_EQ(finding.message, "no endpoint of " + name + " is asked");
  }
  const Finding waiting = only_finding(result_of(id, with_endpoints({pending})));
  EXPECT_EQ(waiting.reason, UnknownReason::pending);
  EXPECT_EQ(waiting.origin, at_configuration());
  const Finding fault = only_finding(result_of(id, with_endpoints({failed})));
  EXPECT_EQ(fault.reason, UnknownReason::timeout);
  EXPECT_EQ(fault.message, "no answer in 10 s");
  EXPECT_EQ(fault.origin, at_peer());
  EXPECT_EQ(fault.component, pending.component);
  EXPECT_EQ(fault.object, "endpoint " + name);
}

}  // namespace compliance::test

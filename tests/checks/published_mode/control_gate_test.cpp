// published-mode-control-gate
#include <gtest/gtest.h>

#include "tests/support/endpoints.h"
#include "tests/support/packaged.h"

namespace compliance::test::control_gate_test {
namespace {

constexpr auto id = "published-mode-control-gate";

TEST(PublishedModeControlGate, PassesForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(PublishedModeControlGate, PassesWhenControlIsOffAsTheProductReadsIt) {
  for (const char* value : {"", "false", "TRUE", "1", "true "}) {
    Container api = hardened_service(Component::api);
    set_variable(api, "CARACAL_CONTROL_ENABLED", value);
    EXPECT_EQ(status_of(id, api), Outcome::pass) << value;
  }
}

TEST(PublishedModeControlGate, FailsWithoutGateFile) {
  for (const bool empty : {false, true}) {
    Container api = packaged_service(Component::api);
    if (empty) {
      set_variable(api, "CONTROL_GATE_FILE", "");
    } else {
      remove_variable(api, "CONTROL_GATE_FILE");
    }
    EXPECT_EQ(summary_of(id, api), "fail: Control is on without a gate file [compose.yaml:10:7]");
  }
}

TEST(PublishedModeControlGate, FailsWhenTheGateFileIsOnNoMount) {
  Container api = packaged_service(Component::api);
  set_variable(api, "CONTROL_GATE_FILE", "/somewhere/enabled");
  EXPECT_EQ(summary_of(id, api),
            "fail: CONTROL_GATE_FILE is not on a mount of the container [compose.yaml:10:7]");
}

TEST(PublishedModeControlGate, IsUnknownWhenOneOfTheTwoCannotBeSeen) {
  for (const char* name : {"CARACAL_CONTROL_ENABLED", "CONTROL_GATE_FILE"}) {
    Container api = packaged_service(Component::api);
    set_unresolved_variable(api, name);
    EXPECT_EQ(summary_of(id, api), "unknown: X is not set [compose.yaml:10:7]") << name;
  }
}

TEST(PublishedModeControlGate, IsUnknownWhenAMountThatMayProvideTheFileCannotBeDecided) {
  Container api = packaged_service(Component::api);
  api.mounts.push_back({.kind = MountKind::bind});
  api.mounts.back().fault = Fault{.reason = UnknownReason::unresolved_reference};
  EXPECT_EQ(status_of(id, api), Outcome::pass);
  set_variable(api, "CONTROL_GATE_FILE", "/somewhere/enabled");
  EXPECT_EQ(summary_of(id, api), "unknown:  []");
}

TEST(PublishedModeControlGate, AppliesToTheApiAlone) {
  Container sts = hardened_service(Component::sts);
  set_variable(sts, "CARACAL_CONTROL_ENABLED", "true");
  EXPECT_EQ(status_of(id, sts), Outcome::not_applicable);
  Container init = hardened_pod_container(Component::api);
  init.role = ContainerRole::init;
  set_variable(init, "CARACAL_CONTROL_ENABLED", "true");
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
}

TEST(PublishedModeControlGate, SaysWhereItFails) {
  Container api = packaged_service(Component::api);
  remove_variable(api, "CONTROL_GATE_FILE");
  const Finding finding = result_of(id, compose_installation({api})).findings.front();
  EXPECT_EQ(finding.message, "Control is on without a gate file");
  EXPECT_EQ(finding.component, Component::api);
  EXPECT_EQ(finding.object, "service api");
}

Endpoint api_answering(Fact<HttpAnswer> control) {
  Endpoint endpoint = endpoint_at(Component::api);
  endpoint.service[ServiceRequest::control] = std::move(control);
  return endpoint;
}

Finding probed(int status, const std::string& body = "", std::vector<HttpHeader> headers = {}) {
  return only_finding(
      result_of(id, with_endpoints({api_answering(answering(status, body, std::move(headers)))})));
}

TEST(PublishedModeControlGate, PassesForEveryClosedDoor) {
  EXPECT_EQ(probed(404, R"({"message":"Route POST:/v1/control/invoke not found"})").outcome,
            Outcome::pass);
  EXPECT_EQ(probed(503, R"({"error":"control disabled"})").outcome, Outcome::pass);
  EXPECT_EQ(probed(503, " { \"x\" : 1, \"error\" : \"control disabled\" }").outcome, Outcome::pass);
  const Finding finding = probed(401, R"({"error":"unauthorized"})");
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.component, Component::api);
  EXPECT_EQ(finding.object, "endpoint api");
}

TEST(PublishedModeControlGate, FailsWhenControlActsForAnybody) {
  for (const int status : {200, 202, 204}) {
    const Finding finding = probed(status, R"({"error":"control disabled"})");
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.message, "Control accepts a request without credentials");
    EXPECT_EQ(finding.expected, "status 404, 401 or 503");
    EXPECT_EQ(finding.observed, "status " + std::to_string(status));
    EXPECT_EQ(finding.object, "endpoint api");
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(PublishedModeControlGate, IsUnknownForOtherAnswers) {
  for (const int status : {302, 400, 403, 405, 415, 429, 500, 502, 503}) {
    const Finding finding = probed(status, R"({"error":"rate limited"})");
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response) << status;
    EXPECT_EQ(finding.message.find("answers /v1/control/invoke with status "), 0U);
    EXPECT_EQ(finding.origin, at_peer());
  }
  EXPECT_EQ(probed(502, R"({"error":"control disabled"})").outcome, Outcome::unknown);
  EXPECT_EQ(probed(200, "<html>", {{"content-type", "text/html; charset=utf-8"}}).outcome,
            Outcome::unknown);
}

TEST(PublishedModeControlGate, IsUnknownWithoutAnAnswerOfTheEndpoint) {
  expect_unknown_without_answer(id, endpoint_at(Component::api),
                                api_answering(unseen<HttpAnswer>()));
}

TEST(PublishedModeControlGate, AddsTheEndpointToTheFiles) {
  Installation installation = packaged_compose();
  installation.configured = Source::compose | Source::endpoint;
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  installation.probed.endpoints = {endpoint_at(Component::sts)};
  EXPECT_EQ(result_of(id, installation).findings.size(), 1U);
  installation.probed.endpoints = {api_answering(answering(200))};
  const CheckResult result = result_of(id, installation);
  EXPECT_EQ(summary_of(result),
            "fail: Control accepts a request without credentials [https://peer.example.net]");
  EXPECT_EQ(result.findings.size(), 2U);
  installation = packaged_kubernetes();
  installation.configured = Source::kubernetes | Source::endpoint;
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

}  // namespace
}  // namespace compliance::test::control_gate_test

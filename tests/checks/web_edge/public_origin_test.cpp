// web-edge-public-origin
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"
#include "tests/support/packaged.h"

namespace compliance::test::public_origin_test {
namespace {

constexpr auto id = "web-edge-public-origin";

Container at_url(const std::string& url) { return console_with({{"CARACAL_AUTH_URL", url}}); }

Installation with_endpoint(const std::string& url, Component component,
                           const std::string& endpoint) {
  Installation installation = compose_installation({at_url(url)});
  installation.probed.endpoints = {{.component = component, .url = endpoint}};
  return installation;
}

TEST(WebEdgePublicOrigin, PassesForAnOriginAndNothingElse) {
  for (const char* url : {"https://console.example.net", "https://console.example.net/",
                          "HTTPS://Console.Example.NET", "https://console.example.net:8443",
                          "https://203.0.113.9", "https://[2001:db8::9]:8443",
                          "http://console.example.net", " https://console.example.net "}) {
    EXPECT_EQ(status_of(id, at_url(url)), Outcome::pass) << url;
  }
}

TEST(WebEdgePublicOrigin, PassesForNamesThatOnlyLookLocalOrPackaged) {
  for (const char* url :
       {"https://localhost.example.net", "https://127.example.net", "https://notexample.com",
        "https://example.com.example.net", "https://caracal.example.org", "https://example.co",
        "https://128.0.0.1", "https://[::2]"}) {
    EXPECT_EQ(status_of(id, at_url(url)), Outcome::pass) << url;
  }
}

TEST(WebEdgePublicOrigin, FailsWhenItIsNotSetOrEmpty) {
  for (const Container& console : {console_with({}), at_url("")}) {
    const Finding finding = first_finding(id, console);
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.message, "CARACAL_AUTH_URL is not set");
    EXPECT_EQ(finding.expected, "the public origin");
    EXPECT_EQ(finding.observed, "not set");
    EXPECT_EQ(finding.component, Component::web);
    EXPECT_EQ(finding.object, "service web");
  }
}

TEST(WebEdgePublicOrigin, FailsForThePackagedDefaults) {
  EXPECT_EQ(
      summary_of(id, packaged_compose()),
      "fail: CARACAL_AUTH_URL names the local machine, not a public host [compose.yaml:10:7]");
  EXPECT_EQ(summary_of(id, at_url("https://caracal.example.com")),
            "fail: CARACAL_AUTH_URL is the example host of the packaged files [compose.yaml:10:7]");
}

struct FaultRow {
  const char* name;
  const char* url;
  const char* message;
  const char* observed;
};

class FaultyPublicOrigins : public testing::TestWithParam<FaultRow> {};

TEST_P(FaultyPublicOrigins, AreNamed) {
  const CheckResult result = result_of(id, compose_installation({at_url(GetParam().url)}));
  EXPECT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(messages_of(result),
            std::vector<std::string>{std::string{"CARACAL_AUTH_URL "} + GetParam().message});
  EXPECT_EQ(result.findings.front().expected, "the origin that browsers use");
  EXPECT_EQ(result.findings.front().observed, GetParam().observed);
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 10, 7));
}

constexpr auto path = "has a path, which moves all of /api/auth";
constexpr auto parameters = "has a query or a fragment";
constexpr auto local = "names the local machine, not a public host";
constexpr auto example = "is the example host of the packaged files";
constexpr auto no_url = "is no http or https URL";
constexpr auto origin = "https://a.example.net";

INSTANTIATE_TEST_SUITE_P(
    WebEdgePublicOrigin, FaultyPublicOrigins,
    testing::Values(
        FaultRow{"Path", "https://a.example.net/console", path, origin},
        FaultRow{"PathBehindABackslash", "https://a.example.net\\console", path, origin},
        FaultRow{"Query", "https://a.example.net?x=1", parameters, origin},
        FaultRow{"Fragment", "https://a.example.net/#x", parameters, origin},
        FaultRow{"Credentials", "https://user:60303ae2@a.example.net", "has credentials",
                 "a URL with an @ in it"},
        FaultRow{"Localhost", "http://localhost:3001", local, "http://localhost:3001"},
        FaultRow{"BelowLocalhost", "https://web.localhost", local, "https://web.localhost"},
        FaultRow{"LoopbackAddress", "https://127.0.0.1:3001", local, "https://127.0.0.1:3001"},
        FaultRow{"LoopbackInOddNotation", "https://0x7f.1", local, "https://127.0.0.1"},
        FaultRow{"LoopbackOfVersionSix", "https://[::1]", local, "https://[::1]"},
        FaultRow{"Unspecified", "https://0.0.0.0", local, "https://0.0.0.0"},
        FaultRow{"ExampleHost", "https://caracal.example.com", example,
                 "https://caracal.example.com"},
        FaultRow{"ExampleDomain", "https://EXAMPLE.com.", example, "https://example.com."},
        FaultRow{"NoScheme", "a.example.net", no_url, "another value"},
        FaultRow{"PortTakenForAScheme", "localhost:3001", no_url, "another value"},
        FaultRow{"OtherScheme", "ftp://a.example.net", no_url, "another value"},
        FaultRow{"NoHost", "https://", "is a URL without host", "another value"},
        FaultRow{"BadHost", "https://a b", "is a URL with a host that is none", "another value"},
        FaultRow{"BadPort", "https://a:66000", "is a URL with a port that is none",
                 "another value"}),
    [](const auto& row) { return row.param.name; });

TEST(WebEdgePublicOrigin, NamesEveryFault) {
  EXPECT_EQ(
      messages_of(result_of(
          id, compose_installation({at_url("http://u:60303ae2@127.0.0.1:1/p?token=60303ae2")}))),
      (std::vector<std::string>{"CARACAL_AUTH_URL has credentials",
                                std::string{"CARACAL_AUTH_URL "} + path,
                                std::string{"CARACAL_AUTH_URL "} + parameters,
                                std::string{"CARACAL_AUTH_URL "} + local}));
}

TEST(WebEdgePublicOrigin, StagingMayKeepTheExampleHostButNotLocalhost) {
  Installation installation = compose_installation({at_url("https://caracal.example.com")});
  installation.stage = DeploymentStage::staging;
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  containers_in(installation) = {at_url("https://localhost")};
  EXPECT_EQ(
      summary_of(id, installation),
      "fail: CARACAL_AUTH_URL names the local machine, not a public host [compose.yaml:10:7]");
}

TEST(WebEdgePublicOrigin, IsTheOriginOfTheConfiguredEndpoint) {
  for (const char* endpoint : {"https://a.example.net", "https://A.example.net:443/login"}) {
    EXPECT_EQ(status_of(id, with_endpoint("https://a.example.net", Component::web, endpoint)),
              Outcome::pass)
        << endpoint;
  }
  for (const char* endpoint : {"https://b.example.net", "http://a.example.net",
                               "https://a.example.net:8443", "https://a.example.net."}) {
    const CheckResult result =
        result_of(id, with_endpoint("https://a.example.net", Component::web, endpoint));
    EXPECT_EQ(messages_of(result),
              std::vector<std::string>{
                  "CARACAL_AUTH_URL is not the origin of the configured web endpoint"})
        << endpoint;
  }
}

TEST(WebEdgePublicOrigin, LooksAtNoOtherEndpoint) {
  EXPECT_EQ(status_of(id, with_endpoint("https://a.example.net", Component::sts,
                                        "https://sts.example.net")),
            Outcome::pass);
}

TEST(WebEdgePublicOrigin, IsUnknownWhenTheUrlCannotBeSeen) {
  Container console = console_with({});
  EXPECT_EQ(first_finding(id, with_unseen_variables(console)).reason,
            UnknownReason::missing_object);
  set_secret_reference(console, "CARACAL_AUTH_URL", "settings", "url");
  EXPECT_EQ(first_finding(id, console).reason, UnknownReason::not_observable);
  remove_variable(console, "CARACAL_AUTH_URL");
  set_unresolved_variable(console, "CARACAL_AUTH_URL");
  EXPECT_EQ(first_finding(id, console).reason, UnknownReason::unresolved_reference);
}

TEST(WebEdgePublicOrigin, IsUnknownForAHostBeyondAscii) {
  const Finding finding = first_finding(id, at_url("https://b\u00fccher.example.net"));
  EXPECT_EQ(finding.outcome, Outcome::unknown);
  EXPECT_EQ(finding.reason, UnknownReason::unparsable);
  EXPECT_EQ(finding.message,
            "CARACAL_AUTH_URL is a URL with an internationalised host that IDNA rejects");
  EXPECT_EQ(status_of(id, at_url("https://xn--bcher-kva.example.net")), Outcome::pass);
}

TEST(WebEdgePublicOrigin, JudgesConsolesAlone) {
  Container init = at_url("http://localhost");
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
  Container api = with_settings(hardened_service(Component::api), {{"CARACAL_AUTH_URL", "x"}});
  EXPECT_EQ(status_of(id, api), Outcome::not_applicable);
  EXPECT_EQ(summary_of(id, compose_installation({at_url("https://a.example.net"), at_url("x")})),
            "fail: CARACAL_AUTH_URL is no http or https URL [compose.yaml:10:7]");
}

Endpoint own_write_gets(HttpAnswer answer) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::own_write] = answered(std::move(answer), "/own");
  return endpoint;
}

Container console_at(const std::string& url) { return console_with({{"CARACAL_AUTH_URL", url}}); }

TEST(WebEdgePublicOrigin, ShowsInWhatTheConsoleTakesForItsOwn) {
  EXPECT_EQ(status_of(id, sound_endpoint()), Outcome::pass);
  expect_asked_at(first_finding(id, sound_endpoint()), "/own");
  const Endpoint endpoint = own_write_gets(cross_site_blocked());
  const Finding finding = first_finding(id, endpoint);
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, "the console treats its endpoint's origin as foreign");
  EXPECT_EQ(finding.expected, "CARACAL_AUTH_URL of the endpoint's origin");
  EXPECT_EQ(finding.observed, "another origin");
  expect_asked_at(finding, "/own");
  EXPECT_EQ(messages_of(result_of(id, asked(endpoint, console_at(endpoint_url)))),
            std::vector<std::string>{finding.message});
}

TEST(WebEdgePublicOrigin, IsUnknownByTheEndpointAloneWhereAnotherAnswers) {
  for (const HttpAnswer& answer : {answer_of_edge(401), console_says(200, "{}")}) {
    const Endpoint endpoint = own_write_gets(answer);
    EXPECT_EQ(first_finding(id, endpoint).reason, UnknownReason::unexpected_response);
    expect_asked_at(first_finding(id, endpoint), "/own");
    EXPECT_EQ(status_of(id, asked(endpoint, console_at(endpoint_url))), Outcome::pass);
  }
  expect_unknown(id, own_write_gets(answer_of_edge(403)), UnknownReason::unexpected_response,
                 "a write to the console API with its own origin was answered with 403, perhaps by "
                 "a proxy in front of the console: endpoints.web.headers_file lets probes through");
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::own_write] = {};
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  EXPECT_EQ(status_of(id, asked(endpoint, console_at(endpoint_url))), Outcome::pass);
  EXPECT_EQ(status_of(id, asked(endpoint, console_at("https://b.example.net"))), Outcome::fail);
  EXPECT_EQ(status_of(id, asked(endpoint, hardened_service(Component::api))), Outcome::unknown);
  expect_needs_endpoint(id);
}

TEST(WebEdgePublicOrigin, IsUnknownByTheEndpointAloneWhereAPathMovedAllOfAuth) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.answers[ConsoleRequest::auth_ok].value = console_says(404, "");
  const Finding finding = first_finding(id, endpoint);
  EXPECT_EQ(finding.reason, UnknownReason::unexpected_response);
  EXPECT_EQ(finding.message, "GET /api/auth/ok was answered with 404, which is inconclusive");
  EXPECT_EQ(status_of(id, asked(endpoint, console_at(endpoint_url))), Outcome::pass);
  endpoint.web.answers[ConsoleRequest::auth_ok].value =
      console_says(500, R"({"error":"internal_error"})");
  EXPECT_EQ(status_of(id, endpoint), Outcome::pass) << "its database is down";
  endpoint.web.answers[ConsoleRequest::auth_ok].value = answer_of_edge(404);
  EXPECT_EQ(status_of(id, endpoint), Outcome::pass) << "nobody of the console's said so";
}

}  // namespace
}  // namespace compliance::test::public_origin_test

// published-mode-api-documentation
#include <gtest/gtest.h>

#include "tests/support/endpoints.h"

namespace compliance::test::api_documentation_test {
namespace {

constexpr auto id = "published-mode-api-documentation";
constexpr auto not_found =
    R"({"message":"Route GET:/docs not found","error":"Not Found","statusCode":404})";

Endpoint api_answering(Fact<HttpAnswer> documentation) {
  Endpoint endpoint = endpoint_at(Component::api, "https://api.example.net");
  endpoint.service[ServiceRequest::documentation] = std::move(documentation);
  return endpoint;
}

Finding judged(int status, const std::string& body = "", std::vector<HttpHeader> headers = {}) {
  return only_finding(
      result_of(id, with_endpoints({api_answering(answering(status, body, std::move(headers)))})));
}

Finding redirected(const std::string& location) {
  return judged(302, "", {{"location", location}});
}

TEST(PublishedModeApiDocumentation, PassesForTheApisOwn404) {
  const Finding finding = judged(404, not_found);
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.object, "endpoint api");
  EXPECT_EQ(judged(404,
                   " { \"statusCode\" : 404, \"error\" : \"Not Found\",\n \"message\" : "
                   "\"Route GET:/docs not found\" }\n")
                .outcome,
            Outcome::pass);
}

TEST(PublishedModeApiDocumentation, IsUnknownForOther404s) {
  for (const char* body : {"", "404 page not found\n", "<html></html>", R"({"error":"Not Found"})",
                           R"({"message":"Route GET:/docs not found"})",
                           R"({"message":"Route GET:/api/docs not found","error":"Not Found"})",
                           R"({"message":"Route POST:/docs not found","error":"Not Found"})",
                           R"({"message":"Route GET:/docs not found","error":"not_found"})"}) {
    const Finding finding = judged(404, body);
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response) << body;
    EXPECT_EQ(finding.message, "answers /docs with status 404, which shows neither");
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(PublishedModeApiDocumentation, FailsForADocument) {
  const Finding finding = judged(200, "<html></html>");
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, "serves its documentation at /docs");
  EXPECT_EQ(finding.expected, "status 404");
  EXPECT_EQ(finding.observed, "status 200");
  EXPECT_EQ(finding.origin, at_peer());
  EXPECT_EQ(judged(200, not_found).outcome, Outcome::fail);
}

TEST(PublishedModeApiDocumentation, FailsForARedirectIntoIt) {
  for (const char* location :
       {"/docs/", "/docs", "./docs/static/index.html", "docs/index.html", "/docs/static/?x#y",
        "https://api.example.net/docs/", "http://API.example.net:3000/docs"}) {
    const Finding finding = redirected(location);
    EXPECT_EQ(summary_of(finding),
              "fail: serves its documentation at /docs [https://peer.example.net]")
        << location;
    EXPECT_EQ(finding.observed, "status 302");
  }
}

TEST(PublishedModeApiDocumentation, IsUnknownForOtherAnswers) {
  for (const char* location :
       {"/", "/sign-in", "/docsx", "/x/docs", "/document", "https://docs.example.net/docs/",
        "https://login.example.net/?to=/docs", "./", ""}) {
    EXPECT_EQ(
        summary_of(redirected(location)),
        "unknown: answers /docs with status 302, which shows neither [https://peer.example.net]")
        << location;
  }
  for (const int status : {201, 204, 302, 401, 403, 405, 429, 500, 503}) {
    EXPECT_EQ(judged(status, not_found).reason, UnknownReason::unexpected_response) << status;
  }
}

TEST(PublishedModeApiDocumentation, IsUnknownWithoutAnAnswer) {
  expect_unknown_without_answer(id, endpoint_at(Component::api),
                                api_answering(unseen<HttpAnswer>()));
}

}  // namespace
}  // namespace compliance::test::api_documentation_test

// Requests for pages: paths, headers, and the policy that admits the style sheet alone.
#include "exporter/publish/pages/page_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "exporter/base/digest.h"
#include "exporter/publish/reports/report.h"
#include "tests/support/page_text.h"
#include "tests/support/snapshots.h"

namespace compliance::pages::page_answers_test {
namespace {

using namespace test;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

ServerResponse answer(const std::string& path, const std::string& query = "") {
  const Snapshot snapshot =
      snapshot_of({result_with(sample_mode, {failing(Component::api, "service api", "dev mode")})});
  return answer_page({.method = "GET", .path = path, .parameters = query_parameters(query)},
                     snapshot, [](const EventQuery&) -> Result<EventPage> { return EventPage{}; });
}

std::string base64(const std::string& bytes) {
  std::string encoded(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL takes unsigned bytes
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
  encoded.resize(static_cast<std::size_t>(length));
  return encoded;
}

// The hash that a browser makes of the style sheet of a document.
std::string style_hash_of(const std::string& document) {
  const auto begin = document.find("<style>") + 7;
  return "'sha256-" + base64(sha256(document.substr(begin, document.find("</style>") - begin))) +
         "'";
}

TEST(PageAnswers, KnowTheirPaths) {
  EXPECT_EQ(page_of("/"), "/");
  EXPECT_EQ(page_of("/history"), "/history");
  for (const char* path : {"/checks/", "/checks/x", "/checks/../x", "/checks/x/y"}) {
    EXPECT_EQ(page_of(path), "/checks") << path;
  }
  for (const char* path :
       {"", "//", "/checks", "/history/", "/HISTORY", "/checksum", "/index.html"}) {
    EXPECT_EQ(page_of(path), "") << path;
  }
}

TEST(PageAnswers, CarryTheHeadersOfPages) {
  for (const char* path : {"/", "/history", "/checks/published-mode-sample"}) {
    const ServerResponse response = answer(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8") << path;
    EXPECT_THAT(
        response.headers,
        AllOf(Contains(Pair("X-Content-Type-Options", "nosniff")),
              Contains(Pair("X-Frame-Options", "DENY")),
              Contains(Pair("Referrer-Policy", "no-referrer")),
              Contains(Pair("Cache-Control", "no-store")),
              Contains(Pair("Content-Security-Policy",
                            "default-src 'none'; style-src " + style_hash_of(*response.body) +
                                "; img-src data:; base-uri 'none'; form-action 'self'; "
                                "frame-ancestors 'none'"))))
        << path;
  }
}

TEST(PageAnswers, AreFoundByNameAlone) {
  for (const char* path : {"/checks/", "/checks/x", "/checks/%3Cscript%3E", "/checks/.."}) {
    const ServerResponse response = answer(path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(*response.body, "not found\n") << path;
    EXPECT_EQ(response.content_type, "text/plain; charset=utf-8") << path;
  }
  EXPECT_EQ(answer("/", "installation=nowhere").status, 404);
  EXPECT_EQ(answer("/checks/published-mode-sample", "installation=nowhere").status, 404);
  EXPECT_EQ(answer("/", "installation=production").status, 200);
  EXPECT_EQ(answer("/", "utm=1&x").status, 200);
}

TEST(PageAnswers, RefuseAHistoryThatCannotBeRead) {
  EXPECT_EQ(answer("/history", "limit=x").status, 400);
}

TEST(HtmlReport, IsOneFileWithEverythingAndItsOwnPolicy) {
  const Snapshot snapshot =
      snapshot_of({result_with(sample_mode, {failing(Component::api, "service api", "dev mode")}),
                   result_with(sample_budget, {passing(Component::api, "Deployment api")})});
  const std::string report = render_html_report(snapshot, {});
  EXPECT_EQ(fault_of(report), "");
  EXPECT_THAT(report,
              HasSubstr("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                        "&#39;none&#39;; style-src &#39;sha256-"));
  EXPECT_THAT(report, AllOf(Not(HasSubstr("href=\"/")), Not(HasSubstr("<form"))));
  for (const char* id :
       {"check.production.published-mode-sample", "check.production.kubernetes-controls-sample"}) {
    EXPECT_EQ(count_of(report, "id=\"" + std::string{id} + "\""), 1U) << id;
    EXPECT_THAT(report, HasSubstr("href=\"#" + std::string{id} + "\""));
  }
  EXPECT_THAT(words_of(report), AllOf(HasSubstr("1 check fails, a critical one"),
                                      HasSubstr("Set CARACAL_MODE to stable"),
                                      HasSubstr("compose.yaml:12:7 service api")));
}

TEST(HtmlReport, LosesNoFinding) {
  std::vector<Finding> findings;
  findings.reserve(2'000);
  for (int number = 0; number < 2'000; ++number) {
    findings.push_back(failing(Component::api, "object-" + std::to_string(number) + ";", "bad"));
  }
  const std::string report =
      render_html_report(snapshot_of({result_with(sample_mode, findings)}), {});
  for (const int number : {0, 999, 1'999}) {
    EXPECT_THAT(report, HasSubstr("object-" + std::to_string(number) + ";"));
  }
}

}  // namespace
}  // namespace compliance::pages::page_answers_test

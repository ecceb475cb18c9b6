// Tests of recognising the services of Caracal by what they answer.
#include "exporter/observe/probes/ports/caracal_answers.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace compliance::probes::caracal_answers_test {
namespace {

HttpAnswer answer(int status, const std::string& body,
                  const std::string& type = "application/json") {
  return {.status = status, .headers = {{.name = "content-type", .value = type}}, .body = body};
}

struct ReadyCase {
  int status;
  std::string body;
  ReadyAnswer expected;
};

TEST(ReadReady, KnowsTheAnswersOfEachService) {
  const std::vector<ReadyCase> cases{
      {200, R"({"ok":true,"ready":true})", ReadyAnswer::go_service},
      {503, R"({"ok":false,"ready":false,"reason":"postgres_unreachable"})",
       ReadyAnswer::go_service},
      {503, R"({"ok":false,"ready":false,"reason":"audit_dlq_threshold"})",
       ReadyAnswer::go_service},
      {200, R"({"ready":true})", ReadyAnswer::perhaps_audit},
      {200, R"({"ok":true})", ReadyAnswer::perhaps_node},
      {503, R"({"ok":false,"error":"redis_unreachable","dependency":"redis"})",
       ReadyAnswer::perhaps_node},
      {503, R"({"ok":false,"error":"outbox_dead"})", ReadyAnswer::perhaps_node},
      {503, R"({"ok":false,"draining":true})", ReadyAnswer::perhaps_node},
      {429, R"({"error":"rate_limited"})", ReadyAnswer::perhaps_node},
      {200, R"({"status":"ready"})", ReadyAnswer::perhaps_web},
      {503, R"({"status":"unavailable"})", ReadyAnswer::perhaps_web},
      {503, R"({"status":"draining"})", ReadyAnswer::perhaps_web},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(read_ready(answer(each.status, each.body)), each.expected) << each.body;
  }
}

TEST(ReadReady, TakesNearMissesForForeign) {
  const std::vector<std::pair<int, std::string>> cases{
      {200, ""},
      {200, "{"},
      {200, "null"},
      {200, "[]"},
      {200, "ok"},
      {200, "<html>ready</html>"},
      {200, R"({"ok":true,"ready":true,"more":1})"},
      {200, R"({"ok":true,"ready":false})"},
      {200, R"({"ok":"true","ready":"true"})"},
      {200, R"({"ok":1})"},
      {200, R"({"status":"ok"})"},
      {200, R"({"ok":false,"ready":false,"reason":"postgres_unreachable"})"},
      {201, R"({"ok":true,"ready":true})"},
      {404, R"({"ok":true})"},
      {503, R"({"ok":false,"ready":false,"reason":"disk_full"})"},
      {503, R"({"ok":false,"ready":false,"reason":7})"},
      {503, R"({"ok":false,"ready":false,"reason":"sts_unreachable","more":1})"},
      {503, R"({"ok":true,"ready":true})"},
      {503, R"({"ok":false})"},
      {503, R"({"error":"postgres_unreachable"})"},
      {503, R"("ok")"},
      {429, R"({"error":"rate limited"})"},
      {429, ""},
      {401, R"({"error":"missing_token"})"},
  };
  for (const auto& [status, body] : cases) {
    EXPECT_EQ(read_ready(answer(status, body)), ReadyAnswer::foreign) << status << " " << body;
  }
}

TEST(ReadReady, SurvivesDeepNesting) {
  EXPECT_EQ(read_ready(answer(200, std::string(16000, '['))), ReadyAnswer::foreign);
}

TEST(ConfirmingTarget, IsOnlyNeededForAnswersThatOthersGiveToo) {
  EXPECT_EQ(confirming_target(ReadyAnswer::go_service), "");
  EXPECT_EQ(confirming_target(ReadyAnswer::foreign), "");
  EXPECT_EQ(confirming_target(ReadyAnswer::perhaps_audit), "/metrics");
  EXPECT_EQ(confirming_target(ReadyAnswer::perhaps_node), "/metrics");
  EXPECT_EQ(confirming_target(ReadyAnswer::perhaps_web), "/health");
}

TEST(Confirm, TellsTheServicesApart) {
  EXPECT_EQ(confirm(ReadyAnswer::perhaps_audit, answer(401, "unauthorized\n", "text/plain")),
            Component::audit);
  EXPECT_EQ(confirm(ReadyAnswer::perhaps_node, answer(401, R"({"error":"unauthorized"})")),
            Component::api);
  EXPECT_EQ(confirm(ReadyAnswer::perhaps_node, answer(401, R"({"error":"missing_token"})")),
            Component::coordinator);
  EXPECT_EQ(
      confirm(ReadyAnswer::perhaps_web, answer(200, R"({"status":"ok","service":"caracal-auth"})")),
      Component::web);
}

TEST(Confirm, DoesNotTakeOthersForCaracal) {
  const auto metrics = answer(200, "process_cpu_seconds_total 1\n", "text/plain; version=0.0.4");
  EXPECT_FALSE(confirm(ReadyAnswer::perhaps_node, metrics));
  EXPECT_FALSE(confirm(ReadyAnswer::perhaps_audit, metrics));
  EXPECT_FALSE(confirm(ReadyAnswer::perhaps_audit, answer(401, "unauthorized", "text/plain")));
  EXPECT_FALSE(confirm(ReadyAnswer::perhaps_audit, answer(401, "unauthorized\n", "text/html")));
  EXPECT_FALSE(confirm(ReadyAnswer::perhaps_audit, answer(403, "unauthorized\n", "text/plain")));
  EXPECT_FALSE(confirm(ReadyAnswer::perhaps_node, answer(403, R"({"error":"missing_token"})")));
  EXPECT_FALSE(confirm(ReadyAnswer::perhaps_node, answer(401, R"({"error":"forbidden"})")));
  EXPECT_FALSE(confirm(ReadyAnswer::perhaps_web, answer(200, R"({"status":"ok"})")));
  EXPECT_FALSE(confirm(ReadyAnswer::perhaps_web,
                       answer(503, R"({"status":"ok","service":"caracal-auth"})")));
  EXPECT_FALSE(confirm(ReadyAnswer::foreign, answer(401, R"({"error":"missing_token"})")));
}

}  // namespace
}  // namespace compliance::probes::caracal_answers_test

// What a health check asks, and what it makes of answers.
#include "exporter/commands/health_command.h"

#include <atomic>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/publish/http/http_server.h"
#include "tests/support/loopback_server.h"
#include "tests/support/temporary_directory.h"

namespace compliance::health_command_test {
namespace {

TEST(HealthTarget, IsAskedOnLoopbackWhateverIsBound) {
  struct Row {
    HealthOptions options;
    const char* url;
  };
  const std::vector<Row> rows{
      {{}, "http://127.0.0.1:9787/-/healthy"},
      {{.ready = true}, "http://127.0.0.1:9787/-/ready"},
      {{.listen_address = ":80"}, "http://127.0.0.1:80/-/healthy"},
      {{.listen_address = "0.0.0.0:80"}, "http://127.0.0.1:80/-/healthy"},
      {{.listen_address = "[::]:80"}, "http://[::1]:80/-/healthy"},
      {{.listen_address = "10.0.0.7:80"}, "http://10.0.0.7:80/-/healthy"},
      {{.probe_address = ":81", .listen_address = ":80", .web_config_file = "/does/not/exist"},
       "http://127.0.0.1:81/-/healthy"}};
  for (const Row& row : rows) {
    const auto target = health_target(row.options);
    ASSERT_TRUE(target) << row.url;
    EXPECT_EQ(target.value().url, row.url);
  }
}

TEST(HealthTarget, IsAskedByTlsWhereTheListenerSpeaksIt) {
  const test::TemporaryDirectory directory;
  const std::string tls = directory.write(
      "tls.yaml",
      "bearer_token_files: [t]\ntls_server_config: {cert_file: c.pem, key_file: k.pem}\n");
  const std::string plain = directory.write("plain.yaml", "bearer_token_files: [t]\n");
  const auto by_tls = health_target({.listen_address = ":80", .web_config_file = tls});
  ASSERT_TRUE(by_tls);
  EXPECT_EQ(by_tls.value(), (HealthTarget{"https://127.0.0.1:80/-/healthy", false}));
  const auto in_plain = health_target({.listen_address = ":80", .web_config_file = plain});
  ASSERT_TRUE(in_plain);
  EXPECT_EQ(in_plain.value().url, "http://127.0.0.1:80/-/healthy");
}

TEST(HealthTarget, VerifiesWhoAnswersAUrl) {
  const auto target = health_target({.url = "https://exporter.example.com/-/ready"});
  ASSERT_TRUE(target);
  EXPECT_EQ(target.value(), (HealthTarget{"https://exporter.example.com/-/ready", true}));
}

TEST(HealthTarget, IsRefusedWhenItCannotBeAsked) {
  EXPECT_FALSE(health_target({.listen_address = "127.0.0.1:0"}));
  EXPECT_FALSE(health_target({.probe_address = "nowhere"}));
  EXPECT_FALSE(health_target({.web_config_file = "/does/not/exist"}));
}

class HealthCheck : public testing::Test {
 protected:
  HealthCheck() {
    auto started = test::start_server([this](const ServerRequest& request) {
      return ServerResponse{.status = request.path == "/-/healthy" ? status_.load() : 404};
    });
    if (started) {
      server_ = std::move(started).value();
    }
  }

  int asked() const {
    return run_health_check({.probe_address = "127.0.0.1:" + std::to_string(server_->port())});
  }

  std::atomic<int> status_{200};
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HealthCheck, SucceedsOnlyWith200) {
  ASSERT_TRUE(server_);
  for (const int status : {503, 404, 302, 204, 401}) {
    status_ = status;
    EXPECT_EQ(asked(), 1) << status;
  }
  status_ = 200;
  EXPECT_EQ(asked(), 0);
}

TEST_F(HealthCheck, FailsWhenNobodyAnswers) {
  ASSERT_TRUE(server_);
  server_->stop();
  EXPECT_EQ(asked(), 1);
}

TEST_F(HealthCheck, FailsForWhatIsNoHttp) {
  EXPECT_EQ(run_health_check({.url = "file:///etc/hostname"}), 1);
}

}  // namespace
}  // namespace compliance::health_command_test

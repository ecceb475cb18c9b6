// The probes of the console through a real nginx that ends TLS in front of it.
#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/exporter/observe/probes/console/console_peer.h"
#include "tests/support/local_process.h"
#include "tests/support/temporary_directory.h"

namespace compliance::probes::web_probe_behind_nginx_test {
namespace {

using test::ample_deadline;
using test::answering;
using test::console_answer;
using test::HttpPeer;
using test::ReceivedRequest;

constexpr auto program = "/usr/sbin/nginx";

// Offers HTTP/2 too, adds a header of its own, and redirects from its plain port.
class Nginx {
 public:
  Nginx(const HttpPeer& console, const test::MadeCertificate& made) {
    const std::string certificate = directory_.write("edge.pem", made.pem);
    const std::string key = directory_.write("edge.key", made.key_pem);
    const std::string configuration = directory_.write(
        "nginx.conf", "daemon off; master_process off; pid " + directory_.path_of("pid") +
                          "; error_log stderr notice; events {}\nhttp { access_log off; " +
                          temporary_paths() +
                          "server { listen 127.0.0.1:" + std::to_string(tls_port_) +
                          " ssl http2; server_name console.test; ssl_certificate " + certificate +
                          "; ssl_certificate_key " + key +
                          "; add_header X-Frame-Options SAMEORIGIN always;"
                          " location / { proxy_pass http://" +
                          console.address() + "; proxy_set_header Host $host; } }\n" +
                          "server { listen 127.0.0.1:" + std::to_string(plain_port_) +
                          "; return 301 https://$host$request_uri; } }\n");
    process_.emplace(std::vector<std::string>{program, "-c", configuration, "-e", "stderr", "-p",
                                              directory_.path_of(".")},
                     "getrlimit");
  }

  bool is_ready() const { return process_->is_ready(); }
  const std::string& output() const { return process_->output(); }

  WebTarget target() const {
    return {.route = {.url = "https://console.test",
                      .connect_to = "127.0.0.1:" + std::to_string(tls_port_),
                      .ca_file = directory_.path_of("edge.pem")},
            .connect_to_http = "127.0.0.1:" + std::to_string(plain_port_),
            .session_cookie = "session=good"};
  }

 private:
  std::string temporary_paths() const {
    std::string text;
    for (const std::string name : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      text += name + "_temp_path " + directory_.path_of(name) + "; ";
    }
    return text;
  }

  test::TemporaryDirectory directory_{};
  std::uint16_t tls_port_ = test::free_port();
  std::uint16_t plain_port_ = test::free_port();
  std::optional<test::LocalProcess> process_{};
};

TEST(WebProbeBehindNginx, SeesWhatTheEdgeAddsAndWhatItRefusesItself) {
  if (!std::filesystem::exists(program)) {
    GTEST_SKIP() << "nginx is not installed";
  }
  const HttpPeer console(answering([](const ReceivedRequest& request) {
    std::string answer = console_answer(request);
    return answer.insert(answer.find("\r\n") + 2, "X-Frame-Options: DENY\r\n");
  }));
  const Nginx nginx(console, test::loopback_certificate());
  ASSERT_TRUE(nginx.is_ready()) << nginx.output();
  const WebAnswers web = probe_web(nginx.target(), Resolver{}, ample_deadline());
  ASSERT_TRUE(web.answers[ConsoleRequest::page].value)
      << web.answers[ConsoleRequest::page].fault.value_or(Fault{}).message;
  EXPECT_TRUE(web.answers[ConsoleRequest::page].value->tls);
  EXPECT_EQ(header_values(*web.answers[ConsoleRequest::page].value, "x-frame-options"),
            (std::vector<std::string_view>{"DENY", "SAMEORIGIN"}));
  EXPECT_EQ(web.answers[ConsoleRequest::foreign_write].value.value().status, 403);
  EXPECT_EQ(web.answers[ConsoleRequest::own_write].value.value().status, 401);
  ASSERT_TRUE(web.session);
  EXPECT_EQ(web.session->control.value.value().status, 200);
  for (const PathAnswer& path : web.session->paths) {
    EXPECT_EQ(path.answer.value.value().status, 404) << path.form;
  }
  const auto lines = console.lines();
  EXPECT_NE(std::find(lines.begin(), lines.end(), "GET /api/console/v1/%2fmetrics"), lines.end());
  ASSERT_TRUE(web.plain_http.value.value().answer);
  EXPECT_EQ(web.plain_http.value->answer->status, 301);
  EXPECT_EQ(header_values(*web.plain_http.value->answer, "location"),
            (std::vector<std::string_view>{"https://console.test/"}));
}

}  // namespace
}  // namespace compliance::probes::web_probe_behind_nginx_test

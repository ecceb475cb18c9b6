// TLS of the server: versions, client certificates, rotation, the deadline of the handshake.
#include <filesystem>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "exporter/publish/http/http_server.h"
#include "tests/support/loopback_server.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tls_client.h"

namespace compliance::http_server_tls_test {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using test::Certificate;
using test::get;
using test::make_certificate;
using test::SocketClient;
using test::tls_exchange;
using test::TlsClientOptions;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class HttpServerTls : public ::testing::Test {
 protected:
  HttpServerTls() : ca_(make_certificate("ca")) { write(make_certificate("first", &ca_)); }

  void write(const Certificate& certificate) {
    options_.cert_file = directory_.write("cert.pem", certificate.pem);
    options_.key_file = directory_.write("key.pem", certificate.key_pem);
  }

  Result<std::unique_ptr<HttpServer>> try_start() {
    HttpServerOptions options{
        .tls = options_, .request_deadline = deadline_, .max_connections = max_connections_};
    options.warn = [this](const std::string& message) {
      const std::scoped_lock lock(mutex_);
      warnings_.push_back(message);
    };
    return test::start_server(
        [this](const ServerRequest&) {
          return ServerResponse{.body = std::make_shared<const std::string>(body_)};
        },
        options);
  }

  void start() {
    auto started = try_start();
    ASSERT_TRUE(started) << started.error().message;
    server_ = std::move(started).value();
    port_ = server_->port();
  }

  std::string refusal() {
    const auto started = try_start();
    return started ? "" : started.error().message;
  }

  std::vector<std::string> warnings() {
    const std::scoped_lock lock(mutex_);
    return warnings_;
  }

  test::TemporaryDirectory directory_;
  Certificate ca_;
  TlsOptions options_;
  milliseconds deadline_{5'000};
  std::size_t max_connections_ = 64;
  std::string body_ = "hello";
  std::mutex mutex_;
  std::vector<std::string> warnings_;
  std::unique_ptr<HttpServer> server_;
  std::uint16_t port_ = 0;
};

TEST_F(HttpServerTls, AnswersOverTheNewestVersion) {
  start();
  const auto result = tls_exchange(port_, get("/"));
  EXPECT_EQ(result.answer.body, "hello");
  EXPECT_EQ(result.protocol, "TLSv1.3");
  EXPECT_EQ(result.server_name, "first");
}

TEST_F(HttpServerTls, SendsLargeBodiesWhole) {
  body_ = std::string(5U << 20U, 'x') + "!";
  start();
  EXPECT_EQ(tls_exchange(port_, get("/")).answer.body, body_);
}

TEST_F(HttpServerTls, SpeaksTls12ButNothingOlder) {
  start();
  EXPECT_EQ(tls_exchange(port_, get("/"), {.max_version = TLS1_2_VERSION}).protocol, "TLSv1.2");
  EXPECT_FALSE(tls_exchange(port_, get("/"), {.max_version = TLS1_1_VERSION}).handshake);
}

TEST_F(HttpServerTls, SpeaksOnlyTls13WhenToldSo) {
  options_.tls13_only = true;
  start();
  EXPECT_EQ(tls_exchange(port_, get("/")).protocol, "TLSv1.3");
  EXPECT_FALSE(tls_exchange(port_, get("/"), {.max_version = TLS1_2_VERSION}).handshake);
}

TEST_F(HttpServerTls, GivesNoSessionTickets) {
  start();
  EXPECT_FALSE(tls_exchange(port_, get("/")).session_ticket);
  EXPECT_FALSE(tls_exchange(port_, get("/"), {.max_version = TLS1_2_VERSION}).session_ticket);
}

TEST_F(HttpServerTls, AsksForNoClientCertificateByDefault) {
  start();
  const auto own = make_certificate("self-made");
  EXPECT_EQ(tls_exchange(port_, get("/"), {.certificate = &own}).answer.status, 200);
}

TEST_F(HttpServerTls, AcceptsOnlyClientCertificatesOfItsCaWhenTheyAreRequired) {
  options_.client_ca_file = directory_.write("ca.pem", ca_.pem);
  options_.require_client_certificate = true;
  start();
  const auto good = make_certificate("client", &ca_);
  const auto foreign_ca = make_certificate("ca");
  const auto foreign = make_certificate("client", &foreign_ca);
  EXPECT_EQ(tls_exchange(port_, get("/"), {.certificate = &good}).answer.status, 200);
  EXPECT_EQ(tls_exchange(port_, get("/"), {.certificate = &foreign}).answer.status, 0);
  EXPECT_EQ(tls_exchange(port_, get("/")).answer.status, 0);
  EXPECT_EQ(tls_exchange(port_, get("/"), {.max_version = TLS1_2_VERSION}).answer.status, 0);
}

TEST_F(HttpServerTls, VerifiesClientCertificatesThatAreGivenWhenTheyAreNotRequired) {
  options_.client_ca_file = directory_.write("ca.pem", ca_.pem);
  start();
  const auto foreign = make_certificate("self-made");
  EXPECT_EQ(tls_exchange(port_, get("/")).answer.status, 200);
  EXPECT_EQ(tls_exchange(port_, get("/"), {.certificate = &foreign}).answer.status, 0);
}

TEST_F(HttpServerTls, ServesAReplacedCertificateWithoutARestart) {
  start();
  EXPECT_EQ(tls_exchange(port_, get("/")).server_name, "first");
  write(make_certificate("second", &ca_));
  const auto result = tls_exchange(port_, get("/"));
  EXPECT_EQ(result.server_name, "second");
  EXPECT_EQ(result.answer.status, 200);
  EXPECT_THAT(warnings(), IsEmpty());
}

TEST_F(HttpServerTls, KeepsTheLastGoodCertificateWhileTheFilesDoNotFit) {
  start();
  const auto second = make_certificate("second", &ca_);
  directory_.write("cert.pem", second.pem);
  EXPECT_EQ(tls_exchange(port_, get("/")).server_name, "first");
  EXPECT_EQ(tls_exchange(port_, get("/")).server_name, "first");
  EXPECT_THAT(warnings(), ElementsAre(HasSubstr("key.pem")));
  directory_.write("key.pem", second.key_pem);
  EXPECT_EQ(tls_exchange(port_, get("/")).server_name, "second");
  std::filesystem::remove(options_.key_file);
  EXPECT_EQ(tls_exchange(port_, get("/")).server_name, "second");
}

TEST_F(HttpServerTls, FollowsAReplacedClientCa) {
  options_.client_ca_file = directory_.write("ca.pem", ca_.pem);
  options_.require_client_certificate = true;
  start();
  const auto new_ca = make_certificate("new-ca");
  const auto client = make_certificate("client", &new_ca);
  EXPECT_EQ(tls_exchange(port_, get("/"), {.certificate = &client}).answer.status, 0);
  directory_.write("ca.pem", new_ca.pem);
  EXPECT_EQ(tls_exchange(port_, get("/"), {.certificate = &client}).answer.status, 200);
}

TEST_F(HttpServerTls, CutsOffAHandshakeThatDoesNotEnd) {
  deadline_ = milliseconds(200);
  start();
  const auto begin = Clock::now();
  const SocketClient silent(port_);
  const SocketClient half(port_);
  half.send(std::string("\x16\x03\x01\x02\x00\x01\x00", 7));
  EXPECT_TRUE(silent.is_closed_by_server());
  EXPECT_TRUE(half.is_closed_by_server());
  EXPECT_LT(Clock::now() - begin, milliseconds(2'000));
}

TEST_F(HttpServerTls, UnfinishedHandshakesDoNotStarveAScrape) {
  max_connections_ = 8;
  start();
  std::vector<SocketClient> silent;
  silent.reserve(30);
  for (int number = 0; number < 30; ++number) {
    silent.emplace_back(port_);
  }
  const auto begin = Clock::now();
  EXPECT_EQ(tls_exchange(port_, get("/")).answer.status, 200);
  EXPECT_LT(Clock::now() - begin, milliseconds(2'000));
}

TEST_F(HttpServerTls, HasNothingToSayToPlainHttp) {
  start();
  const SocketClient client(port_);
  client.send(get("/"));
  EXPECT_THAT(client.receive_all(), Not(StartsWith("HTTP")));
  EXPECT_EQ(tls_exchange(port_, get("/")).answer.status, 200);
}

TEST_F(HttpServerTls, StopsWithHandshakesOpen) {
  deadline_ = milliseconds(60'000);
  start();
  const SocketClient silent(port_);
  const auto begin = Clock::now();
  server_->stop();
  EXPECT_LT(Clock::now() - begin, milliseconds(2'000));
}

TEST_F(HttpServerTls, IsRefusedFilesThatCannotBeUsed) {
  const auto good = options_;
  options_.cert_file = directory_.path_of("absent.pem");
  EXPECT_THAT(refusal(), StartsWith("TLS certificate " + options_.cert_file + ": "));
  options_.cert_file = directory_.write("garbage.pem", "no certificate");
  EXPECT_THAT(refusal(), StartsWith("TLS certificate " + options_.cert_file + ": "));
  options_ = good;
  options_.key_file = directory_.path_of("absent.pem");
  EXPECT_THAT(refusal(), StartsWith("TLS key " + options_.key_file + ": "));
  options_.key_file = directory_.write("other.pem", make_certificate("other").key_pem);
  EXPECT_THAT(refusal(), StartsWith("TLS key " + options_.key_file));
  options_ = good;
  options_.client_ca_file = directory_.write("garbage.pem", "no certificate");
  EXPECT_THAT(refusal(), StartsWith("TLS client CA " + options_.client_ca_file + ": "));
  options_ = good;
  options_.require_client_certificate = true;
  EXPECT_THAT(refusal(), HasSubstr("no client CA file"));
}

}  // namespace
}  // namespace compliance::http_server_tls_test

// The web configuration file.
#include "exporter/config/web_config.h"

#include <gtest/gtest.h>

namespace compliance::web_config_test {
namespace {

Result<WebConfig> parse(const std::string& text) { return parse_web_config("/etc/web.yaml", text); }

TEST(WebConfig, ReadsEveryKeyAndResolvesPaths) {
  const auto config = parse(
      "bearer_token_files: [old, /run/secrets/new]\n"
      "behind_tls_proxy: true\n"
      "tls_server_config: {cert_file: c.pem, key_file: k.pem, client_ca_file: ca.pem,\n"
      "  client_auth_type: RequireAndVerifyClientCert, min_version: TLS13}\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config.value().bearer_token_files,
            (std::vector<std::string>{"/etc/old", "/run/secrets/new"}));
  EXPECT_TRUE(config.value().behind_tls_proxy);
  EXPECT_EQ(config.value().tls, (WebTlsConfig{.cert_file = "/etc/c.pem",
                                              .key_file = "/etc/k.pem",
                                              .client_ca_file = "/etc/ca.pem",
                                              .require_client_certificate = true,
                                              .tls13_only = true}));
}

TEST(WebConfig, IsRefusedWithoutABearerToken) {
  for (const char* text : {"", "behind_tls_proxy: true\n", "bearer_token_files: []\n"}) {
    const auto config = parse(text);
    ASSERT_FALSE(config) << text;
    EXPECT_NE(config.error().message.find("/etc/web.yaml:1:1"), std::string::npos)
        << config.error().message;
  }
}

TEST(WebConfig, RefusesHalfATlsSection) {
  for (const char* text :
       {"{cert_file: c}", "{key_file: k}", "{cert_file: c, key_file: k, client_ca_file: ca}",
        "{cert_file: c, key_file: k, client_auth_type: RequireAndVerifyClientCert}",
        "{cert_file: c, key_file: k, min_version: TLS11}", "{cert_file: c, key_file: k, ca: x}",
        "on"}) {
    EXPECT_FALSE(parse(std::string{"bearer_token_files: [t]\ntls_server_config: "} + text)) << text;
  }
}

TEST(WebConfig, AcceptsTlsWithoutClientCertificates) {
  const auto config = parse(
      "bearer_token_files: [t]\n"
      "tls_server_config: {cert_file: c, key_file: k, client_auth_type: NoClientCert, "
      "min_version: TLS12}\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_FALSE(config.value().tls->require_client_certificate);
  EXPECT_FALSE(config.value().tls->tls13_only);
}

}  // namespace
}  // namespace compliance::web_config_test

// external-tls-gateway-files
#include <gtest/gtest.h>

#include "tests/checks/web_edge/consoles.h"
#include "tests/support/packaged.h"

namespace compliance::test::gateway_files_test {
namespace {

constexpr auto id = "external-tls-gateway-files";

Container gateway_with(const Settings& settings, std::vector<Mount> mounts = {}) {
  Container gateway = with_settings(hardened_service(Component::gateway), settings);
  gateway.mounts = std::move(mounts);
  return gateway;
}

const Settings both{{"TLS_CERT_FILE", "/run/tls/tls.crt"}, {"TLS_KEY_FILE", "/run/tls/tls.key"}};

Mount mount(MountKind kind, std::string target, std::vector<MountedFile> files = {}) {
  return {.kind = kind,
          .source = "gateway-tls",
          .target = std::move(target),
          .read_only = true,
          .files = std::move(files),
          .origin = at(Source::compose, 50)};
}

std::vector<std::string> messages_for(std::vector<Mount> mounts) {
  return messages_of(result_of(id, compose_installation({gateway_with(both, std::move(mounts))})));
}

TEST(ExternalTlsGatewayFiles, PassesWithoutFiles) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, gateway_with({{"TLS_CERT_FILE", ""}, {"TLS_KEY_FILE", ""}})),
            Outcome::pass);
  EXPECT_EQ(status_of(id, gateway_with({{"TLS_KEY_FILE", ""}})), Outcome::pass);
}

TEST(ExternalTlsGatewayFiles, PassesWhenBothAreMounted) {
  for (const MountKind kind : {MountKind::bind, MountKind::kubernetes_secret, MountKind::csi}) {
    EXPECT_TRUE(messages_for({mount(kind, "/run/tls")}).empty());
  }
  EXPECT_TRUE(messages_for({mount(MountKind::compose_secret, "/run/tls/tls.crt"),
                            mount(MountKind::compose_secret, "/run/tls/tls.key")})
                  .empty());
  EXPECT_TRUE(messages_for({mount(MountKind::kubernetes_secret, "/run/tls",
                                  {{"tls.crt", "tls.crt"}, {"tls.key", "tls.key"}})})
                  .empty());
}

TEST(ExternalTlsGatewayFiles, FailsForAKeyThatIsNoSecret) {
  for (const MountKind kind : {MountKind::named_volume, MountKind::config_map}) {
    EXPECT_EQ(messages_for({mount(kind, "/run/tls")}),
              std::vector<std::string>{
                  "TLS_KEY_FILE names a file on a mount that does not come from a secret"});
    EXPECT_TRUE(messages_for({mount(kind, "/run/tls/tls.crt"),
                              mount(MountKind::compose_secret, "/run/tls/tls.key")})
                    .empty());
  }
}

TEST(ExternalTlsGatewayFiles, FailsWithOneOfThem) {
  for (const auto& [name, observed] :
       Settings{{"TLS_CERT_FILE", "only TLS_CERT_FILE"}, {"TLS_KEY_FILE", "only TLS_KEY_FILE"}}) {
    for (const bool other_is_empty : {false, true}) {
      Settings settings;
      if (other_is_empty) {
        settings = {{"TLS_CERT_FILE", ""}, {"TLS_KEY_FILE", ""}};
      }
      settings.emplace_back(name, "/run/tls/x");
      const Finding finding =
          first_finding(id, gateway_with(settings, {mount(MountKind::bind, "/run/tls")}));
      EXPECT_EQ(finding.message, "has one of its two TLS files");
      EXPECT_EQ(finding.expected, "both or neither");
      EXPECT_EQ(finding.observed, observed);
      EXPECT_EQ(finding.object, "service gateway");
      EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
    }
  }
}

TEST(ExternalTlsGatewayFiles, FailsForAFileThatNoMountProvides) {
  EXPECT_EQ(messages_for({mount(MountKind::bind, "/run/tl")}),
            (std::vector<std::string>{
                "TLS_CERT_FILE names a file that no mount of the container provides",
                "TLS_KEY_FILE names a file that no mount of the container provides"}));
  EXPECT_EQ(messages_for({mount(MountKind::compose_secret, "/run/tls/tls.crt")}),
            std::vector<std::string>{
                "TLS_KEY_FILE names a file that no mount of the container provides"});
  const Finding finding = first_finding(id, gateway_with(both));
  EXPECT_EQ(finding.expected, "a mounted file");
  EXPECT_EQ(finding.observed, "no mount");
  EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
}

TEST(ExternalTlsGatewayFiles, FailsForAFileThatTheMountedSecretLacks) {
  EXPECT_EQ(
      messages_for({mount(MountKind::kubernetes_secret, "/run/tls", {{"tls.crt", "tls.crt"}})}),
      std::vector<std::string>{
          "TLS_KEY_FILE names a file that the secret mounted there does not contain"});
}

TEST(ExternalTlsGatewayFiles, IsUnknownWhenAMountIsUndecided) {
  Mount undecided = mount(MountKind::bind, "");
  undecided.fault = Fault{.reason = UnknownReason::unresolved_reference, .message = "Y is not set"};
  const Finding finding = first_finding(id, gateway_with(both, {undecided}));
  EXPECT_EQ(finding.outcome, Outcome::unknown);
  EXPECT_EQ(finding.message, "Y is not set");
  EXPECT_EQ(finding.origin, at(Source::compose, 50));
  EXPECT_EQ(status_of(id, gateway_with({}, {undecided})), Outcome::pass);
}

TEST(ExternalTlsGatewayFiles, IsUnknownWhenAnUnsetVariableDecides) {
  for (const char* name : {"TLS_CERT_FILE", "TLS_KEY_FILE"}) {
    Container gateway = gateway_with(both, {mount(MountKind::bind, "/run/tls")});
    set_unresolved_variable(gateway, name);
    EXPECT_EQ(first_finding(id, gateway).message, "X is not set") << name;
  }
}

TEST(ExternalTlsGatewayFiles, EvaluatesOnlyGateways) {
  Container other = with_settings(hardened_service(Component::sts), {{"TLS_CERT_FILE", "/x"}});
  EXPECT_EQ(status_of(id, other), Outcome::not_applicable);
  Container init = gateway_with({{"TLS_CERT_FILE", "/x"}});
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, init), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::gateway_files_test

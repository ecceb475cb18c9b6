// Which files containers serve TLS with, as far as they are seen from here.
#include "exporter/observe/secrets/certificate_files.h"

#include <gtest/gtest.h>

#include "tests/support/certificates.h"
#include "tests/support/facts.h"
#include "tests/support/temporary_directory.h"

namespace compliance::certificate_files_test {
namespace {

using test::TemporaryDirectory;

constexpr auto in_container = "/run/secrets/gatewayTls";

Container gateway_with(std::vector<Mount> mounts, const std::string& path = in_container) {
  Container container = test::hardened_service(Component::gateway);
  container.mounts = std::move(mounts);
  test::set_variable(container, "TLS_CERT_FILE", path);
  return container;
}

Mount compose_secret(const std::string& name) {
  return {.kind = MountKind::compose_secret, .source = name, .target = in_container};
}

Mount bind_mount(const std::string& source, const std::string& target) {
  return {.kind = MountKind::bind, .source = source, .target = target};
}

Mount kubernetes_secret(const std::string& key) {
  return {.kind = MountKind::kubernetes_secret,
          .source = "gateway-tls",
          .target = "/run/secrets",
          .files = {{.key = key, .path = "gatewayTls"}}};
}

class CertificateFiles : public testing::Test {
 protected:
  std::vector<CertificateFile> observe_all(const std::vector<Container>& containers) const {
    return observe_certificates({containers, {}}, places_);
  }

  CertificateFile observe(const Container& container) const {
    const auto files = observe_all({container});
    EXPECT_EQ(files.size(), 1U);
    return files.empty() ? CertificateFile{} : files.front();
  }

  // The certificate was read from there.
  void expect_read(const Container& container, const std::string& path) const {
    const CertificateFile file = observe(container);
    EXPECT_EQ(file.origin.place.text(), path);
    EXPECT_EQ(file.fault, std::nullopt);
    EXPECT_EQ(file.certificates.size(), 1U);
  }

  std::string write(const std::string& name) const { return directory_.write(name, pem_); }

  TemporaryDirectory directory_;
  CertificatePlaces places_;
  std::string pem_ = test::make_certificate({}, nullptr).pem;
};

TEST_F(CertificateFiles, OfAComposeSecretIsTheFileOfThatSecret) {
  const std::string path = write("file");
  places_.compose_secrets["tls"] = path;
  expect_read(gateway_with({compose_secret("tls")}), path);
}

TEST_F(CertificateFiles, OfABindIsTheHostPathBelowIt) {
  const std::string path = write("tls.crt");
  expect_read(gateway_with({bind_mount(path, "/etc/tls.crt")}, "/etc/tls.crt"), path);
  const std::string below = directory_.path_of("");
  expect_read(
      gateway_with({bind_mount(below.substr(0, below.size() - 1), "/etc/tls")}, "/etc/tls/tls.crt"),
      path);
}

TEST_F(CertificateFiles, OfAKubernetesSecretLiesInTheSecretsDirectory) {
  places_.directories = {directory_.path_of("")};
  const std::string path = write("gatewayTlsCertificate");
  expect_read(gateway_with({kubernetes_secret("gatewayTlsCertificate")}), path);
}

TEST_F(CertificateFiles, InTheSecretsDirectoryMayBearTheNameOfTheFile) {
  places_.directories = {directory_.path_of("")};
  const std::string path = write("gatewayTls");
  expect_read(gateway_with({kubernetes_secret("tls.crt")}), path);
  expect_read(gateway_with({}), path);
}

TEST_F(CertificateFiles, InTheSecretsDirectoryWinOverTheSecretsOfCompose) {
  places_.directories = {directory_.path_of("")};
  places_.compose_secrets["tls"] = directory_.path_of("none");
  const std::string path = write("tls");
  expect_read(gateway_with({compose_secret("tls")}), path);
}

TEST_F(CertificateFiles, OfSeveralDirectoriesTheLastOneWins) {
  const TemporaryDirectory later;
  places_.directories = {directory_.path_of(""), later.path_of("")};
  write("gatewayTls");
  expect_read(gateway_with({}), later.write("gatewayTls", pem_));
}

TEST_F(CertificateFiles, ThatAreNotThereAreMissing) {
  places_.compose_secrets["tls"] = directory_.path_of("none");
  const CertificateFile file = observe(gateway_with({compose_secret("tls")}));
  ASSERT_TRUE(file.fault);
  EXPECT_EQ(file.fault->reason, UnknownReason::missing_object);
  EXPECT_EQ(file.origin.place.text(), directory_.path_of("none"));
}

TEST_F(CertificateFiles, ThatNothingShowsAreNotObservable) {
  places_.directories = {directory_.path_of("")};
  places_.compose_secrets["other"] = write("other");
  Mount volume = bind_mount("tls", "/run/secrets");
  volume.kind = MountKind::named_volume;
  for (const std::vector<Mount>& mounts :
       {std::vector<Mount>{}, {kubernetes_secret("tls.crt")}, {compose_secret("tls")}, {volume}}) {
    const CertificateFile file = observe(gateway_with(mounts));
    ASSERT_TRUE(file.fault);
    EXPECT_EQ(file.fault->reason, UnknownReason::not_observable);
    EXPECT_EQ(file.origin.place.text(), "compose.yaml");
  }
}

TEST_F(CertificateFiles, NamedByAnUnsetVariableAreUnresolved) {
  Container container = test::hardened_service(Component::gateway);
  test::set_unresolved_variable(container, "TLS_CERT_FILE");
  const CertificateFile file = observe(container);
  ASSERT_TRUE(file.fault);
  EXPECT_EQ(file.fault->reason, UnknownReason::unresolved_reference);
}

TEST_F(CertificateFiles, SayWhoseTheyAre) {
  const CertificateFile file = observe(gateway_with({}));
  EXPECT_EQ(file.component, Component::gateway);
  EXPECT_EQ(file.object, "service gateway");
}

TEST_F(CertificateFiles, AreNotLookedForWhereNoneIsNamed) {
  const Container other = [] {
    Container container = gateway_with({});
    container.component = Component::web;
    return container;
  }();
  EXPECT_TRUE(observe_all({test::hardened_service(Component::gateway), other, gateway_with({}, "")})
                  .empty());
}

TEST_F(CertificateFiles, AreThoseOfEveryGateway) {
  EXPECT_EQ(observe_all({gateway_with({}), gateway_with({})}).size(), 2U);
}

}  // namespace
}  // namespace compliance::certificate_files_test

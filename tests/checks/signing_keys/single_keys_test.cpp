// Tests that every check of a single key has to pass; the check's own test file names its key.
#include "tests/checks/signing_keys/single_keys.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace compliance::test::single_keys_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST_P(SingleKeys, PassWhenEachReaderHasAGoodKey) {
  const CheckResult judged = result(with_content(good_key));
  EXPECT_EQ(judged.status, Outcome::pass);
  EXPECT_EQ(judged.findings.size(), key_.readers.size() + 1);
}

TEST_P(SingleKeys, PassWithATrailingNewlineAndCapitals) {
  EXPECT_EQ(
      status(with_content("9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08\n")),
      Outcome::pass);
}

TEST_P(SingleKeys, FailForOneByteLess) {
  const CheckResult judged = result(with_content(std::string{good_key}.substr(2)));
  EXPECT_EQ(judged.status, Outcome::fail);
  EXPECT_EQ(judged.severity, key_.severity);
  EXPECT_EQ(judged.findings.front().object, std::string{"secret "} + key_.secret);
  EXPECT_EQ(judged.findings.front().component, Component::installation);
  EXPECT_EQ(judged.findings.front().observed, "hex of 31 bytes");
  EXPECT_EQ(judged.findings.front().origin.place.text(), std::string{"secrets/"} + key_.secret);
}

TEST_P(SingleKeys, FailForBase64OfThirtyTwoBytes) {
  const CheckResult judged = result(with_content(base64_key));
  EXPECT_EQ(summary_of(judged), bad_content(key_.secret));
  EXPECT_EQ(judged.findings.front().observed, "base64 text");
}

TEST_P(SingleKeys, FailForAnOddNumberOfDigits) {
  const CheckResult judged = result(with_content(std::string{good_key} + "a"));
  EXPECT_EQ(summary_of(judged), bad_content(key_.secret));
  EXPECT_EQ(judged.findings.front().observed, "text that is not hex");
}

TEST_P(SingleKeys, FailForAnEmptyFile) {
  const CheckResult judged = result(with_content("\n"));
  EXPECT_EQ(summary_of(judged), bad_content(key_.secret));
  EXPECT_EQ(judged.findings.front().observed, "an empty file");
}

TEST_P(SingleKeys, FailWithSeverityLowWhenUnset) {
  const CheckResult judged = result(compose_installation({without_key()}));
  EXPECT_EQ(judged.status, Outcome::fail);
  EXPECT_EQ(judged.severity, Severity::low);
  ASSERT_EQ(judged.findings.size(), 1U);
  EXPECT_EQ(judged.findings.front().component, reader_);
  EXPECT_THAT(judged.findings.front().message, HasSubstr(key_.variable));
  EXPECT_EQ(judged.findings.front().origin, without_key().origin);
}

TEST_P(SingleKeys, FailWhenSetToNothing) {
  Container container = without_key();
  set_variable(container, key_.variable, "");
  set_variable(container, std::string{key_.variable} + "_FILE", "");
  EXPECT_EQ(summary_of(result(compose_installation({container}))), not_set(container));
}

TEST_P(SingleKeys, EachReaderNeedsTheKey) {
  for (const Component component : key_.readers) {
    std::vector<Container> containers = services_with_key(key_.readers, key_.variable, key_.secret);
    for (Container& container : containers) {
      if (container.component == component) {
        container = hardened_service(component);
        container.release = parse_release("v1.0.0");
      }
    }
    EXPECT_EQ(summary_of(result(compose_installation(containers))), not_set(containers.front()))
        << name_of(component);
  }
}

TEST_P(SingleKeys, OthersDoNotNeedTheKey) {
  for (const Component component : {Component::web, Component::postgres, Component::redis,
                                    Component::other, Component::edge, Component::migrate}) {
    Installation installation = with_content(good_key);
    containers_in(installation).push_back(hardened_service(component));
    EXPECT_EQ(status(installation), Outcome::pass) << name_of(component);
  }
}

TEST_P(SingleKeys, AreNotApplicableWithoutAnyReader) {
  EXPECT_EQ(status(compose_installation({hardened_service(Component::web)})),
            Outcome::not_applicable);
}

TEST_P(SingleKeys, JudgeAFileThatNobodyIsKnownToRead) {
  Installation installation = compose_installation({hardened_service(Component::web)});
  add_secret_file(installation, key_.secret, "short");
  EXPECT_EQ(summary_of(result(installation)), bad_content(key_.secret));
}

TEST_P(SingleKeys, InlineTextCountsAsSetAndHasNoFile) {
  Container container = without_key();
  set_variable(container, key_.variable, "anything");
  const CheckResult judged = result(compose_installation({container}));
  EXPECT_EQ(judged.status, Outcome::pass);
  EXPECT_EQ(judged.findings.size(), 1U);
}

TEST_P(SingleKeys, AreUnknownWhenAnUnsetVariableDecides) {
  Container container = without_key();
  set_unresolved_variable(container, std::string{key_.variable} + "_FILE");
  const CheckResult judged = result(compose_installation({container}));
  EXPECT_EQ(judged.status, Outcome::unknown);
  ASSERT_EQ(judged.findings.size(), 1U);
  EXPECT_EQ(judged.findings.front().reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(judged.findings.front().message, "X is not set");
  EXPECT_EQ(judged.findings.front().origin, at(Source::compose, 10, 7));
}

TEST_P(SingleKeys, AreUnknownWhenTheEnvironmentIsIncomplete) {
  Container container = without_key();
  container.environment.incomplete =
      Fault{.reason = UnknownReason::missing_object, .message = "ConfigMap x is not there"};
  const CheckResult judged = result(compose_installation({container}));
  EXPECT_EQ(judged.status, Outcome::unknown);
  EXPECT_EQ(judged.findings.front().message, "ConfigMap x is not there");
  EXPECT_EQ(judged.findings.front().origin, container.origin);
}

TEST_P(SingleKeys, AreUnknownWhenNoSecretFilesAreConfigured) {
  const Installation installation = compose_installation({reader()});
  EXPECT_EQ(status(installation), Outcome::unknown);
  EXPECT_THAT(reasons(installation), ElementsAre(UnknownReason::not_configured));
}

TEST_P(SingleKeys, AreUnknownWhenTheFileIsMissing) {
  Installation installation = compose_installation({reader()});
  add_secret_file(installation, "metricsBearer", "x");
  EXPECT_EQ(status(installation), Outcome::unknown);
  EXPECT_THAT(reasons(installation), ElementsAre(UnknownReason::missing_object));
}

TEST_P(SingleKeys, AreUnknownWithTheReasonOfTheFile) {
  Installation installation = with_content(good_key);
  installation.secrets.files.front().fault =
      Fault{.reason = UnknownReason::permission_denied, .message = "refused"};
  EXPECT_EQ(status(installation), Outcome::unknown);
  EXPECT_THAT(reasons(installation), ElementsAre(UnknownReason::permission_denied));
  EXPECT_EQ(result(installation).findings.front().message, "refused");
}

TEST_P(SingleKeys, FollowThePathToASecretOfAnotherName) {
  Container container = without_key();
  mount_key(container, key_.variable, "renamed", key_.secret);
  Installation installation = compose_installation({container});
  add_secret_file(installation, key_.secret, good_key);
  EXPECT_THAT(reasons(installation), ElementsAre(UnknownReason::missing_object));
  add_secret_file(installation, "renamed", "short");
  EXPECT_EQ(summary_of(result(installation)), bad_content("renamed"));
}

TEST_P(SingleKeys, FollowABindMountByTheNameOfTheFile) {
  Container container = without_key();
  set_variable(container, std::string{key_.variable} + "_FILE", "/keys/k");
  container.mounts.push_back(
      {.kind = MountKind::bind, .source = "/srv/secrets/renamed", .target = "/keys/k"});
  Installation installation = compose_installation({container});
  add_secret_file(installation, "renamed", good_key);
  EXPECT_EQ(status(installation), Outcome::pass);
}

TEST_P(SingleKeys, FollowAKeyOfAKubernetesSecret) {
  Container container = hardened_pod_container(reader_);
  set_variable(container, std::string{key_.variable} + "_FILE", "/run/secrets/k");
  container.mounts.push_back({.kind = MountKind::kubernetes_secret,
                              .source = "caracal-runtime",
                              .target = "/run/secrets",
                              .files = {{.key = "renamed", .path = "k"}}});
  Installation installation = kubernetes_installation({container});
  add_secret_file(installation, "renamed", good_key);
  EXPECT_EQ(status(installation), Outcome::pass);
}

TEST_P(SingleKeys, FallBackToTheUsualNameWhereNoSecretIsMounted) {
  Container container = without_key();
  set_variable(container, std::string{key_.variable} + "_FILE", "/vault/k");
  Installation installation = compose_installation({container});
  add_secret_file(installation, key_.secret, "short");
  EXPECT_EQ(summary_of(result(installation)), bad_content(key_.secret));
}

TEST_P(SingleKeys, AReferenceCountsAsSetButItsContentIsNotSeen) {
  Container container = hardened_pod_container(reader_);
  set_secret_reference(container, key_.variable, "caracal-runtime", key_.secret);
  Installation installation = kubernetes_installation({container});
  EXPECT_THAT(reasons(installation), ElementsAre(UnknownReason::not_configured));
  add_secret_file(installation, "metricsBearer", "x");
  EXPECT_THAT(reasons(installation), ElementsAre(UnknownReason::not_observable));
}

TEST_P(SingleKeys, AReferenceIsJudgedByTheFileOfItsKey) {
  Container container = hardened_pod_container(reader_);
  set_secret_reference(container, key_.variable, "caracal-runtime", key_.secret);
  Installation installation = kubernetes_installation({container});
  add_secret_file(installation, key_.secret, "short");
  EXPECT_EQ(summary_of(result(installation)), bad_content(key_.secret));
}

TEST_P(SingleKeys, ASidecarOfAReaderNeedsNoKey) {
  Container container = hardened_pod_container(reader_);
  set_variable(container, key_.variable, "anything");
  Container sidecar = hardened_pod_container(reader_);
  sidecar.release = parse_release("v1.0.0");
  EXPECT_EQ(status(kubernetes_installation({container, sidecar})), Outcome::pass);
  sidecar.workload = "Deployment another";
  EXPECT_EQ(summary_of(result(kubernetes_installation({container, sidecar}))), not_set(sidecar));
}

TEST_P(SingleKeys, ComposeServicesAreNoSidecarsOfOneAnother) {
  Container container = without_key();
  set_variable(container, key_.variable, "anything");
  EXPECT_EQ(summary_of(result(compose_installation({container, without_key()}))),
            not_set(container));
}

TEST_P(SingleKeys, AnInitContainerNeedsNoKey) {
  Container container = without_key();
  container.role = ContainerRole::init;
  EXPECT_EQ(status(compose_installation({container})), Outcome::not_applicable);
}

TEST_P(SingleKeys, AreJudgedFromSecretFilesAlone) {
  Installation installation = only_secret_files();
  add_secret_file(installation, key_.secret, good_key);
  EXPECT_EQ(status(installation), Outcome::pass);
  installation = only_secret_files();
  add_secret_file(installation, key_.secret, "short");
  EXPECT_EQ(summary_of(result(installation)), bad_content(key_.secret));
}

TEST_P(SingleKeys, AreUnknownWithSecretFilesAloneWhenNoneHoldsTheKey) {
  Installation installation = only_secret_files();
  EXPECT_EQ(status(installation), Outcome::unknown);
}

TEST_P(HmacKeys, PassWithMoreThanThirtyTwoBytes) {
  EXPECT_EQ(status(with_content(std::string{good_key} + "ff")), Outcome::pass);
}

TEST_P(HmacKeys, AreUnknownFromSecretFilesAloneWhenTheFileIsMissing) {
  Installation installation = only_secret_files();
  add_secret_file(installation, "metricsBearer", "x");
  EXPECT_THAT(reasons(installation), ElementsAre(UnknownReason::missing_object));
}

TEST_P(HmacKeys, ServicesThatDoNotReadTheKeyDoNotNeedIt) {
  for (const Component component : {Component::sts, Component::api, Component::gateway,
                                    Component::audit, Component::coordinator}) {
    if (std::find(key_.readers.begin(), key_.readers.end(), component) == key_.readers.end()) {
      Installation installation = with_content(good_key);
      containers_in(installation).push_back(hardened_service(component));
      EXPECT_EQ(status(installation), Outcome::pass) << name_of(component);
    }
  }
}

}  // namespace
}  // namespace compliance::test::single_keys_test

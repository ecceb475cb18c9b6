// Observing an installation: the facts of its sources as rules get them.
#include "exporter/observe/observe.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/temporary_directory.h"

namespace compliance::observe_test {
namespace {

// The variable as observed where a Compose file gives it this value.
std::string observed_value(const std::string& value) {
  const test::TemporaryDirectory directory;
  InstallationConfig config{.name = "a"};
  config.compose = ComposeConfig{
      .files = {directory.write(
          "compose.yaml", "services: {web: {image: x, environment: {URL: \"" + value + "\"}}}")}};
  const Observation seen = InstallationObserver{config, Limits{}}.observe({});
  for (const Container* container : main_containers_of(seen.installation, Component::web)) {
    const Variable* variable = container->environment.find("URL");
    return variable == nullptr ? "" : variable->value.value_or("");
  }
  return "no container";
}

TEST(Observation, HasInternationalisedHostsInAscii) {
  EXPECT_EQ(observed_value("https://b\u00fccher.example/\u00fc"),
            "https://xn--bcher-kva.example/\u00fc");
  EXPECT_EQ(observed_value("https://a.example,https://fa\u00df.de"),
            "https://a.example,https://xn--fa-hia.de");
}

TEST(Observation, KnowsNothingOfStandardInputThatWasNotRead) {
  InstallationConfig config{.name = "a"};
  config.compose = ComposeConfig{.files = {"-"}};
  const Observation unread = InstallationObserver{config, Limits{}}.observe({});
  ASSERT_EQ(unread.sources.size(), 1U);
  EXPECT_FALSE(unread.sources.front().up) << "an empty text would pass for an empty project";
  const Observation read =
      InstallationObserver{config, Limits{}, "services: {web: {image: x}}"}.observe({});
  ASSERT_EQ(read.sources.size(), 1U);
  EXPECT_TRUE(read.sources.front().up);
}

// The faults of an installation whose only source is this manifest.
std::vector<SourceFault> faults_of_manifest(const std::string& text) {
  const test::TemporaryDirectory directory;
  InstallationConfig config{.name = "a"};
  config.kubernetes = KubernetesConfig{.manifests = {directory.write("m.yaml", text)}};
  return InstallationObserver{config, Limits{}}.observe({}).installation.faults;
}

TEST(Observation, OfManifestsWithoutAnyPodIsAFault) {
  for (const char* text : {"", "# nothing\n---\n", "{apiVersion: v1, kind: List, items: []}",
                           "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}",
                           "{apiVersion: v1, kind: Service, metadata: {name: a}}"}) {
    SCOPED_TRACE(text);
    const auto faults = faults_of_manifest(text);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].evidence, Evidence{Source::kubernetes});
    EXPECT_EQ(faults[0].fault, (Fault{.reason = UnknownReason::missing_object,
                                      .message = "no pod of the installation is there"}));
  }
}

TEST(Observation, OfKindsThatAreNotJudgedNamesThem) {
  const std::string rollout =
      "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: x},"
      " spec: {template: {spec: {containers: [{name: c}]}}}}\n";
  const auto alone = faults_of_manifest(rollout);
  ASSERT_EQ(alone.size(), 1U);
  EXPECT_EQ(alone[0].fault.reason, UnknownReason::missing_object);
  EXPECT_EQ(alone[0].fault.message, "Rollout x makes pods, but its kind is not judged");
  const auto beside =
      faults_of_manifest(rollout +
                         "---\n{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: "
                         "[{name: c}]}}\n");
  ASSERT_EQ(beside.size(), 1U);
  EXPECT_EQ(beside[0].fault.reason, UnknownReason::not_observable);
}

TEST(Observation, OfComposeFilesWithoutAServiceIsAFault) {
  const test::TemporaryDirectory directory;
  InstallationConfig config{.name = "a"};
  config.compose = ComposeConfig{.files = {directory.write("compose.yaml", "services: {}\n")}};
  const auto faults = InstallationObserver{config, Limits{}}.observe({}).installation.faults;
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].fault.reason, UnknownReason::missing_object);
}

TEST(Observation, KeepsHostsThatIdnaRejects) {
  EXPECT_EQ(observed_value("https://\u05d0a.example"), "https://\u05d0a.example");
}

}  // namespace
}  // namespace compliance::observe_test

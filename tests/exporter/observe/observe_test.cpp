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

TEST(Observation, KeepsHostsThatIdnaRejects) {
  EXPECT_EQ(observed_value("https://\u05d0a.example"), "https://\u05d0a.example");
}

}  // namespace
}  // namespace compliance::observe_test

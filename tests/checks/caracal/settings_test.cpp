// The text of a plain setting: set, absent, or not to be known.
#include "checks/caracal/settings.h"

#include <gtest/gtest.h>

#include "checks/formats/ascii.h"
#include "tests/support/facts.h"

namespace compliance::test::settings_test {
namespace {

TEST(VariableText, IsTheTextWithItsOrigin) {
  Container container = hardened_service(Component::api);
  set_variable(container, "PORT", "3000");
  const Fact<std::string> text = variable_text(container, "PORT");
  EXPECT_TRUE(text.is("3000"));
  EXPECT_EQ(text.origin, at(Source::compose, 10, 7));
}

TEST(VariableText, IsAbsentAtTheContainerWhenItIsNotSet) {
  const Container container = hardened_service(Component::api);
  const Fact<std::string> text = variable_text(container, "PORT");
  EXPECT_TRUE(text.absent());
  EXPECT_EQ(text.origin, container.origin);
}

TEST(VariableText, AnEmptyTextIsAText) {
  Container container = hardened_service(Component::api);
  set_variable(container, "PORT", "");
  EXPECT_TRUE(variable_text(container, "PORT").is(""));
}

TEST(VariableText, HasAFaultWhereNothingShowsTheText) {
  Container container = hardened_pod_container(Component::api);
  set_unresolved_variable(container, "PORT");
  EXPECT_EQ(variable_text(container, "PORT").fault->reason, UnknownReason::unresolved_reference);
  set_secret_reference(container, "PORT", "settings", "port");
  EXPECT_EQ(variable_text(container, "PORT").fault->message,
            "PORT comes from a Secret: its value is not visible");
  container.environment.variables.front().from = ValueFrom::field;
  const Fact<std::string> field = variable_text(container, "PORT");
  EXPECT_EQ(field.fault->reason, UnknownReason::not_observable);
  EXPECT_EQ(field.fault->message, "PORT is set by the cluster: its value is not visible");
}

TEST(VariableText, MayComeFromWhatCannotBeSeen) {
  Container container = hardened_pod_container(Component::api);
  EXPECT_FALSE(unseen_variables(container));
  container.environment.secret_references = {{.value = "settings"}};
  EXPECT_EQ(variable_text(container, "PORT").fault->message,
            "envFrom takes the whole Secret settings: any variable may come from it");
  container.environment.incomplete = Fault{.reason = UnknownReason::missing_object};
  EXPECT_EQ(variable_text(container, "PORT").fault->reason, UnknownReason::missing_object);
}

TEST(VariableText, TrimsWhiteSpaceAtBothEndsOnly) {
  EXPECT_EQ(trimmed(" \t a b\n"), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
  EXPECT_EQ(lower_case("A-z9"), "a-z9");
}

}  // namespace
}  // namespace compliance::test::settings_test

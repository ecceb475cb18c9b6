// What is a change, and what only looks like one.
#include "exporter/history/transitions.h"

#include <gtest/gtest.h>

#include "tests/exporter/history/cycles.h"

namespace compliance::test::transitions_test {
namespace {

const UnknownReason pending = UnknownReason::pending;

Transition step_from(const CheckState* before, const CheckResult& result, std::int64_t seconds) {
  return next_state(before, sample_of(result), after(seconds));
}

CheckState state_after(const CheckResult& result) {
  return step_from(nullptr, result, 0).after.value();
}

TEST(FirstVerdict, IsNoTransition) {
  const Transition transition = step_from(nullptr, fails(sample_mode), 5);
  ASSERT_TRUE(transition.after);
  EXPECT_TRUE(transition.events.empty());
  EXPECT_EQ(transition.after->own.status, Outcome::fail);
  EXPECT_EQ(transition.after->own.since, after(5));
  EXPECT_EQ(transition.after->transitions, 0U);
  EXPECT_FALSE(transition.after->last_transition);
}

TEST(FirstVerdict, IsAwaitedWhileAResultIsPending) {
  EXPECT_FALSE(step_from(nullptr, is_unknown(sample_mode, pending), 5).after);
}

TEST(FirstVerdict, IsAwaitedWhileAnythingIsPendingBesideAnotherUnknown) {
  const CheckResult result = result_with(
      sample_mode, {undecided(Component::api, "", UnknownReason::unreadable, "no permission"),
                    undecided(Component::web, "", pending, "not asked yet")});
  EXPECT_FALSE(step_from(nullptr, result, 5).after);
}

TEST(FirstVerdict, CountsWhenItFailsWhatEverIsStillPending) {
  const CheckResult result =
      result_with(sample_mode, {failing(Component::api, "", "bad"),
                                undecided(Component::web, "", pending, "not asked yet")});
  EXPECT_TRUE(step_from(nullptr, result, 5).after);
}

TEST(SameVerdict, ChangesNothing) {
  const CheckState before = state_after(fails(sample_mode));
  EXPECT_FALSE(step_from(&before, fails(sample_mode, Component::api, "other words"), 9).after);
}

TEST(ChangedVerdict, IsOneTransitionThatSaysWhatWasSeen) {
  const CheckState before = state_after(passes(sample_mode));
  const Transition transition = step_from(&before, fails(sample_mode, Component::sts), 60);
  ASSERT_EQ(transition.events.size(), 1U);
  EXPECT_EQ(transition.events.front(), (Event{.at = after(60),
                                              .scope = "check",
                                              .component = "sts",
                                              .from = "pass",
                                              .to = "fail",
                                              .object = "service x",
                                              .origin = "compose.yaml:12:7",
                                              .message = "runs in development mode"}));
  EXPECT_EQ(transition.after->transitions, 1U);
  EXPECT_EQ(transition.after->own.since, after(60));
  EXPECT_EQ(transition.after->last_transition, after(60));
}

TEST(ChangedVerdict, NamesTheReasonWhenItBecomesUnknown) {
  const CheckState before = state_after(passes(sample_mode));
  const Transition transition =
      step_from(&before, is_unknown(sample_mode, UnknownReason::timeout), 60);
  ASSERT_EQ(transition.events.size(), 1U);
  EXPECT_EQ(transition.events.front().to, "unknown");
  EXPECT_EQ(transition.events.front().reason, "timeout");
}

TEST(ChangedVerdict, IsAboutTheOneThatFailedWhenItIsMended) {
  const CheckState before = state_after(fails(sample_mode, Component::redis));
  EXPECT_EQ(step_from(&before, passes(sample_mode), 60).events.front().component, "redis");
}

TEST(ChangedVerdict, IsAboutTheInstallationWhenSeveralAreMended) {
  const CheckState before = state_after(result_with(
      sample_mode, {failing(Component::redis, "", "a"), failing(Component::api, "", "b")}));
  EXPECT_EQ(step_from(&before, passes(sample_mode), 60).events.front().component, "installation");
}

TEST(ChangedVerdict, KeepsTheLastDefiniteOne) {
  const CheckState before = state_after(passes(sample_mode));
  const Transition transition =
      step_from(&before, is_unknown(sample_mode, UnknownReason::timeout), 60);
  EXPECT_EQ(transition.after->own.definite, Outcome::pass);
  EXPECT_EQ(transition.after->own.definite_at, after(0));
}

struct PendingCase {
  std::string name;
  CheckResult before;
  CheckResult now;
  bool changes;
};

std::string pending_name(const testing::TestParamInfo<PendingCase>& info) {
  return info.param.name;
}

class Pending : public testing::TestWithParam<PendingCase> {};

TEST_P(Pending, IsAGapAndNoChangeUnlessSomethingElseIs) {
  const CheckState before = state_after(GetParam().before);
  const Transition transition = step_from(&before, GetParam().now, 60);
  EXPECT_EQ(transition.after.has_value(), GetParam().changes);
  EXPECT_EQ(!transition.events.empty(), GetParam().changes);
}

CheckResult pending_beside(Finding finding) {
  return result_with(sample_mode,
                     {std::move(finding), undecided(Component::web, "", pending, "not asked yet")});
}

const Finding unreadable =
    undecided(Component::api, "", UnknownReason::unreadable, "no permission");

INSTANTIATE_TEST_SUITE_P(
    Cases, Pending,
    testing::Values(
        PendingCase{"AfterAPass", passes(sample_mode), is_unknown(sample_mode, pending), false},
        PendingCase{"AfterAFailure", fails(sample_mode), is_unknown(sample_mode, pending), false},
        PendingCase{"AfterNotApplicable",
                    result_with(sample_mode, {{.outcome = Outcome::not_applicable}}),
                    is_unknown(sample_mode, pending), false},
        // What failed may be the very thing that is not known yet.
        PendingCase{"BesideAnotherUnknownAfterAFailure", fails(sample_mode),
                    pending_beside(unreadable), false},
        PendingCase{"BesideAnotherUnknownAfterAPass", passes(sample_mode),
                    pending_beside(unreadable), true},
        PendingCase{"BesideAFailureAfterAPass", passes(sample_mode),
                    pending_beside(failing(Component::api, "", "bad")), true}),
    pending_name);

CheckResult api_and(Finding finding) {
  return result_with(sample_mode, {failing(Component::api, "", "bad"), std::move(finding)});
}

struct ComponentCase {
  std::string name;
  Finding before;
  Finding now;
  std::string from;  // empty: no event
  std::string to;
};

std::string component_name(const testing::TestParamInfo<ComponentCase>& info) {
  return info.param.name;
}

class ComponentChange : public testing::TestWithParam<ComponentCase> {};

TEST_P(ComponentChange, IsAnEventWhenItsFailingChangesWithinTheSameStatus) {
  const CheckState before = state_after(api_and(GetParam().before));
  const Transition transition = step_from(&before, api_and(GetParam().now), 60);
  ASSERT_EQ(transition.events.size(), GetParam().from.empty() ? 0U : 1U);
  for (const Event& event : transition.events) {
    EXPECT_EQ(event.scope, "component");
    EXPECT_EQ(event.component, "web");
    EXPECT_EQ(event.from, GetParam().from);
    EXPECT_EQ(event.to, GetParam().to);
    EXPECT_EQ(transition.after->transitions, 0U);
    EXPECT_EQ(transition.after->own.since, after(0));
  }
}

const Finding web_fails = failing(Component::web, "", "bad too");
const Finding web_passes = passing(Component::web, "");
const Finding web_is_slow = undecided(Component::web, "", UnknownReason::timeout, "slow");
const Finding web_is_pending = undecided(Component::web, "", pending, "not asked yet");
const Finding other = passing(Component::api, "");

INSTANTIATE_TEST_SUITE_P(
    Cases, ComponentChange,
    testing::Values(ComponentCase{"Fails", web_passes, web_fails, "pass", "fail"},
                    ComponentCase{"IsMended", web_fails, web_passes, "fail", "pass"},
                    ComponentCase{"CannotBeTold", web_fails, web_is_slow, "fail", "unknown"},
                    ComponentCase{"IsPending", web_fails, web_is_pending, "", ""},
                    ComponentCase{"IsNew", other, web_fails, "not_applicable", "fail"},
                    ComponentCase{"IsGone", web_fails, other, "fail", "not_applicable"},
                    ComponentCase{"OnlyBecomesUnknown", web_passes, web_is_slow, "", ""},
                    ComponentCase{"StaysBad", web_fails, web_fails, "", ""}),
    component_name);

TEST(Texts, AreOneBoundedPrintableLine) {
  const std::string character = "\xE2\x82\xAC";
  std::string message = "line\nescape\x1B[0m";
  for (int count = 0; count < 1000; ++count) {
    message += character;
  }
  const FindingSummary summary = sample_of(fails(sample_mode, Component::api, message)).summary;
  EXPECT_TRUE(summary.message.starts_with("line\\x0aescape\\x1b[0m" + character));
  EXPECT_LE(summary.message.size(), 1003U);
  EXPECT_EQ(summary.message.substr(summary.message.size() - 6), character + "…");
}

}  // namespace
}  // namespace compliance::test::transitions_test

// Verdicts -> the result of a check: status, severity, findings, missing evidence.
#include "exporter/evaluate/evaluate.h"

#include <algorithm>
#include <initializer_list>

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::evaluate_test {
namespace {

using test::compose_installation;
using test::hardened_service;
using test::kubernetes_installation;

// What each component's container gets from the rule below.
Verdicts verdicts_by_component(const Container& container, const Policy& /*policy*/) {
  switch (container.component) {
    case Component::web:
      return {fail("is broken", container.origin)};
    case Component::api:
      return {unknown(UnknownReason::unreadable, "cannot be read", container.origin)};
    case Component::sts:
      return {pass()};
    case Component::gateway:
      return {not_applicable()};
    case Component::audit:
      return {pass("is noted", container.origin)};
    case Component::coordinator:
      return {with_severity(fail("is a little broken", container.origin), Severity::low)};
    default:
      return {};
  }
}

Check check_with(Rule rule, Evidence evidence = Source::compose | Source::kubernetes) {
  return {.id = "containers-of-the-test",
          .title = "A title",
          .area = Area::containers,
          .severity = Severity::high,
          .evidence = evidence,
          .why = "why",
          .remediation = "remediation",
          .reference = "https://example.com",
          .rule = rule};
}

const Check by_component = check_with(RuleOnEach<Container>{&verdicts_by_component});

CheckResult judged(const std::vector<Component>& components,
                   const EvaluationSettings& settings = {}) {
  std::vector<Container> containers;
  for (const Component component : components) {
    containers.push_back(hardened_service(component));
  }
  return evaluate_check(by_component, compose_installation(std::move(containers)), settings);
}

std::vector<Outcome> outcomes_of(const CheckResult& result) {
  std::vector<Outcome> outcomes;
  for (const Finding& finding : result.findings) {
    outcomes.push_back(finding.outcome);
  }
  return outcomes;
}

struct StatusCase {
  std::string name{};
  std::vector<Component> components{};
  Outcome status = Outcome::pass;
};

class StatusOfACheck : public testing::TestWithParam<StatusCase> {};

TEST_P(StatusOfACheck, IsTheWorstOfItsSubjects) {
  EXPECT_EQ(judged(GetParam().components).status, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    Table, StatusOfACheck,
    testing::Values(
        StatusCase{"NoSubject", {Component::redis}, Outcome::not_applicable},
        StatusCase{"NotApplicableAlone", {Component::gateway}, Outcome::not_applicable},
        StatusCase{"OnePassIsEnough", {Component::gateway, Component::sts}, Outcome::pass},
        StatusCase{"UnknownIsNeverGreen",
                   {Component::sts, Component::api, Component::sts},
                   Outcome::unknown},
        StatusCase{
            "UnknownBeforeNotApplicable", {Component::gateway, Component::api}, Outcome::unknown},
        StatusCase{
            "FailBeforeUnknown", {Component::api, Component::web, Component::sts}, Outcome::fail}),
    [](const auto& tested) { return tested.param.name; });

TEST(CheckResult, ListsFailingThenUnknownThenPassingFindings) {
  EXPECT_EQ(
      outcomes_of(judged({Component::gateway, Component::sts, Component::api, Component::web})),
      (std::vector{Outcome::fail, Outcome::unknown, Outcome::pass, Outcome::not_applicable}));
}

TEST(CheckResult, SaysOfEachFindingWhereAndAboutWhat) {
  const CheckResult result = judged({Component::web});
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings.front();
  const Container web = hardened_service(Component::web);
  EXPECT_EQ(finding.component, Component::web);
  EXPECT_EQ(finding.object, web.object);
  EXPECT_EQ(finding.message, "is broken");
  EXPECT_EQ(finding.origin, web.origin);
  EXPECT_EQ(finding.severity, Severity::high);
  EXPECT_EQ(finding.reason, std::nullopt);
}

TEST(CheckResult, KeepsSilentPassesOnceForEachComponentUnlessEachIsAskedFor) {
  const std::vector<Component> two{Component::sts, Component::sts, Component::audit,
                                   Component::audit};
  EXPECT_EQ(judged(two).findings.size(), 3U);
  EXPECT_EQ(judged(two, {.each_pass = true}).findings.size(), 4U);
}

TEST(CheckResult, KeepsEveryFailingFinding) {
  EXPECT_EQ(
      judged({Component::web, Component::web, Component::api, Component::api}).findings.size(), 4U);
}

TEST(CheckResult, GivesTheReasonsOfUnknownFindingsOnce) {
  EXPECT_EQ(judged({Component::api, Component::api}).unknown_reasons(),
            std::vector{UnknownReason::unreadable});
  EXPECT_TRUE(judged({Component::web, Component::sts}).unknown_reasons().empty());
}

TEST(SeverityOfACheck, IsThatOfItsWorstFailingFinding) {
  EXPECT_EQ(judged({Component::coordinator}).severity, Severity::low);
  EXPECT_EQ(judged({Component::coordinator, Component::web}).severity, Severity::high);
  EXPECT_EQ(judged({Component::coordinator}).base_severity, Severity::high);
  EXPECT_EQ(judged({Component::sts}).severity, Severity::high);
}

TEST(SeverityOfACheck, IsTheSitesChoiceAndARuleMaySayLess) {
  EvaluationSettings settings;
  settings.checks["containers-of-the-test"] = {.severity = Severity::medium};
  EXPECT_EQ(judged({Component::web}, settings).severity, Severity::medium);
  EXPECT_EQ(judged({Component::coordinator}, settings).severity, Severity::low);
  settings.checks["containers-of-the-test"] = {.severity = Severity::critical};
  EXPECT_EQ(judged({Component::web}, settings).severity, Severity::critical);
}

TEST(MissingEvidence, ThatThePlatformExcludesIsNotApplicable) {
  const Check kubernetes_only =
      check_with(RuleOnEach<Container>{&verdicts_by_component}, Source::kubernetes);
  const Check compose_only =
      check_with(RuleOnEach<Container>{&verdicts_by_component}, Source::compose);
  const Check cli_only =
      check_with(RuleOnEach<Container>{&verdicts_by_component}, Source::runtime_cli);
  const Installation compose = compose_installation({hardened_service(Component::web)});
  const Installation kubernetes = kubernetes_installation({});
  EXPECT_EQ(evaluate_check(kubernetes_only, compose, {}).status, Outcome::not_applicable);
  EXPECT_EQ(evaluate_check(compose_only, kubernetes, {}).status, Outcome::not_applicable);
  EXPECT_EQ(evaluate_check(cli_only, kubernetes, {}).status, Outcome::not_applicable);
  EXPECT_EQ(evaluate_check(cli_only, compose, {}).unknown_reasons(),
            std::vector{UnknownReason::not_configured});
}

TEST(MissingEvidence, IsUnknownWhereNothingIsConfigured) {
  for (const Evidence evidence :
       std::initializer_list<Evidence>{Source::compose, Source::kubernetes, Source::secrets,
                                       Source::endpoint, Source::kubernetes | Source::secrets}) {
    const CheckResult result = evaluate_check(
        check_with(RuleOnEach<Container>{&verdicts_by_component}, evidence), Installation{}, {});
    EXPECT_EQ(result.status, Outcome::unknown);
    EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::not_configured});
  }
}

TEST(MissingEvidence, ThatIsExcludedInPartAloneIsUnknown) {
  const Check either = check_with(RuleOnEach<Container>{&verdicts_by_component},
                                  Source::kubernetes | Source::secrets);
  EXPECT_EQ(evaluate_check(either, compose_installation({}), {}).status, Outcome::unknown);
}

TEST(Containers, OfAnotherPlatformAreNoSubjects) {
  const Check kubernetes_only =
      check_with(RuleOnEach<Container>{&verdicts_by_component}, Source::kubernetes);
  Installation both = compose_installation({hardened_service(Component::web)});
  both.configured = Source::compose | Source::kubernetes;
  EXPECT_EQ(evaluate_check(kubernetes_only, both, {}).status, Outcome::not_applicable);
}

TEST(SourceFault, MakesTheRowsThatNeedTheSourceUnknownAndLeavesTheOthers) {
  Installation installation = compose_installation({hardened_service(Component::sts)});
  installation.configured = Source::compose | Source::kubernetes;
  installation.faults.push_back(
      {.evidence = Source::kubernetes,
       .origin = test::at(Source::kubernetes, 7),
       .fault = {.reason = UnknownReason::unparsable, .message = "no YAML"}});
  const CheckResult touched = evaluate_check(by_component, installation, {});
  EXPECT_EQ(touched.status, Outcome::unknown);
  EXPECT_EQ(touched.findings.front().message, "no YAML");
  EXPECT_EQ(touched.findings.front().object, "kubernetes source");
  const Check compose_only =
      check_with(RuleOnEach<Container>{&verdicts_by_component}, Source::compose);
  EXPECT_EQ(evaluate_check(compose_only, installation, {}).status, Outcome::pass);
}

TEST(SourceFault, LeavesAFailureAFailure) {
  Installation installation = compose_installation({hardened_service(Component::web)});
  installation.faults.push_back({.evidence = Source::compose,
                                 .fault = {.reason = UnknownReason::unparsable, .message = "x"}});
  EXPECT_EQ(evaluate_check(by_component, installation, {}).status, Outcome::fail);
}

}  // namespace
}  // namespace compliance::evaluate_test

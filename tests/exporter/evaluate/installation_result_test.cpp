// All checks together: which are judged, score and coverage.
#include <algorithm>
#include <iterator>

#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "exporter/evaluate/evaluate.h"
#include "tests/support/packaged.h"
#include "tests/support/posture.h"

namespace compliance::installation_result_test {
namespace {

bool has(const InstallationResult& result, std::string_view id) {
  return std::any_of(result.checks.begin(), result.checks.end(),
                     [id](const CheckResult& check) { return check.check->id == id; });
}

// Judged with these checks alone, all of them on.
InstallationResult judged(const Installation& installation,
                          std::set<std::string, std::less<>> only) {
  return evaluate(installation, {.only = std::move(only)});
}

// All but those about the exporter itself.
std::vector<const Check*> checks_of_installations() {
  std::vector<const Check*> checks;
  std::copy_if(catalogue().begin(), catalogue().end(), std::back_inserter(checks),
               [](const Check* check) { return check->area != Area::exporter_posture; });
  return checks;
}

TEST(Evaluate, LeavesOutRowsThatAreOffUntilOneOrAllAreAskedFor) {
  const Installation installation = test::packaged_compose();
  constexpr auto off = "containers-resource-limits";
  EXPECT_FALSE(has(evaluate(installation, {}), off));
  EXPECT_TRUE(has(evaluate(installation, {.extended = true}), off));
  EvaluationSettings settings;
  settings.checks[off] = {.enabled = true};
  EXPECT_TRUE(has(evaluate(installation, settings), off));
}

TEST(Evaluate, LeavesOutWhatTheSiteTurnsOff) {
  EvaluationSettings settings{.extended = true};
  settings.checks["containers-non-root"] = {.enabled = false};
  const InstallationResult result = evaluate(test::packaged_compose(), settings);
  EXPECT_FALSE(has(result, "containers-non-root"));
  EXPECT_EQ(result.checks.size(), checks_of_installations().size() - 1);
}

TEST(Evaluate, JudgesTheChecksThatAreNamedAlone) {
  const auto result = judged(test::packaged_compose(), {"containers-resource-limits"});
  ASSERT_EQ(result.checks.size(), 1U);
  EXPECT_TRUE(has(result, "containers-resource-limits"));
}

TEST(Evaluate, KeepsTheOrderOfTheCatalogue) {
  const InstallationResult result = evaluate(test::packaged_kubernetes(), {.extended = true});
  const auto expected = checks_of_installations();
  ASSERT_EQ(result.checks.size(), expected.size());
  for (std::size_t index = 0; index < result.checks.size(); ++index) {
    EXPECT_EQ(result.checks.at(index).check, expected[index]);
  }
}

TEST(Evaluate, JudgesTheExporterByTheRowsAboutItAlone) {
  const auto result =
      evaluate(test::exporter_installation(test::hardened_process()), {.extended = true});
  EXPECT_EQ(result.checks.size(), catalogue().size() - checks_of_installations().size());
  EXPECT_EQ(result.checks.size(), 11U);
  for (const CheckResult& check : result.checks) {
    EXPECT_EQ(check.check->area, Area::exporter_posture);
    EXPECT_EQ(check.status, Outcome::pass) << check.check->id;
  }
}

TEST(Evaluate, LeavesTheRowsAboutTheExporterToIt) {
  EvaluationSettings settings{.only = {"exporter-posture-not-root"}};
  EXPECT_TRUE(evaluate(test::packaged_compose(), settings).checks.empty());
}

// Weights: critical 8, high 4, medium 2, low 1. privileged is critical, capabilities high,
// images medium.
TEST(Score, IsTheWeightedShareOfWhatPasses) {
  Installation installation = test::compose_installation({test::hardened_service(Component::api)});
  const std::set<std::string, std::less<>> three{
      "containers-not-privileged", "containers-capabilities-dropped", "containers-pinned-images"};
  EXPECT_EQ(judged(installation, three).score, 1.0);
  test::containers_in(installation).front().image = {.repository = "api", .tag = "latest"};
  EXPECT_EQ(judged(installation, three).score, 12.0 / 14.0);
  test::containers_in(installation).front().security.capabilities_dropped.clear();
  EXPECT_EQ(judged(installation, three).score, 8.0 / 14.0);
}

TEST(Score, WeighsByTheSeverityThatTheSiteChose) {
  Installation installation = test::compose_installation({test::hardened_service(Component::api)});
  test::containers_in(installation).front().image = {.repository = "api", .tag = "latest"};
  EvaluationSettings settings{.only = {"containers-not-privileged", "containers-pinned-images"}};
  settings.checks["containers-pinned-images"] = {.severity = Severity::low};
  EXPECT_EQ(evaluate(installation, settings).score, 8.0 / 9.0);
}

TEST(Score, IsAbsentWhereNothingPassesOrFails) {
  const auto result =
      judged(test::compose_installation({}), {"secrets-token-strength", "containers-host-ports"});
  EXPECT_EQ(result.score, std::nullopt);
  EXPECT_EQ(result.coverage, 0.0);
}

TEST(Coverage, IsTheShareOfDefiniteVerdictsAmongThoseThatApply) {
  const Installation installation =
      test::compose_installation({test::hardened_service(Component::api)});
  // Judged, judged, not configured, not applicable.
  const auto result = judged(installation, {"containers-not-privileged", "containers-pinned-images",
                                            "secrets-token-strength", "containers-host-ports"});
  EXPECT_EQ(result.coverage, 2.0 / 3.0);
}

TEST(Coverage, IsAbsentWhereNothingApplies) {
  EXPECT_EQ(judged(test::compose_installation({}), {"containers-host-ports"}).coverage,
            std::nullopt);
}

TEST(Evaluate, SaysTheSameOfAnEstateAsOfEachOfItsParts) {
  Container broken = test::packaged_service(Component::audit);
  broken.security.privileged = {.value = true};
  std::vector<Container> many(500, test::packaged_service(Component::api));
  many.push_back(broken);
  const InstallationResult large = evaluate(test::compose_installation(many), {.extended = true});
  const InstallationResult small = evaluate(
      test::compose_installation({many.front(), many.front(), broken}), {.extended = true});
  ASSERT_EQ(large.checks.size(), small.checks.size());
  for (std::size_t index = 0; index < large.checks.size(); ++index) {
    EXPECT_EQ(large.checks.at(index).status, small.checks.at(index).status)
        << large.checks.at(index).check->id;
  }
  EXPECT_EQ(large.score, small.score);
}

TEST(Score, IsNoneOfTheExporter) {
  ProcessPosture process = test::hardened_process();
  process.dumpable.value = 1;
  const auto result = evaluate(test::exporter_installation(process), {});
  EXPECT_EQ(result.score, std::nullopt);
  EXPECT_EQ(result.coverage, std::nullopt);
}

}  // namespace
}  // namespace compliance::installation_result_test

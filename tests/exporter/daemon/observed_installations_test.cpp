// What is known of the sources between cycles, and the reserved installation `exporter`.
#include "exporter/daemon/observed_installations.h"

#include "exporter/daemon/service_environment.h"
#include "exporter/observe/process/process_source.h"
#include "tests/exporter/daemon/one_cycle.h"
#include "tests/exporter/daemon/one_installation.h"

namespace compliance::test::observed_installations_test {
namespace {

using ObservedInstallationsTest = OneInstallation;

TEST_F(ObservedInstallationsTest, RememberWhenTheContentOfASourceChanged) {
  OneCycle one{config(), environment()};
  const auto change_after_a_cycle = [&one] {
    return one.cycle.run({.everything = true})->installations.at(0).sources.at(0).last_change;
  };
  EXPECT_FALSE(change_after_a_cycle()) << "the first content is no change";
  write(privileged_compose);
  const auto changed = change_after_a_cycle();
  EXPECT_TRUE(changed);
  EXPECT_EQ(change_after_a_cycle(), changed);
  one.cycle.configure(config());
  EXPECT_EQ(change_after_a_cycle(), changed) << "kept over a reload";
}

TEST_F(ObservedInstallationsTest, TellWhetherASourceIsWatched) {
  ServiceEnvironment watching = environment();
  watching.watches = true;
  OneCycle with_events{config(), watching};
  OneCycle without_events{config(), environment()};
  const auto is_watched = [](OneCycle& one) {
    return one.cycle.run({.everything = true})->installations.at(0).sources.at(0).watched;
  };
  EXPECT_EQ(is_watched(with_events), true);
  EXPECT_EQ(is_watched(without_events), std::nullopt);
}

class ExporterInstallation : public OneInstallation {
 protected:
  ServiceEnvironment observing_environment() {
    ServiceEnvironment observing = environment();
    observing.observe_exporter = [this](const EvidencePlaces& evidence) {
      ++observations_;
      evidence_ = evidence;
      return observe_exporter({}, evidence);
    };
    return observing;
  }

  int observations_ = 0;
  EvidencePlaces evidence_{};
};

TEST_F(ExporterInstallation, ComesLastAndHasNoScore) {
  OneCycle one{config(), observing_environment()};
  const auto snapshot = one.cycle.run({.everything = true});
  ASSERT_EQ(snapshot->installations.size(), 2U);
  const PublishedInstallation& exporter = snapshot->installations.back();
  EXPECT_EQ(exporter.result.name, "exporter");
  EXPECT_EQ(exporter.result.checks.size(), 11U);
  EXPECT_EQ(exporter.result.score, std::nullopt);
  ASSERT_EQ(exporter.sources.size(), 1U);
  EXPECT_EQ(exporter.sources.front().source, Source::process);
  EXPECT_TRUE(exporter.sources.front().up);
  EXPECT_EQ(exporter.past.size(), 11U);
  EXPECT_TRUE(exporter.endpoints.empty());
  EXPECT_TRUE(exporter.secrets.empty());
}

TEST_F(ExporterInstallation, IsObservedWithTheEvidenceOfAllOthers) {
  OneCycle one{config(), observing_environment()};
  one.cycle.run({.everything = true});
  ASSERT_TRUE(evidence_.contains("production"));
  EXPECT_TRUE(evidence_.at("production").contains(Source::compose));
}

TEST_F(ExporterInstallation, StaysAsItWasWhenOnlyFilesChange) {
  OneCycle one{config(), observing_environment()};
  const auto before = one.cycle.run({.everything = true});
  write(privileged_compose);
  const auto after = one.cycle.run({.changed = {.sources = {{0, {Source::compose}}}}});
  EXPECT_EQ(status_of(*after), Outcome::fail);
  EXPECT_EQ(after->installations.back().result, before->installations.back().result);
  EXPECT_EQ(after->installations.back().past, before->installations.back().past);
  EXPECT_EQ(observations_, 1);
}

TEST_F(ExporterInstallation, IsObservedAgainWithEverything) {
  OneCycle one{config(), observing_environment()};
  one.cycle.run({.everything = true});
  one.cycle.run({.everything = true});
  EXPECT_EQ(observations_, 2);
}

TEST_F(ExporterInstallation, DoesNotExistWithoutAnObserver) {
  OneCycle one{config(), environment()};
  EXPECT_EQ(one.cycle.run({.everything = true})->installations.size(), 1U);
}

}  // namespace
}  // namespace compliance::test::observed_installations_test

// Tests of the full names that a short one may stand for.
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/observe/probes/net/resolver.h"

namespace compliance::probes::search_names_test {
namespace {

using testing::ElementsAre;

const SearchRule two_domains{.domains = {"a.example", "b.example."}};

TEST(SearchNames, LeavesANameWithADotAtItsEndAlone) {
  EXPECT_THAT(search_names("db.", two_domains), ElementsAre("db."));
}

TEST(SearchNames, TriesAShortNameInTheDomainsBeforeItself) {
  EXPECT_THAT(search_names("db", two_domains),
              ElementsAre("db.a.example.", "db.b.example.", "db."));
}

TEST(SearchNames, TriesANameWithADotAsItStandsFirst) {
  EXPECT_THAT(search_names("db.test", two_domains),
              ElementsAre("db.test.", "db.test.a.example.", "db.test.b.example."));
}

TEST(SearchNames, CountsDotsAsKubernetesWantsIt) {
  const SearchRule five{.domains = {"cluster.local"}, .dots = 5};
  EXPECT_THAT(search_names("a.b.c.d.e", five),
              ElementsAre("a.b.c.d.e.cluster.local.", "a.b.c.d.e."));
  EXPECT_THAT(search_names("a.b.c.d.e.f", five),
              ElementsAre("a.b.c.d.e.f.", "a.b.c.d.e.f.cluster.local."));
}

TEST(SearchNames, AsksForTheNameAloneWithoutDomains) {
  EXPECT_THAT(search_names("db", {}), ElementsAre("db."));
}

// In a process of its own: the C library reads its configuration once.
TEST(SystemSearchRuleDeathTest, TakesDomainsAndDotsFromTheEnvironmentToo) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto status = [] {
    // NOLINTBEGIN(concurrency-mt-unsafe): this process has one thread
    ::setenv("LOCALDOMAIN", "one.example two.example", 1);
    ::setenv("RES_OPTIONS", "ndots:3", 1);
    // NOLINTEND(concurrency-mt-unsafe)
    const SearchRule expected{.domains = {"one.example", "two.example"}, .dots = 3};
    return system_search_rule() == expected ? 0 : 1;
  };
  // NOLINTNEXTLINE(concurrency-mt-unsafe): the same
  EXPECT_EXIT(std::exit(status()), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace compliance::probes::search_names_test

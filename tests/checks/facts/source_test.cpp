// Tests the list of sources and sets of them.
#include "checks/facts/source.h"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace compliance::source_test {
namespace {

TEST(Sources, AreListedInTheOrderOfTheirEnumerators) {
  for (std::size_t index = 0; index < all_sources.size(); ++index) {
    EXPECT_EQ(static_cast<std::size_t>(all_sources.at(index).source), index);
  }
  EXPECT_EQ(all_sources.back().source, Source::process);
}

TEST(Sources, HaveLabelsAndTitlesOfTheirOwn) {
  std::set<std::string_view> labels;
  std::set<std::string_view> titles;
  for (const SourceDescription& each : all_sources) {
    labels.insert(each.label);
    titles.insert(each.title);
  }
  EXPECT_EQ(labels.size(), all_sources.size());
  EXPECT_EQ(titles.size(), all_sources.size());
  EXPECT_EQ(name_of(Source::runtime_cli), "runtime_cli");
}

TEST(Sources, AreFilesRemoteOrTheProcess) {
  for (const auto source :
       {Source::compose, Source::kubernetes, Source::secrets, Source::runtime_cli}) {
    EXPECT_TRUE(is_file(source));
    EXPECT_FALSE(is_remote(source));
  }
  for (const auto source : {Source::endpoint, Source::dns, Source::exposure, Source::datastore}) {
    EXPECT_TRUE(is_remote(source));
    EXPECT_FALSE(is_file(source));
  }
  EXPECT_FALSE(is_remote(Source::process));
  EXPECT_FALSE(is_file(Source::process));
}

TEST(Evidence, IsASetOfSources) {
  const Evidence both = Source::compose | Source::process;
  EXPECT_TRUE(has_any(both, Source::process));
  EXPECT_FALSE(has_any(both, Source::kubernetes | Source::dns));
  EXPECT_EQ(both - Source::process, Evidence{Source::compose});
  EXPECT_EQ(both - Source::dns, both);
  EXPECT_EQ(both & Source::kubernetes, Evidence{});
  EXPECT_FALSE(has_any(Evidence{}, both));
}

}  // namespace
}  // namespace compliance::source_test

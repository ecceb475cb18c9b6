// Where a change of a configured path shows: directories, links on the way, the file itself.
#include "exporter/observe/watch/places.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_directory.h"

namespace compliance::places_test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::UnorderedElementsAre;

constexpr std::size_t many = 100;

class Places : public testing::Test {
 protected:
  fs::path make_file(const std::string& name) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream{root_ / name} << "x";
    return root_ / name;
  }

  test::TemporaryDirectory directory_;
  fs::path root_{fs::canonical(directory_.path_of(""))};
};

TEST_F(Places, OfAFileAreItsDirectoryForItsNameAndTheFile) {
  const fs::path file = make_file("a/b.yaml");
  EXPECT_THAT(places_of_file(file),
              UnorderedElementsAre(WatchPlace{root_ / "a", "b.yaml"}, WatchPlace{file, ""}));
}

TEST_F(Places, OfAFileThatIsNotThereAreItsDirectory) {
  make_file("a/other");
  EXPECT_THAT(places_of_file(root_ / "a/b.yaml"),
              UnorderedElementsAre(WatchPlace{root_ / "a", "b.yaml"}));
}

TEST_F(Places, OfAFileInADirectoryThatIsNotThereAreTheNearestOneAbove) {
  EXPECT_THAT(places_of_file(root_ / "a/b/c.yaml"), UnorderedElementsAre(WatchPlace{root_, "a"}));
}

TEST_F(Places, OfALinkAreTheLinkAndWhereItLeads) {
  const fs::path file = make_file("real/c.yaml");
  fs::create_symlink("../real/c.yaml",
                     (fs::create_directories(root_ / "links"), root_ / "links/l"));
  EXPECT_THAT(places_of_file(root_ / "links/l"),
              UnorderedElementsAre(WatchPlace{root_ / "links", "l"},
                                   WatchPlace{root_ / "real", "c.yaml"}, WatchPlace{file, ""}));
}

TEST_F(Places, OfAProjectedFileAreTheLinkThatIsSwapped) {
  make_file("secret/..2026/key");
  fs::create_directory_symlink("..2026", root_ / "secret/..data");
  fs::create_symlink("..data/key", root_ / "secret/key");
  EXPECT_THAT(places_of_file(root_ / "secret/key"),
              UnorderedElementsAre(WatchPlace{root_ / "secret", "key"},
                                   WatchPlace{root_ / "secret", "..data"},
                                   WatchPlace{root_ / "secret/..2026", "key"},
                                   WatchPlace{root_ / "secret/..2026/key", ""}));
}

TEST_F(Places, OfALinkThatLeadsNowhereAreTheLinkAndWhereItsTargetWouldBe) {
  fs::create_symlink("gone", root_ / "l");
  EXPECT_THAT(places_of_file(root_ / "l"),
              UnorderedElementsAre(WatchPlace{root_, "l"}, WatchPlace{root_, "gone"}));
}

TEST_F(Places, OfALinkLoopEnd) {
  fs::create_symlink("b", root_ / "a");
  fs::create_symlink("a", root_ / "b");
  EXPECT_THAT(places_of_file(root_ / "a"),
              UnorderedElementsAre(WatchPlace{root_, "a"}, WatchPlace{root_, "b"}));
}

TEST_F(Places, OfADirectoryAreAllThatAreBelowIt) {
  make_file("m/one/two/x.yaml");
  EXPECT_THAT(places_of_directory(root_ / "m", many),
              UnorderedElementsAre(WatchPlace{root_ / "m", ""}, WatchPlace{root_ / "m/one", ""},
                                   WatchPlace{root_ / "m/one/two", ""}));
}

TEST_F(Places, OfADirectoryFollowTheLinksInIt) {
  make_file("m/x.yaml");
  const fs::path target = make_file("elsewhere/y.yaml");
  fs::create_symlink(target, root_ / "m/y.yaml");
  EXPECT_THAT(places_of_directory(root_ / "m", many), Contains(WatchPlace{target, ""}));
}

TEST_F(Places, OfADirectoryAreNoMoreThanAsked) {
  for (int index = 0; index < 50; ++index) {
    make_file("m/" + std::to_string(index) + "/x.yaml");
  }
  EXPECT_LE(places_of_directory(root_ / "m", 10).size(), 11U);
}

TEST_F(Places, OfADirectoryThatIsNotThereAreTheNearestOneAbove) {
  EXPECT_THAT(places_of_directory(root_ / "m/n", many),
              UnorderedElementsAre(WatchPlace{root_, "m"}));
}

TEST_F(Places, OfAGlobAreThoseBelowItsFixedPart) {
  make_file("m/one/x.yaml");
  make_file("unrelated/x.yaml");
  EXPECT_THAT(places_of_patterns({(root_ / "m/*/x.yaml").string()}, many),
              UnorderedElementsAre(WatchPlace{root_ / "m", ""}, WatchPlace{root_ / "m/one", ""}));
}

TEST_F(Places, OfPatternsAreThoseOfEach) {
  const fs::path file = make_file("f.yaml");
  make_file("d/g.yaml");
  EXPECT_THAT(places_of_patterns({file.string(), (root_ / "d").string()}, many),
              UnorderedElementsAre(WatchPlace{root_, "f.yaml"}, WatchPlace{file, ""},
                                   WatchPlace{root_ / "d", ""}));
}

}  // namespace
}  // namespace compliance::places_test

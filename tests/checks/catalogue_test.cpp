// What holds for every check of the catalogue, and for the folder that holds them.
// With UPDATE_README=1 in the environment the table in checks/README.md and checks/CATALOGUE.md are
// written anew.
#include "checks/catalogue.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/publish/reports/catalogue_document.h"
#include "exporter/publish/reports/catalogue_text.h"

namespace compliance::test::catalogue_test {
namespace {

namespace fs = std::filesystem;

const fs::path root = COMPLIANCE_SOURCE_DIR;
constexpr std::string_view begin_marker = "<!-- checks: begin -->\n";
constexpr std::string_view end_marker = "<!-- checks: end -->\n";

std::string text_of(const fs::path& path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

bool is_updating() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  return std::getenv("UPDATE_README") != nullptr;
}

std::string with_underscores(std::string_view words) {
  std::string name{words};
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// "containers/not_privileged" of containers-not-privileged; empty when the id is not in its area.
std::string stem_of(const Check& check) {
  const std::string area{name_of(check.area)};
  if (!check.id.starts_with(area + "-")) {
    return {};
  }
  return with_underscores(area) + "/" + with_underscores(check.id.substr(area.size() + 1));
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path());
    }
  }
  return files;
}

// The header that a line includes, without its brackets or quotes; empty for other lines.
std::string included_header(const std::string& line) {
  const std::string directive = "#include ";
  if (!line.starts_with(directive) || line.size() < directive.size() + 2) {
    return {};
  }
  const std::size_t begin = directive.size() + 1;
  return line.substr(begin, line.find_first_of(">\"", begin) - begin);
}

bool does_io(const std::string& header) {
  constexpr auto names = std::to_array<std::string_view>(
      {"fstream", "filesystem", "iostream", "cstdio", "stdio.h", "thread", "unistd.h", "fcntl.h",
       "netdb.h", "ctime", "time.h", "mutex", "condition_variable", "future"});
  constexpr auto folders = std::to_array<std::string_view>(
      {"sys/", "netinet/", "arpa/", "yaml", "nlohmann/", "openssl/", "prometheus/", "httplib",
       "curl/", "sqlite", "exporter/", "tests/"});
  return std::find(names.begin(), names.end(), header) != names.end() ||
         std::any_of(folders.begin(), folders.end(),
                     [&](std::string_view folder) { return header.starts_with(folder); });
}

TEST(Catalogue, HasNoIdTwice) {
  std::set<std::string_view> ids;
  for (const Check* check : catalogue()) {
    EXPECT_TRUE(ids.insert(check->id).second) << check->id;
  }
  EXPECT_FALSE(ids.empty());
}

TEST(Catalogue, FindsEveryCheckByItsId) {
  for (const Check* check : catalogue()) {
    EXPECT_EQ(find_check(check->id), check) << check->id;
  }
  EXPECT_EQ(find_check("containers-unheard-of"), nullptr);
}

TEST(Catalogue, NamesEachCheckAfterItsFile) {
  for (const Check* check : catalogue()) {
    const std::string stem = stem_of(*check);
    ASSERT_NE(stem, "") << check->id;
    EXPECT_TRUE(fs::exists(root / "checks" / (stem + ".cpp"))) << stem;
  }
}

TEST(Catalogue, HoldsEveryFileOfTheAreas) {
  const std::set<std::string> libraries{"facts", "formats", "caracal", "rules"};
  std::size_t files = 0;
  for (const auto& folder : fs::directory_iterator{root / "checks"}) {
    if (folder.is_directory() && !libraries.contains(folder.path().filename().string())) {
      for (const auto& file : fs::directory_iterator{folder}) {
        files += file.path().extension() == ".cpp" ? 1 : 0;
      }
    }
  }
  EXPECT_EQ(files, catalogue().size());
}

TEST(Catalogue, HasATestFileForEachCheck) {
  for (const Check* check : catalogue()) {
    const fs::path path = root / "tests" / "checks" / (stem_of(*check) + "_test.cpp");
    EXPECT_NE(text_of(path).find(check->id), std::string::npos) << path;
  }
}

TEST(Catalogue, DescribesEachCheckInFull) {
  for (const Check* check : catalogue()) {
    for (const std::string_view text :
         {check->title, check->why, check->remediation, check->reference}) {
      EXPECT_NE(text, "") << check->id;
      EXPECT_EQ(text.find_first_of("|\n\t"), std::string_view::npos) << check->id << ": " << text;
      EXPECT_EQ(text.find("  "), std::string_view::npos) << check->id << ": " << text;
    }
    EXPECT_NE(check->evidence, Evidence{}) << check->id;
    EXPECT_NE(check->title.back(), '.') << check->id;
    EXPECT_TRUE(check->reference.starts_with("https://")) << check->id;
    EXPECT_EQ(check->why.back(), '.') << check->id;
    EXPECT_EQ(check->remediation.back(), '.') << check->id;
  }
}

TEST(Catalogue, HasARuleInEachCheck) {
  for (const Check* check : catalogue()) {
    EXPECT_TRUE(std::visit([](auto rule) { return rule != nullptr; }, check->rule)) << check->id;
  }
}

// How to renew what is stale.
constexpr auto renewal =
    "\nThe document is stale. Renew it with: UPDATE_README=1 build/dev/tests/checks_test\n"
    "A new check also wants a row in tests/end_to_end/expected_verdicts.tsv: run "
    "tests/end_to_end/real_files_test.py --write and read the difference.";

TEST(Catalogue, StandsInTheReadme) {
  const fs::path path = root / "checks" / "README.md";
  std::string readme = text_of(path);
  const std::size_t begin = readme.find(begin_marker);
  const std::size_t end = readme.find(end_marker);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const std::size_t table = begin + begin_marker.size();
  ASSERT_LE(table, end);
  if (is_updating()) {
    readme.replace(table, end - table, render_catalogue_markdown());
    std::ofstream{path} << readme;
    return;
  }
  EXPECT_EQ(readme.substr(table, end - table), render_catalogue_markdown()) << renewal;
}

TEST(Catalogue, StandsInFullInItsOwnDocument) {
  const fs::path path = root / "checks" / "CATALOGUE.md";
  if (is_updating()) {
    std::ofstream{path} << render_catalogue_document();
    return;
  }
  EXPECT_EQ(text_of(path), render_catalogue_document()) << renewal;
}

TEST(ChecksFolder, DoesNoInputOrOutput) {
  for (const fs::path& path : files_below(root / "checks")) {
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
      EXPECT_FALSE(does_io(included_header(line))) << path << ": " << line;
    }
  }
}

TEST(ChecksFolder, IsJudgedByATestThatKnowsIncludes) {
  EXPECT_TRUE(does_io(included_header("#include <fstream>")));
  EXPECT_TRUE(does_io(included_header("#include <sys/stat.h>")));
  EXPECT_TRUE(does_io(included_header("#include \"exporter/base/result.h\"")));
  EXPECT_FALSE(does_io(included_header("#include <string>")));
  EXPECT_FALSE(does_io(included_header("#include \"checks/check.h\"")));
  EXPECT_FALSE(does_io(included_header("// #include <fstream>")));
}

}  // namespace
}  // namespace compliance::test::catalogue_test

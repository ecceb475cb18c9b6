// The whole posture, read below another root directory.
#include "exporter/observe/process/process_source.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/temporary_directory.h"

namespace compliance::process_source_test {
namespace {

namespace fs = std::filesystem;

constexpr auto token = "f9b1c3e5a7082d4f6b19e3c5a708f2d6-a-token-of-this-test";

class ProcessSource : public testing::Test {
 protected:
  ProcessSource() {
    fs::create_directories(root_ / "proc" / "self" / "ns");
    fs::create_symlink("pid:[4026531836]", root_ / "proc" / "self" / "ns" / "pid");
    places_.root = root_;
    places_.bearer_token_files = {directory_.write("token", std::string{token} + "\n")};
  }

  void write_status(const std::string& text) const {
    std::ofstream{root_ / "proc" / "self" / "status"} << text;
  }

  test::TemporaryDirectory directory_;
  fs::path root_{directory_.path_of("root")};
  ProcessPlaces places_;
};

TEST_F(ProcessSource, ReadsTheStatusBelowTheRoot) {
  write_status("Uid:\t5\t6\t7\t8\nNoNewPrivs:\t1\nSeccomp:\t2\n");
  const ProcessPosture posture = read_process_posture(places_, {});
  ASSERT_TRUE(posture.users.value);
  EXPECT_EQ(posture.users.value->effective, 6U);
  EXPECT_TRUE(posture.no_new_privileges.is(true));
  EXPECT_TRUE(posture.seccomp_mode.is(2));
  EXPECT_TRUE(posture.capabilities.absent());
  EXPECT_TRUE(posture.alone_in_pid_namespace.is(false));
  EXPECT_TRUE(posture.own_filter.is(false));
  EXPECT_FALSE(posture.state_file);
}

TEST_F(ProcessSource, GivesEachFactTheFaultOfAStatusThatIsNotThere) {
  const Observation observation = observe_exporter(places_, {});
  const ProcessPosture& posture = *observation.installation.process;
  for (const auto& fault : {posture.users.fault, posture.capabilities.fault,
                            posture.no_new_privileges.fault, posture.seccomp_mode.fault}) {
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->reason, UnknownReason::missing_object);
  }
  ASSERT_EQ(observation.sources.size(), 1U);
  EXPECT_EQ(observation.sources.front().source, Source::process);
  EXPECT_FALSE(observation.sources.front().up);
  ASSERT_EQ(observation.installation.faults.size(), 1U);
  EXPECT_EQ(observation.installation.faults.front().evidence, Evidence{});
  // What does not come from there is known all the same.
  EXPECT_TRUE(posture.dumpable.value);
  EXPECT_TRUE(posture.core_limit.value);
  EXPECT_TRUE(posture.bearer_tokens.front().shape.value);
}

TEST_F(ProcessSource, IsTheReservedInstallationOfTheProcessAlone) {
  write_status("");
  const Observation observation = observe_exporter(places_, {});
  EXPECT_EQ(observation.installation.name, "exporter");
  EXPECT_EQ(observation.installation.configured, Source::process);
  EXPECT_TRUE(observation.sources.front().up);
}

TEST_F(ProcessSource, KnowsTheShapeOfTheTokenOnly) {
  const ProcessPosture posture = read_process_posture(places_, {});
  const BearerTokenFile& file = posture.bearer_tokens.front();
  ASSERT_TRUE(file.shape.value);
  EXPECT_EQ(file.shape.value->length, std::string_view{token}.size());
  EXPECT_EQ(file.shape.origin.place.text(), places_.bearer_token_files.front());
  ASSERT_TRUE(file.access.value);
}

TEST_F(ProcessSource, HasAFaultForATokenThatWentAway) {
  places_.bearer_token_files.push_back(directory_.path_of("gone"));
  const ProcessPosture posture = read_process_posture(places_, {});
  EXPECT_TRUE(posture.bearer_tokens.back().shape.fault);
  EXPECT_TRUE(posture.bearer_tokens.back().access.fault);
}

TEST_F(ProcessSource, LooksAtTheStateFileOnlyWhereThereIsOne) {
  places_.state_path = directory_.path_of("state.db");
  ProcessPosture posture = read_process_posture(places_, {});
  ASSERT_TRUE(posture.state_file);
  EXPECT_TRUE(posture.state_file->fault);
  directory_.write("state.db", "");
  posture = read_process_posture(places_, {});
  EXPECT_TRUE(posture.state_file->value);
}

TEST_F(ProcessSource, LooksAtTheEvidenceOfEachInstallation) {
  const std::string file = directory_.write("compose.yaml", "");
  const ProcessPosture posture = read_process_posture(
      places_, {{"one", {{Source::compose, places_of_file(file)}}},
                {"two", {{Source::compose, {}}, {Source::secrets, {{.path = root_ / "gone"}}}}},
                {"three", {}}});
  ASSERT_EQ(posture.sources.size(), 2U);
  EXPECT_EQ(posture.sources.front().installation, "one");
  EXPECT_TRUE(posture.sources.front().writable.is(true));
  EXPECT_EQ(posture.sources.back().source, Source::secrets);
  EXPECT_TRUE(posture.sources.back().writable.fault);
}

TEST(ProcessSourceOfTheTest, ReadsTheRealKernel) {
  const ProcessPosture posture = read_process_posture({}, {});
  ASSERT_TRUE(posture.users.value);
  EXPECT_EQ(posture.users.value->real, ::getuid());
  EXPECT_TRUE(posture.capabilities.value);
  EXPECT_TRUE(posture.no_new_privileges.value);
  EXPECT_TRUE(posture.read_only_root.value);
  EXPECT_TRUE(posture.alone_in_pid_namespace.value);
}

}  // namespace
}  // namespace compliance::process_source_test

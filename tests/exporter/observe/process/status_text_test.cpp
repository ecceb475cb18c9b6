// /proc/PID/status as kernels write it, and broken.
#include "exporter/observe/process/status_text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace compliance::status_text_test {
namespace {

constexpr auto whole =
    "Name:\tcaracal-complia\n"
    "Umask:\t0077\n"
    "State:\tS (sleeping)\n"
    "Pid:\t7\n"
    "PPid:\t1\n"
    "TracerPid:\t0\n"
    "Uid:\t1000\t1001\t1002\t1003\n"
    "Gid:\t100\t100\t100\t100\n"
    "CapInh:\t0000000000000001\n"
    "CapPrm:\t0000000000000402\n"
    "CapEff:\t000001ffffffffff\n"
    "CapBnd:\t000001ffffffffff\n"
    "CapAmb:\t0000000000000008\n"
    "NoNewPrivs:\t1\n"
    "Seccomp:\t2\n"
    "Seccomp_filters:\t3\n";

std::string with(const std::string& line, const std::string& instead) {
  std::string text = whole;
  text.replace(text.find(line), line.size(), instead);
  return text;
}

TEST(ProcessStatus, IsReadWhole) {
  const ProcessStatus expected{
      .parent = 1,
      .users = ProcessUsers{.real = 1000, .effective = 1001, .saved = 1002, .file_system = 1003},
      .capabilities =
          ProcessCapabilities{
              .inheritable = 1, .permitted = 0x402, .effective = 0x1ffffffffff, .ambient = 8},
      .no_new_privileges = true,
      .seccomp_mode = 2};
  EXPECT_EQ(parse_process_status(whole), expected);
}

TEST(ProcessStatus, TakesTheNamesAsWholeWords) {
  const ProcessStatus status = parse_process_status(with("Seccomp:\t2\n", ""));
  EXPECT_EQ(status.seccomp_mode, std::nullopt);  // Seccomp_filters is another line
  EXPECT_EQ(parse_process_status("Pid:\t7\nTracerPid:\t3\nNSpid:\t4\n").parent, std::nullopt);
}

TEST(ProcessStatus, CannotBeForgedByTheNameOfTheProgram) {
  // The kernel escapes line breaks in names, so such a line is never at the begin.
  const std::string text = with("Name:\tcaracal-complia\n", "Name:\tx\\nSeccomp:\t0\n");
  EXPECT_EQ(parse_process_status(text).seccomp_mode, 2U);
}

TEST(ProcessStatus, KnowsNoUsersOfABrokenLine) {
  for (const std::string& line : std::vector<std::string>{
           "Uid:\n", "Uid:\t1\t2\t3\n", "Uid:\t1\t2\t3\t4\t5\n", "Uid:\t1\t2\t3\tx\n",
           "Uid:\t1\t2\t3\t-4\n", "Uid:\t1\t2\t3\t4294967296\n", "Uid\t1\t2\t3\t4\n", ""}) {
    EXPECT_EQ(parse_process_status(with("Uid:\t1000\t1001\t1002\t1003\n", line)).users,
              std::nullopt)
        << line;
  }
}

TEST(ProcessStatus, KnowsNoCapabilitiesWhenASetIsBroken) {
  for (const std::string& line :
       std::vector<std::string>{"", "CapEff:\n", "CapEff:\tx\n", "CapEff:\t0 0\n",
                                "CapEff:\t10000000000000000\n", "CapEff:\t-1\n"}) {
    EXPECT_EQ(parse_process_status(with("CapEff:\t000001ffffffffff\n", line)).capabilities,
              std::nullopt)
        << line;
  }
  EXPECT_EQ(parse_process_status(with("CapAmb:\t0000000000000008\n", "CapAmb:\tg\n")).capabilities,
            std::nullopt);
}

TEST(ProcessStatus, TakesAMissingAmbientSetOfAnOldKernelAsEmpty) {
  const auto status = parse_process_status(with("CapAmb:\t0000000000000008\n", ""));
  ASSERT_TRUE(status.capabilities);
  EXPECT_EQ(status.capabilities->ambient, 0U);
}

TEST(ProcessStatus, KnowsOnlyTwoAnswersToNoNewPrivileges) {
  EXPECT_EQ(parse_process_status(with("NoNewPrivs:\t1", "NoNewPrivs:\t0")).no_new_privileges,
            false);
  for (const char* line :
       {"NoNewPrivs:\t2", "NoNewPrivs:\tyes", "NoNewPrivs:", "NoNewPrivs:\t1 1"}) {
    EXPECT_EQ(parse_process_status(with("NoNewPrivs:\t1", line)).no_new_privileges, std::nullopt)
        << line;
  }
}

TEST(ProcessStatus, IsEmptyOfAnythingElse) {
  for (const std::string& text :
       {std::string{}, std::string{"\n\n\n"}, std::string{":"}, std::string{"Uid"},
        std::string(10'000, '\0'), std::string(10'000, ':'), std::string{"\xff\xfe\n:\n"}}) {
    EXPECT_EQ(parse_process_status(text), ProcessStatus{});
  }
}

TEST(ProcessStatus, TakesNoNumberFromALineThatIsCutOff) {
  const std::string text = whole;
  const std::size_t end_of_users = text.find("Gid");
  for (std::size_t length = 0; length < text.size(); ++length) {
    const ProcessStatus status = parse_process_status(std::string_view{text}.substr(0, length));
    EXPECT_EQ(status.users.has_value(), length >= end_of_users) << length;
  }
}

}  // namespace
}  // namespace compliance::status_text_test

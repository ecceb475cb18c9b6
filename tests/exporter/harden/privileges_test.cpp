// What the daemon gives up. Nothing of it comes back, so a process of its own is looked at.
#include "exporter/harden/privileges.h"

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exporter/observe/process/status_text.h"

namespace compliance::privileges_test {
namespace {

constexpr int refused = 200;

ProcessStatus own_status() {
  std::ifstream file{"/proc/self/status"};
  return parse_process_status(std::string{std::istreambuf_iterator<char>{file}, {}});
}

void give_up_and_look() {
  if (!give_up_privileges().empty()) {
    _exit(refused);
  }
  const ProcessStatus status = own_status();
  rlimit core{.rlim_cur = 1, .rlim_max = 1};
  getrlimit(RLIMIT_CORE, &core);
  const bool as_promised = status.capabilities == ProcessCapabilities{} &&
                           status.no_new_privileges == true && core.rlim_cur == 0 &&
                           core.rlim_max == 0 && prctl(PR_GET_DUMPABLE) == 0 && umask(0) == 0077;
  _exit(as_promised ? 0 : 1);
}

// As in a container, whose runtime has done all of it before.
void give_up_twice() {
  (void)give_up_privileges();
  _exit(give_up_privileges().empty() ? 0 : 1);
}

TEST(Privileges, AreGivenUpForGood) {
  EXPECT_EXIT(give_up_and_look(), testing::ExitedWithCode(0), "");
}

TEST(Privileges, CanBeGivenUpWhereNoneAreLeft) {
  EXPECT_EXIT(give_up_twice(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace compliance::privileges_test

// What the daemon gives up before it reads anything from outside.
#include "exporter/harden/privileges.h"

#include <cerrno>
#include <string>
#include <system_error>

#include <cap-ng.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace compliance {
namespace {

// The error of the call that has just failed, by errno.
Error refusal(const std::string& attempt) {
  return Error{attempt + ": " + std::generic_category().message(errno)};
}

// First: it needs no privilege, and the filter of system calls needs it.
void forbid_new_privileges(std::vector<Error>& refused) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): prctl has no other form
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    refused.push_back(refusal("setting no_new_privs"));
  }
}

// The bounding set first: emptying it takes a capability itself. Where that one is not held there
// is nothing to give up, since no_new_privs leaves no way to what the set allows.
void drop_capabilities(std::vector<Error>& refused) {
  const bool bounds = capng_have_capability(CAPNG_EFFECTIVE, CAP_SETPCAP) != 0;
  capng_clear(CAPNG_SELECT_ALL);
  if (bounds && capng_apply(CAPNG_SELECT_BOUNDS) != 0) {
    refused.push_back(refusal("emptying the capability bounding set"));
  }
  if (capng_apply(CAPNG_SELECT_CAPS) != 0) {
    refused.push_back(refusal("dropping the capabilities"));
  }
  // Kernels that know no ambient set refuse, and have none to empty.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): prctl has no other form
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0 && errno != EINVAL) {
    refused.push_back(refusal("emptying the ambient capabilities"));
  }
}

// A core file would hold tokens and what was read of secrets. Undumpable also closes /proc/PID to
// other processes of the same user.
void forbid_core_files(std::vector<Error>& refused) {
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0) {
    refused.push_back(refusal("setting the core limit to 0"));
  }
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): prctl has no other form
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    refused.push_back(refusal("making the process undumpable"));
  }
}

}  // namespace

std::vector<Error> give_up_privileges() {
  std::vector<Error> refused;
  forbid_new_privileges(refused);
  drop_capabilities(refused);
  forbid_core_files(refused);
  umask(S_IRWXG | S_IRWXO);
  return refused;
}

}  // namespace compliance

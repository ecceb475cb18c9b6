// The daemon's filter of system calls.
#include "exporter/harden/system_call_filter.h"

#include <array>
#include <cerrno>
#include <memory>
#include <span>
#include <string>
#include <system_error>

#include <net/if.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include "exporter/harden/system_calls.h"

namespace compliance {
namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

// A call that is allowed when one argument, cut to the bits of the mask, has this value.
struct ArgumentRule {
  const char* call;
  unsigned argument;
  std::uint64_t mask;
  std::uint64_t value;
};

constexpr std::uint64_t all_bits = ~std::uint64_t{0};
// Of these arguments the kernel reads 32 bits; the upper ones are whatever the caller left there.
constexpr std::uint64_t word = 0xffff'ffffU;
constexpr std::uint64_t set_vma = 0x53564d41U;  // PR_SET_VMA, which newer glibc names memory by

// Threads but no processes; memory that is written or run, never both; sockets of these families;
// questions of terminals and sockets; what a thread may say and ask of itself; limits to read.
constexpr auto argument_rules = std::to_array<ArgumentRule>({
    {"clone", 0, CLONE_THREAD, CLONE_THREAD},
    {"mmap", 2, PROT_EXEC, 0},
    {"mmap", 2, PROT_WRITE, 0},
    {"mmap2", 2, PROT_EXEC, 0},
    {"mmap2", 2, PROT_WRITE, 0},
    {"mprotect", 2, PROT_EXEC, 0},
    {"mprotect", 2, PROT_WRITE, 0},
    {"socket", 0, word, AF_UNIX},
    {"socket", 0, word, AF_INET},
    {"socket", 0, word, AF_INET6},
    {"socket", 0, word, AF_NETLINK},  // glibc and c-ares ask for the machine's addresses
    {"ioctl", 1, word, TCGETS},
    {"ioctl", 1, word, FIONBIO},
    {"ioctl", 1, word, FIONREAD},
    {"ioctl", 1, word, SIOCGIFNAME},
    {"ioctl", 1, word, SIOCGIFINDEX},
    {"prctl", 0, word, PR_SET_NAME},
    {"prctl", 0, word, PR_GET_NAME},
    {"prctl", 0, word, PR_GET_DUMPABLE},
    {"prctl", 0, word, PR_GET_SECCOMP},
    {"prctl", 0, word, set_vma},
    {"prlimit64", 2, all_bits, 0},
});

// The thread of the leak check is cloned without CLONE_THREAD.
constexpr auto sanitizer_rules =
    std::to_array<ArgumentRule>({{"clone", 0, CLONE_UNTRACED, CLONE_UNTRACED}});

Error failure(const std::string& attempt, int negative_errno) {
  return Error{attempt + ": " + std::generic_category().message(-negative_errno)};
}

// Nothing, or the first refusal. A call that the architecture does not have is no refusal.
std::optional<Error> add_calls(scmp_filter_ctx filter, std::span<const char* const> calls,
                               std::uint32_t action) {
  for (const char* call : calls) {
    const int number = seccomp_syscall_resolve_name(call);
    if (number == __NR_SCMP_ERROR) {
      continue;
    }
    const int status = seccomp_rule_add_array(filter, action, number, 0, nullptr);
    if (status != 0 && status != -EDOM && status != -EEXIST) {
      return failure(std::string{"adding "} + call, status);
    }
  }
  return std::nullopt;
}

// Each rule allows more: calls with several rules pass when one of them fits.
std::optional<Error> add_argument_rules(scmp_filter_ctx filter,
                                        std::span<const ArgumentRule> rules) {
  for (const ArgumentRule& rule : rules) {
    const int number = seccomp_syscall_resolve_name(rule.call);
    if (number == __NR_SCMP_ERROR) {
      continue;
    }
    const scmp_arg_cmp comparison{rule.argument, SCMP_CMP_MASKED_EQ, rule.mask, rule.value};
    const int status = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, 1, &comparison);
    if (status != 0 && status != -EDOM && status != -EEXIST) {
      return failure(std::string{"adding "} + rule.call, status);
    }
  }
  return std::nullopt;
}

// All rules, in an order that matters.
std::optional<Error> fill(scmp_filter_ctx filter, Programs programs) {
  // Wider rules come first: libseccomp leaves out narrower ones for the same call.
  if (auto error = add_calls(filter, daemon_calls(), SCMP_ACT_ALLOW)) {
    return error;
  }
  if (sanitized_build) {
    if (auto error = add_calls(filter, sanitizer_calls(), SCMP_ACT_ALLOW)) {
      return error;
    }
    if (auto error = add_argument_rules(filter, sanitizer_rules)) {
      return error;
    }
  }
  if (programs == Programs::may_start) {
    if (auto error = add_calls(filter, program_calls(), SCMP_ACT_ALLOW)) {
      return error;
    }
  }
  if (auto error = add_argument_rules(filter, argument_rules)) {
    return error;
  }
  return add_calls(filter, superseded_calls(), SCMP_ACT_ERRNO(ENOSYS));
}

}  // namespace

std::optional<Error> filter_system_calls(Programs programs) {
  const Filter filter{seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release};
  if (!filter) {
    return Error{"libseccomp does not know this architecture"};
  }
  constexpr std::uint32_t binary_tree = 2;
  // Older kernels know no audit of denied calls, older libraries no tree: better a filter without.
  (void)seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_LOG, 1);
  (void)seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, binary_tree);
  // For threads that libraries may have started already.
  if (const int status = seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1); status != 0) {
    return failure("setting it for all threads", status);
  }
  if (auto error = fill(filter.get(), programs)) {
    return error;
  }
  if (const int status = seccomp_load(filter.get()); status != 0) {
    return failure("loading it", status);
  }
  return std::nullopt;
}

}  // namespace compliance

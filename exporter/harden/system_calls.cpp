// The system calls of the daemon, by name.
#include "exporter/harden/system_calls.h"

#include <array>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define COMPLIANCE_IS_SANITIZED 1  // NOLINT(cppcoreguidelines-macro-usage): #if needs one
#else
#define COMPLIANCE_IS_SANITIZED 0  // NOLINT(cppcoreguidelines-macro-usage): likewise
#endif

namespace compliance {
namespace {

// No listen: the listeners are there before the filter, and an intruder shall open none. No kill,
// no execve, no fork, no ptrace, no mount, no setuid, no bpf, no io_uring, no namespaces, no keys.
constexpr auto daemon = std::to_array<const char*>({
    // memory
    "brk",
    "madvise",
    "mremap",
    "munmap",
    // threads and signals
    "exit",
    "exit_group",
    "futex",
    "get_robust_list",
    "getpid",
    "gettid",
    "membarrier",
    "restart_syscall",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "rt_sigtimedwait",
    "sched_getaffinity",
    "sched_yield",
    "set_robust_list",
    "sigaltstack",
    "tgkill",
    // files
    "access",
    "close",
    "faccessat",
    "faccessat2",
    "fallocate",
    "fchmod",
    "fchown",
    "fcntl",
    "fdatasync",
    "fstat",
    "fstatfs",
    "fsync",
    "ftruncate",
    "getcwd",
    "getdents",
    "getdents64",
    "lseek",
    "lstat",
    "mkdir",
    "mkdirat",
    "newfstatat",
    "open",
    "openat",
    "pread64",
    "preadv",
    "pwrite64",
    "pwritev",
    "read",
    "readlink",
    "readlinkat",
    "readv",
    "rename",
    "renameat",
    "renameat2",
    "stat",
    "statfs",
    "statx",
    "unlink",
    "unlinkat",
    "write",
    "writev",
    // waiting
    "epoll_create1",
    "epoll_ctl",
    "epoll_pwait",
    "epoll_wait",
    "eventfd2",
    "inotify_add_watch",
    "inotify_init1",
    "inotify_rm_watch",
    "pipe2",
    "poll",
    "ppoll",
    "pselect6",
    "select",
    // network
    "accept",
    "accept4",
    "bind",
    "connect",
    "getpeername",
    "getsockname",
    "getsockopt",
    "recvfrom",
    "recvmmsg",
    "recvmsg",
    "sendmmsg",
    "sendmsg",
    "sendto",
    "setsockopt",
    "shutdown",
    "socketpair",
    // time and what the process is
    "clock_getres",
    "clock_gettime",
    "clock_nanosleep",
    "getegid",
    "geteuid",
    "getgid",
    "getrandom",
    "getrlimit",
    "getrusage",
    "gettimeofday",
    "getuid",
    "nanosleep",
    "sysinfo",
    "time",
    "uname",
});

constexpr auto program = std::to_array<const char*>({
    "arch_prctl",
    "capget",
    "chdir",
    "clone",
    "copy_file_range",
    "dup",
    "dup2",
    "dup3",
    "execve",
    "fadvise64",
    "fchdir",
    "flock",
    "fork",
    "getgroups",
    "getpgid",
    "getpgrp",
    "getppid",
    "getpriority",
    "getresgid",
    "getresuid",
    "getsid",
    "get_mempolicy",
    "ioctl",
    "kill",
    "memfd_create",
    "mincore",
    "mlock",
    "mmap",
    "mprotect",
    "msync",
    "munlock",
    "pidfd_open",
    "pipe",
    "pkey_alloc",
    "pkey_free",
    "pkey_mprotect",
    "prctl",
    "prlimit64",
    "rt_sigpending",
    "rt_sigqueueinfo",
    "rt_sigsuspend",
    "sched_get_priority_max",
    "sched_get_priority_min",
    "sched_getattr",
    "sched_getparam",
    "sched_getscheduler",
    "sched_setaffinity",
    "sched_setparam",
    "sched_setscheduler",
    "sendfile",
    "set_tid_address",
    "setpgid",
    "setpriority",
    "setrlimit",
    "setsid",
    "signalfd4",
    "socket",
    "splice",
    "tee",
    "timer_create",
    "timer_delete",
    "timer_getoverrun",
    "timer_gettime",
    "timer_settime",
    "timerfd_create",
    "timerfd_gettime",
    "timerfd_settime",
    "times",
    "tkill",
    "umask",
    "vfork",
    "wait4",
    "waitid",
});

#if COMPLIANCE_IS_SANITIZED
constexpr auto sanitizer = std::to_array<const char*>(
    {"clone", "getppid", "kill", "mincore", "mmap", "mprotect", "msync", "personality", "pipe",
     "prctl", "prlimit64", "process_vm_readv", "ptrace", "set_tid_address", "waitid", "wait4"});
#endif

constexpr auto superseded =
    std::to_array<const char*>({"clone3", "close_range", "epoll_pwait2", "fchmodat2", "futex_waitv",
                                "io_uring_setup", "map_shadow_stack", "mseal", "openat2"});

}  // namespace

std::span<const char* const> daemon_calls() { return daemon; }
std::span<const char* const> program_calls() { return program; }
std::span<const char* const> superseded_calls() { return superseded; }

std::span<const char* const> sanitizer_calls() {
#if COMPLIANCE_IS_SANITIZED
  return sanitizer;
#else
  return {};
#endif
}

}  // namespace compliance

// Whether other processes share the pid namespace of this process.
#include "exporter/observe/process/pid_namespace.h"

#include <algorithm>
#include <optional>
#include <string>

#include "exporter/base/read_file.h"
#include "exporter/observe/process/status_text.h"

namespace compliance {
namespace {

namespace fs = std::filesystem;

// In bytes. The kernel writes some 1,500; the list of groups may make it longer.
constexpr std::size_t max_process_status_bytes = 64U << 10U;
// The first process of every pid namespace.
constexpr auto init = "1";

// Only the directories of processes have numbers for names.
bool is_number(const std::string& name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Nothing when the process has ended, or when its status is hidden.
std::optional<ProcessStatus> process_status(const fs::path& process) {
  const auto text = read_file(process / "status", max_process_status_bytes);
  return text ? std::optional{parse_process_status(text.value())} : std::nullopt;
}

// Decides whether another process may be in the namespace, seen from the one with the status
// `self`.
class Company {
 public:
  Company(const ProcessStatus& self, std::string name) : self_(self), name_(std::move(name)) {}

  bool allows(const fs::path& process) const {
    const std::string name = process.filename().string();
    if (name == name_ || (name == init && self_.parent == 1U)) {
      return true;
    }
    const auto status = process_status(process);
    if (!status) {
      std::error_code ignored;
      return !fs::exists(process, ignored);  // it has ended meanwhile
    }
    // A parent of 0 is outside of the namespace: the engine started it there, for a health check or
    // for an operator. Another user could not be told from an attacker.
    return name != init && status->parent == 0U && status->users && status->users == self_.users;
  }

 private:
  ProcessStatus self_;
  std::string name_;
};

}  // namespace

ReadResult<bool> read_alone_in_pid_namespace(const fs::path& proc, long self) {
  std::error_code failed;
  const fs::path name_of_namespace = fs::read_symlink(proc / "self" / "ns" / "pid", failed);
  if (failed) {
    return access_fault(proc / "self" / "ns" / "pid", failed.value());
  }
  const std::string name = std::to_string(self);
  const auto status = process_status(proc / name);
  // Whoever shares the machine's namespace is never alone, whatever /proc shows.
  if (name_of_namespace == first_pid_namespace || !status) {
    return false;
  }
  const Company company{*status, name};
  bool init_seen = false;
  for (fs::directory_iterator entry{proc, failed}, end; !failed && entry != end;
       entry.increment(failed)) {
    const std::string entry_name = entry->path().filename().string();
    if (is_number(entry_name) && !company.allows(entry->path())) {
      return false;
    }
    init_seen = init_seen || entry_name == init;
  }
  // Every namespace has an init; where it is hidden, others are too.
  return !failed && init_seen;
}

}  // namespace compliance

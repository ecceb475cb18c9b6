// Who else is in the pid namespace of this process.
#include "exporter/observe/process/pid_namespace.h"

#include <algorithm>
#include <optional>
#include <string>

#include "exporter/base/read_file.h"
#include "exporter/observe/process/status_text.h"

namespace compliance {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_process_status_bytes = 64U << 10U;
constexpr auto init = "1";

bool is_number(const std::string& name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<ProcessStatus> process_status(const fs::path& process) {
  const auto text = read_file(process / "status", max_process_status_bytes);
  return text ? std::optional{parse_process_status(text.value())} : std::nullopt;
}

// Whether a process is one that may be there, seen from the one with the status `self`.
class Company {
 public:
  Company(ProcessStatus self, std::string name) : self_(std::move(self)), name_(std::move(name)) {}

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

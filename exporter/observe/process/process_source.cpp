// Reads the posture of the exporter's own process.
#include "exporter/observe/process/process_source.h"

#include <cerrno>
#include <utility>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "exporter/base/read_file.h"
#include "exporter/config/parse_config.h"
#include "exporter/observe/process/file_access.h"
#include "exporter/observe/process/pid_namespace.h"
#include "exporter/observe/process/status_text.h"
#include "exporter/observe/secrets/secrets.h"

namespace compliance {
namespace {

// In bytes; both files are far shorter.
constexpr std::size_t max_status_bytes = 64U << 10U;
constexpr std::size_t max_token_bytes = 8U << 10U;

Origin process_origin(const std::filesystem::path& path) {
  return {.source = Source::process, .place = Location{path.string()}};
}

// Absent without a value: what the kernel does not say is not known.
template <class T>
Fact<T> fact_of(const std::optional<T>& value, const Origin& origin) {
  return {.value = value, .origin = origin};
}

// The facts of the process's status file; when it cannot be read, each has that fault.
void add_status(ProcessPosture& posture, const std::filesystem::path& path) {
  const Origin origin = process_origin(path);
  const auto text = read_file(path, max_status_bytes);
  ProcessStatus status;
  if (text) {
    status = parse_process_status(text.value());
  }
  posture.users = fact_of(status.users, origin);
  posture.capabilities = fact_of(status.capabilities, origin);
  posture.no_new_privileges = fact_of(status.no_new_privileges, origin);
  posture.seccomp_mode = fact_of(status.seccomp_mode, origin);
  if (!text) {
    posture.users.fault = posture.capabilities.fault = text.error();
    posture.no_new_privileges.fault = posture.seccomp_mode.fault = text.error();
  }
}

// Whether memory can get into a core file: the process's dumpable flag (prctl(2)) and the limit of
// core files.
void add_core(ProcessPosture& posture, const Origin& origin) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): prctl has no other form
  const int dumpable = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
  posture.dumpable = fact_of(dumpable >= 0 ? std::optional{dumpable} : std::nullopt, origin);
  rlimit limit{};
  posture.core_limit.origin = origin;
  if (getrlimit(RLIMIT_CORE, &limit) == 0) {
    posture.core_limit.value = CoreLimit{.soft = limit.rlim_cur, .hard = limit.rlim_max};
  }
}

// Whether the mount of the root is read-only for this process. A configured container could be
// started otherwise, so the kernel is asked.
Fact<bool> read_read_only(const std::filesystem::path& root) {
  struct statvfs status {};
  if (::statvfs(root.c_str(), &status) != 0) {
    return {.origin = process_origin(root), .fault = access_fault(root, errno)};
  }
  return {.value = (status.f_flag & ST_RDONLY) != 0, .origin = process_origin(root)};
}

// Access and properties of a token's file. The token itself is wiped before this returns.
BearerTokenFile read_token_file(const std::string& path) {
  SecretFile file = secrets::observe_secret_file(path, "bearer token", max_token_bytes);
  BearerTokenFile token{.access = read_file_access(path)};
  token.shape.origin = process_origin(path);
  if (file.fault) {
    token.shape.fault = std::move(file.fault);
  } else {
    token.shape.value = std::move(file.shape);
  }
  return token;
}

// Adds those of one installation. A source without a place is none, or standard input.
void add_sources(ProcessPosture& posture, const std::string& installation,
                 const std::map<Source, WatchPlaces>& sources) {
  for (const auto& [source, places] : sources) {
    if (!places.empty()) {
      posture.sources.push_back(
          {.installation = installation, .source = source, .writable = read_writable(places)});
    }
  }
}

}  // namespace

ProcessPosture read_process_posture(const ProcessPlaces& places, const EvidencePlaces& evidence) {
  const std::filesystem::path proc = places.root / "proc";
  ProcessPosture posture;
  add_status(posture, proc / "self" / "status");
  add_core(posture, posture.users.origin);
  posture.own_filter = {.value = places.own_filter, .origin = posture.users.origin};
  posture.read_only_root = read_read_only(places.root);
  posture.alone_in_pid_namespace.origin = process_origin(proc);
  if (const auto alone = read_alone_in_pid_namespace(proc, ::getpid())) {
    posture.alone_in_pid_namespace.value = alone.value();
  } else {
    posture.alone_in_pid_namespace.fault = alone.error();
  }
  for (const std::string& path : places.bearer_token_files) {
    posture.bearer_tokens.push_back(read_token_file(path));
  }
  posture.listeners = places.listeners;
  posture.behind_tls_proxy = places.behind_tls_proxy;
  if (!places.state_path.empty()) {
    posture.state_file = read_file_access(places.state_path);
  }
  for (const auto& [installation, sources] : evidence) {
    add_sources(posture, installation, sources);
  }
  return posture;
}

Observation observe_exporter(const ProcessPlaces& places, const EvidencePlaces& evidence) {
  Observation observation;
  Installation& installation = observation.installation;
  installation.name = exporter_installation_name;
  installation.configured = Source::process;
  installation.process = read_process_posture(places, evidence);
  const Fact<ProcessUsers>& users = installation.process->users;
  observation.sources.push_back({.source = Source::process, .up = !users.fault});
  if (users.fault) {
    // Of no letter: what could be read is judged, and the other facts have the fault themselves.
    add_fault(observation, Evidence{}, {.origin = users.origin, .fault = *users.fault});
  }
  return observation;
}

}  // namespace compliance

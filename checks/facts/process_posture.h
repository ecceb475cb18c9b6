// The exporter's own process and what it serves, as the kernel and the file system show them. What
// they do not show is a fault, never assumed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/fact.h"
#include "checks/formats/secret_properties.h"

namespace compliance {

// The user ids by which the kernel decides what the process may do (credentials(7)).
struct ProcessUsers {
  std::uint32_t real = 0;
  std::uint32_t effective = 0;
  std::uint32_t saved = 0;
  std::uint32_t file_system = 0;

  // All four count: setuid programs differ in one of them.
  bool operator==(const ProcessUsers&) const = default;
};

// Sets of capabilities, one bit for each (capabilities(7)). The bounding set only limits what can
// be gained and is not among them.
struct ProcessCapabilities {
  std::uint64_t inheritable = 0;
  std::uint64_t permitted = 0;
  std::uint64_t effective = 0;
  std::uint64_t ambient = 0;

  // Bit by bit, unknown capabilities of a newer kernel included.
  bool operator==(const ProcessCapabilities&) const = default;
};

// Bytes that a core file may have: RLIMIT_CORE. The largest value means unlimited.
struct CoreLimit {
  std::uint64_t soft = 0;
  std::uint64_t hard = 0;

  // Both limits: a hard limit above 0 lets the process raise the soft one.
  bool operator==(const CoreLimit&) const = default;
};

// Who may reach a file, beside its owner.
struct FileAccess {
  std::uint32_t mode = 0;  // permission bits
  std::uint32_t owner = 0;
  std::uint32_t group = 0;
  // Some directory on the path refuses users who are neither its owner nor in its group.
  bool shielded_by_directory = false;
  bool directory_writable_by_others = false;  // for its group or everybody

  // By permissions alone; the file itself may be another.
  bool operator==(const FileAccess&) const = default;
};

// A file with a bearer token that clients of the exporter present. The token is not kept.
struct BearerTokenFile {
  Fact<FileAccess> access{};
  Fact<SecretProperties> shape{};  // of the token that it holds now

  // By access and properties: a rotated token of the same form compares equal.
  bool operator==(const BearerTokenFile&) const = default;
};

// One address that the exporter serves HTTP on.
struct Listener {
  std::string address{};  // where it is bound, without the port
  bool loopback = false;
  bool tls = false;
  bool probes_alone = false;  // takes no token: --web.probe-address
  Origin origin{};

  // The port does not count, since no rule depends on it.
  bool operator==(const Listener&) const = default;
};

// A configured file or directory of evidence.
struct SourceAccess {
  std::string installation{};
  Source source = Source::compose;
  Fact<bool> writable{};  // this process could change or replace it

  // One entry for each path of a source.
  bool operator==(const SourceAccess&) const = default;
};

// Only the reserved installation of the exporter itself has one. A fact without value and fault was
// not looked for.
struct ProcessPosture {
  Fact<ProcessUsers> users{};
  Fact<ProcessCapabilities> capabilities{};
  Fact<bool> no_new_privileges{};
  Fact<std::uint64_t> seccomp_mode{};  // 2: a filter
  // Whether the filter of this program is at work: a container's own leaves much more open. Absent:
  // nobody tried to set it.
  Fact<bool> own_filter{};
  Fact<int> dumpable{};  // 0: no core file, and /proc closed to others of the same user
  Fact<CoreLimit> core_limit{};
  Fact<bool> read_only_root{};
  // Nobody but this process, its init and what was started beside it as the same user.
  Fact<bool> alone_in_pid_namespace{};
  std::vector<BearerTokenFile> bearer_tokens{};
  std::vector<Listener> listeners{};
  bool behind_tls_proxy = false;                 // declared by the operator
  std::optional<Fact<FileAccess>> state_file{};  // configured ones
  std::vector<SourceAccess> sources{};

  // By every fact that a check of exporter-posture reads.
  bool operator==(const ProcessPosture&) const = default;
};

}  // namespace compliance

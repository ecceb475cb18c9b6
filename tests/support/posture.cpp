// Builders of facts for the tests of the exporter's own posture.
#include "tests/support/posture.h"

#include <utility>

#include "tests/support/facts.h"

namespace compliance::test {
namespace {

template <class T>
Fact<T> known(T value) {
  return {.value = std::move(value), .origin = at_process()};
}

}  // namespace

ProcessPosture hardened_process() {
  constexpr std::uint32_t user = 9787;
  ProcessPosture process;
  process.users = known(ProcessUsers{user, user, user, user});
  process.capabilities = known(ProcessCapabilities{});
  process.no_new_privileges = known(true);
  process.seccomp_mode = known<std::uint64_t>(2);
  process.own_filter = known(true);
  process.dumpable = known(0);
  process.core_limit = known(CoreLimit{});
  process.read_only_root = known(true);
  process.alone_in_pid_namespace = known(false);
  process.bearer_tokens = {{.access = known(FileAccess{.mode = 0400, .owner = user, .group = user}),
                            .shape = known(SecretProperties{.length = 64, .estimated_bits = 256})}};
  process.listeners = {{.address = "127.0.0.1", .loopback = true, .origin = at_process()}};
  process.state_file = known(FileAccess{.mode = 0600, .owner = user, .group = user});
  process.sources = {
      {.installation = "production", .source = Source::compose, .writable = known(false)}};
  return process;
}

Installation exporter_installation(ProcessPosture process) {
  Installation installation{.name = "exporter", .configured = Source::process};
  installation.process = std::move(process);
  return installation;
}

CheckResult result_of(std::string_view check_id, ProcessPosture process) {
  return result_of(check_id, exporter_installation(std::move(process)));
}

Outcome status_of(std::string_view check_id, ProcessPosture process) {
  return result_of(check_id, std::move(process)).status;
}

}  // namespace compliance::test
